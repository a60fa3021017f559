"""A value that somebody proposed, as a moderator answers it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Filters
from discussion.oversight.moderation.queries.frame import frame
from discussion.oversight.moderation.queries.shapes import DeskFrame
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal

USES = 10


@dataclass(frozen=True)
class Named:
    """A position that names the proposed value."""

    claim: str
    url: str
    gloss: str
    question: str
    is_outweighed: bool


@dataclass(frozen=True)
class Listed:
    """A value of the set, that the proposed one may be the same as."""

    slug: str
    label: str
    definition: str
    family: str


@dataclass(frozen=True)
class ProposalPage:
    frame: DeskFrame
    id: str
    label: str
    is_waiting: bool
    is_own: bool
    series_title: str
    series_url: str
    values_url: str
    named: tuple[Named, ...]
    values: tuple[Listed, ...]
    decide_url: str


def find_proposed(
    session: Session, viewer: Viewer | None, public_id: str
) -> tuple[ValueProposal, Series] | None:
    """A proposal of a series that the viewer moderates."""
    found = session.execute(
        select(ValueProposal, Series)
        .join(Series, Series.id == ValueProposal.series_id)
        .where(ValueProposal.public_id == public_id)
    ).first()
    if found is None or not allowed(viewer, May.MODERATE, found[1]):
        return None
    return found[0], found[1]


def proposal_page(
    session: Session,
    viewer: Viewer,
    proposal: ValueProposal,
    series: Series,
    *,
    filters: Filters,
    now: datetime,
) -> ProposalPage:
    """The proposed words, who uses them how, and the set that they would join."""
    live = [value for value in series.values if value.retired_at is None]
    return ProposalPage(
        frame=frame(
            session,
            viewer,
            open_kind="values",
            open_id=proposal.public_id,
            filters=filters,
            now=now,
        ),
        id=proposal.public_id,
        label=proposal.label,
        is_waiting=proposal.state == "waiting",
        is_own=proposal.proposed_by_id == viewer.person_id,
        series_title=series.title,
        series_url=paths.series(series.slug),
        values_url=paths.values(series.slug),
        named=_named(session, proposal),
        values=tuple(_listed(value) for value in live),
        decide_url=f"{paths.curate_value(proposal.public_id)}/decide",
    )


def _listed(value: Value) -> Listed:
    return Listed(value.slug, value.label, value.definition, value.family)


def _named(session: Session, proposal: ValueProposal) -> tuple[Named, ...]:
    rows = session.execute(
        select(
            Revision.claim,
            Position.public_id,
            ValueTag.gloss,
            Thread.question,
            ValueTag.is_outweighed,
        )
        .select_from(ValueTag)
        .join(ValueTag.revision)
        .join(Revision.position)
        .join(Position.thread)
        .where(ValueTag.proposal_id == proposal.id)
        .where(Revision.status.in_(("live", "pending")))
        .where(Position.state.in_(("draft", "published")))
        .order_by(Position.public_id)
        .limit(USES)
    )
    return tuple(
        Named(claim, paths.position(public_id), gloss, question, is_outweighed)
        for claim, public_id, gloss, question, is_outweighed in rows
    )
