"""The page of results: what was found, counted, ordered and told."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.threads.words import STAGES, TRACK
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import Typed, read_typed
from discussion.reach.search.queries.alike import find_like, list_alike
from discussion.reach.search.queries.asking import languages_of
from discussion.reach.search.queries.facets import Chosen, count_all, narrow
from discussion.reach.search.queries.hits import Asks, show
from discussion.reach.search.queries.hits_higher import MAKES
from discussion.reach.search.queries.looking import Look
from discussion.reach.search.queries.matching import Match, Sought, list_matches
from discussion.reach.search.queries.meaning import Meanings, read_meanings
from discussion.reach.search.queries.suggesting import did_you_mean
from discussion.reach.search.shapes import (
    Choice,
    FacetShown,
    SearchPage,
    Suggestion,
    Taken,
)
from discussion.reach.search.words import (
    ANSWERED,
    FACETS,
    KINDS,
    LAST_PAGE,
    LONGEST,
    LONGEST_CHOICE,
    NO_STUDY,
    ORDERS,
    PER_PAGE,
    Facet,
)
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import Vocabulary, of_series, of_site

MOST_CHOICES = 12
FEW = ("kind", "stage", "answered")


@dataclass(frozen=True)
class Asked:
    """What an address asks for: words, choices, an order and a page."""

    query: str = ""
    chosen: Chosen = field(default_factory=dict)
    order: str = "fit"
    number: int = 1
    like: str = ""  # the public id of a position that others are to be like

    def url(self, **changes: str) -> str:
        """The same with these changes, on its first page; an empty one takes a choice away."""
        order = "" if self.order == "fit" else self.order
        said = {"q": self.query, "like": self.like, **self.chosen, "order": order, **changes}
        names = ("q", "like", *(one.name for one in FACETS), "order", "page")
        return paths.search(**{name: said.get(name, "") for name in names})

    @property
    def whole(self) -> str:
        """Its address without an order and a page: as it is followed."""
        return Asked(self.query, self.chosen).url()

    @property
    def plain(self) -> dict[str, str]:
        return {"q": self.query, **self.chosen}


def read_asked(said: Mapping[str, str], number: int = 1) -> Asked:
    """What an address says; what it says of nothing that is known is as if it did not."""
    chosen = {
        one.name: word
        for one in FACETS
        if (word := said.get(one.name, "").replace("\0", "")[:LONGEST_CHOICE])
    }
    order = said.get("order", "")
    return Asked(
        said.get("q", "")[: 2 * LONGEST],
        chosen,
        order if order in ORDERS else "fit",
        number,
        said.get("like", "").replace("\0", "")[:LONGEST_CHOICE],
    )


def search_page(session: Session, viewer: Viewer | None, asked: Asked) -> SearchPage | None:
    """None for a series that the viewer may not read."""
    series = None
    if slug := asked.chosen.get("series", ""):
        series = find_series(session, viewer, slug)
        if series is None:
            return None
    like = find_like(session, viewer, asked.like) if asked.like else None
    if asked.like and like is None:
        return None
    typed = read_typed("" if like else asked.query)
    sought = Sought(viewer, typed, languages_of(session), series)
    is_asked = bool(typed.wanted or asked.chosen or like)
    if like is not None:
        matches = list_alike(session, viewer, like)
    else:
        matches = list_matches(session, sought) if is_asked else []
    means = read_meanings(session, matches)
    met = narrow(means, matches, asked.chosen) if asked.chosen else matches
    last = min(LAST_PAGE, max(1, -(-len(met) // PER_PAGE)))
    number = min(asked.number, last)
    some = in_order(met, asked.order, number * PER_PAGE)[(number - 1) * PER_PAGE :]
    asks = Asks(session, viewer, Look(typed, sought.languages))
    suggestion = did_you_mean(session, sought) if typed.wanted and not matches else ""
    return SearchPage(
        query=typed.said,
        is_asked=is_asked,
        like=Suggestion(like.claim, paths.position(like.public_id)) if like else None,
        note=_note(typed),
        series_slug=series.slug if series else "",
        series_title=series.title if series else "",
        total=len(met),
        total_before=len(matches),
        hits=tuple(show(asks, [(one.kind, one.row_id) for one in some], MAKES)),
        facets=tuple(_facets(means, count_all(means, matches, asked.chosen), asked))
        if matches
        else (),
        chosen=tuple(
            Taken(label_of(means, name, word), asked.url(**{name: ""}))
            for name, word in asked.chosen.items()
        ),
        hidden=tuple(asked.chosen.items()),
        order=asked.order,
        orders=tuple(
            Choice(
                name,
                str(label),
                0,
                asked.url(order="" if name == "fit" else name),
                name == asked.order,
            )
            for name, label in ORDERS.items()
        ),
        suggestion=Suggestion(suggestion, asked.url(q=suggestion)) if suggestion else None,
        page=number,
        last=last,
        previous_url=asked.url(page=str(number - 1)) if number > 1 else "",
        next_url=asked.url(page=str(number + 1)) if number < last else "",
        whole_url=Asked(asked.query).url(),
        share_url=asked.url(),
        follow_url=paths.follow(what="search", subject=asked.whole)
        if viewer is not None and is_asked and like is None
        else "",
        feed_url=paths.search_feed(**asked.plain) if is_asked and like is None else "",
    )


def in_order(matches: list[Match], order: str, many: int) -> list[Match]:
    """So many by how well they fit, or by the day or month that each tells; equals at random."""
    if order == "new":
        by_place = sorted(matches, key=lambda one: one.place)
        return sorted(by_place, key=lambda one: one.shown_on, reverse=True)[:many]
    return nsmallest(many, matches, key=lambda one: (-one.fit, one.place))


def _note(typed: Typed) -> str:
    if typed.is_unclosed:
        return _("A quotation mark has no partner, so we looked for each word.")
    if typed.left_out and not typed.wanted:
        return _("Say at least one word to look for; a minus only leaves words out.")
    return ""


def _facets(means: Meanings, counts: Mapping[str, Counter[str]], asked: Asked) -> list[FacetShown]:
    shown = []
    for facet in FACETS:
        found = dict(counts[facet.name])
        if facet.keeps_zero and found:
            found = {word: found.get(word, 0) for word in _always(facet)} | found
        if (word := asked.chosen.get(facet.name, "")) and word not in found:
            found[word] = 0
        if len(found) < 2 and facet.name in ("series",) and facet.name not in asked.chosen:
            continue
        words = _ordered(facet, found)
        choices = tuple(_choice(means, facet, word, found[word], asked) for word in words)
        if choices:
            label = _sector(means).say(facet.label)
            shown.append(FacetShown(facet.name, label, choices))
    return shown


def _always(facet: Facet) -> tuple[str, ...]:
    return {"kind": tuple(KINDS), "stage": TRACK, "answered": tuple(ANSWERED)}[facet.name]


def _ordered(facet: Facet, found: Mapping[str, int]) -> list[str]:
    if facet.name in FEW:
        return sorted(found, key=[*_always(facet), *found].index)
    if facet.name == "month":
        return sorted(found, reverse=True)[:MOST_CHOICES]
    return sorted(found, key=lambda word: (-found[word], word))[:MOST_CHOICES]


def _choice(means: Meanings, facet: Facet, word: str, count: int, asked: Asked) -> Choice:
    is_current = asked.chosen.get(facet.name) == word
    url = asked.url(**{facet.name: "" if is_current else word})
    return Choice(word, label_of(means, facet.name, word), count, url, is_current)


def label_of(means: Meanings, name: str, word: str) -> str:
    """A word of a facet as people read it; of one that nothing has, the word itself."""
    return str(_LABELS[name](means, word) or word)


def _sector(means: Meanings) -> Vocabulary:
    """Of the one series that was found in, else the site's."""
    slugs = [one.slug for one in means.series.values()]
    return of_series(slugs[0]) if len(slugs) == 1 else of_site()


