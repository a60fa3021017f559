"""What changed between two texts, word by word, as HTML that can stand on a page."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import takewhile

from markupsafe import Markup, escape

# Pairs of equal words that are compared: it bounds the time, which grows with them and not with
# the length. Ordinary prose of 6,000 characters stays far under it.
MOST_PAIRS = 40_000
# An equal run this short between two changes is read more easily as part of them.
ISLAND = 1

_DEL, _INS = Markup("<del>%s</del>"), Markup("<ins>%s</ins>")  # % escapes what it puts in
_WORD = re.compile(r"\S+\s*|\s+")
Words = list[str]


def marked_diff(before: str, after: str) -> Markup:
    """Both texts in one: <del> around what went, <ins> around what came, the rest as it was.

    Line breaks are those of the texts; everything that people wrote is escaped. Texts that repeat
    the same words too often to be compared in good time are shown whole, the old before the new.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _changes(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [("", old[:start], new[:start]), *middle, ("", [], new[len(new) - end :])]
    return Markup("").join(_marked(tag, gone, came) for tag, gone, came in pieces if gone or came)


def _common(old: Words, new: Words) -> int:
    """How many words both begin with."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _key(pair[0]) == _key(pair[1]), pairs))


def _changes(old: Words, new: Words) -> list[tuple[str, Words, Words]]:
    """("" for the same or "changed", words that went, words that came), in order."""
    old_keys, new_keys = [_key(word) for word in old], [_key(word) for word in new]
    if count_pairs(old_keys, new_keys) > MOST_PAIRS:
        return [("changed", old, new)]
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    made: list[tuple[str, Words, Words]] = []
    steps = matcher.get_opcodes()
    for index, (tag, a, b, c, d) in enumerate(steps):
        is_inside = 0 < index < len(steps) - 1
        is_island = tag == "equal" and is_inside and b - a <= ISLAND
        if tag != "equal" or is_island:
            _join(made, old[a:b], new[c:d])
        else:
            made.append(("", old[a:b], new[c:d]))
    return made


def _join(made: list[tuple[str, Words, Words]], gone: Words, came: Words) -> None:
    if made and made[-1][0]:
        _tag, before, after = made.pop()
        gone, came = before + gone, after + came
    made.append(("changed", gone, came))


def count_pairs(old: Words, new: Words) -> int:
    """How many pairs of equal words there are in two texts: what comparing them costs."""
    counts = Counter(new)
    return sum(times * counts[word] for word, times in Counter(old).items())


def _key(word: str) -> str:
    """White space counts as one space, so that a new line break alone is no change."""
    return word.strip()


def _marked(tag: str, gone: Words, came: Words) -> Markup:
    if not tag:
        return escape("".join(came))
    old, new = "".join(gone), "".join(came)
    # The space after a change belongs to the text around it.
    space = old[len(old.rstrip()) :] or new[len(new.rstrip()) :]
    marks = [shape % words.rstrip() for shape, words in ((_DEL, old), (_INS, new)) if words.strip()]
    return Markup(" ").join(marks) + escape(space or "")
