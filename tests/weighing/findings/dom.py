"""A page as a tree, to ask what it says and draws."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "rect", "use"}


class Node:
    """An element with what it says and holds."""

    def __init__(self, tag: str, given: dict[str, str | None]) -> None:
        self.tag, self.given = tag, given
        self.inside: list[Node | str] = []

    @property
    def classes(self) -> set[str]:
        return set((self.given.get("class") or "").split())

    def all(self, tag: str = "", kind: str = "") -> Iterator[Node]:
        for one in self.inside:
            if isinstance(one, Node):
                if (not tag or one.tag == tag) and (not kind or kind in one.classes):
                    yield one
                yield from one.all(tag, kind)

    def words(self) -> str:
        said = " ".join(one if isinstance(one, str) else one.words() for one in self.inside)
        return " ".join(said.split())


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("page", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Node(tag, dict(attrs))
        self._open[-1].inside.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)
