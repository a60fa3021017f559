"""Numbers that are given to one person, and days of birth; a check digit tells them from others."""

import re
from collections.abc import Iterator
from functools import lru_cache

from discussion.text import vocabulary

_NHS = re.compile(r"(?<![\w./-])([3-79]\d\d)([ -]?)(\d{3})\2(\d{4})(?![\w/-]|\.\d)")
_NI = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d\d ?){3}[A-D](?!\w)",
    re.IGNORECASE,
)
_UPN = re.compile(r"(?<!\w)([A-HJ-NP-RT-Z])(\d{11})(\d|[A-HJ-NP-RT-Z])(?!\w)", re.IGNORECASE)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_ISBN = re.compile(r"isbn[-: (0-9a-z)]{0,12}$", re.IGNORECASE)
_AFTER_A_WORD = (
    r"(?: (?:number|no|ref|reference|id)\b[.:]? ?|[:#] ?)(?:is |was )?#?"
    r"(?=[\w/-]{0,7}\d)(\w[\w/-]{2,24}(?: \d{2,6}){0,3})(?!\w)"
)
_BORN = re.compile(
    r"(?<!\w)(?:born(?: on)?|dob|d\.o\.b\.?|date of birth)[:, ]{1,3}(?:is |was )?"
    r"[0-3]?\d(?:[./-][01]?\d[./-]|(?:st|nd|rd|th)? [a-z]{3,9},? )(?:19|20)?\d\d(?!\w)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 4


@lru_cache(maxsize=20)
def _numbered(words: frozenset[str]) -> re.Pattern[str]:
    """A number after a word such as "patient", of every sector or of this one."""
    listed = "|".join(sorted(vocabulary.NUMBERED | words))
    return re.compile(rf"(?<!\w)(?:{listed}){_AFTER_A_WORD}", re.IGNORECASE)


def spans_of_numbers(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where such a number begins and ends, kind by kind; the same place may come twice.

    `words` are what comes before such numbers in one sector.
    The time grows in line with the length of the text.
    """
    for match in _NHS.finditer(text):
        digits = match[1] + match[3] + match[4]
        is_book = _ISBN.search(text, max(0, match.start() - 20), match.start())
        if _is_nhs(digits) and not is_book:
            yield match.span()
    for match in _UPN.finditer(text):
        if _is_upn(match[1], match[2] + match[3]):
            yield match.span()
    for pattern in (_NI, _BORN):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _numbered(words).finditer(text):
        if sum(map(str.isdecimal, match[1])) >= _FEWEST_DIGITS:
            yield match.span()


def _is_nhs(digits: str) -> bool:
    """Modulus 11, with weights from 10 down to 2; ten digits alike are nobody's."""
    total = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9]) and len(set(digits)) > 1


def _is_upn(letter: str, rest: str) -> bool:
    """The letter is the sum of the others, with weights from 2 to 13, modulo 23."""
    values = [_UPN_LETTERS.find(one) if one.isalpha() else int(one) for one in rest.upper()]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return _UPN_LETTERS[total % len(_UPN_LETTERS)] == letter.upper()
