"""Values by kind of evidence, at each level: how many positions serve both, as their cards show it.

Nothing is withheld: what people published, and tagged themselves, is counted down to one, and what
a card does not show is counted nowhere (`facets.py`). So every number can be found again by reading
the cards, and each leads to the positions that it counts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from operator import attrgetter

from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.facets import Chosen, count_one, narrow
from discussion.reach.search.queries.matching import Match, Sought, list_matches
from discussion.reach.search.queries.meaning import Meanings, read_meanings
from discussion.reach.search.queries.page import label_of
from discussion.reach.search.shapes import (
    Choice,
    Pile,
    PivotColumn,
    PivotFamily,
    PivotLevel,
    PivotPage,
    PivotRow,
)
from discussion.reach.search.words import NO_STUDY
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import Vocabulary, of_series

FEWEST = 5  # positions, under which a table says nothing
LARGEST = 20  # the radius of the largest disc
NARROWED = ("level", "role", "phase")
SIDES = ("value", "cost")
Cell = tuple[str, str]  # a value and a kind of evidence


@dataclass(frozen=True)
class PivotAsked:
    """Which side of the values, and of which positions."""

    side: str = "value"  # of SIDES
    chosen: Chosen = field(default_factory=dict)  # of NARROWED


@dataclass(frozen=True)
class _Sums:
    """What was counted, and all that is needed to lead to it."""

    series: Series
    asked: PivotAsked
    kinds: tuple[str, ...]
    cells: Mapping[Cell, int]
    rows: Mapping[str, int]
    largest: int

    def url(self, **words: str) -> str:
        said = {"kind": "position", "series": self.series.slug, **self.asked.chosen, **words}
        return paths.search(**said)

    def pile(self, count: int, **words: str) -> Pile:
        radius = round(LARGEST * sqrt(count / self.largest), 1) if self.largest else 0.0
        return Pile(count, self.url(**words) if count else "", radius)


def pivot_page(
    session: Session, viewer: Viewer | None, slug: str, asked: PivotAsked
) -> PivotPage | None:
    """None for a series that the viewer may not read."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    sought = Sought(viewer, read_typed(""), languages_of(session), series, ("position",))
    matches = list_matches(session, sought)
    means = read_meanings(session, matches)
    met = narrow(means, matches, asked.chosen)
    said = of_series(series.slug)
    kinds = tuple(
        kind
        for kind in (*said.evidence_kinds, NO_STUDY)
        if any(kind in means.cited(items)[0] for items in {one.items for one in matches})
    )
    counts = count_one(means, "evidence", met)
    sums = _sums(series, asked, kinds, means, met)
    return PivotPage(
        series_slug=series.slug,
        series_title=series.title,
        sentence=_sentence(sums, means, len(met)),
        total=len(met),
        is_told=len(met) >= FEWEST,
        side=asked.side,
        sides=tuple(
            Choice(name, label, 0, _own(series, asked, by=name), name == asked.side)
            for name, label in (("value", _("served")), ("cost", _("at a cost to")))
        ),
        levels=_choices(series, asked, means, matches, "level", said),
        roles=_choices(series, asked, means, matches, "role", said),
        phases=_choices(series, asked, means, matches, "phase", said),
        columns=tuple(
            PivotColumn(kind, label_of(means, "evidence", kind), sums.pile(count, evidence=kind))
            for kind in kinds
            for count in (counts[kind],)
        ),
        families=tuple(_families(means, sums, said)),
        at_levels=tuple(_at_levels(sums, means, matches, said)),
        all_url=sums.url(),
        values_url=paths.values(series.slug),
        file_url=paths.pivot_file(series.slug),
    )


def _sums(
    series: Series,
    asked: PivotAsked,
    kinds: tuple[str, ...],
    means: Meanings,
    met: Sequence[Match],
) -> _Sums:
    cells, rows = Counter[Cell](), Counter[str]()
    is_cost = asked.side != SIDES[0]
    for (tags, items), times in Counter(map(attrgetter("tags", "items"), met)).items():
        for value in means.tagged(tags)[is_cost]:
            rows[value] += times
            for kind in means.cited(items)[0]:
                cells[value, kind] += times
    return _Sums(series, asked, kinds, cells, rows, max(cells.values(), default=0))


