"""Markdown as people here may use it, read into tokens that later steps can trust to be few."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import idna
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from discussion.text import tables
from discussion.text.bare import bare_at, followed, next_bare
from discussion.text.characters import excerpt
from discussion.text.pasted import as_markdown

RELATION = "nofollow ugc noopener"

# What no honest post comes near, and what keeps the time of rendering in bounds: see
# docs/decisions/0004-text.md for the measurements.
MAX_DEPTH = 12
MAX_TOKENS = 4_000
MAX_NOTES = 100
MAX_ADDRESS = 2_000
LONGEST_NAME = 100  # of a table

_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3"}
_NOT_IN_ADDRESSES = re.compile(
    r"[\s\\<>\"`^{|}\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]"
)
_MAILBOX = re.compile(r"mailto:[^@:/?#&,;%()]{1,64}@[^@:/?#&,;%()]{1,255}", re.IGNORECASE)
_WORDS = frozenset({"text", "text_special", "code_inline"})


def parse(source: str) -> list[Token] | None:
    """The tokens of a source in normal form, or None if it is too intricate to be worth reading."""
    # Looking for the end of a footnote's mark is quadratic in the number of marks.
    if source.count("[^") > MAX_NOTES:
        return None
    env: dict[str, Any] = {}
    tokens = _READER.parse(as_markdown(source), env)
    return None if tables.TOO_MANY in env or _is_intricate(tokens) else tokens


def html(tokens: Sequence[Token], prefix: str) -> str:
    """HTML that still has to be sanitised; the ids of footnotes begin with `prefix`."""
    return str(_READER.renderer.render(tokens, _READER.options, {"prefix": prefix}))


def words(tokens: Iterable[Token]) -> str:
    """The words of inline tokens, without their marks."""
    return "".join(_word(token) for token in tokens)


def _word(token: Token) -> str:
    if token.type in _WORDS:
        return token.content
    if token.type == "image":
        return words(token.children or ())
    return "\n" if token.type in {"softbreak", "hardbreak"} else ""


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: a whole http or https address, or one plain mailbox.

    Refused are other schemes, addresses that borrow ours (`//host`, `/path`, `http:host`), names
    and passwords before the host (`https://bank.example@evil.example`), hosts with escapes, and
    anything that two parsers may read in two ways.
    """
    if len(address) > MAX_ADDRESS or _NOT_IN_ADDRESSES.search(address):
        return False
    if _MAILBOX.fullmatch(address):
        return True
    return _is_web_address(address)


def leads_to(typed: str) -> str:
    """Where an address leads that only stands there; "" if no link may lead there."""
    address = _READER.normalizeLink(followed(typed))
    return address if is_safe_address(address) else ""


def _is_web_address(address: str) -> bool:
    if not address.lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises if it is not a number that a port can have
        for label in (parts.hostname or "").split("."):
            if label.startswith("xn--"):
                idna.ulabel(label)  # raises if browsers read no name in it, as in two directions
    except ValueError:
        return False
    return bool(parts.hostname) and not set(parts.netloc) & set("@%")


def _is_intricate(tokens: Sequence[Token]) -> bool:
    depth = 0
    for number, token in enumerate(_flat(tokens), start=1):
        depth += token.nesting
        if depth > MAX_DEPTH or number > MAX_TOKENS:
            return True
    return False


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _tame(state: StateCore) -> None:
    """Demotes headings, marks links, names tables, and makes a link of every picture."""
    for at, token in enumerate(state.tokens):
        if token.type == "table_open":
            token.meta = {"name": _name_of_table(state.tokens[at:])}
        if token.type.startswith("heading_"):
            token.tag = _HEADINGS.get(token.tag, "h4")
        if token.children:
            token.children = list(_tame_inline(token.children))


def _name_of_table(tokens: Sequence[Token]) -> str:
    """What a table is called by who cannot see it: its first row that says anything."""
    row: list[str] = []
    for token in tokens:
        if token.type == "inline" and (said := words(token.children or ()).strip()):
            row.append(said)
        elif token.type in {"tr_close", "table_close"} and row:
            break
    return excerpt(", ".join(row), LONGEST_NAME) or "\u2026"


