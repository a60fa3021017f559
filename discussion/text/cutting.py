"""Words in one line, and cut into the sentences of which they are made."""

import re

from discussion.text.characters import normal

_STOP = re.compile(r"(?<=[.!?…])[”’\"')]*\s+")


def even(words: str) -> str:
    """In one line, each gap one space: so two texts are compared by their words."""
    return re.sub(r"\s+", " ", normal(words)).strip()


def cut(words: str) -> list[str]:
    """Each sentence with the mark that ends it; what has none is one."""
    pieces, begun = [], 0
    for stop in _STOP.finditer(words):
        pieces.append(words[begun : stop.end()].strip())
        begun = stop.end()
    return [*pieces, words[begun:].strip()]