def _families(means: Meanings, sums: _Sums, said: Vocabulary) -> list[PivotFamily]:
    shown = []
    for family, label in said.value_family_labels.items():
        values = [
            one
            for one in means.values.values()
            if one.family == family and (one.replaced_by_id is None or sums.rows.get(one.slug))
        ]
        rows = tuple(_row(sums, one.slug, one.label) for one in values)
        if rows:
            shown.append(PivotFamily(family, str(label), rows))
    return shown


def _row(sums: _Sums, slug: str, label: str) -> PivotRow:
    side = sums.asked.side
    return PivotRow(
        slug,
        label,
        paths.value(sums.series.slug, slug),
        tuple(
            sums.pile(sums.cells.get((slug, kind), 0), **{side: slug, "evidence": kind})
            for kind in sums.kinds
        ),
        sums.pile(sums.rows.get(slug, 0), **{side: slug}),
    )


def _at_levels(
    sums: _Sums, means: Meanings, matches: Sequence[Match], said: Vocabulary
) -> list[PivotLevel]:
    """The picture of the series: how often each family of values comes with each kind, by level."""
    if "level" in sums.asked.chosen:
        return []
    others = narrow(means, matches, sums.asked.chosen)
    family_of = {one.slug: one.family for one in means.values.values()}
    is_cost = sums.asked.side != SIDES[0]
    shown = []
    for level, label in said.level_labels.items():
        here = [one for one in others if one.level == level]
        cells: Counter[Cell] = Counter()
        for (tags, items), times in Counter(map(attrgetter("tags", "items"), here)).items():
            families = {family_of[value] for value in means.tagged(tags)[is_cost]}
            for family in families:
                for kind in means.cited(items)[0]:
                    cells[family, kind] += times
        if not here:
            continue
        rows = tuple(
            (family, str(words), tuple(cells.get((family, kind), 0) for kind in sums.kinds))
            for family, words in said.value_family_labels.items()
        )
        url = _own(sums.series, sums.asked, level=level)
        shown.append(PivotLevel(level, str(label), len(here), url, rows))
    return shown


def _choices(
    series: Series,
    asked: PivotAsked,
    means: Meanings,
    matches: Sequence[Match],
    name: str,
    said: Vocabulary,
) -> tuple[Choice, ...]:
    there = set(count_one(means, name, matches))
    labels = {
        "level": said.level_labels, "role": said.family_labels, "phase": said.phase_labels
    }[name]  # fmt: skip
    now = asked.chosen.get(name, "")
    everything = Choice("", _("all"), 0, _own(series, asked, **{name: ""}), not now)
    return (
        everything,
        *(
            Choice(word, str(label), 0, _own(series, asked, **{name: word}), word == now)
            for word, label in labels.items()
            if word in there or word == now
        ),
    )


def _own(series: Series, asked: PivotAsked, **changes: str) -> str:
    said = {**asked.chosen, "by": asked.side, **changes}
    if said["by"] == SIDES[0]:
        del said["by"]
    return paths.pivot(series.slug, **said)


def _sentence(sums: _Sums, means: Meanings, total: int) -> str:
    """What comes together most often; where that is not one pair alone, how many there are."""
    if total < FEWEST or not sums.largest:
        return _("Not enough to say yet")
    most = [cell for cell, count in sums.cells.items() if count == sums.largest]
    if len(most) > 1:
        return _n("%(num)s pair comes most often", "%(num)s pairs come equally often", len(most))
    [(value, kind)] = most
    named, cited = label_of(means, "value", value), label_of(means, "evidence", kind)
    if sums.asked.side == SIDES[0]:
        return _("%(value)s with “%(evidence)s” comes most often", value=named, evidence=cited)
    return _(
        "A cost to %(value)s with “%(evidence)s” comes most often", value=named, evidence=cited
    )
