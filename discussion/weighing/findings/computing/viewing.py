"""Viewpoints of a round's raters, whatever their group: who holds them, as far as it may be told.

They go through the audit of everything else that is told: after the headline's groups and all that
people declared, of which they hide nothing, and before other groups that answers make. These are
nearly the same people, so that few numbers of both can be told. Where one of them may not be told,
none is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.analysis.answers import KINDS
from discussion.analysis.viewpoints import Viewpoints, find_viewpoints_in
from discussion.weighing.findings.computing.earlier import (
    ACROSS,
    AcrossRounds,
    asked_of,
    no_viewpoints,
)
from discussion.weighing.findings.computing.given import GivenRound
from discussion.weighing.findings.computing.groups import Members
from discussion.weighing.findings.content.counted import (
    Cell,
    CountedGroup,
    CountedViewpoint,
    CountedViewpoints,
    Numbers,
)

VIEW = "view"  # view:1; and, of a headline group within it, view:1:role:midwife


@dataclass(frozen=True)
class Seen:
    """What was found, and the sets of people whose numbers would be told."""

    state: str  # of content.counted.CountedViewpoints
    found: Viewpoints | None  # None: nobody looked
    views: Mapping[str, Members]  # by key
    within: Mapping[str, Members]  # headline groups within them, by key


def look_for_viewpoints(
    given: GivenRound, headline: Mapping[str, Members], across: Mapping[str, AcrossRounds]
) -> Seen:
    """Of everybody who rated; `headline` are the two groups, by key.

    Not of imported data, which have inferred groups; and only where answers may be told of
    everybody beside earlier rounds (`across`, by code), since all answers make them.
    """
    if given.imported_from:
        return Seen("not_looked_for", None, {}, {})
    everybody = frozenset(given.raters)
    if not all(
        across[each.code].may_tell(**asked_of(given, each, everybody)) for each in given.statements
    ):
        return Seen(ACROSS, None, {}, {})
    found = find_viewpoints_in(
        given.places,
        {each.code: given.tables[each.code] for each in given.statements if each.kind in KINDS},
        seed=given.seed,
        points=given.points,
        thresholds=given.thresholds,
    )
    views = {f"{VIEW}:{at}": own for at, own in enumerate(found.holders, start=1)}
    within = {
        f"{view}:{key}": own & members
        for view, own in views.items()
        for key, members in headline.items()
    }
    return Seen(found.state, found, views, within)


def sets_of(seen: Seen, shown: Mapping[str, str]) -> list[Members]:
    """The people whom the numbers of viewpoints are told of: all of one, and of its groups."""
    every = {**seen.views, **seen.within}
    return [members for key, members in every.items() if shown[key] == "shown"]


def told_of(
    seen: Seen, shown: Mapping[str, str], cells: Mapping[str, Mapping[str, Cell]]
) -> CountedViewpoints:
    """As a snapshot keeps it. `shown` says of every set why not, `cells` are by code and view."""
    if seen.found is None or not seen.views:
        return no_viewpoints(seen.state)
    if any(shown[view] != "shown" for view in seen.views):
        return no_viewpoints("withheld")
    whole = {
        code for code, row in cells.items() if all(isinstance(c, Numbers) for c in row.values())
    }
    stability = seen.found.stability
    return CountedViewpoints(
        state=seen.state,
        stability=None if stability is None else round(stability, 2),
        held=tuple(
            CountedViewpoint(len(own), _within(view, seen, shown))
            for view, own in seen.views.items()
        ),
        cells={code: tuple(row[view] for view in seen.views) for code, row in cells.items()},
        opposed=tuple(each.key for each in seen.found.distinguishing if each.key in whole),
        shared=tuple(each.key for each in seen.found.common if each.key in whole),
    )


def _within(view: str, seen: Seen, shown: Mapping[str, str]) -> dict[str, CountedGroup]:
    """How many of each headline group hold it, or why that is not told."""
    return {
        key.removeprefix(f"{view}:"): CountedGroup(size=len(members))
        if shown[key] == "shown"
        else CountedGroup(why=shown[key])
        for key, members in seen.within.items()
        if key.startswith(f"{view}:")
    }