def _value(means: Meanings, slug: str) -> str:
    return next((one.label for one in means.values.values() if one.slug == slug), "")


def _series(means: Meanings, slug: str) -> str:
    return next((one.title for one in means.series.values() if one.slug == slug), "")


def _strength(means: Meanings, word: str) -> str:
    scale, _sep, value = word.partition(":")
    found = _sector(means).strength_scales.get(scale)
    return found.in_words(value) if found is not None else ""


def _evidence(means: Meanings, word: str) -> str:
    if word == NO_STUDY:
        return _("No study cited")
    return str(_sector(means).evidence_kind_labels.get(word, ""))


def _month(word: str) -> str:
    try:
        return str(in_words(date.fromisoformat(f"{word}-01"), "MMMM y"))
    except ValueError:  # no month: an address can say anything
        return ""


_LABELS: Mapping[str, Callable[[Meanings, str], object]] = {
    "kind": lambda _means, word: KINDS.get(word, ""),
    "series": _series,
    "theme": lambda means, word: means.themes[word].question if word in means.themes else "",
    "stage": lambda _means, word: STAGES.get(word, ""),
    "level": lambda means, word: _sector(means).level_labels.get(word, ""),
    "value": _value,
    "cost": _value,
    "evidence": _evidence,
    "strength": _strength,
    "role": lambda means, word: _sector(means).family_labels.get(word, ""),
    "phase": lambda means, word: _sector(means).phase_labels.get(word, ""),
    "month": lambda _means, word: _month(word),
    "answered": lambda _means, word: ANSWERED.get(word, ""),
}
