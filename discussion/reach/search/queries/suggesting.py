"""A gentle "did you mean": words that differ by one letter from a word that nothing holds.

They are looked up in the index as whole words, and one is offered only where searching for it finds
something for whoever asks: of what they may not see nothing is suggested. After Norvig (2007), How
to write a spelling corrector.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import String, cast, column, literal, select, values
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from discussion.reach.search.drafts import Term
from discussion.reach.search.queries.asking import FTS, TEXTS, VECTOR
from discussion.reach.search.queries.matching import Sought, list_first
from discussion.text import stems

SHORTEST, LONGEST = 3, 24
MOST_TRIED = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def did_you_mean(session: Session, sought: Sought) -> str:
    """What was typed with one word of it put right; empty where nothing like it is found."""
    for place, term in enumerate(sought.typed.terms):
        if term.is_not or len(term.words) != 1 or _is_known(session, term, sought):
            continue
        for word in _known_like(session, term.words[0]):
            terms = list(sought.typed.terms)
            terms[place] = Term((word,))
            typed = replace(sought.typed, terms=tuple(terms))
            if list_first(session, sought._replace(typed=typed), 1):
                return " ".join(_as_typed(one) for one in terms)
    return ""


def _as_typed(term: Term) -> str:
    words = " ".join(term.words)
    return "-" * term.is_not + (f'"{words}"' if len(term.words) > 1 else words)


def _is_known(session: Session, term: Term, sought: Sought) -> bool:
    typed = replace(sought.typed, terms=(term,))
    return bool(list_first(session, sought._replace(typed=typed), 1))


def _known_like(session: Session, word: str) -> list[str]:
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    near = sorted(set(_edits(word)) - {word})
    tokens = {stems.whole_of(one): one for one in near}
    known = _known(session, sorted(tokens))
    # What keeps the first letter, and is as long, is meant more often.
    return sorted(
        (tokens[one] for one in known),
        key=lambda one: (one[:1] != word[:1], abs(len(one) - len(word)), one),
    )[:MOST_TRIED]


def _known(session: Session, tokens: Sequence[str]) -> list[str]:
    """Those of the tokens that the index holds, whoever may see where."""
    near = values(column("word", String)).data([(one,) for one in tokens]).cte("near")
    if session.get_bind().dialect.name == "sqlite":
        held = select(literal(1)).where(FTS.c.search_words.op("MATCH")(near.c.word))
    else:
        held = select(literal(1)).where(VECTOR.op("@@")(cast(near.c.word, TSQUERY)))
        held = held.select_from(TEXTS)
    return list(session.scalars(select(near.c.word).where(held.correlate(near).exists())))


def _edits(word: str) -> Iterator[str]:
    letters = sorted({*_LETTERS, *word} - set("'-"))
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
