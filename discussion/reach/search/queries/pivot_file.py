"""Values by evidence by level by role as one long table: what the page counts, taken apart."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.matching import Sought, list_matches
from discussion.reach.search.queries.meaning import read_meanings
from discussion.reach.search.queries.page import label_of
from discussion.reach.search.queries.pivot import FEWEST, SIDES
from discussion.series.series.queries.reading import find_series

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class PivotLine:
    """How many positions have all of these as their cards show it; `role` may be empty."""

    side: str  # of SIDES: the value is served, or stands at a cost
    value: str
    value_in_words: str
    family: str
    evidence: str
    evidence_in_words: str
    level: str
    level_in_words: str
    role: str
    role_in_words: str
    positions: int


def list_pivot(session: Session, viewer: Viewer | None, slug: str) -> list[PivotLine] | None:
    """None for a series that the viewer may not read, or that says nothing yet; without noughts."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    sought = Sought(viewer, read_typed(""), languages_of(session), series, ("position",))
    matches = list_matches(session, sought)
    if len(matches) < FEWEST:
        return []
    means = read_meanings(session, matches)
    counts: Counter[Key] = Counter()
    for one in matches:
        for side, values in zip(SIDES, means.tagged(one.tags), strict=True):
            for value in values:
                for kind in means.cited(one.items)[0]:
                    counts[side, value, kind, one.level, one.role] += 1
    family_of = {value.slug: value.family for value in means.values.values()}
    order = {value.slug: place for place, value in enumerate(means.values.values())}
    return [
        PivotLine(
            side, value, label_of(means, "value", value), family_of[value],
            kind, label_of(means, "evidence", kind), level, label_of(means, "level", level),
            role, label_of(means, "role", role) if role else "", number,
        )
        for (side, value, kind, level, role), number in sorted(
            counts.items(), key=lambda one: (SIDES.index(one[0][0]), order[one[0][1]], one[0])
        )
    ]  # fmt: skip
