"""What the composer answers with: the form again, its page, or the door."""

from dataclasses import replace
from datetime import datetime

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from discussion.debate.composing.composition import (
    Composition,
    Form,
)
from discussion.debate.composing.forms import (
    Written,
    as_kept,
)
from discussion.debate.composing.signed_out import (
    ask_to_sign_in,
    named,
)
from discussion.kept.words import OPENED
from discussion.language import _
from discussion.problems import Problem
from discussion.web.doorway import begin_again, session


def form_again(written: Written, *, said: str = "") -> Form:
    """The form as this page last saw it: opened with the same, saved at the same time."""
    opened = request.form.get(OPENED, "")
    return Form(typed=written, opened=opened, saved_at=_saved_at(), said=said, named=named())


def say(sheet: Composition, written: Written, problems: list[Problem]) -> Response:
    """The form as it was sent, with what is wrong beside it; 422."""
    form = replace(form_again(written), problems=tuple(problems))
    return sheet.show(session(), form, 422)


def go_back(sheet: Composition, sentence: str, how: str = "kept") -> Response:
    """To the page again, drawn from what is kept, with a sentence above it."""
    flash(sentence, how)
    return redirect(sheet.url, 303)


def ask_to_come_in(sheet: Composition, written: Written, *, is_ready: bool = False) -> Response:
    """To the door, with what was typed kept until its writer comes in; 422 where it is too much."""
    typed = as_kept(written, is_ready=is_ready)
    asked = ask_to_sign_in(sheet.kind, sheet.subject, typed, sheet.url, hands_in=is_ready)
    if asked is not None:
        return asked
    sentence = _("We could not keep this. Copy it, or sign in in another tab and press again here.")
    return say(sheet, written, [Problem("publish", sentence)])


def again(sheet: Composition) -> Composition:
    """The same in a new session, after what was tried has been undone."""
    return sheet.found_in(begin_again())


def _saved_at() -> datetime | None:
    try:
        at = datetime.fromisoformat(request.form.get("draft_saved_at", ""))
    except ValueError:
        return None
    return at if at.tzinfo else None
