"""Hidden fields in every form of a page: its token, and what an edit form was opened with."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from discussion import clock
from discussion.kept.queries import ends_at
from discussion.kept.tokens import FormToken, read_token
from discussion.kept.words import OPENED, PRESSES, TOKEN, WITH_VISITORS_FORMS
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, remembered
from discussion.web.filling import Fields, names_in, with_hidden
from discussion.web.headers import private
from discussion.web.versions import Opened, Versioned, unpacked, values_of, versioned_at

MAIN = '<main id="main"'
TYPED = re.compile(r"<textarea\b(?![^>]*\breadonly)")  # something longer can be written there
CHANGES = re.compile(r'<(?:textarea|select|input(?![^>]*type="hidden"))\b')  # more than presses
SOON = 3_600


@dataclass(frozen=True)
class Ending:
    """When the session ends, and in how many seconds that is."""

    at: datetime
    seconds: int

    @property
    def is_soon(self) -> bool:
        return self.seconds < SOON


def install(blueprint: Blueprint) -> None:
    blueprint.after_app_request(add_tokens)


def secret() -> str:
    return str(current_app.secret_key)


def is_from_script() -> bool:
    """Whether the site's own script sent it, which looks after what is typed itself."""
    return request.headers.get("X-Fragment") == "1"


def sent_token() -> FormToken | None:
    """The token of the form that was sent; None where it bears none of ours."""
    if request.method in SAFE_METHODS:
        return None
    try:
        return read_token(request.form.get(TOKEN, ""), secret())
    except HTTPException:  # too large to be read, and refused for it
        return None


def here() -> str:
    """The page on which forms of this answer stand: that of the form that came back, if it did."""
    token = sent_token()
    return token.page if token else request.full_path.rstrip("?")


def add_tokens(response: Response) -> Response:
    """Visitors' pages are kept for all, so they get none, but for the few that hold their forms."""
    if response.mimetype != "text/html" or response.direct_passthrough or "pieces" in g:
        return response  # a kept body has pieces where no form needs a token
    if doorway.viewer() is None:
        if request.method in SAFE_METHODS and request.endpoint not in WITH_VISITORS_FORMS:
            return response
        private(response)
    html = response.get_data(as_text=True)
    if "<form" not in html:
        return response
    token = _token()

    plain = {url_for(endpoint) for endpoint in PRESSES}

    def hidden(where: str, form: str) -> Fields:
        if urlsplit(where).path in plain:
            return {}
        is_needed = bool(token) and f'name="{TOKEN}"' not in form
        return {**({TOKEN: [token]} if is_needed else {}), **_opened(where, form)}

    html = with_hidden(html, request.path, hidden)
    if TYPED.search(html):
        html = html.replace(MAIN, _ending() + MAIN, 1)
    response.set_data(html)
    return response


def _ending() -> str:
    """That the session ends soon; hidden while there is time, until the page's script shows it."""
    signed_in, viewer = doorway.signed_in(), doorway.viewer()
    if signed_in is None or viewer is None:
        return ""
    now = clock.now()
    at = ends_at()(signed_in, viewer, now)
    return render_template("kept/_ending.html", page=Ending(at, int((at - now).total_seconds())))


def _token() -> str:
    """A new one for a page that is opened; a form that comes back keeps its own."""
    if request.method not in SAFE_METHODS:
        return request.form.get(TOKEN, "") if sent_token() else ""
    session = doorway.signed_in()
    return FormToken.new(session.public_id if session else "", here()).signed(secret())


def _opened(where: str, form: str) -> Fields:
    """What an edit form was opened with: kept where it comes back, else what it holds now."""
    if not CHANGES.search(form) or f'name="{OPENED}"' in form or doorway.viewer() is None:
        return {}
    path = urlsplit(where).path
    found, values = matched(path)
    if found is None or found.fresh is None:
        return {}
    if request.method not in SAFE_METHODS and path == request.path:
        opened: Opened | None = g.get("opened") or unpacked(request.form.get(OPENED, ""))
        if opened is not None:
            return {OPENED: [opened.packed()]}
    made = found.fresh(**values)
    if made is None:
        return {}
    names = names_in(form)
    held = {name: each for name, each in values_of(made).items() if name in names}
    return {OPENED: [Opened(clock.now(), held).packed()]}


@remembered
def _addresses() -> MapAdapter:
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    return adapter


def matched(path: str) -> tuple[Versioned | None, dict[str, object]]:
    """What opens the form that is sent to a path, and what the path names."""
    try:
        endpoint, values = _addresses().match(path, method="POST")
    except HTTPException:
        return None, {}
    return versioned_at(str(endpoint)), dict(values)
