"""Keeping a draft beside other tabs: put together with what they saved, or compared with it."""

from collections.abc import Iterable
from dataclasses import replace

from flask import request
from werkzeug.wrappers import Response

from discussion import clock
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.composition import Composition
from discussion.debate.composing.forms import Written, as_kept, as_typed
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.versions import (
    Clash,
    FieldsOf,
    Together,
    put_together,
    sent_opened,
)
from discussion.kept.forms import browser_token
from discussion.kept.forms_aside import keep_aside
from discussion.kept.forms_comparing import differing, sent_again, settled_alone
from discussion.kept.operations import Owner, Typed
from discussion.kept.shapes import ConflictPage
from discussion.kept.words import OPENED
from discussion.language import _
from discussion.permissions.may import May
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.versions import Opened

CONFLICT = 409
_ATTEMPTS = 3  # to save a draft that other tabs save at the same moment


def keep_draft(sheet: Composition, written: Written) -> tuple[KeptDraft, Together]:
    """Keep it with what was saved elsewhere in other fields. Raises Clash, and Forbidden."""
    kept, now = held_draft(sheet), clock.now()
    for _attempt in range(_ATTEMPTS):
        together = put_together(sheet, written, kept, sent_opened())
        if together.clashes:
            raise Clash(together)
        typed, version = as_kept(together.written), kept.version if kept else 0
        try:
            row = drafts.keep_draft(
                *(session(), acting(May.POST), sheet.kind, sheet.subject, typed),
                version=version,
                now=now,
            )
        except drafts.SavedElsewhere as saved:  # another tab was the first a moment ago
            kept = saved.kept
        else:
            return row, together
    raise Clash(together)


def held_draft(sheet: Composition) -> KeptDraft | None:
    """One's own draft, which nobody else saves meanwhile."""
    return drafts.find_draft(session(), viewer(), sheet.kind, sheet.subject, locks=True)


def compare(sheet: Composition, together: Together) -> Response:
    """The page on which one keeps what was written here, what was saved elsewhere, or both."""
    fields, opened, actor = FieldsOf(sheet), sent_opened(), acting(May.POST)
    theirs = Opened(clock.now(), together.theirs).packed()
    differ = differing(fields, together.base, together.merged, together.theirs)
    page = ConflictPage(
        address=sheet.url,
        page_url=sheet.url,
        saved_by="",
        is_own=True,
        saved_at=together.saved_at,
        opened_at=opened.at if opened and opened.values else None,
        differ=differ,
        settled=settled_alone(fields, together.base, together.merged),
        hidden=(*sent_again(together.merged, differ), (OPENED, theirs)),
        kept_until=None,
        is_draft=True,
    )
    series = (sheet.thread.series.slug, sheet.thread.series.title)
    mine = as_typed(together.written) | {OPENED: request.form.getlist(OPENED)}
    typed = Typed(sheet.url, sheet.url, mine)
    begin_again()  # what is kept is written aside, and waits for no lock of ours
    kept = keep_aside(Owner(actor.person_id, browser_token(request.cookies)), typed)
    page = replace(page, kept_until=kept.until if kept else None)
    return private(answer("kept/conflict.html", page, status=CONFLICT, series=series))


def say_theirs(sheet: Composition, together: Together) -> str:
    """That another tab changed other fields, which stand."""
    fields = FieldsOf(sheet)
    return _(
        "While you were writing, %(fields)s changed in another tab too. That change stands.",
        fields=_named(fields, together.merged.theirs_alone),
    )


def say_clash(sheet: Composition, together: Together) -> str:
    """That another tab changed the same, and nothing was saved."""
    fields = _named(FieldsOf(sheet), together.merged.both)
    return _(
        "Another tab changed %(fields)s too. Nothing was overwritten, and this page no longer"
        " saves by itself.",
        fields=fields,
    )


def _named(fields: FieldsOf, names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(f"“{fields.label(name)}”" for name in names))