def _tame_inline(tokens: Sequence[Token]) -> Iterator[Token]:
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            token.attrs = {"href": token.attrs["href"], "rel": RELATION}
        elif token.type == "link_close":
            inside = False
        elif token.tag == "s":
            token.tag = "del"

        if token.type == "image":
            yield from _pictured(token, inside)
        else:
            yield token


def _pictured(image: Token, inside: bool) -> Iterator[Token]:
    address = str(image.attrs["src"])
    text = Token("text", "", 0, content=words([image]).strip() or address)
    if inside:
        yield text
        return
    yield Token("link_open", "a", 1, attrs={"href": address, "rel": RELATION})
    yield text
    yield Token("link_close", "a", -1)


def _text(state: StateInline, silent: bool) -> bool:
    """Plain text up to the next sign of Markdown, or up to an address that only stands there."""
    end_of_text = state.md.inline.terminator_re.search(state.src, state.pos)
    end = end_of_text.start() if end_of_text else state.posMax
    if not state.linkLevel:
        end = next_bare(state.src, state.pos, end)
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """A link of an address that only stands there."""
    if state.linkLevel or not (typed := bare_at(state.src, state.pos, state.posMax)):
        return False
    href = leads_to(typed)
    if not href:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = typed
        state.push("link_close", "a", -1)
    state.pos += len(typed)
    return True


class _Renderer(RendererHTML):
    """The library's renderer, with footnotes that know the post they stand in, and wide tables."""

    def table_open(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        return (
            f'<div class="wide-table" role="region" tabindex="0" '
            f'aria-label="{escapeHtml(tokens[i].meta["name"])}">\n<table>\n'
        )

    def table_close(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        return "</table>\n</div>\n"

    def footnote_ref(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        note, mark = _note(tokens[i], env)
        return (
            f'<sup class="footnote-ref"><a href="#{note}" id="{mark}" role="doc-noteref">'
            f"[{tokens[i].meta['id'] + 1}]</a></sup>"
        )

    def footnote_block_open(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        return '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n'

    def footnote_block_close(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        note, _ = _note(tokens[i], env)
        return f'<li class="footnote-item" id="{note}">'

    def footnote_close(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
        _, mark = _note(tokens[i], env)
        # U+FE0E asks for a letter where some telephones would draw a picture.
        return f' <a class="footnote-backref" href="#{mark}" role="doc-backlink">\u21a9\ufe0e</a>'


def _note(token: Token, env: Any) -> tuple[str, str]:
    """The ids of a footnote and of the place that refers to it."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    mark = f"{env['prefix']}fnref{number}" + (f"-{again + 1}" if again > 0 else "")
    return f"{env['prefix']}fn{number}", mark


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return is_safe_address(url)


def _make_reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer)
    # Deeper blocks would be dropped in silence; _is_intricate notices long before.
    reader.options["maxNesting"] = MAX_DEPTH + 8
    reader.options["breaks"] = True  # a line that somebody ended ends
    # Indents come from word processors; who means code puts it in a fence.
    reader.enable("strikethrough").disable(["html_block", "html_inline", "code"])
    reader.inline.ruler.at("text", _text)
    reader.inline.ruler.after("text", "address", _address)
    tables.install(reader)
    reader.use(_footnotes)
    reader.core.ruler.push("tame", _tame)
    return reader


def _footnotes(reader: MarkdownIt) -> None:
    ours = dict(reader.renderer.rules)  # type: ignore[attr-defined]
    # Notes within the line may nest without end, and "x^[2]" is more often a power.
    footnote_plugin(reader, inline=False)
    reader.renderer.rules.update(ours)  # type: ignore[attr-defined]


# Safe to share between threads: what belongs to one text is in its tokens and its `env`.
_READER = _make_reader()
