"""One form for each DOI and each web address, so that a thing is in a library once."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from discussion import text

MAX_DOI = 200
MAX_URL = 500
MOST_TYPED = 4_000  # with fragments and what tells who sent it, which go

_PREFIX = re.compile(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\s+)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_PORTS = {"http": 80, "https": 443}
# What a path or a query may hold as it is; everything else is written in percent signs.
_KEPT = "/:@!$&'()*+,;=~-._%"


def normalise_doi(typed: str) -> str:
    """The DOI in lower case and without a prefix; "" if none was typed.

    "https://doi.org/10.1007/S10964-007-9207-1" and "doi: 10.1007/s10964-007-9207-1." are the same.
    """
    found = text.line(typed)
    is_address = "//" in found or found.lower().startswith(("doi.org/", "dx.doi.org/"))
    found = _PREFIX.sub("", found, count=1) if _PREFIX.match(found) else found
    if is_address:
        found = unquote(found.partition("?")[0].partition("#")[0])
    found = text.line(found).rstrip(".,;").lower()
    if found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1]
    return found if _DOI.fullmatch(found) and len(found) <= MAX_DOI else ""


def normalise_url(typed: str) -> str:
    """The web address in one form; "" if it is none that a reader could follow.

    Scheme and host in lower case, no fragment, no utm_ parameters, no slash at the end.
    """
    if len(typed) > MOST_TYPED:
        return ""
    found = text.line(typed)
    if "//" not in found and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", found):
        found = "https://" + found
    try:
        parts = urlsplit(found)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or "." not in host.strip(".") or " " in found:
        return ""
    if parts.username is not None or parts.password is not None:
        return ""
    place = host.lower() + (f":{port}" if port and port != _PORTS[parts.scheme] else "")
    path = quote(parts.path, safe=_KEPT).rstrip("/")
    url = urlunsplit((parts.scheme, place, path, _without_tracking(parts.query), ""))
    return url if len(url) <= MAX_URL else ""


def doi_of_url(url: str) -> str:
    """The DOI that a doi.org address stands for; "" for any other address."""
    host = (urlsplit(url).hostname or "") if url.startswith(("http://", "https://")) else ""
    return normalise_doi(url) if host in ("doi.org", "dx.doi.org", "www.doi.org") else ""


def doi_address(doi: str) -> str:
    """Where a DOI leads."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def _without_tracking(query: str) -> str:
    if not re.search(r"(^|[&;])utm_", query, re.IGNORECASE):
        return quote(query, safe=_KEPT + "?")
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not name.lower().startswith("utm_")
    ]
    return urlencode(kept)
