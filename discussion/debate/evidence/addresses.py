"""Web addresses of the library: kept as they were typed, and compared as those of one page."""

import re
from hashlib import sha256
from urllib.parse import SplitResult, quote, urlsplit

from discussion import text

MAX_URL = 500
MOST_TYPED = 4_000  # with what tells who sent it, which goes

_PORTS = {"http": 80, "https": 443}
_NETLOC = re.compile(r"[\w.-]+(:[0-9]*)?")  # neither a name and a password nor a second host
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060]")
_UNSAFE = re.compile(r'["<>\\^`{|}]')
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
_TRACKING = re.compile("utm_", re.IGNORECASE)
_ROUTES = ("/", "!")  # after #, where a page is written by a program
# What a path or a query may hold as it is; everything else is written in percent signs.
_KEPT = "/:@!$&'()*+,;=~-._%"


def normalise_url(typed: str) -> str:
    """The web address as it was typed; "" if it is none that a reader could follow.

    Only what says who sent it (utm_ parameters) goes, and a scheme comes where there is none.
    Whether two addresses are of one page is what `url_key` says.
    """
    if len(typed) > MOST_TYPED:
        return ""
    found = _UNSEEN.sub("", text.line(typed))
    if found[:1] + found[-1:] == "<>":
        found = found[1:-1].strip()
    if "//" not in found and re.match(r"[\w-]+(\.[\w-]+)+([/?#:]|$)", found):
        found = "https://" + found
    parts = _parts(found)
    if parts is None or " " in found:
        return ""
    query = f"?{kept}" if (kept := _without_tracking(parts.query)) else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    url = f"{parts.scheme}://{parts.netloc}{parts.path}{query}{fragment}"
    url = _UNSAFE.sub(lambda sign: quote(sign[0]), url)
    return url if len(url) <= MAX_URL else ""


def tells_sender(typed: str) -> bool:
    """Whether there is something in an address that only says who sent it, and goes."""
    parts = _parts(text.line(typed[:MOST_TYPED]))
    return parts is not None and any(map(_TRACKING.match, re.split("[&;]", parts.query)))


def url_key(url: str) -> str:
    """The same short word for every address of one page; "" for what is no address.

    Alike are http and https, with and without www., capitals of the host, a port that goes without
    saying, a slash at the end, letters in percent signs or as they are, and places in the page.
    """
    parts = _parts(url)
    if parts is None:
        return ""
    host = _ascii(parts.hostname or "").rstrip(".").removeprefix("www.")
    port = parts.port if parts.port and parts.port not in _PORTS.values() else ""
    path = _plain_signs(parts.path).rstrip("/")
    query = _plain_signs(_without_tracking(parts.query))
    route = parts.fragment if parts.fragment.startswith(_ROUTES) else ""
    return sha256(f"{host}:{port}{path}?{query}#{route}".encode()).hexdigest()


def _parts(url: str) -> SplitResult | None:
    """The parts of a web address; None if it is none, or none that is safe to follow."""
    try:
        parts = urlsplit(url)
        host, _port = _ascii(parts.hostname or ""), parts.port  # raise if they can be none
    except ValueError:
        return None
    is_named = "." in host.strip(".") and _NETLOC.fullmatch(parts.netloc)
    return parts if parts.scheme in _PORTS and is_named else None


def _ascii(host: str) -> str:
    return host.encode("idna").decode("ascii").lower()


def _plain_signs(part: str) -> str:
    """One spelling for what may stand in percent signs or as it is."""
    part = _ESCAPED.sub(lambda run: _spelt(run[0]), part)
    return quote(part, safe=_KEPT + "?")


def _spelt(run: str) -> str:
    sign = chr(int(run[1:], 16))
    return sign if sign.isascii() and (sign.isalnum() or sign in "-._~") else run.upper()


def _without_tracking(query: str) -> str:
    """The query as it is, without the parameters that only tell who sent it."""
    pieces = re.split("([&;])", query)
    pairs = zip(["", *pieces[1::2]], pieces[::2], strict=True)
    kept = [(sign, pair) for sign, pair in pairs if not _TRACKING.match(pair)]
    return "".join(sign + pair for sign, pair in kept)[len(kept[0][0]) :] if kept else ""
