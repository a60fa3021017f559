"""The value set, and what each value has been invoked for, on both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.series.values.models import Value, ValueCrosswalk, ValueWording, resolve
from discussion.series.values.queries_higher import COUNT_PROPOSED, COUNT_USES, LIST_SIDE, SideAsked
from discussion.series.values.shapes import Side
from discussion.vocabulary import of_series


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
    """A family of values, with its values in their order."""

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
class EarlierWording:
    """How a value was worded before, until when."""

    label: str
    definition: str
    until: datetime


@dataclass(frozen=True)
class Crosswalk:
    """What a value is near to in a published framework, and how near."""

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
class LeadsTo:
    """The value was merged: its page stands elsewhere."""

    url: str


def values_page(session: Session, viewer: Viewer | None, slug: str) -> ValuesPage | None:
    """The families with their values, how often each is served and outweighed, and distinctions."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    values = _values(session, series)
    counts = COUNT_USES()(session, viewer, series)
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
        proposed_count=COUNT_PROPOSED()(session, viewer, series),
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
) -> ValuePage | LeadsTo | None:
    """A value and the positions on both sides of it; `after_…` is where the page before ended.

    Positions stand in the order of random places, which tells nothing about time.
    """
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    values = _values(session, series)
    value = next((one for one in values.values() if one.slug == value_slug), None)
    if value is None:
        return None
    if value.replaced_by_id is not None:
        return LeadsTo(paths.value(slug, _today(values, value.id).slug))
    here = paths.value(slug, value.slug)
    meaning = meaning_of(values, value)
    asked, side = SideAsked(series, value.id, meaning, here), LIST_SIDE()
    counts = COUNT_USES()(session, viewer, series)
    served = replace(asked, after=after_served, count=counts.get((value.id, False), 0))
    outweighed = replace(
        asked, is_outweighed=True, after=after_outweighed, count=counts.get((value.id, True), 0)
    )
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
        served=side(session, viewer, served),
        outweighed=side(session, viewer, outweighed),
    )


def meaning_of(values: Mapping[int, Value], value: Value) -> list[int]:
    """The ids of all that mean this value today: its own, and of those merged into it."""
    return [id for id in values if _today(values, id).id == value.id]


def _today(values: Mapping[int, Value], id: int) -> Value:
    return resolve(values, id) or values[id]


def _values(session: Session, series: Series) -> Mapping[int, Value]:
    rows = session.scalars(
        select(Value).where(Value.series_id == series.id).order_by(Value.order, Value.id)
    )
    return {row.id: row for row in rows}


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
