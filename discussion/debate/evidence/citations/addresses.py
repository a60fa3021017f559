"""The DOI and the web address of a reference, wherever they stand."""

import re

from discussion.debate.evidence.addresses import normalise_url
from discussion.debate.evidence.citations.shapes import Line
from discussion.debate.evidence.citations.work import Work
from discussion.debate.evidence.identifiers import dois_in, normalise_doi
from discussion.language import _

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>{}\"\u201c\u201d]+", re.IGNORECASE)
_ARXIV = re.compile(r"(?i)arxiv[:\s]{1,3}(\d{4}\.\d{4,5}(?:v\d{1,2})?)")
_LEADS_IN = re.compile(
    r"[\s.,;:()\[\]<>-]*(?:available(?:\s+(?:at|from|online))?|retrieved(?:\s+from)?|accessed(?:\s+at)?"
    r"|online|url|doi|link|see|at|from|und|https?://(?:dx\.)?doi\.org/?)?[\s.,;:()\[\]<>-]*",
    re.IGNORECASE,
)
_OF_FILES = re.compile(
    r"(?i)^(?:file:|internal-pdf:|[a-z]:[\\/]|/(?:users|home)/|\\\\)|^[\w .-]+\.pdf$"
)


def addresses_of(work: Work) -> tuple[str, str]:
    """The DOI and the address, wherever they stand."""
    found, given = work.found, work.all("doi")
    doi = next(filter(None, map(normalise_doi, given)), "")
    for value in given:
        if normalise_doi(value) != doi or not doi:
            found.left.append(
                Line(
                    _("A DOI that is none") if not normalise_doi(value) else _("Another DOI"), value
                )
            )
    urls = [address for value in work.all("url") for address in _split_addresses(value)]
    arxiv = work.one("arxiv")
    if arxiv:
        work.extras.append(f"arXiv:{arxiv}")
    elif not doi and not urls:
        arxiv = _named_arxiv(work)
    if arxiv:
        urls.append(f"https://arxiv.org/abs/{arxiv}")
    if (pmid := work.one("pmid")) and pmid.isdecimal():
        urls.append(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}")
    urls += [address for value in work.all("url in note") for address in _split_addresses(value)]
    for name in ("note", "published how", "sort", "number of record", "number"):
        values = found.fields.get(name, [])
        kept = []
        for value in values:
            doi, rest = _without_doi(work, value, doi)
            kept.append(_without_address(work, rest, urls, is_needed=name != "number"))
        if name in found.fields:
            found.fields[name] = [value for value in kept if value]
    return _chosen(work, doi, urls)


def _named_arxiv(work: Work) -> str:
    """ "arXiv preprint arXiv:2101.01234" leads somewhere."""
    for name in ("journal", "published how", "note", "publisher"):
        for value in work.found.fields.get(name, []):
            if named := _ARXIV.search(value):
                work.note(_("The address was found in “%(words)s”.", words=value[:200]))
                return named[1]
    return ""


def _without_doi(work: Work, value: str, doi: str) -> tuple[str, str]:
    dois = dois_in(value)
    if not dois:
        return doi, value
    if not doi:
        work.note(_("The DOI was found in “%(words)s”.", words=value[:200]))
    if not doi or dois[0] == doi:
        rest = re.sub(
            r"(?i)(?:https?://\S*|urn:|info:)?(?:doi(?:\.org)?)?[:/=\s]*10\.\d{4,9}\S*"
            r"(?:\s*\[doi\])?",
            "",
            value,
        ).strip()
        return dois[0], "" if _LEADS_IN.fullmatch(rest) else rest
    return doi, value


def _without_address(work: Work, value: str, urls: list[str], *, is_needed: bool) -> str:
    named = _ADDRESS.search(value)
    if named is None or not is_needed:
        return value
    address = named[0].rstrip(".,;:)]'’”")
    if not normalise_url(address):
        return value
    if address not in urls:
        urls.append(address)
        work.note(_("The address was found in “%(words)s”.", words=value[:200]))
    rest = value.replace(named[0], "").strip()
    return "" if _LEADS_IN.fullmatch(rest) else value


def _split_addresses(value: str) -> list[str]:
    parts = re.split(r"[;,|\s]+(?=https?://|www\.)", value.strip())
    return [part.strip(" ;,<>") for part in parts if part.strip(" ;,<>")]


def _chosen(work: Work, doi: str, urls: list[str]) -> tuple[str, str]:
    """One address; a DOI within one is a DOI. The others are told of."""
    kept = ""
    for address in dict.fromkeys(urls):
        within = normalise_doi(address)
        if within and (not doi or within == doi):
            if not doi:
                work.note(_("The DOI was found in “%(words)s”.", words=address[:200]))
            doi = within
        url = normalise_url(address)
        if _OF_FILES.search(address) or not url or "." not in address:
            work.found.left.append(Line(_("Not a web address"), address))
        elif kept and url != kept:
            work.found.left.append(Line(_("Another address"), address))
        elif not (within and re.match(r"https?://[\w.-]*doi\.org[/.]", url)):
            kept = url
    return doi, kept
