"""Pages, styles and scripts travel compressed where the reader's browser takes gzip.

What two people see of a compressed page differs in length by what it says, so a page that mixes a
secret with words of an attacker's choosing would tell that secret (BREACH). Bodies here hold no
tokens against forged requests, the pages that do hold a secret link are left alone, and pages for
somebody signed in get a random length besides, in a header field that gzip allows and nobody reads.
"""

from collections import OrderedDict
from gzip import GzipFile
from io import BytesIO
from secrets import randbelow
from threading import Lock

from flask import Flask, Response, request

from discussion.web.caching import is_anonymous_read
from discussion.web.pieces import THOROUGH, joined, pieces_of

LEVEL = 6
SMALLEST = 500  # bytes; below this nothing is gained
PADDING = 100  # bytes, at most
TYPES = frozenset({"text/html", "application/json", "text/css", "text/javascript"})
WITH_SECRETS = ("/accounts/", "/invitations/", "/dev/")
KEPT = 1_000


def install(app: Flask) -> None:
    kept = Kept()

    def compress(response: Response) -> Response:
        if response.mimetype not in TYPES or request.path.startswith(WITH_SECRETS):
            return response
        response.vary.add("Accept-Encoding")
        if not _is_worth_it(response):
            return response
        name, pieces = _name(response), pieces_of(response)
        if pieces is not None and not name:
            response.set_data(joined(pieces, padding=randbelow(PADDING) + 1))
        else:
            response.set_data(kept.find(name, response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response

    app.after_request(compress)


class Kept:
    """The compressed bodies of what is the same for everybody, under a name for the content."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def find(self, name: str, body: bytes) -> bytes:
        """The body compressed; one without a name is somebody's own, and is never kept."""
        if not name:
            return gzipped(body, padding=randbelow(PADDING) + 1)
        with self._lock:
            found = self._bodies.get(name)
        if found is None:
            found = gzipped(body, level=THOROUGH)  # once, and sent often
            with self._lock:
                self._bodies[name] = found
                while len(self._bodies) > KEPT:
                    self._bodies.popitem(last=False)
        return found


def gzipped(body: bytes, *, padding: int = 0, level: int = LEVEL) -> bytes:
    """The body in gzip, with so many idle bytes in its header."""
    packed = BytesIO()
    with GzipFile("x" * padding, "wb", compresslevel=level, fileobj=packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()


def _is_worth_it(response: Response) -> bool:
    return (
        response.status_code == 200
        and "Content-Encoding" not in response.headers
        and not response.is_streamed
        and not response.direct_passthrough
        and request.accept_encodings.quality("gzip") > 0
        and len(response.get_data()) >= SMALLEST
    )


def _name(response: Response) -> str:
    if "immutable" in response.headers.get("Cache-Control", ""):
        return request.path
    tag = response.get_etag()[0]
    return tag if tag and is_anonymous_read() else ""
