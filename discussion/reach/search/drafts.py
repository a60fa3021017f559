"""What somebody typed into the box, read: words, phrases, what is left out, a word half typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from discussion.reach.search.words import LONGEST, MOST_TERMS, SHORTEST_PREFIX
from discussion.text import stems

_PIECE = re.compile(r'(-?)"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("\u201c\u201d\u201e\u00ab\u00bb", '"""""')


@dataclass(frozen=True)
class Term:
    """One thing that is looked for: a word, or several that stand one after another."""

    words: tuple[str, ...]  # folded, not stemmed
    is_not: bool = False
    is_prefix: bool = False  # of a word that goes on


@dataclass(frozen=True)
class Typed:
    """All of it; with a quotation mark that is never closed, its words were read as words."""

    said: str  # as it is kept in the box
    terms: tuple[Term, ...]
    is_unclosed: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(one for one in self.terms if not one.is_not)

    @property
    def left_out(self) -> tuple[Term, ...]:
        return tuple(one for one in self.terms if one.is_not)


def read_typed(typed: str, *, is_typing: bool = False) -> Typed:
    """Read what was typed, of which no more than LONGEST characters and MOST_TERMS terms count.

    While somebody types, the last word is one that goes on.
    """
    said = " ".join(typed[:LONGEST].replace("\0", " ").split())
    plain = said.translate(_QUOTES)
    is_unclosed = plain.count('"') % 2 == 1
    if is_unclosed:
        plain = plain.replace('"', " ")
    terms = list(_terms(plain))[:MOST_TERMS]
    if is_typing and terms and not typed.endswith((" ", '"')):
        last = terms[-1]
        if len(last.words) == 1 and not last.is_not and len(last.words[0]) >= SHORTEST_PREFIX:
            terms[-1] = Term(last.words, is_prefix=True)
    return Typed(said, tuple(terms), is_unclosed)


def _terms(plain: str) -> Iterator[Term]:
    for found in _PIECE.finditer(plain):
        minus, phrase, piece = found.groups()
        if phrase is not None:
            words = tuple(stems.words_in(phrase))
            if words:
                yield Term(words, is_not=bool(minus))
            continue
        is_not, bare = piece.startswith("-") and len(piece) > 1, piece.lstrip("-")
        words = tuple(stems.words_in(bare))
        is_prefix = bare.endswith("*") and len(words) == 1 and len(words[0]) >= SHORTEST_PREFIX
        if is_not and words:
            yield Term(words, is_not=True)
        else:
            yield from (Term(run, is_prefix=is_prefix) for run in _runs(words))


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each word alone, but for the characters of a script that parts none: those together."""
    for is_run, some in groupby(words, key=stems.is_unparted):
        if is_run:
            yield tuple(some)
        else:
            yield from ((word,) for word in some)
