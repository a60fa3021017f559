"""Handing in what is composed: what is still needed, what another tab has, and the door."""

from dataclasses import replace
from datetime import datetime

from flask import flash, redirect
from werkzeug.wrappers import Response

from discussion import clock
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.answers import again, ask_to_come_in, form_again, say
from discussion.debate.composing.composition import (
    Beside,
    Composition,
    Elsewhere,
    HandedIn,
)
from discussion.debate.composing.forms import (
    Written,
    as_kept,
)
from discussion.debate.composing.keeping import (
    CONFLICT,
    compare,
    held_draft,
    say_theirs,
)
from discussion.debate.composing.versions import (
    opened_with,
    put_together,
    sent_opened,
    written_of,
)
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Problem
from discussion.web.doorway import acting, session, viewer


def publish(sheet: Composition, written: Written) -> Response:
    """Hand it in, or say all that stands in the way; nothing typed is lost either way."""
    sheet.note_where()
    if viewer() is None:
        return _publish_signed_out(sheet, written)
    if asked := _asked_before_publishing(sheet, written):
        return asked
    now = clock.now()
    try:
        done = sheet.hand_in(session(), written, now)
    except Invalid as invalid:
        problems = invalid.problems
    except Elsewhere:
        return publish(again(sheet), written)
    except Forbidden:
        sentence = sheet.why_not(session())
        if not sentence:
            raise
        problems = [Problem("publish", sentence), *sheet.needs(session(), written)]
    else:
        return _go_on(done, written, now)
    return say(again(sheet), written, problems)


def _asked_before_publishing(sheet: Composition, written: Written) -> Response | None:
    """What another tab saved since is shown first: nobody publishes what they have not seen."""
    opened = sent_opened()
    if opened is None:
        return None
    together = put_together(sheet, written, held_draft(sheet), opened)
    if together.clashes:
        return compare(sheet, together)
    if not together.merged.theirs_alone:
        return None
    seen = opened_with(written_of(together.theirs, sheet.shape), clock.now())
    sentence = _(
        "%(what)s Here is everything together. Look at it, then publish it.",
        what=say_theirs(sheet, together),
    )
    problems = (Problem("publish", sentence),)
    form = replace(form_again(together.written), opened=seen, problems=problems)
    return sheet.show(session(), form, CONFLICT)


def _publish_signed_out(sheet: Composition, written: Written) -> Response:
    """Say all that is still needed; only when nothing is, ask for an account."""
    closed = sheet.why_not(session())
    problems = [Problem("publish", closed)] if closed else []
    if problems := [*problems, *sheet.needs(session(), written)]:
        return say(sheet, written, problems)
    return ask_to_come_in(sheet, written, is_ready=True)


def _go_on(done: HandedIn | Beside, written: Written, now: datetime) -> Response:
    """Where another tab was first, what was typed here is kept as a draft of another kind."""
    if isinstance(done, Beside):
        typed = as_kept(written)
        drafts.keep_beside(session(), acting(May.POST), done.kind, done.subject, typed, now=now)
        flash(done.sentence, "kept")
    elif done.sentence:
        flash(done.sentence, "done")
    return redirect(done.url, 303)
