"""Adding to the library, editing it, and saying whether an item still stands."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.evidence.drafts import ItemDraft, Problem, Unsound, problems_of, tidy
from discussion.evidence.models import EvidenceItem
from discussion.evidence.queries.finding import find_same
from discussion.evidence.words import CHECKS, LIMITS, STATUSES
from discussion.language import _
from discussion.moderation.operations.recording import write_decision
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.series.models import Series

FOLDED_LENGTH = 600
_COPIED = tuple(
    name for name in ItemDraft.__dataclass_fields__ if name not in ("authors", "url", "doi")
)


class AlreadyThere(Exception):
    """The library has an item with this DOI or address; perhaps one the actor may not see yet."""

    def __init__(self, item: EvidenceItem, *, is_visible: bool) -> None:
        super().__init__(item.public_id)
        self.item = item
        self.is_visible = is_visible


def add_item(
    session: Session, actor: Viewer | None, series: Series, item: ItemDraft, *, now: datetime
) -> EvidenceItem:
    """Add an item; it is listed at once where nothing waits for a moderator.

    Raises Unsound if the draft breaks an invariant, AlreadyThere if its DOI or address is known.
    """
    require(actor, May.ADD_ITEM, series)
    assert actor is not None
    draft = _sound(item, now)
    _refuse_same(session, actor, series, draft)

    row = EvidenceItem(
        series=series,
        added_by_id=actor.person_id,
        is_listed=series.moderation == "post" or allowed(actor, May.MODERATE, series),
        created_at=now,
        **_columns(draft),
    )
    _save(session, actor, row, draft)
    return row


def edit_item(
    session: Session, actor: Viewer | None, item: EvidenceItem, draft: ItemDraft, *, now: datetime
) -> EvidenceItem:
    """Change what is said of an item; its status is changed by set_status alone."""
    require(actor, May.EDIT_ITEM, item)
    assert actor is not None
    draft = _sound(draft, now)
    _refuse_same(session, actor, item.series, draft, but=item)

    columns = _columns(draft)
    for name in ("status", "status_note"):
        columns.pop(name)
    if any(getattr(item, name) != value for name, value in columns.items()):
        item.verified = {}  # what was checked is no longer what stands here
    for name, value in columns.items():
        setattr(item, name, value)
    _save(session, actor, item, draft)
    if allowed(actor, May.MODERATE, item):
        _chain(session, actor, item, "edit_item", now)
    return item


def set_status(
    session: Session,
    actor: Viewer | None,
    item: EvidenceItem,
    status: str,
    *,
    note: str = "",
    superseded_by: EvidenceItem | None = None,
    now: datetime,
) -> EvidenceItem:
    """Say whether an item still stands; what replaces it is another of the same library.

    It is a decision like any other: the row says who, when and why.
    """
    require(actor, May.MODERATE, item)
    assert actor is not None
    problems = tuple(_wrong_status(item, status, note, superseded_by))
    if problems:
        raise Unsound(problems)
    item.status, item.status_note = status, note
    item.superseded_by = superseded_by if status == "superseded" else None
    write_decision(
        session,
        actor,
        item.series,
        "edit",
        subject=("evidence", item.public_id),
        why=f"{STATUSES[status]}. {note}".strip(),
        now=now,
    )
    return item


def list_item(session: Session, actor: Viewer | None, item: EvidenceItem) -> EvidenceItem:
    """Show an item to everybody: something that cites it was approved or published."""
    require(actor, May.READ_ITEM, item)
    item.is_listed = True
    session.flush()
    return item


def verify_item(
    session: Session,
    actor: Viewer | None,
    item: EvidenceItem,
    checks: tuple[str, ...],
    *,
    now: datetime,
) -> EvidenceItem:
    """Record what a moderator has checked; with nothing checked the record is taken away."""
    require(actor, May.MODERATE, item)
    assert actor is not None
    checked = [check for check in CHECKS if check in checks]
    by = {"by": actor.public_id, "on": now.date().isoformat(), "what_was_checked": checked}
    item.verified = by if checked else {}
    _chain(session, actor, item, "verify_item", now, checked=checked)
    return item


def _chain(
    session: Session, actor: Viewer, item: EvidenceItem, verb: str, now: datetime, **details: Any
) -> None:
    """An act of power that decides on nobody's contribution."""
    append_event(
        session,
        series_id=item.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("evidence", item.public_id),
        now=now,
        details=details,
    )


def _sound(draft: ItemDraft, now: datetime) -> ItemDraft:
    draft = tidy(draft)
    if problems := problems_of(draft, this_year=now.year):
        raise Unsound(problems)
    return draft


def _columns(draft: ItemDraft) -> dict[str, object]:
    found_by = " ".join((draft.title, *draft.authors, str(draft.year or "")))
    return {
        **{name: getattr(draft, name) for name in _COPIED},
        "authors": list(draft.authors),
        "url": draft.url or None,
        "doi": draft.doi or None,
        "title_folded": " ".join(text.fold(found_by).split())[:FOLDED_LENGTH],
    }


def _refuse_same(
    session: Session,
    actor: Viewer,
    series: Series,
    draft: ItemDraft,
    *,
    but: EvidenceItem | None = None,
) -> None:
    same = find_same(session, series.id, draft.doi, draft.url)
    if same is not None and same is not but:
        raise AlreadyThere(same, is_visible=allowed(actor, May.READ_ITEM, same))


def _save(session: Session, actor: Viewer, row: EvidenceItem, draft: ItemDraft) -> None:
    """Write the row; somebody may have added the same since we looked."""
    series, but = row.series, row if row.id else None
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        session.expire_all()
        _refuse_same(session, actor, series, draft, but=but)
        raise


def _wrong_status(
    item: EvidenceItem, status: str, note: str, successor: EvidenceItem | None
) -> list[Problem]:
    wrong = []
    if status not in STATUSES:
        wrong.append(Problem("status", _("Choose a status.")))
    if text.count(note) > LIMITS["status_note"]:
        most = LIMITS["status_note"]
        wrong.append(Problem("note", _("Use at most %(longest)s characters.", longest=most)))
    if status in ("corrected", "retracted") and not note:
        wrong.append(Problem("note", _("Say what was corrected or retracted, and where.")))
    if status == "superseded" and not _may_succeed(successor, item):
        sentence = _("Choose another item of this library that replaces it.")
        wrong.append(Problem("successor", sentence))
    return wrong


def _may_succeed(successor: EvidenceItem | None, item: EvidenceItem) -> bool:
    """Another item of the same library that does not lead back to this one."""
    if successor is None or successor.series_id != item.series_id:
        return False
    seen: EvidenceItem | None = successor
    while seen is not None:
        if seen is item:
            return False
        seen = seen.superseded_by
    return True
