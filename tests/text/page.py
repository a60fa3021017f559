"""A page as a reader of HTML sees it: what stands in it, and what in it could act.

The lists are written out again on purpose. Were they taken from the code under test, a mistake in
them would allow itself.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "rel", "id", "class", "role"},
    "li": {"id", "class"},
    "ol": {"start", "class"},
    "section": {"class", "role"},
    "sup": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "th": {"scope", "class"},
    "td": {"class"},
} | {
    tag: set()
    for tag in (
        "p", "br", "strong", "em", "del", "blockquote", "ul", "code", "pre", "h3", "h4", "hr",
        "table", "thead", "tbody", "tr",
    )
}  # fmt: skip
_EMPTY = {"br", "hr"}
_WEB = re.compile(r"https?://[^/?#@%\\\s]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_MAILBOX = re.compile(r"mailto:[^@:/?#\s]+@[^@:/?#\s]+", re.IGNORECASE)
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Page(HTMLParser):
    """Tags and text in their order, and a sentence for everything that should not be there."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    depth: int = 0
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.faults += _faults(tag, given)
        if tag not in _EMPTY:
            self._open.append(tag)
            self.depth = max(self.depth, len(self._open))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes what it did not open")

    def handle_data(self, data: str) -> None:
        self.text += data
        if _HIDDEN.search(data):
            self.faults.append(f"hidden characters in {data!r}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"a declaration: {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction: {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data!r}")

    def close(self) -> None:
        super().close()
        self.faults += [f"<{tag}> stays open" for tag in self._open]


def _faults(tag: str, attributes: dict[str, str]) -> list[str]:
    if tag not in ATTRIBUTES:
        return [f"the element {tag}"]
    faults = [f"{name} on {tag}" for name in attributes if name not in ATTRIBUTES[tag]]
    address = attributes.get("href")
    if address is not None and not _leads_somewhere_allowed(address):
        faults.append(f"a link to {address!r}")
    if address is not None and "rel" not in attributes and not address.startswith("#"):
        faults.append(f"a link without rel to {address!r}")
    return faults


def _leads_somewhere_allowed(address: str) -> bool:
    if re.fullmatch("#[A-Za-z0-9_-]+", address):
        return True
    return bool(_WEB.fullmatch(address) or _MAILBOX.fullmatch(address))


def read(html: str) -> Page:
    """The page that a piece of HTML makes."""
    page = Page()
    page.feed(str(html))  # not Markup, which would escape what is added to it
    page.close()
    return page


def read_again(html: str) -> Page:
    """The page that is left when another sanitiser, with the parser of a browser, went over it."""
    cleaned = nh3.clean(
        html,
        tags=set(ATTRIBUTES),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return read(cleaned)
