"""The feed of a search: the newest positions and responses that it finds, as a visitor finds them.

With the rules of all feeds (`feeds/queries/newest.py`): its moments say no more than bylines do,
and what is under the Chatham House Rule comes a day later.
"""

from collections import defaultdict
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.language import _, language_tag
from discussion.permissions.visibility import listed_series
from discussion.reach.feeds.queries.contributions import list_positions, list_responses
from discussion.reach.feeds.queries.shapes import Feed
from discussion.reach.feeds.words import ENTRIES
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.facets import narrow
from discussion.reach.search.queries.matching import Sought, list_matches
from discussion.reach.search.queries.meaning import read_meanings
from discussion.reach.search.queries.page import Asked
from discussion.series.series.queries.reading import find_series

MOST_LOOKED_AT = 10_000  # of each kind, those that came last; more than one statement takes
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def search_feed(session: Session, asked: Asked, now: datetime) -> Feed | None:
    """None where nothing is asked, or of a series that visitors do not read."""
    typed = read_typed(asked.query)
    if not (typed.wanted or asked.chosen):
        return None
    series = None
    if slug := asked.chosen.get("series", ""):
        series = find_series(session, None, slug)
        if series is None:
            return None
    sought = Sought(None, typed, languages_of(session), series, ("position", "response"))
    matches = list_matches(session, sought)
    met = narrow(read_meanings(session, matches), matches, asked.chosen)
    ids: dict[str, list[int]] = defaultdict(list)
    for one in sorted(met, key=lambda one: -one.row_id):
        if len(ids[one.kind]) < MOST_LOOKED_AT:
            ids[one.kind].append(one.row_id)
    entries = [
        *list_positions(session, (Position.id.in_(ids["position"]), listed_series(None)), now),
        *list_responses(session, (Response.id.in_(ids["response"]), listed_series(None)), now),
    ]
    entries.sort(key=lambda one: one.updated, reverse=True)
    said = typed.said or _("everything")
    return Feed(
        key=f"search/{sha256(repr(sorted(asked.plain.items())).encode()).hexdigest()[:20]}",
        title=_("Search for “%(words)s”", words=said),
        says=_("New positions and responses that this search finds"),
        language=language_tag(),
        url=asked.url(),
        since=BEGINNING,
        entries=tuple(entries[:ENTRIES]),
    )
