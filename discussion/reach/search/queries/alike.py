"""Positions and sources near a position: by the values they share, what they cite, and their words.

Candidates are what holds any of the longest words of the claim in its title, the best of them by
the order of results. Each is given

    2 · J(values) + 2 · J(sources) + 3 · J(words)

where J is the share of what both have of what either has (Jaccard 1912), of words their stems; a
source of the library has neither values nor sources but itself. Nearest first, among equals by
place. A hint, and no more: a claim and its negation are near. Ours; no source.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.reach.search.queries.asking import (
    ENTRIES,
    TEXTS,
    Alternative,
    Clause,
    matched,
    readable,
)
from discussion.reach.search.queries.matching import MATCH_COLUMNS, Match
from discussion.series.series.models import Series
from discussion.text import stems

LOOKED_AT = 150
MOST_WORDS = 8
SHORTEST = 4
NEAREST = 20
POSITIONS = ("position",)
_SORTS = (*POSITIONS, "item")


@dataclass(frozen=True)
class Like:
    """What others are to be like: a position, or what is being written; as the index keeps it."""

    claim: str
    series: Series
    row_id: int = 0  # of a position, which is not near itself
    public_id: str = ""
    tags: str = ""
    items: str = ""


def find_like(session: Session, viewer: Viewer | None, public_id: str) -> Like | None:
    """A position, as the viewer may read it."""
    row = session.execute(
        select(Revision.claim, Series, Position.id)
        .select_from(Position)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Position.public_id == public_id, published_positions(viewer))
    ).first()
    if row is None:
        return None
    claim, series, row_id = row
    own = session.execute(
        select(ENTRIES.c.tags, ENTRIES.c["items"]).where(
            ENTRIES.c.kind == _SORTS[0], ENTRIES.c.row_id == row_id
        )
    ).first()
    tags, items = own or ("", "")
    return Like(str(claim), series, row_id, public_id, tags, items)


def list_alike(
    session: Session, viewer: Viewer | None, like: Like, sorts: Collection[str] = _SORTS
) -> list[Match]:
    """The nearest of the same series, the nearest first; `fit` in hundredths."""
    words = _telling(like)
    if not words:
        return []
    anything = Clause(tuple(Alternative((stems.IN_TITLE + word,)) for word in words))
    rows = session.execute(
        select(*MATCH_COLUMNS, TEXTS.c.words)
        .join(TEXTS, TEXTS.c.entry_id == ENTRIES.c.id)
        .where(ENTRIES.c.id.in_(matched(session, [anything])))
        .where(ENTRIES.c.kind.in_(sorts), readable(viewer, like.series))
        .order_by(ENTRIES.c.standing.desc(), ENTRIES.c.place)
        .limit(LOOKED_AT)
    ).all()
    said = _stems_of(like)
    found = []
    for row in rows:
        one = Match._make((*row[:-1], 0))
        if (one.kind, one.row_id) == (_SORTS[0], like.row_id):
            continue
        near = (
            2 * _share(like.tags.split(), one.tags.split())
            + 2 * _share(like.items.split(), one.items.split())
            + 3 * _share(said, _titled(row[-1]))
        )
        found.append(one._replace(fit=round(100 * near)))
    return sorted(found, key=lambda one: (-one.fit, one.place))[:NEAREST]


def _telling(like: Like) -> list[str]:
    language = stems.language_of_stems(like.series.language)
    words = {word for word in stems.words_in(like.claim) if len(word) >= SHORTEST}
    longest = sorted(words, key=lambda word: (-len(word), word))[:MOST_WORDS]
    return [stem for word in longest for stem in stems.tokens_of(word, language)]


def _stems_of(like: Like) -> set[str]:
    """The stems of a claim as `_titled` reads those of another from the index."""
    language = stems.language_of_stems(like.series.language)
    words = stems.words_in(like.claim)
    return {
        stems.IN_TITLE + stem
        for word in words
        for stem in stems.tokens_of(word, language)
        if len(stem) >= SHORTEST
    }


def _titled(words: str) -> set[str]:
    """The stems of a title, as the index marks them; short ones say little."""
    return {
        word for word in words.split()
        if word.startswith(stems.IN_TITLE) and len(word) >= SHORTEST + len(stems.IN_TITLE)
    }  # fmt: skip


def _share(some: Collection[str], others: Collection[str]) -> float:
    one, other = set(some) - {"-"}, set(others) - {"-"}
    return len(one & other) / len(one | other) if one | other else 0.0
