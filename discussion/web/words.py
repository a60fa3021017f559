"""The words that templates use for slugs, and dates as the attribution allows them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from flask import Flask, g

from discussion import clock
from discussion.language import in_words, language_tag, zone_in_words
from discussion.registers import Only, Register
from discussion.text import as_written
from discussion.text.tongues import USUAL, Spoken, language_of, listed
from discussion.vocabulary import Vocabulary
from discussion.vocabulary.shape import Gloss

Words = Mapping[str, Mapping[str, Any]]


# Vocabularies by the name under which templates find them, then by slug: `desk_words.kind[…]`.
VOCABULARIES: Register[Words] = Register()
GLOSSES: Only[Callable[[Vocabulary], Mapping[str, Gloss]]] = Only(
    "what the site means by its own words"
)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        _together(VOCABULARIES),
        in_words=in_words,
        zone_in_words=zone_in_words,
        zone_key=lambda: clock.zone().key,
        partial_date=partial_date,
        languages=listed,
        page_language=language_tag,
        tongue=tongue,
        as_written=lambda words: as_written(str(words)),
    )


def _together(vocabularies: Iterable[Words]) -> dict[str, SimpleNamespace]:
    """All of them by name. Raises ValueError for a slug that two rooms give to one name."""
    found: dict[str, dict[str, Any]] = {}
    for vocabulary in vocabularies:
        for name, words in vocabulary.items():
            here = found.setdefault(name, {})
            if twice := here.keys() & words.keys():
                raise ValueError(f"{name} has {', '.join(sorted(twice))} twice")
            here.update(words)
    return {name: SimpleNamespace(**words) for name, words in found.items()}


def tongue(said: object, *usual: str) -> str:
    """The language of words whose writer could not say it: by their letters, as is usual here."""
    if isinstance(said, Spoken):
        return said.language
    return language_of(str(said), "", (*usual, g.get("usual_language", USUAL)))


def partial_date(iso: str) -> str:
    """A month, a day or a minute in words: "2026-11" is "November 2026"."""
    if len(iso) == 7:
        return in_words(date.fromisoformat(f"{iso}-01"), "MMMM y")
    if len(iso) == 10:
        return in_words(date.fromisoformat(iso))
    return in_words(datetime.fromisoformat(iso), "d MMMM y, HH:mm")
