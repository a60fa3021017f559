"""Values that positions serve, and that nobody who serves them cites a study for."""

from collections.abc import Collection

from sqlalchemy import or_, select

from discussion import paths
from discussion.debate.positions.models import EvidenceLink, Position, ValueTag
from discussion.debate.tallies.queries import read_sums
from discussion.debate.tallies.words import SERVED
from discussion.debate.threads.models import Thread
from discussion.language import _n
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.queries.readable import open_positions
from discussion.reach.needed.shapes import Lead
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal, resolve


def list_values(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """Those that most positions serve first."""
    taken = asked.taken_for("value")
    found = [one for one in _unheld(asked) if one[0].slug not in taken]
    return len(found), [_lead(asked, *one) for one in found[skip : skip + limit]]


def find_values(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    """Also those for which somebody has cited something since."""
    served = _served(asked)
    return [_lead(asked, value, number) for value, number in served if value.slug in subjects]


def _unheld(asked: Asked) -> list[tuple[Value, int]]:
    held = _held(asked)
    return [one for one in _served(asked) if one[0].id not in held]


def _served(asked: Asked) -> list[tuple[Value, int]]:
    sums = read_sums(asked.session, asked.viewer, asked.series, (SERVED,))
    values = _values(asked)
    found = [
        (values[id], number) for (_kind, id), number in sums.items() if id in values and number
    ]
    return sorted(found, key=lambda one: (-one[1], one[0].slug))


def _held(asked: Asked) -> set[int]:
    """Ids of the values for which something is cited, as anything but background."""
    cited = (
        select(ValueTag.id)
        .join(Position, Position.live_revision_id == ValueTag.revision_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .join(EvidenceLink, EvidenceLink.revision_id == ValueTag.revision_id)
        .where(or_(ValueTag.value_id == Value.id, ValueProposal.value_id == Value.id))
        .where(ValueTag.is_outweighed.is_(False))
        .where(EvidenceLink.stance != "background")
        .where(open_positions(asked.viewer))
        .correlate(Value)
        .exists()
    )
    values = _values(asked)
    ids = asked.session.scalars(
        select(Value.id).where(Value.series_id == asked.series.id).where(cited)
    )
    led = (resolve(values, id) for id in ids)
    return {value.id for value in led if value is not None}


def _values(asked: Asked) -> dict[int, Value]:
    rows = asked.session.scalars(select(Value).where(Value.series_id == asked.series.id))
    return {row.id: row for row in rows}


def _lead(asked: Asked, value: Value, number: int) -> Lead:
    says = _n("%(num)s position serves it.", "%(num)s positions serve it.", number)
    return Lead(
        key=f"value/{value.slug}",
        reason="value",
        title=value.label,
        language=asked.series.language,
        url=paths.value(asked.series.slug, value.slug),
        says=(says,),
    )
