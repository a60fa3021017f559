"""Publishing a position, revising it, and taking it back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.db import add_unless_there
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queue import list_item
from discussion.debate.positions.drafts import Bounds, PositionDraft, TagDraft, strictest
from discussion.debate.positions.drafts_problems import problems_in, problems_in_consent
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.positions.operations.holding import (
    lock_contribution,
    lock_thread_of,
    lock_to_post,
)
from discussion.debate.positions.operations.joining import join_if_new
from discussion.debate.positions.operations.naming import (
    give_label,
    give_letter,
    give_number,
    keep_apart,
)
from discussion.debate.positions.operations.pacing import refuse_new_voice
from discussion.debate.positions.operations.screening import (
    find_holds,
    find_most_links,
    refuse_flood,
)
from discussion.debate.positions.operations.seats import LIVE_STATES, settle_seat
from discussion.debate.positions.queries.rows import links_of, row_of, tags_of
from discussion.debate.positions.words import KEPT_REASONS
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.operations.holding import lock_person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.permissions.visibility import WHOEVER, visible_items, who_asks
from discussion.problems import Problem, refuse
from discussion.series.values.models import Value, ValueProposal
from discussion.subjects.finding import subject_of
from discussion.subjects.happenings import happened
from discussion.vocabulary import of_series


class AlreadyPosted(Exception):
    """One live position per person and thread: revise it instead."""

    def __init__(self, position: Position) -> None:
        super().__init__(_("You already have a position in this thread."))
        self.position = position


def cited_in(draft: PositionDraft) -> list[str]:
    """The items that a draft cites, by their public ids."""
    return [link.item_id for link in draft.links]


_VALUES = (
    select(Value.slug)
    .where(Value.series_id == bindparam("series_id"))
    .where(Value.retired_at.is_(None))
)
_ITEMS = (
    select(EvidenceItem.public_id)
    .join(EvidenceItem.series)
    .where(EvidenceItem.series_id == bindparam("series_id"))
    .where(visible_items(WHOEVER))
    .where(EvidenceItem.is_hidden.is_(False))
    .where(EvidenceItem.public_id.in_(bindparam("item_ids", expanding=True)))
)


def find_bounds(
    session: Session, actor: Viewer | None, thread: Thread, item_ids: Collection[str]
) -> Bounds:
    """What a position in this thread may choose from; of the library, which of these items."""
    given = {"series_id": thread.series_id, "item_ids": list(item_ids)}
    values = session.scalars(_VALUES, given)
    cited = [id for id in item_ids if id]
    items = session.scalars(_ITEMS, given | who_asks(actor)) if cited else ()
    return Bounds(
        values=frozenset(values),
        items=frozenset(items),
        scales=frozenset(scale.slug for scale in thread.scales),
        loosest=strictest(thread.attribution, thread.series.attribution),
        vocabulary=of_series(thread.series.slug),
        most_links=find_most_links(session, actor, thread.series),
    )


def problems_in_first(
    session: Session, actor: Viewer | None, thread: Thread, draft: PositionDraft
) -> list[Problem]:
    """What stands between a first version and publishing; also for somebody signed out."""
    return problems_in(draft, find_bounds(session, actor, thread, cited_in(draft)))


def problems_in_revision(
    session: Session, actor: Viewer | None, position: Position, draft: PositionDraft
) -> list[Problem]:
    """The same of a new version, which also says why it was made once others could read one."""
    problems = problems_in(draft, _revision_bounds(session, actor, position, cited_in(draft)))
    if position.state == "published" and draft.change_reason not in KEPT_REASONS:
        sentence = _("Say why you changed your position.")
        problems.append(Problem("change_reason", sentence, _("Why you changed it")))
    return problems


def publish_position(
    session: Session, actor: Viewer, thread: Thread, draft: PositionDraft, *, now: datetime
) -> Position:
    """Publish a first version, or hand it to the moderators where the series reads before.

    Raises Invalid with everything that is wrong, AlreadyPosted, and Merged where the thread went
    into another one meanwhile.
    """
    require(actor, May.POST, thread)
    lock_person(session, actor.person_id)
    lock_to_post(session, thread)
    require(actor, May.POST, thread)  # as it is now that nobody merges it
    refuse(problems_in_first(session, actor, thread, draft))
    own = find_own(session, thread, actor.person_id)
    if own is not None:
        raise AlreadyPosted(own)
    refuse_new_voice(session, actor.person_id, thread)
    refuse_flood(session, actor.person_id, now=now)
    join_if_new(session, actor, thread.series, now)
    author = session.get_one(Person, actor.person_id)
    return _submit_first(session, actor, thread, draft, author, now)


def publish_on_behalf(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    *,
    consent_note: str,
    now: datetime,
) -> Position:
    """Enter what somebody said at a round table, with their recorded consent.

    It stands under the Chatham House Rule whatever the draft says, and its author is a guest.
    """
    require(actor, May.ENTER_ON_BEHALF, thread)
    lock_to_post(session, thread)
    require(actor, May.ENTER_ON_BEHALF, thread)  # as it is now that nobody merges it
    refuse(problems_in_consent(consent_note))
    draft = replace(draft, attribution="chatham_house")
    refuse_new_voice(session, None, thread)
    refuse(problems_in_first(session, actor, thread, draft))
    guest = Person(display_name=_("Guest of a round table"), is_guest=True, created_at=now)
    session.add(guest)
    session.flush()
    session.add(
        Consent(
            person_id=guest.id,
            kind="round_table",
            version="1",
            note=consent_note[:300],
            recorded_by_id=actor.person_id,
            given_at=now,
        )
    )
    position = _submit_first(session, actor, thread, draft, guest, now)
    position.entered_by_id = actor.person_id
    session.flush()
    append_event(
        session,
        series_id=thread.series_id,
        actor_id=actor.person_id,
        verb="enter_on_behalf",
        subject=subject_of(position).key,
        now=now,
    )
    return position


def revise_position(
    session: Session, actor: Viewer, position: Position, draft: PositionDraft, *, now: datetime
) -> Revision:
    """Hand in a new version with its reason; the live one stays live while the new one waits.

    A version that was still waiting is replaced. Attribution may tighten, which holds at once.
    """
    require(actor, May.REVISE_POSITION, position)
    lock_person(session, position.author_id)
    lock_contribution(session, position)
    require(actor, May.REVISE_POSITION, position)  # as it is now that nobody else changes it
    refuse(problems_in_revision(session, actor, position, draft))
    refuse_flood(session, position.author_id, now=now)
    for waiting in position.revisions:
        if waiting.status == "pending":
            waiting.status = "superseded"
    tighten(session, position, draft.attribution)
    revision = _add_revision(session, actor, position, draft, now)
    position.changed_at = now
    _publish_or_hold(session, position, revision, now)
    return revision


def go_live(session: Session, position: Position, revision: Revision, *, now: datetime) -> None:
    """Make a version the live one; the first time, give the position its number and its name.

    Called when a moderator approves, and at once where the series moderates afterwards.
    """
    tighten_to_thread(session, position, lock_thread_of(session, position))
    if position.live is not None:
        position.live.status = "superseded"
    newest = session.scalar(
        select(func.max(Revision.version)).where(Revision.position_id == position.id)
    )
    revision.version = (newest or 0) + 1
    revision.status = "live"
    revision.live_at = now
    position.live = revision
    position.changed_at = now
    if position.first_published_at is None:
        position.first_published_at = now
        position.number = position.number or give_number(session, position.thread)
        give_label(session, position, position.thread.series)
    if position.state == "draft":
        position.state = "published"
    give_letter(
        session, position.thread_id, position.author_id, position.attribution, position.strand
    )
    for link in revision.links:
        list_item(session, link.item, now)
    position.thread.changed_at = now
    session.flush()
    happened(session, "position.live", revision.id, now=now)


def withdraw_position(
    session: Session, actor: Viewer, position: Position, *, now: datetime
) -> Position:
    """Take a position back; once published it leaves a tombstone, before that nothing."""
    require(actor, May.WITHDRAW_POSITION, position)
    lock_contribution(session, position)
    require(actor, May.WITHDRAW_POSITION, position)  # as it is now that nobody else changes it
    for revision in position.revisions:
        if revision.status in ("pending", "sent_back"):
            revision.status = "superseded"
    position.state = "discarded" if position.first_published_at is None else "withdrawn"
    settle_seat(session, position)
    position.changed_at = now
    position.thread.changed_at = now
    session.flush()
    return position


def tighten(session: Session, item: Position | Response, attribution: str) -> None:
    """Make an attribution stricter if it is looser than asked; never the other way round."""
    stricter = strictest(item.attribution, attribution)
    if stricter == item.attribution:
        return
    thread_id = item.thread_id
    keep_apart(item, thread_id)
    item.attribution = stricter
    if item.first_published_at is not None:
        give_letter(session, thread_id, item.author_id, stricter, item.strand)
    session.flush()


def tighten_to_thread(session: Session, item: Position | Response, thread: Thread) -> None:
    """Make an item as strict as its thread asks now, which may be more than when it was begun.

    Ask while the thread is held: only then can nobody tighten it without seeing this item.
    """
    session.refresh(thread, ["attribution"])
    tighten(session, item, thread.attribution)


def tighten_thread(session: Session, thread: Thread) -> None:
    """Tighten everything written in a thread to what the thread now asks."""
    positions = session.scalars(select(Position).where(Position.thread_id == thread.id)).all()
    responses = session.scalars(
        select(Response).join(Response.position).where(Position.thread_id == thread.id)
    ).all()
    items: list[Position | Response] = [*positions, *responses]
    for item in items:
        tighten(session, item, thread.attribution)


def find_own(session: Session, thread: Thread, person_id: int) -> Position | None:
    """The person's position in a thread that is live, waiting, sent back or hidden.

    Where a merge brought a second one, it is the first.
    """
    return session.scalar(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.author_id == person_id)
        .where(Position.state.in_(LIVE_STATES))
        .where(Position.is_second.is_(False))
    )


def _submit_first(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    author: Person,
    now: datetime,
) -> Position:
    position = Position(
        thread_id=thread.id,
        author_id=author.id,
        attribution=draft.attribution,
        state="draft",
        created_at=now,
        changed_at=now,
    )
    if not add_unless_there(session, position):
        own = find_own(session, thread, author.id)
        assert own is not None
        raise AlreadyPosted(own)
    revision = _add_revision(session, actor, position, draft, now)
    _publish_or_hold(session, position, revision, now)
    return position


def _publish_or_hold(
    session: Session, position: Position, revision: Revision, now: datetime
) -> None:
    """Where the series moderates afterwards, only what is held waits."""
    written = f"{revision.claim}\n{revision.reasoning}"
    revision.held_for = find_holds(session, position, written, now=now)
    if position.thread.series.moderation == "post" and not revision.held_for:
        go_live(session, position, revision, now=now)


def _add_revision(
    session: Session, actor: Viewer, position: Position, draft: PositionDraft, now: datetime
) -> Revision:
    thread = position.thread
    revision = row_of(draft, thread, prefix=f"p{position.public_id}-", now=now)
    revision.position = position
    session.add(revision)
    session.flush()
    values = session.scalars(select(Value).where(Value.series_id == thread.series_id))
    value_ids = {value.slug: value.id for value in values}
    items = session.scalars(
        select(EvidenceItem)
        .where(EvidenceItem.series_id == thread.series_id)
        .where(EvidenceItem.public_id.in_([link.item_id for link in draft.links]))
    )
    by_id = {item.public_id: item for item in items}

    def proposal_of(tag: TagDraft) -> ValueProposal:
        return _proposal(session, actor, tag, thread.series_id, now)

    revision.tags = list(tags_of(draft, value_ids, proposal_of))
    revision.links = list(links_of(draft, by_id))
    session.flush()
    session.refresh(revision, ["tags", "links"])
    session.refresh(position, ["revisions"])
    return revision


def _proposal(
    session: Session, actor: Viewer, tag: TagDraft, series_id: int, now: datetime
) -> ValueProposal:
    """The proposal of this label: the waiting one if there is one, else a new one."""
    label = text.line(tag.proposed)
    waiting = session.scalars(
        select(ValueProposal)
        .where(ValueProposal.series_id == series_id)
        .where(ValueProposal.state != "declined")
    )
    for known in waiting:
        if text.fold(known.label) == text.fold(label):
            return known
    made = ValueProposal(
        series_id=series_id, label=label, proposed_by_id=actor.person_id, created_at=now
    )
    session.add(made)
    session.flush()
    return made


def _revision_bounds(
    session: Session, actor: Viewer | None, position: Position, item_ids: Collection[str]
) -> Bounds:
    """As for a first version, but attribution is held to what it is, and kept values may stay."""
    bounds = find_bounds(session, actor, position.thread, item_ids)
    kept_values = {
        tag.value.slug
        for revision in position.revisions
        for tag in revision.tags
        if tag.value is not None
    }
    kept_items = {link.item.public_id for revision in position.revisions for link in revision.links}
    return replace(
        bounds,
        values=bounds.values | kept_values,
        items=bounds.items | kept_items,
        loosest=strictest(bounds.loosest, position.attribution),
    )
