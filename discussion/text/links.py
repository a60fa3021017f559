"""Counting the links in what somebody wrote, whatever they are written as."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token

from discussion.text import markdown
from discussion.text.characters import MOST_LOOKED_AT, normal

# An address that was typed or pasted without any marks, in words or in code.
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)


def count_links(source: str) -> int:
    """How many links a text holds: those that Markdown makes, and addresses that only stand there.

    A link whose words are its own address is one. What goes past MOST_LOOKED_AT is not read.
    """
    return _count(normal(source)[:MOST_LOOKED_AT])


@lru_cache(maxsize=1_000)  # the desk draws the same lines again and again
def _count(text: str) -> int:
    tokens = markdown.parse(text)
    if tokens is None:  # too intricate to be read, so it is shown as it was typed
        return len(_ADDRESS.findall(text))
    return sum(_links(tokens))


def _links(tokens: Sequence[Token]) -> Iterator[int]:
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            yield 1
        elif token.type == "link_close":
            inside = False
        elif token.children:
            yield from _links(token.children)
        elif not inside:
            yield len(_ADDRESS.findall(token.content))
