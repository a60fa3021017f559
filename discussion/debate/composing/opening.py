"""The page on which something is composed, opened with what is kept of it."""

from datetime import datetime

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from discussion import clock
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.composition import (
    Composition,
    Form,
)
from discussion.debate.composing.forms import (
    Written,
    read_kept,
    with_item,
)
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.signed_out import (
    kept_here,
    named,
    waits_here,
)
from discussion.debate.composing.versions import (
    opened_with,
)
from discussion.permissions.rules import refuse_removed
from discussion.web.doorway import session, viewer
from discussion.web.versions import Opened


def open_page(sheet: Composition) -> Response:
    """The page with one's draft, else what it is begun with."""
    refuse_removed(viewer(), sheet.right, sheet.subject)
    kept, earlier = _kept_for(session(), sheet)
    shown = earlier if request.args.get("earlier") and earlier else kept
    typed = _read_again(sheet, shown) if shown else sheet.first()
    form = Form(
        typed=with_item(typed, request.args.get("item", "")[:20]),
        opened=_opened(sheet, typed, kept),
        saved_at=shown.saved_at if shown else None,
        has_earlier=earlier is not None,
        waits_since=_waits_since(session(), sheet),
        named=named() if shown and shown.person_id is None else "",
    )
    return sheet.show(session(), form)


def _kept_for(opened: Session, sheet: Composition) -> tuple[KeptDraft | None, KeptDraft | None]:
    """The draft to go on with, and the earlier one that it took the place of."""
    own = drafts.find_draft(opened, viewer(), sheet.kind, sheet.subject)
    earlier = drafts.find_draft(opened, viewer(), sheet.kind + drafts.EARLIER, sheet.subject)
    if own is not None or not sheet.begins_signed_out:
        return own, earlier
    return kept_here(opened, sheet.kind, sheet.subject), earlier


def _waits_since(opened: Session, sheet: Composition) -> datetime | None:
    """When somebody wrote about the same in this browser, and said nowhere that it was they."""
    found = waits_here(opened, sheet.kind, sheet.subject) if sheet.begins_signed_out else None
    return found.saved_at if found else None


def _read_again(sheet: Composition, kept: KeptDraft) -> Written:
    return sheet.follow(read_kept(kept.typed, sheet.shape))


def _opened(sheet: Composition, typed: Written, kept: KeptDraft | None) -> str:
    """What the page is opened with: the newest draft, whichever is shown.

    What a visitor wrote is compared with whatever is theirs once they come in: all of it is new.
    """
    if kept is None:
        return opened_with(typed, clock.now())
    if kept.person_id is None:
        return Opened(clock.now(), {}).packed()
    return opened_with(_read_again(sheet, kept), clock.now())
