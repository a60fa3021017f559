"""Addresses that were copied with a full stop, a slash or in capitals lead to the page meant.

Nothing is looked up: where such an address leads is told by its shape alone, alike whether there is
such a page and whoever asks.
"""

import re

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from discussion.web.faces import SUFFIX, wants_json

# What sentences, brackets and mail programs leave behind an address.
_BEHIND = re.compile(
    r"(?:&(?:gt|lt|quot|amp|nbsp|#39|#x27);?|[\s/.,;:!?'\"`()\[\]{}<>*_=|\\~"
    r"\u00a0\u00ab\u00b4\u00bb\u200b-\u200f\u2018-\u201f\u2026\u2060\u2032\u2033\u3001\u3002\u300d\u300f"
    r"\uff01\uff09\uff0c\uff1a\uff1b\uff1f\ufeff\ufffd])+$"
)
_PLAIN = re.compile(r"/|(?:/[a-z0-9][a-z0-9._-]*)+")
LONGEST = 400
NEVER = ("/static/", "/dev/")
# Who holds such an address may see what it leads to, so that it is sent nowhere else.
HOLD_A_SECRET = frozenset({"token", "secret"})
SECRET_PLACES = ("/reports/receipt/", "/accounts/move/")
_SECRETS_ASKED = re.compile("draft|token|secret", re.IGNORECASE)


def install(app: Flask) -> None:
    app.before_request(_tidied)


def _tidied() -> Response | None:
    """On to the address without what stands behind it, before anything is looked for."""
    path = request.path
    if request.method not in ("GET", "HEAD") or len(path) > LONGEST:
        return None
    plain = _BEHIND.sub("", path).lower() or "/"
    query = request.query_string.decode("latin-1")
    if plain == path or _SECRETS_ASKED.search(query) or not _is_a_page(plain):
        return None
    face = SUFFIX if wants_json() and plain != "/" else ""
    return redirect(plain + face + (f"?{query}" if query else ""), 308)


def _is_a_page(plain: str) -> bool:
    """Whether it has the shape of one of our pages, and holds no secret."""
    if not _PLAIN.fullmatch(plain) or plain.startswith((*NEVER, *SECRET_PLACES)):
        return False
    try:
        _endpoint, values = current_app.url_map.bind("").match(plain, method="GET")
    except HTTPException:
        return False
    return not HOLD_A_SECRET & values.keys()
