"""Markdown to safe HTML and to plain text: every piece of people's HTML is made here."""

import re
from collections.abc import Callable

from bleach.sanitizer import Cleaner
from markdown_it.token import Token
from markupsafe import Markup, escape

from discussion.text import markdown
from discussion.text.bare import split_bare
from discussion.text.characters import normal, paragraphs, visible

# Raise it with every change that alters the HTML of any source: a migration redoes the old ones.
RENDERER_VERSION = 2

# In characters as `count` counts them. Forms set lower limits; this one keeps the time in bounds.
MAX_SOURCE = 20_000

TAGS = frozenset(
    {"p", "br", "hr", "h3", "h4", "blockquote", "pre", "code", "ul", "ol", "li"}
    | {"strong", "em", "del", "sup", "a", "section"}
    | {"div", "table", "thead", "tbody", "tr", "th", "td"}
)
CELL = " | "  # between cells of a table in plain text
SCHEMES = frozenset({"http", "https", "mailto"})

# The values that an attribute may have, whole; links and ids have rules of their own below.
VALUES = {
    ("a", "rel"): {markdown.RELATION},
    ("a", "role"): {"doc-noteref", "doc-backlink"},
    ("a", "class"): {"footnote-backref"},
    ("li", "class"): {"footnote-item"},
    ("ol", "class"): {"footnotes-list"},
    ("section", "class"): {"footnotes"},
    ("section", "role"): {"doc-endnotes"},
    ("sup", "class"): {"footnote-ref"},
    ("div", "class"): {"wide-table"},
    ("div", "role"): {"region"},
    ("div", "tabindex"): {"0"},
    ("th", "scope"): {"col"},
    ("th", "class"): {"is-right", "is-centred"},
    ("td", "class"): {"is-right", "is-centred"},
}

_APART = frozenset({"bullet_list_close", "ordered_list_close", "table_close", "heading_open"})
SOFT_HYPHEN = "\u00ad"  # where a word might have been parted in another document

_LINK = Markup('<a href="%s" rel="%s">%s</a>')  # % escapes what it puts in
_ANY_PREFIX = r"(?:[A-Za-z][A-Za-z0-9_-]{0,63}|)"
_PREFIX = re.compile(_ANY_PREFIX)
_BARE = re.compile(rf"(?:[^<>&]|</?(?:{'|'.join(sorted(TAGS - {'a'}))})>)*")  # no attributes at all
_START = re.compile(r"[0-9]{1,9}")


