"""The value set, and what each value has been invoked for, on both sides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from discussion import paths
from discussion.debate.mutes.queries import MUTED, mute_of
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.meant import meant, resolve
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.series.values.models import Value, ValueCrosswalk, ValueProposal, ValueWording
from discussion.text import Spoken
from discussion.vocabulary import of_series

ON_A_PAGE = 40


@dataclass(frozen=True)
class ValueLine:
    slug: str
    label: str
    definition: str
    source: str
    family: str
    url: str
    served_count: int
    outweighed_count: int


@dataclass(frozen=True)
class Family:
    slug: str
    label: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True)
class Distinction:
    """Two or three values that are often taken for one another."""

    title: str
    explanation: str
    values: tuple[ValueLine, ...]


@dataclass(frozen=True)
class ValuesPage:
    series_slug: str
    series_title: str
    series_url: str
    version: int
    families: tuple[Family, ...]
    distinctions: tuple[Distinction, ...]
    retired: tuple[ValueLine, ...]
    proposed_count: int  # tags that name a value not in the list yet
    settings_url: str


@dataclass(frozen=True)
class Use:
    """A position that serves a value, or says that it outweighs it."""

    claim: str
    language: str
    url: str
    thread_question: str
    thread_url: str
    rank: int
    gloss: str


@dataclass(frozen=True)
class Side:
    """One side of a value's page: at most forty uses, and the way to more."""

    uses: tuple[Use, ...]
    count: int
    next_url: str


@dataclass(frozen=True)
class EarlierWording:
    label: str
    definition: str
    until: datetime


@dataclass(frozen=True)
class Crosswalk:
    framework: str
    term: str
    relation: str


@dataclass(frozen=True)
class ValuePage:
    series_slug: str
    series_title: str
    values_url: str
    slug: str
    label: str
    definition: str
    source: str
    family: str
    is_retired: bool
    earlier: tuple[EarlierWording, ...]
    merged: tuple[str, ...]  # names of values that were merged into this one
    crosswalk: tuple[Crosswalk, ...]
    served: Side
    outweighed: Side


@dataclass(frozen=True)
class Moved:
    """The value was merged: its page stands elsewhere."""

    url: str


