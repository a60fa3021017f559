"""An item as Harvard text, BibTeX and RIS, in forms that any reference manager reads."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from discussion import text
from discussion.debate.evidence.citations.bibtex_names import of_bibtex
from discussion.debate.evidence.citations.people import ONLY_OTHERS, of_values
from discussion.debate.evidence.citations.plain import clean, is_changed, tidy_line
from discussion.debate.evidence.citations.tagged import PLAIN
from discussion.debate.evidence.identifiers import doi_address
from discussion.language import _, in_words

# As LaTeX writes the marks that mean something to it, or that it joins to others.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\lbrace{}",
    "}": r"\rbrace{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_SPECIAL = re.compile(r"[\\{}~^`&%$#_]")
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")
# "&amp;", "<i>" and "Ã©" are meant as they stand.
_MEANT = re.compile(r"(?<=&)(?=[#A-Za-z])|(?<=<)(?=[/A-Za-z])|(?<=[\u00c2-\u00ef])(?=[^\x00-\x7f])")


class Citable(Protocol):
    """What is needed of an item, or of a draft, to cite it."""

    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> Sequence[str]: ...
    @property
    def year(self) -> int | None: ...
    @property
    def publisher(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def doi(self) -> str | None: ...
    @property
    def citation(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def accessed_on(self) -> date | None: ...


def harvard(item: Citable, own_url: str = "") -> str:
    """ "Stukas, A. A. and Snyder, M. (1999) The effects. Psychological Science 10(1), 59–64." """
    who = _named(item.authors)
    dated = str(item.year or _("no date"))
    head = f"{who} ({dated}) {_stopped(item.title)}" if who else f"{item.title} ({dated})."
    return " ".join(filter(None, (head, _stopped(item.publisher), _where(item, own_url))))


def bibtex(item: Citable, own_url: str = "") -> str:
    """One BibTeX entry; characters beyond ASCII stay as they are."""
    names = " and ".join(_bibtex_name(author) for author in item.authors)
    fields = {
        "title": f"{{{latex(item.title)}}}",
        "author": names,
        "year": str(item.year or ""),
        _place_of(item.publisher): latex(item.publisher),
        "doi": _latex_address(item.doi or ""),
        "url": _latex_address(item.url or ("" if item.doi else own_url)),
        "urldate": str(item.accessed_on or ""),
        "addendum": latex(item.citation),
        "langid": _language(item),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value.strip("{}")]
    return "\n".join((f"@misc{{{_key(item)},", *lines, "}", ""))


def ris(item: Citable, own_url: str = "") -> str:
    """One RIS record."""
    fields = [
        ("TY", "GEN"),
        *(("AU", author) for author in item.authors),
        ("PY", str(item.year or "")),
        ("TI", item.title),
        ("PB", item.publisher),
        ("DO", item.doi or ""),
        ("UR", item.url or ("" if item.doi else own_url)),
        ("Y2", str(item.accessed_on or "")),
        ("RN", item.citation),
        ("LA", _language(item)),
        ("C1", "" if _is_read_back(item) else PLAIN),
    ]
    lines = [f"{tag}  - {text.line(value)}" for tag, value in fields if text.line(value)]
    return "\r\n".join((*lines, "ER  - ", ""))


def _is_read_back(item: Citable) -> bool:
    """Whether a reader takes its words as they are; some look like HTML, or like several names."""
    words = (item.title, item.publisher, item.citation)
    return all(clean(one) == tidy_line(one) for one in words) and all(
        of_values([author]).names == [text.line(author)] for author in item.authors
    )


def _place_of(publisher: str) -> str:
    """An address within would be taken for the item's own."""
    is_odd = re.search(r"://|www\.|10\.\d{4}|file:", publisher, re.IGNORECASE)
    return "publisher" if is_odd else "howpublished"


def _language(item: Citable) -> str:
    return "" if item.language == "en-GB" else item.language


def _named(authors: Sequence[str]) -> str:
    if len(authors) < 2:
        return "".join(authors)
    return _("%(names)s and %(last)s", names=", ".join(authors[:-1]), last=authors[-1])


def _stopped(words: str) -> str:
    return words if not words or words[-1] in ".?!…" else words + "."


def _where(item: Citable, own_url: str) -> str:
    address = doi_address(item.doi) if item.doi else item.url or own_url
    if not address:
        return ""
    if item.accessed_on and not item.doi:
        return _(
            "Available at: %(address)s (accessed %(day)s).",
            address=address,
            day=in_words(item.accessed_on),
        )
    return _("Available at: %(address)s.", address=address)


def latex(words: str) -> str:
    """Words on one line as LaTeX takes them, every mark that means something to it escaped."""
    words = text.line(words)
    escaped = _JOINED.sub("{}", _SPECIAL.sub(lambda mark: _LATEX[mark[0]], words))
    return _MEANT.sub("{}", escaped) if is_changed(words) else escaped


def _latex_address(address: str) -> str:
    """Reference managers take addresses as they are; only braces would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _bibtex_name(author: str) -> str:
    """Braces keep an organisation, and whatever would be read as something else, in one piece."""
    family, comma, given = author.partition(",")
    plain = f"{latex(family)}, {latex(given)}"
    is_name = comma and given and of_bibtex(plain).names == [text.line(author)]
    if is_name:
        return plain
    kept = f"{{{latex(author)}}}"
    return f"{{{kept}}}" if ONLY_OTHERS.fullmatch(text.line(author)) else kept


def _key(item: Citable) -> str:
    who = item.authors[0].partition(",")[0] if item.authors else item.title
    return f"{text.slugify(who, longest=30) or 'item'}{item.year or ''}"
