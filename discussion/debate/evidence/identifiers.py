"""One form for each DOI, so that a thing is in a library once."""

import html
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from discussion import text

MAX_DOI = 200
MOST_TYPED = 4_000  # with what stands around it

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_IN_TEXT = re.compile(
    r"(?:(?<=doi)|(?<=DOI)|(?<![0-9A-Za-z.]))10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,9}/[^\s\u3000]+"
)
# What copying leaves within a DOI: what cannot be seen, and hyphens that a typesetter put there.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_ESCAPED = re.compile(r"\\(?=[_%&#$<>{}])")
_MARK = re.compile(r"^\s*\[(?:doi|pii)\]|^\s*</?\w{1,6}>", re.IGNORECASE)  # PubMed's, and HTML's
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_AT_END = ".,;:!?'\"`*|\\\u2019\u201d\u00bb\u2026\u3002"
# Pages of publishers, after the DOI in their addresses.
_PAGES = re.compile(
    r"(?:/(?:full|abs|abstract|pdf|epdf|pdfdirect|epub|full-?text|html?|xml|meta|summary|figures"
    r"|references|citations?|metrics|tables|supplementary-material|fulltext\.html|download))+/?$"
    r"|\.(?:pdf|html?|full|abstract|full\.pdf)$|/$",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"#(?=[A-Za-z_:~!/]).*$|#$")
_ASKED = re.compile(r"\?[A-Za-z_][\w.-]*=.*$|\?$")
# A hyphen is no end of a DOI; a stop may be one, so that what follows must look like more of it.
_TORN = re.compile(
    r"(10\.[0-9]{4,9}/\S{0,150}[-_/\u2010\u2011])\s{1,20}(?=[a-z0-9]\S*[\s.]*(?:\n|$))"
    r"|(10\.[0-9]{4,9}/\S{0,150}[a-z]\.)\s{1,20}(?![12][0-9]{3}[\s.]*(?:\n|$))"
    r"(?=[a-z0-9.()-]*[0-9]{3}[\s.]*(?:\n|$))"
    r"|(10\.[0-9]{4,9}/\S{0,150}[0-9]\.)\s{1,20}(?=[0-9]{5,}[\s.]*(?:\n|$))",
    re.IGNORECASE,
)


def normalise_doi(typed: str) -> str:
    """The DOI that was typed or copied, in lower case and without a prefix; "" if there is none.

    "https://doi.org/10.1007/S10964-007-9207-1", "[doi: 10.1007/s10964-007-9207-1]." and a
    publisher's "https://link.example/article/10.1007/s10964-007-9207-1/fulltext.html" are the same.
    Words after it may be a part of it that was torn off, so there is none then.
    """
    words = _untypeset(typed)
    found = _IN_TEXT.search(words)
    if found is None:
        return ""
    after = _MARK.sub("", words[found.end() :])
    is_torn = bool(re.search(r"[^\W_]", after)) and found[0][-1] not in ",;"
    return "" if is_torn else _doi_at(words, found)


def dois_in(typed: str) -> tuple[str, ...]:
    """The DOIs in a text, each once, in their order."""
    words = _untypeset(typed)
    found = (_doi_at(words, match) for match in _IN_TEXT.finditer(words))
    return tuple(dict.fromkeys(doi for doi in found if doi))


def mended(words: str) -> str:
    """A DOI that was torn at the end of a line of print: "10.1016/j.edu-" above "rev.2019"."""
    return _TORN.sub(lambda found: next(filter(None, found.groups())), words)


def _untypeset(typed: str) -> str:
    typed = mended(typed[:MOST_TYPED])
    words = _HYPHENS.sub("-", _UNSEEN.sub("", text.line(typed[:MOST_TYPED])))
    words = unicodedata.normalize("NFKC", _ESCAPED.sub("", html.unescape(words)))
    if re.search(r"10\.[0-9]{4,9}%2f", words, re.IGNORECASE):
        words = unquote(words)
    return re.sub(r"(?<![0-9.])(10\.[0-9]{4,9}) ?/ ?(?=\S)", r"\1/", words)


def _doi_at(words: str, found: re.Match[str]) -> str:
    before = words[: found.start()].rpartition(" ")[2].lower()
    doi = _bare_doi(found[0], before)
    return doi if _DOI.fullmatch(doi) and len(doi) <= MAX_DOI else ""


def _bare_doi(found: str, before: str) -> str:
    """Without what stands around it: brackets, stops, fragments, a publisher's pages."""
    is_address = "//" in before or before.startswith(("doi.org", "dx.doi.org", "www."))
    if is_address:
        found = unquote(found)
    before_it = ""
    while found != before_it:  # what is taken off may have hidden what is to go next
        before_it = found
        found = _ASKED.sub("", _FRAGMENT.sub("", found))
        found = re.split(r"&(?=[A-Za-z_]+=)|\]\(|</|<br|[\u201c\u201d\u00ab\u00bb\"]", found)[0]
        found = _unbracketed(found)
    found = found.lower()
    if is_address:
        found = found.rstrip("/") if found.count("/") > 1 else found
    if is_address and "doi.org" not in before:
        while (shorter := _PAGES.sub("", found)) != found:
            found = shorter
    return found


def _unbracketed(found: str) -> str:
    """Brackets that were opened before the DOI, and the marks of a sentence, are not its own."""
    while found:
        last = found[-1]
        opener = _PAIRS.get(last)
        if last in _AT_END or (opener and found.count(last) > found.count(opener)):
            found = found[:-1]
        else:
            break
    return found


def doi_of_url(url: str) -> str:
    """The DOI that a doi.org address stands for; "" for any other address."""
    host = (urlsplit(url).hostname or "") if url.startswith(("http://", "https://")) else ""
    return normalise_doi(url) if host in ("doi.org", "dx.doi.org", "www.doi.org") else ""


def doi_address(doi: str) -> str:
    """Where a DOI leads."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")