def values_page(session: Session, viewer: Viewer | None, slug: str) -> ValuesPage | None:
    """The families with their values, how often each is served and outweighed, and distinctions."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    values = _values(session, series)
    counts = _counts(session, viewer, series, values)
    lines = {
        value.id: _line(series, value, counts)
        for value in values.values()
        if value.replaced_by_id is None
    }
    live = [
        lines[value.id]
        for value in values.values()
        if value.retired_at is None and value.id in lines
    ]
    by_slug = {line.slug: line for line in live}
    known = of_series(slug)
    return ValuesPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        version=series.value_set_version,
        families=tuple(
            Family(family, str(label), tuple(one for one in live if one.family == family))
            for family, label in known.value_family_labels.items()
            if any(one.family == family for one in live)
        ),
        distinctions=tuple(
            Distinction(str(two.title), str(two.says), tuple(by_slug[one] for one in two.slugs))
            for two in known.distinctions
            if all(one in by_slug for one in two.slugs)
        ),
        retired=tuple(
            lines[value.id]
            for value in values.values()
            if value.retired_at is not None and value.id in lines
        ),
        proposed_count=_count_proposed(session, viewer, series),
        settings_url=paths.values_settings(slug)
        if allowed(viewer, May.CONVENE, series) or allowed(viewer, May.MODERATE, series)
        else "",
    )


def value_page(
    session: Session,
    viewer: Viewer | None,
    slug: str,
    value_slug: str,
    *,
    after_served: str = "",
    after_outweighed: str = "",
) -> ValuePage | Moved | None:
    """A value and the positions on both sides of it; `after_…` is the last position's public id.

    Positions stand in the order of their random ids, which tells nothing about time.
    """
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    values = _values(session, series)
    value = next((one for one in values.values() if one.slug == value_slug), None)
    if value is None:
        return None
    if value.replaced_by_id is not None:
        return Moved(paths.value(slug, _today(values, value.id).slug))
    here = paths.value(slug, value.slug)
    meaning = [id for id in values if _today(values, id).id == value.id]
    return ValuePage(
        series_slug=series.slug,
        series_title=series.title,
        values_url=paths.values(slug),
        slug=value.slug,
        label=value.label,
        definition=value.definition,
        source=value.source,
        family=value.family,
        is_retired=value.retired_at is not None,
        earlier=_earlier(session, value),
        merged=tuple(values[id].label for id in meaning if id != value.id),
        crosswalk=_crosswalk(session, value),
        served=_side(session, viewer, series, value.id, meaning, False, after_served, here),
        outweighed=_side(session, viewer, series, value.id, meaning, True, after_outweighed, here),
    )


def _today(values: Mapping[int, Value], id: int) -> Value:
    return resolve(values, id) or values[id]


def _values(session: Session, series: Series) -> Mapping[int, Value]:
    rows = session.scalars(
        select(Value).where(Value.series_id == series.id).order_by(Value.order, Value.id)
    )
    return {row.id: row for row in rows}


def _live_tags(viewer: Viewer | None, series: Series, *columns: Any) -> Select[Any]:
    """Tags of what is published now: live revisions of positions whose text may be read.

    A proposal that a moderator accepted means the value it was accepted as.
    """
    return (
        select(*columns)
        .select_from(ValueTag)
        .join(Position, Position.live_revision_id == ValueTag.revision_id)
        .join(Position.thread)
        .join(Thread.series)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
    )


_MEANT = func.coalesce(ValueTag.value_id, ValueProposal.value_id)


def _counts(
    session: Session, viewer: Viewer | None, series: Series, values: Mapping[int, Value]
) -> Mapping[tuple[int, bool], int]:
    """(value id, is outweighed) → positions, each of which counts once for one value."""
    rows = session.execute(
        _live_tags(
            viewer,
            series,
            ValueTag.revision_id,
            _MEANT.label("value_id"),
            ValueTag.is_outweighed,
            ValueTag.rank,
        ).order_by(ValueTag.revision_id)
    )
    counts: Counter[tuple[int, bool]] = Counter()
    for _revision, tags in groupby(rows, key=attrgetter("revision_id")):
        counts.update((one.value.id, one.is_outweighed) for one in meant(tags, values) if one.value)
    return counts


def _count_proposed(session: Session, viewer: Viewer | None, series: Series) -> int:
    count = session.scalar(_live_tags(viewer, series, func.count()).where(_MEANT.is_(None)))
    return int(count or 0)


def _line(series: Series, value: Value, counts: Mapping[tuple[int, bool], int]) -> ValueLine:
    return ValueLine(
        slug=value.slug,
        label=value.label,
        definition=value.definition,
        source=value.source,
        family=value.family,
        url=paths.value(series.slug, value.slug),
        served_count=counts.get((value.id, False), 0),
        outweighed_count=counts.get((value.id, True), 0),
    )


def _side(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    id: int,
    meaning: Sequence[int],
    is_outweighed: bool,
    after: str,
    here: str,
) -> Side:
    """One side of the value `id`, which `meaning` have been merged into, itself among them.

    What a merge would put on both sides stands only where its author named this very value.
    """
    other = aliased(ValueTag)
    proposed = aliased(ValueProposal)
    on_the_other_side = (
        select(other.id)
        .outerjoin(proposed, proposed.id == other.proposal_id)
        .where(other.revision_id == ValueTag.revision_id)
        .where(other.is_outweighed.is_not(is_outweighed))
        .where(func.coalesce(other.value_id, proposed.value_id).in_(meaning))
        .exists()
    )
    best = (
        func.row_number()
        .over(partition_by=Position.public_id, order_by=(ValueTag.rank, ValueTag.id))
        .label("place")
    )
    named = (
        _live_tags(viewer, series, Position.public_id, ValueTag.id, best)
        .where(_MEANT.in_(meaning))
        .where(ValueTag.is_outweighed.is_(is_outweighed))
        .where(or_(ValueTag.value_id == id, ~on_the_other_side))
        .subquery()
    )
    one_side = select(named.c.public_id, named.c.id).where(named.c.place == 1)
    count = session.scalar(select(func.count()).select_from(one_side.subquery())) or 0
    picked = (
        one_side.where(named.c.public_id > after).order_by(named.c.public_id).limit(ON_A_PAGE + 1)
    ).subquery()
    rows = session.execute(
        select(
            Position.public_id,
            Revision.claim,
            Revision.language,
            Thread.question,
            Thread.language,
            Thread.slug,
            ValueTag.rank,
            ValueTag.gloss,
            mute_of(viewer, Position),
        )
        .select_from(picked)
        .join(ValueTag, ValueTag.id == picked.c[1])
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(Position, Position.id == Revision.position_id)
        .join(Position.thread)
        .order_by(Position.public_id)
    ).all()
    uses = tuple(
        Use(
            str(MUTED) if muted else claim,
            language,
            paths.position(position),
            Spoken(question, spoken),
            paths.thread(thread),
            rank,
            "" if muted else gloss,
        )
        for position, claim, language, question, spoken, thread, rank, gloss, muted in rows[
            :ON_A_PAGE
        ]
    )
    name = "outweighed" if is_outweighed else "served"
    more = f"{here}?{name}={rows[ON_A_PAGE - 1][0]}#{name}" if len(rows) > ON_A_PAGE else ""
    return Side(uses, count, more)


def _earlier(session: Session, value: Value) -> tuple[EarlierWording, ...]:
    rows = session.scalars(
        select(ValueWording)
        .where(ValueWording.value_id == value.id)
        .order_by(ValueWording.until.desc())
    )
    return tuple(EarlierWording(row.label, row.definition, row.until) for row in rows)


def _crosswalk(session: Session, value: Value) -> tuple[Crosswalk, ...]:
    rows = session.scalars(
        select(ValueCrosswalk)
        .where(ValueCrosswalk.value_id == value.id)
        .order_by(ValueCrosswalk.framework, ValueCrosswalk.term)
    )
    return tuple(Crosswalk(row.framework, row.term, row.relation) for row in rows)
