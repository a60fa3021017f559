"""What search engines leave out: everything of a series that is not listed, by one rule.

Pages, fragments, data, files, feeds, pictures and cards: whatever stands at an address that names
such a series, one of its threads or one of its positions.
"""

import re
from collections.abc import Mapping

from flask import Flask, Response, g, request

from discussion.permissions.menus import UNLISTED, is_left_out_at
from discussion.web import doorway

HEADER = "X-Robots-Tag"
# Before what a rule of an address names stands the kind of it; a series where nothing is said.
_FIRST = re.compile(r"/([\w.-]+)/<(?:[^:>]*:)?(\w+)>")
_KIND = re.compile(r"<(?:[^<>]*:)?kind>")  # of what stands there: its value is such a word
_ABOUT = {
    "threads/slug": "thread",
    "findings/slug": "thread",
    "rounds/slug": "thread",
    "outcome/slug": "thread",
    "positions/public_id": "position",
    "write/thread": "thread",
}
_OF_SERIES = ("slug", "series")  # whatever stands before it


def install(app: Flask) -> None:
    app.after_request(_leave_out)


def _leave_out(response: Response) -> Response:
    if HEADER not in response.headers and response.status_code < 300 and _is_left_out():
        response.headers[HEADER] = "noindex"
    return response


def _is_left_out() -> bool:
    """By the menu of the series, where the page has one; else what the address names is asked."""
    if "menu" in g:
        return UNLISTED in g.menu
    rule = request.url_rule
    found = _named(rule.rule, request.view_args or {}) if rule is not None else None
    if found is None:
        return False
    if "session" in g:
        return is_left_out_at(doorway.session(), *found)
    with doorway.separate_session(writes=False) as reading:
        return is_left_out_at(reading, *found)


def _named(rule: str, names: Mapping[str, object]) -> tuple[str, str] | None:
    """The kind and name of what an address is about; None where that is in no series."""
    found = _FIRST.search(_KIND.sub(str(names.get("kind")), rule))
    if found is None:
        return None
    before, name = found.groups()
    about = _ABOUT.get(f"{before}/{name}") or ("series" if name in _OF_SERIES else "")
    return (about, str(names[name])) if about else None
