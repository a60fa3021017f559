"""Adding to the library, and editing what is in it."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts import ItemDraft, problems_of, tidy
from discussion.debate.evidence.models import EvidenceItem, found_by
from discussion.debate.evidence.operations.chaining import chain
from discussion.debate.evidence.queries.finding import find_same
from discussion.debate.evidence.queries.links import address_of
from discussion.debate.evidence.queue import promise_anew, promise_plan
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Invalid
from discussion.series.series.models import Series
from discussion.vocabulary import of_series

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
    session: Session, actor: Viewer | None, series: Series, draft: ItemDraft, *, now: datetime
) -> EvidenceItem:
    """Add an item; it is listed at once where the series moderates afterwards.

    Also what somebody adds of whom it was asked that they be read first: an item has no author for
    others to see, and one that waited would tell who first cites it.

    Raises Invalid if the draft breaks an invariant, AlreadyThere if its DOI or address is known.
    """
    require(actor, May.ADD_ITEM, series)
    assert actor is not None
    draft = _sound(draft, series, now)
    _refuse_same(session, actor, series, draft)

    row = EvidenceItem(
        series=series,
        added_by_id=actor.person_id,
        is_listed=allowed(actor, May.MODERATE, series) or series.moderation == "post",
        created_at=now,
        **_columns(draft),
    )
    _save(session, actor, row, draft)
    if row.is_listed:
        promise_plan(session, now)
    return row


def edit_item(
    session: Session, actor: Viewer | None, item: EvidenceItem, draft: ItemDraft, *, now: datetime
) -> EvidenceItem:
    """Change what is said of an item; its status is changed by set_status alone."""
    require(actor, May.EDIT_ITEM, item)
    assert actor is not None
    lock_item(session, item)
    require(actor, May.EDIT_ITEM, item)  # as it is now that nobody lists or hides it
    draft = _sound(draft, item.series, now)
    _refuse_same(session, actor, item.series, draft, but=item)

    columns = _columns(draft)
    for name in ("status", "status_note"):
        columns.pop(name)
    if any(getattr(item, name) != value for name, value in columns.items()):
        item.verified = {}  # what was checked is no longer what stands here
    before = address_of(item)
    for name, value in columns.items():
        setattr(item, name, value)
    _save(session, actor, item, draft)
    if address_of(item) != before:
        forget_link(item)
        promise_anew(session, item, now)
    if allowed(actor, May.MODERATE, item):
        chain(session, actor, item, "edit_item", now)
    return item


def lock_item(session: Session, item: EvidenceItem) -> None:
    """Nobody else changes it until this is done; PostgreSQL locks its row."""
    session.flush()
    session.refresh(item, with_for_update={"of": EvidenceItem})


def forget_link(item: EvidenceItem) -> None:
    """What was found at another address says nothing of this one."""
    item.link_state, item.link_checked_at, item.link_settled_at = "", None, None
    item.archive_url = ""


def _sound(draft: ItemDraft, series: Series, now: datetime) -> ItemDraft:
    draft = tidy(draft)
    if problems := problems_of(draft, of_series(series.slug), this_year=now.year):
        raise Invalid(problems)
    return draft


def _columns(draft: ItemDraft) -> dict[str, object]:
    return {
        **{name: getattr(draft, name) for name in _COPIED},
        "authors": list(draft.authors),
        "url": draft.url or None,
        "doi": draft.doi or None,
        "title_folded": found_by(draft.title, draft.authors, draft.year),
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