def render(source: str, *, prefix: str = "") -> Markup:
    """Markdown as HTML that can stand on a page; "" for a source in which nothing is written.

    `prefix` begins the ids of footnotes, so that many posts can stand on one page. Raises
    ValueError if the source is longer than MAX_SOURCE or the prefix is not a plain word. A source
    that is nested or cut up beyond sense is shown as it was typed.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError("a prefix is a letter, then letters, digits, hyphens and underscores")

    text = _within_bounds(source)
    if not text.strip():
        return Markup("")

    tokens = markdown.parse(text)
    html = _as_typed(text) if tokens is None else markdown.html(tokens, prefix)
    # References such as &#x202E; have become characters by now. Never normalise HTML: NFC makes
    # one character of ">" and a combining stroke.
    return Markup(_cleaner(prefix).clean(visible(html)))  # noqa: S704  # its one birthplace


def clean(html: str) -> str:
    """HTML that another site rendered, as this one would have let it through; the same if it is so.

    Ids of footnotes may begin with any plain word.
    """
    if _BARE.fullmatch(html):
        return html
    return Cleaner(tags=TAGS, attributes=_may_have(None), protocols=SCHEMES).clean(visible(html))


def _within_bounds(source: str) -> str:
    text = normal(source).replace(SOFT_HYPHEN, "")
    if len(text) > MAX_SOURCE:
        raise ValueError(f"a text has at most {MAX_SOURCE} characters, this one has {len(text)}")
    return text


def _as_typed(text: str) -> str:
    return f"<pre>{escape(text)}</pre>\n"


def _cleaner(prefix: str) -> Cleaner:
    """A new cleaner every time, because one that is shared between threads mixes them up."""
    return Cleaner(tags=TAGS, attributes=_may_have(prefix), protocols=SCHEMES)


def _may_have(prefix: str | None) -> Callable[[str, str, str], bool]:
    begins = _ANY_PREFIX if prefix is None else re.escape(prefix)
    note = re.compile(rf"{begins}fn(ref)?[0-9]{{1,4}}(-[0-9]{{1,4}})?")

    def may_have(tag: str, name: str, value: str) -> bool:
        if (tag, name) in {("a", "id"), ("li", "id")}:
            return bool(note.fullmatch(value))
        if (tag, name) == ("a", "href"):
            return markdown.is_safe_address(value) or bool(note.fullmatch(value.removeprefix("#")))
        if (tag, name) == ("div", "aria-label"):
            return True  # words alone: the sanitiser escapes them
        if (tag, name) == ("ol", "start"):
            return bool(_START.fullmatch(value))
        return value in VALUES.get((tag, name), ())

    return may_have


def stored(html: str) -> Markup:
    """HTML that `render` made earlier, marked as safe again after it was read from the database.

    The only way for a template to show stored HTML. It is safe because a column of rendered HTML
    is written with the result of `render` and with nothing else: never with what came from a
    form, a file or another site. Whoever can write past that can change the pages anyway, and
    still meets the content security policy.
    """
    return Markup(html)  # noqa: S704  # see above


def as_written(words: str) -> Markup:
    """Plain text as it was typed: its lines end where they ended, and addresses in it are links."""
    pieces = (_linked(piece) if is_one else escape(piece) for piece, is_one in split_bare(words))
    return Markup("").join(pieces).replace("\n", Markup("<br>"))


def _linked(typed: str) -> Markup:
    leads_to = markdown.leads_to(typed)
    return _LINK % (leads_to, markdown.RELATION, typed) if leads_to else escape(typed)


def plain(source: str) -> str:
    """The words of Markdown without its marks, for search, mail, metadata and excerpts.

    The result is text, not HTML: "<" may occur in it, and whoever puts it on a page escapes it.
    Raises ValueError if the source is longer than MAX_SOURCE.
    """
    text = _within_bounds(source)
    tokens = markdown.parse(text)
    return paragraphs(text if tokens is None else _blocks(tokens))


def sentences(source: str) -> str:
    """The words of Markdown without headings and bold lead-ins, for an excerpt that reads on.

    All the words, if there are no others.
    """
    tokens = markdown.parse(_within_bounds(source))
    return (paragraphs(_blocks(_without_headings(tokens))) if tokens else "") or plain(source)


def _without_headings(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    is_heading = False
    for token in tokens:
        is_heading = is_heading or token.type == "heading_open"
        if not is_heading:
            token.children = _without_lead_in(token.children)
            kept.append(token)
        is_heading = is_heading and token.type != "heading_close"
    return kept


def _without_lead_in(children: list[Token] | None) -> list[Token] | None:
    """A paragraph's inline tokens after a bold beginning that is a sentence of its own."""
    if not children:
        return children
    kinds = [token.type for token in children]
    # Markdown puts an empty token before what stands out.
    start = 1 if kinds[0] == "text" and not children[0].content else 0
    if kinds[start : start + 1] != ["strong_open"]:
        return children
    end = kinds.index("strong_close")
    is_lead_in = markdown.words(children[:end]).rstrip().endswith((".", ":"))
    rest = children[end + 1 :]
    return rest if is_lead_in and markdown.words(rest).strip() else children


def _blocks(tokens: list[Token]) -> str:
    pieces: list[str] = []
    cells: list[str] | None = None  # of the row that is being read
    is_tight = False
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            pieces += [CELL.join(cells or ()).rstrip(" |"), "\n"]
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(markdown.words(token.children or ()))
        elif token.type == "paragraph_open":
            is_tight = token.hidden
        elif token.type == "inline":
            pieces += [markdown.words(token.children or ()), "\n" if is_tight else "\n\n"]
        elif token.type in {"fence", "code_block"}:
            pieces += [token.content, "\n\n"]
        elif token.type in {
            "bullet_list_close",
            "ordered_list_close",
            "table_close",
            "heading_open",
        }:
            is_tight = False
            pieces.append("\n")
    return "".join(pieces)
