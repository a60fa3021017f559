"""What a merge of two values makes of the positions that name them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Response, Revision, ValueTag
from discussion.debate.positions.queries.meant import Meant, Tag, meant, value_named
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal, all_led_to, resolve
from discussion.series.values.shapes import Becomes, Touched

LISTED = 40  # positions of each kind are named on the page; all are counted


REPLACED, FOLDED, KEPT = "replaced", "folded", "kept"


@dataclass(frozen=True)
class Tagged:
    """A tag of a live version, with where it stands."""

    revision_id: int
    value_id: int | None
    is_outweighed: bool
    rank: int
    label: str | None  # of a value that is only proposed
    public_id: str
    claim: str
    language: str
    question: str


def kind_of(
    after: Iterable[Meant[Tag]],
    values: Mapping[int, Value],
    into: Value,
    chosen: Callable[[Tag], int | None] = value_named,
) -> str:
    """What a merge into `into` made of one version's tags, as they are meant `after` it.

    Kept: it names both, one served and one outweighed, and goes on saying so in its own words.
    """
    led = [one for one in after if resolve(values, chosen(one.tag)) is into]
    if any(one.value is not into for one in led):
        return KEPT
    return FOLDED if any(one.folded for one in led) else REPLACED


def list_becoming(
    session: Session, viewer: Viewer | None, series: Series, value: Value, into: Value
) -> tuple[Becomes, ...]:
    """What merging a value into another does to live versions, by kind: replaced, folded, kept."""
    now = {one.id: one for one in series.values}
    then = {
        **now,
        value.id: Value(id=value.id, slug=value.slug, label=value.label, replaced_by_id=into.id),
    }
    gone = all_led_to(now, value.id)
    found: dict[str, list[Touched]] = {REPLACED: [], FOLDED: [], KEPT: []}
    for _revision, tags in groupby(_tags(session, viewer, series), key=attrgetter("revision_id")):
        rows = list(tags)
        if not any(row.value_id in gone for row in rows):
            continue
        after = meant(rows, then)
        found[kind_of(after, then, into)].append(_touched(rows[0], after))
    return tuple(Becomes(kind, len(rows), tuple(rows[:LISTED])) for kind, rows in found.items())


def _tags(session: Session, viewer: Viewer | None, series: Series) -> Iterable[Tagged]:
    rows = session.execute(
        select(
            ValueTag.revision_id,
            func.coalesce(ValueTag.value_id, ValueProposal.value_id).label("value_id"),
            ValueTag.is_outweighed,
            ValueTag.rank,
            ValueProposal.label,
            Position.public_id,
            Revision.claim,
            Revision.language,
            Thread.question,
        )
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(Position, Position.live_revision_id == Revision.id)
        .join(Position.thread)
        .join(Thread.series)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .order_by(Position.public_id, ValueTag.revision_id)
    )
    return [Tagged(*row) for row in rows]


def _touched(row: Tagged, after: Iterable[Meant[Tagged]]) -> Touched:
    named = [
        (one.is_outweighed, one.value.label if one.value else one.tag.label or "") for one in after
    ]
    return Touched(
        url=paths.position(row.public_id),
        claim=row.claim,
        language=row.language,
        thread_question=row.question,
        served=tuple(label for is_outweighed, label in named if not is_outweighed),
        outweighed=tuple(label for is_outweighed, label in named if is_outweighed),
    )


def count_naming_responses(session: Session, value: Value) -> int:
    """How many published responses name a value."""
    count = session.scalar(
        select(func.count())
        .select_from(Response)
        .where(Response.value_id == value.id)
        .where(Response.state == "published")
    )
    return int(count or 0)
