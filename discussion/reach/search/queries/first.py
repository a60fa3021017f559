"""What fits best while somebody types: a few results, and how many there are."""

from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.hits import Asks, show
from discussion.reach.search.queries.hits_higher import MAKES
from discussion.reach.search.queries.looking import Look
from discussion.reach.search.queries.matching import Sought, count_first
from discussion.reach.search.shapes import FirstFound
from discussion.series.series.queries.reading import find_series

MOST = 5
SHORTEST = 2


def first_found(
    session: Session, viewer: Viewer | None, typed: str, series_slug: str
) -> FirstFound | None:
    """None for a series that the viewer may not read; nothing for a single letter."""
    series = find_series(session, viewer, series_slug) if series_slug else None
    if series_slug and series is None:
        return None
    read = read_typed(typed, is_typing=True)
    sought = Sought(viewer, read, languages_of(session), series)
    is_enough = len(read.said) >= SHORTEST and bool(read.wanted)
    rows, total = count_first(session, sought, MOST) if is_enough else ([], 0)
    asks = Asks(session, viewer, Look(read, sought.languages))
    return FirstFound(
        query=read.said,
        total=total,
        hits=tuple(show(asks, [(one.kind, one.row_id) for one in rows], MAKES)),
        all_url=paths.search(q=typed_whole(typed), series=series_slug),
    )


def typed_whole(typed: str) -> str:
    """The words as the page of results is to look for them: the last one goes on."""
    read = read_typed(typed, is_typing=True)
    is_going_on = bool(read.terms) and read.terms[-1].is_prefix and not read.said.endswith("*")
    return f"{read.said}*" if is_going_on else read.said
