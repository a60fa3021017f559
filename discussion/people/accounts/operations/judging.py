"""How hard a password is to guess, as zxcvbn counts it, in a time that does not depend on it.

The library's own doorway is not used. It tries every way in which symbols may stand for letters,
which takes seconds where a password holds many symbols, and it keeps the words that one person is
known by where another request reads them.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from discussion.later import later

if TYPE_CHECKING:
    from zxcvbn import matching, scoring
else:
    matching, scoring = later("zxcvbn.matching"), later("zxcvbn.scoring")

ENOUGH = Decimal(10**8 + 5)  # guesses: zxcvbn's 3 of 4, "safely unguessable"
JUDGED = 48  # characters; what is longer is strong by then, or repeats itself

# Every symbol as the letter it stands for; some stand for either of two.
_ONE = dict(zip("4@8({[<369!0$5+%2", "aabcccceggiosstxz", strict=True))
_DISGUISES = tuple(
    str.maketrans({**_ONE, "1": one, "|": one, "7": seven}) for one in "il" for seven in "tl"
)
_GREEDY, _LAZY = re.compile(r"(.+)\1+"), re.compile(r"(.+?)\1+")
_WHOLE = re.compile(r"(.+?)\1+")

Match = dict[str, Any]
Words = Mapping[str, Mapping[str, int]]


def is_guessable(password: str, known: list[str]) -> bool:
    """Whether somebody who tries passwords, and these words first, finds this (in lower case)."""
    ranked = {word: number for number, word in enumerate(known, start=1)}
    words = {**matching.RANKED_DICTIONARIES, "user_inputs": ranked}
    return _guesses(password[:JUDGED], words) < ENOUGH


def _guesses(password: str, words: Words) -> Decimal:
    if not password:
        return Decimal(1)
    found = scoring.most_guessable_match_sequence(password, list(_matches(password, words)))
    return Decimal(found["guesses"])


def _matches(password: str, words: Words) -> Iterator[Match]:
    for look in (
        matching.dictionary_match,
        matching.reverse_dictionary_match,
        matching.spatial_match,
        matching.sequence_match,
        matching.regex_match,
        matching.date_match,
    ):
        yield from look(password, _ranked_dictionaries=words)
    yield from _disguised(password, words)
    yield from _repeated(password, words)


def _disguised(password: str, words: Words) -> Iterator[Match]:
    """Words in which symbols stand for letters: four readings, however many symbols there are."""
    for letters in sorted({password.translate(each) for each in _DISGUISES}):
        if letters == password:
            continue
        for match in matching.dictionary_match(letters, words):
            token = password[match["i"] : match["j"] + 1]
            pairs = zip(token, match["matched_word"], strict=True)
            used = {symbol: letter for symbol, letter in pairs if symbol != letter}
            if used and len(token) > 1:
                yield {**match, "token": token, "l33t": True, "sub": used}


def _repeated(password: str, words: Words) -> Iterator[Match]:
    """Pieces that stand twice or more in a row, each counted as hard as one of them is."""
    at = 0
    while greedy := _GREEDY.search(password, at):
        lazy = _LAZY.search(password, at)
        match = greedy if lazy is None or len(greedy[0]) > len(lazy[0]) else lazy
        piece = _WHOLE.fullmatch(match[0])
        base = piece[1] if piece else match[1]
        yield {
            "pattern": "repeat",
            "i": match.start(),
            "j": match.end() - 1,
            "token": match[0],
            "base_token": base,
            "base_guesses": _guesses(base, words),
            "repeat_count": len(match[0]) // len(base),
        }
        at = match.end()
