"""What a text becomes when words are taken out of it; nothing is changed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from discussion import text
from discussion.language import LANGUAGES, in_language
from discussion.oversight.redactions.words import GAPS, SHORT_GAPS, WHAT
from discussion.subjects.texts import ADDRESS, LIST, MARKDOWN, Text
from discussion.vocabulary import Vocabulary

AROUND = 48  # characters shown on either side of a place


@dataclass(frozen=True)
class Gapped:
    """A field with its gaps."""

    field: Text
    value: Any  # of the column: a text, a list, or None for an address that goes
    places: int


@dataclass(frozen=True)
class Found:
    """One place, with the words around it."""

    before: str
    words: str
    after: str


def gapped(field: Text, phrases: Sequence[str], what: str, vocabulary: Vocabulary) -> Gapped | None:
    """The field without the phrases, in the longest form of the gap for which there is room.

    An address that holds one goes as a whole. None where there is nothing to take out.
    """
    if field.form == ADDRESS:
        places = len(find_in(field, phrases, vocabulary))
        return Gapped(field, _no_address(field), places) if places else None
    for gap in gaps_of(what, field.language, vocabulary):
        taken = [
            text.take_out(
                one, phrases, gap, is_markdown=field.form == MARKDOWN, spare=spared(vocabulary)
            )
            for one in field.texts
        ]
        places = sum(count for _words, count in taken)
        if not places:
            return None
        if field.longest is None or all(len(words) <= field.longest for words, _n in taken):
            value = [words for words, _n in taken]
            return Gapped(field, value if field.form == LIST else value[0], places)
    raise AssertionError("the shortest gap is no longer than what went")


def find_in(field: Text, phrases: Sequence[str], vocabulary: Vocabulary) -> list[Found]:
    """Every place of the phrases in a field, as the preview shows them."""
    is_markdown = field.form == MARKDOWN
    return [
        Found(
            ("…" if span.start > AROUND else "")
            + _unescaped(one[max(0, span.start - AROUND) : span.start]),
            one[span.start : span.end],
            _unescaped(one[span.end : span.end + AROUND])
            + ("…" if len(one) > span.end + AROUND else ""),
        )
        for one in field.texts
        for span in text.find_phrases(
            one, phrases, is_markdown=is_markdown, spare=spared(vocabulary)
        )
    ]


def _unescaped(words: str) -> str:
    return words.replace("\\[", "[").replace("\\]", "]")


def gaps_of(what: str, language: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the gap is called in a language, from the longest form to the shortest."""
    with in_language(language):
        return (*(vocabulary.say(form) for form in GAPS[what]), *SHORT_GAPS)


@cache
def spared(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every gap in every language: in the words of an earlier one nothing is looked for."""
    plain = {
        gap for what in WHAT for tag in LANGUAGES for gap in gaps_of(what, tag, vocabulary)[:-1]
    }
    return tuple(sorted({*plain, *(text.escaped(gap) for gap in plain)}))


def _no_address(field: Text) -> str | None:
    return None if type(field.row).__table__.columns[field.column].nullable else ""
