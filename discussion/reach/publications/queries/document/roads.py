"""Positions as lines beside the map, and whose voices are counted."""

from collections.abc import Iterator

from discussion import paths
from discussion.debate.positions.queries.citing import day_shown
from discussion.debate.positions.queries.naming import byline
from discussion.debate.positions.words import CHANGE_MINDS
from discussion.debate.threads.models import Thread
from discussion.reach.publications.models import Publication
from discussion.reach.publications.queries.document import tables
from discussion.reach.publications.queries.document.reading import Reads
from discussion.reach.publications.shapes import Road, Scale


def roads_of(reads: Reads) -> Iterator[Road]:
    """Every position as a line, from one end of the first scale to the other."""
    made = []
    for card in reads.cards.values():
        place = card.places[-1] if card.places else None
        road = Road(
            stand=tables.stand_of(card),
            claim=card.claim,
            language=card.language,
            name=card.byline.name,
            version=card.version,
            date=day_shown(card.byline.date),
            level=str(reads.known.level_labels.get(card.level, "")),
            place=card.place_words,
            at=round(place.at * 100) if place else None,
            minds=", ".join(str(CHANGE_MINDS[one]) for one in card.change_mind),
            mind=card.change_mind_text,
            url=paths.version(card.id, card.version),
        )
        made.append(((road.at is None, road.at or 0, card.number), road))
    yield from (road for _order, road in sorted(made, key=lambda one: one[0]))


def scale_of(publication: Publication) -> Scale | None:
    """The one on which the map stands."""
    return scale_of_thread(publication.thread) if publication.thread is not None else None


def scale_of_thread(thread: Thread) -> Scale | None:
    """The last of a thread's two."""
    if not thread.scales:
        return None
    row = thread.scales[:2][-1]
    return Scale(row.low, row.high)


def voices_of(reads: Reads) -> list[tables.Voice]:
    found = [
        tables.Voice(card.byline.name, card.byline.detail, card.byline.mode, True)
        for card in reads.cards.values()
    ]
    for row in reads.sources.values():
        if row.response is not None and row.position is not None:
            at = row.response.first_published_at or row.response.created_at
            who = byline(row.response, row.position.thread_id, reads.around.letters, at)
            found.append(tables.Voice(who.name, who.detail, who.mode, False))
    return found
