"""What may be cited in a briefing: everything that readers of its threads may read now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.words import RESTATES
from discussion.debate.threads.models import Thread, thread_theme
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.publications.drafts_marks import ANSWER, FINDING, OUTCOME, POSITION, REFERENCE
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.shown import shown_contents
from discussion.weighing.rounds.models import Round

Key = tuple[str, int, str]  # kind, id of the row, code


@dataclass(frozen=True)
class Candidate:
    """One thing that can be cited, with the mark that it would have."""

    mark: str
    source: PublicationSource

    @property
    def key(self) -> Key:
        return key_of(self.source)


def key_of(source: PublicationSource) -> Key:
    """What a source is, whichever version of it: the same when it is read again."""
    ids = (source.response_id, source.position_id, source.item_id, source.snapshot_id)
    found = source.thread_id if source.kind in (OUTCOME, FINDING) else next(filter(None, ids))
    return source.kind, found or 0, source.code or ""


def list_threads(session: Session, publication: Publication) -> Sequence[Thread]:
    """The threads that it is about, as far as their readers find them; the oldest first."""
    rows = (
        select(Thread)
        .where(Thread.series_id == publication.series_id)
        .where(Thread.stage != "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .options(selectinload(Thread.scales))
        .order_by(Thread.id)
    )
    if publication.thread_id is not None:
        rows = rows.where(Thread.id == publication.thread_id)
    elif publication.theme_id is not None:
        rows = rows.join(thread_theme, thread_theme.c.thread_id == Thread.id)
        rows = rows.where(thread_theme.c.theme_id == publication.theme_id)
    return session.scalars(rows).all()


def list_positions(session: Session, threads: Sequence[Thread]) -> Sequence[Position]:
    """The published positions of these threads, by thread and number."""
    return session.scalars(
        select(Position)
        .join(Position.thread)
        .where(Position.thread_id.in_([one.id for one in threads]))
        .where(Position.state.in_(TEXT_STATES))
        .where(Position.live_revision_id.is_not(None))
        .order_by(Position.thread_id, Position.number)
        .options(
            contains_eager(Position.thread),
            joinedload(Position.author),
            joinedload(Position.live).selectinload(Revision.tags).joinedload(ValueTag.value),
            joinedload(Position.live).selectinload(Revision.links).joinedload(EvidenceLink.item),
        )
    ).all()


def list_responses(session: Session, positions: Sequence[Position]) -> Sequence[Response]:
    """What was answered to them, in an order that tells nobody's time.

    Of restatements those alone that the author of the position finds fair.
    """
    return session.scalars(
        select(Response)
        .where(Response.position_id.in_([one.id for one in positions]))
        .where(Response.state.in_(TEXT_STATES))
        .where(Response.live_text_id.is_not(None))
        .join(Response.live)
        .where(or_(Response.type != RESTATES, ResponseText.fair == "yes"))
        .order_by(Response.position_id, Response.public_id)
        .options(
            contains_eager(Response.live), joinedload(Response.author), joinedload(Response.item)
        )
    ).all()


def newest_findings(
    session: Session, threads: Sequence[Thread]
) -> dict[int, tuple[FindingSnapshot, Content]]:
    """Thread id → its newest snapshot of a closed round, as it may be shown now."""
    newest = (
        select(func.max(FindingSnapshot.id))
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(FindingSnapshot.thread_id.in_([one.id for one in threads]))
        .where(Round.state == "closed")
        .group_by(FindingSnapshot.thread_id)
    )
    rows = session.scalars(select(FindingSnapshot).where(FindingSnapshot.id.in_(newest))).all()
    contents = shown_contents(session, rows) if rows else {}
    return {row.thread_id: (row, contents[row.id]) for row in rows}


def is_shown(item: EvidenceItem) -> bool:
    return item.is_listed and not item.is_hidden


def list_candidates(session: Session, publication: Publication) -> list[Candidate]:
    """Everything that can be cited now, with the marks that are free for it."""
    threads = list_threads(session, publication)
    before = {one.id: str(number) if publication.thread_id is None else ""
              for number, one in enumerate(threads, start=1)}  # fmt: skip
    positions = list_positions(session, threads)
    responses = list_responses(session, positions)
    found = newest_findings(session, threads)
    made = [
        *_of_threads(threads, before, found),
        *_of_positions(positions, before),
        *_of_responses(responses, positions, before),
        *_of_items(positions, responses),
    ]
    for one in made:
        one.source.publication_id = publication.id
    return made


def _of_threads(
    threads: Sequence[Thread],
    before: Mapping[int, str],
    found: Mapping[int, tuple[FindingSnapshot, Content]],
) -> Iterator[Candidate]:
    for thread in threads:
        if thread.stage == "closed" and thread.outcome:
            mark = f"{before[thread.id]}O"
            yield Candidate(mark, PublicationSource(kind=OUTCOME, thread_id=thread.id))
        if thread.id in found:
            row, content = found[thread.id]
            for one in content.ratings.statements:
                source = PublicationSource(
                    kind=FINDING, thread_id=thread.id, snapshot_id=row.id, code=one.code
                )
                yield Candidate(f"{before[thread.id]}{one.code}", source)


def _of_positions(positions: Sequence[Position], before: Mapping[int, str]) -> Iterator[Candidate]:
    for row in positions:
        source = PublicationSource(
            kind=POSITION,
            thread_id=row.thread_id,
            position_id=row.id,
            revision_id=row.live_revision_id,
        )
        yield Candidate(f"{before[row.thread_id]}P{row.number}", source)


def _of_responses(
    responses: Sequence[Response], positions: Sequence[Position], before: Mapping[int, str]
) -> Iterator[Candidate]:
    threads = {row.id: row.thread_id for row in positions}
    for number, row in enumerate(responses, start=1):
        thread_id = threads[row.position_id]
        source = PublicationSource(
            kind=ANSWER,
            thread_id=thread_id,
            position_id=row.position_id,
            response_id=row.id,
            text_id=row.live_text_id,
        )
        yield Candidate(f"{before[thread_id]}A{number}", source)


def _of_items(positions: Sequence[Position], responses: Sequence[Response]) -> Iterator[Candidate]:
    linked = (link.item for row in positions if row.live for link in row.live.links)
    named = (row.item for row in responses if row.item is not None)
    rows = {item.id: item for item in (*linked, *named) if is_shown(item)}
    for number, item in enumerate(rows.values(), start=1):
        yield Candidate(f"R{number}", PublicationSource(kind=REFERENCE, item_id=item.id))
