"""A search that somebody follows: what it finds that is new, as they may read it."""

from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.positions.models import Position, Response
from discussion.language import _, _l, _n
from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.followable import Followable, Followed, Window
from discussion.reach.notices.queries.new import LONGEST_WAIT, count_positions, count_responses
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.facets import narrow
from discussion.reach.search.queries.matching import Sought, list_matches
from discussion.reach.search.queries.meaning import read_meanings
from discussion.reach.search.queries.page import Asked, read_asked
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series

LONGEST = 160


def _read(subject: str) -> Asked | None:
    """What a follow names, in the one way in which a search is said; else nothing."""
    address = urlsplit(subject)
    asked = read_asked({name: said[0] for name, said in parse_qs(address.query).items()})
    is_ours = address.path == paths.search() and asked.whole == subject
    return asked if is_ours and (asked.query or asked.chosen) else None


def _readable(session: Session, viewer: Viewer, subject: str) -> tuple[Asked, Series | None] | None:
    """What is asked, and of which series where it is of one; None where that may not be read."""
    asked = _read(subject)
    if asked is None:
        return None
    slug = asked.chosen.get("series", "")
    series = find_series(session, viewer, slug) if slug else None
    return None if slug and series is None else (asked, series)


def _find(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    found = _readable(session, viewer, subject)
    if found is None:
        return None
    asked, series = found
    words = text.excerpt(asked.query, LONGEST)
    title = _("Search for “%(words)s”", words=words) if words else _("Search by choices alone")
    return Followed(title, asked.url(), series)


def _news(session: Session, viewer: Viewer, subject: str, window: Window) -> tuple[str, ...]:
    found = _readable(session, viewer, subject)
    if found is None:
        return ()
    asked, series = found
    kinds = ("position", "response")
    sought = Sought(viewer, read_typed(asked.query), languages_of(session), series, kinds)
    matches = list_matches(session, sought)
    met = narrow(read_meanings(session, matches), matches, asked.chosen)
    ids = {kind: {one.row_id for one in met if one.kind == kind} for kind in kinds}
    positions = _newly(session, Position, window) & ids["position"]
    responses = _newly(session, Response, window) & ids["response"]
    many = count_positions(session, viewer, window, Position.id.in_(positions))
    answers = count_responses(session, viewer, window, Response.id.in_(responses))
    return (
        *([_n("%(num)s new position.", "%(num)s new positions.", many)] if many else []),
        *([_n("%(num)s new response.", "%(num)s new responses.", answers)] if answers else []),
    )


def _newly(session: Session, table: type[Position] | type[Response], window: Window) -> set[int]:
    """The ids of what came out around a window; which of it counts is said where it is counted."""
    return set(
        session.scalars(
            select(table.id)
            .where(table.first_published_at > window.since - LONGEST_WAIT)
            .where(table.first_published_at <= window.until)
        )
    )


SEARCH = Followable("search", _l("Search"), _l("Follow this search"), _find, _news)
