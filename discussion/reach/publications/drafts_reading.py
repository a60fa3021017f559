"""How old one is who reads a text with ease: an estimate, for English alone."""

import re

_WORD = re.compile(r"[A-Za-z’']+")
_STOP = re.compile(r"[.!?…]+(?:\s|$)")
STARTS_AT = 5  # the age in the first grade is six
YOUNGEST, OLDEST = 6, 22


def reading_age(words: str) -> int | None:
    """In years; None for a text of fewer than thirty words, or in no Latin letters.

    Flesch and Kincaid's grade (1975) and five years; syllables are counted by groups of vowels.
    """
    found = _WORD.findall(words)
    if len(found) < 30:
        return None
    sentences = max(1, len(_STOP.findall(words)))
    syllables = sum(map(_syllables, found))
    grade = 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59
    return min(max(round(grade + STARTS_AT), YOUNGEST), OLDEST)


def _syllables(word: str) -> int:
    said = word.lower()
    groups = len(re.findall(r"[aeiouy]+", said))
    is_silent = said.endswith("e") and not said.endswith(("le", "ee")) and groups > 1
    return max(1, groups - is_silent)
