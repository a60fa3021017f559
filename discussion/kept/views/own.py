"""What is kept for somebody: their list, the form filled again, and throwing it away."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.kept.forms import ASKED, Line, browser_token, shown
from discussion.kept.models import KeptForm
from discussion.kept.operations import claim_form, forget_form
from discussion.kept.queries import find_kept, hashed, is_for, list_kept
from discussion.kept.words import COOKIE, FILLED, OPENED
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, session, viewer
from discussion.web.errors import NotFound
from discussion.web.faces import answer, wants_json
from discussion.web.filling import filled
from discussion.web.forms import safe_next
from discussion.web.pieces import say_instead

MAIN = '<main id="main"'


@dataclass(frozen=True)
class KeptOne:
    """One form of the list; its words are shown to its owner alone."""

    id: str
    is_own: bool
    kept_at: datetime
    until: datetime
    url: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class KeptPage:
    forms: tuple[KeptOne, ...]


@dataclass(frozen=True)
class Notice:
    """Above a page: its form is filled again; or somebody else's waits; or some are kept."""

    kind: str  # filled, lost, another, asks, some
    id: str = ""
    goes_to: str = ""
    kept_at: datetime | None = None
    until: datetime | None = None
    lines: tuple[Line, ...] = ()


def install(blueprint: Blueprint) -> None:
    blueprint.get("/kept")(page)
    blueprint.post("/kept/<public_id>/show")(show)
    blueprint.post("/kept/<public_id>/forget")(forget)
    blueprint.after_app_request(fill)


def page() -> AnyResponse:
    """Everything that is kept for the viewer, and what somebody unknown sent from this browser."""
    actor = viewer()
    if actor is None:
        raise Forbidden(May.KEEP_ACCOUNT)
    rows = list_kept(session(), actor, browser_token(request.cookies), now=clock.now())
    return answer("kept/page.html", KeptPage(tuple(_one(row, actor) for row in rows)))


def show(public_id: str) -> AnyResponse:
    """The press by which whoever is signed in takes on what was sent from this browser."""
    actor, row = viewer(), find_kept(session(), public_id, now=clock.now())
    if actor is None:
        raise Forbidden(May.KEEP_ACCOUNT)
    if row is None or not claim_form(session(), actor, row, browser_token(request.cookies)):
        raise NotFound
    return redirect(_url(row), 303)


def forget(public_id: str) -> AnyResponse:
    """Throw it away; a visitor may do so at the browser that sent it."""
    row = find_kept(session(), public_id, now=clock.now())
    if row is None or not forget_form(session(), viewer(), row, browser_token(request.cookies)):
        raise NotFound
    flash(_("It is thrown away."), "done")
    back = safe_next(request.form.get("next"), row.page)
    return redirect(url_for("kept.page") if viewer() else back, 303)


def fill(response: Response) -> Response:
    """Put what was kept back into the form of a page, where the address asks for it."""
    actor = doorway.viewer()
    if (
        actor is None
        or request.method not in SAFE_METHODS
        or response.mimetype != "text/html"
        or wants_json()
        or response.direct_passthrough
    ):
        return response
    asked = request.args.get(ASKED, "")
    if not asked:
        return _say_some(response, actor) if COOKIE in request.cookies else response
    row = find_kept(session(), asked, now=clock.now())
    if row is None:
        return response
    if response.status_code >= 400:
        return make_response(redirect(url_for("kept.page"), 303))
    if response.status_code != 200:
        return response
    if not is_for(row, actor):
        return _with(response, _not_own(row))
    typed = {name: list(values) for name, values in row.fields.items()}
    hidden = {FILLED: row.public_id}
    if typed.get(OPENED):
        hidden[OPENED] = typed[OPENED][0]
    html = response.get_data(as_text=True)
    html, identifier, left = filled(html, request.path, row.address, typed, hidden)
    say_instead(response, html)
    return _with(
        response,
        Notice(
            "filled" if identifier else "lost",
            row.public_id,
            identifier,
            row.kept_at,
            row.expires_at,
            tuple(shown({name: typed[name] for name in typed if name in left})),
        ),
    )


def _not_own(row: KeptForm) -> Notice:
    is_asked = row.person_id is None and row.token_hash == hashed(browser_token(request.cookies))
    return Notice("asks" if is_asked else "another", row.public_id, "", row.kept_at, row.expires_at)


def _say_some(response: Response, actor: Viewer) -> Response:
    """On every page of a browser in which something was kept, until nothing is."""
    if response.status_code != 200 or request.endpoint == "kept.page":
        return response
    if list_kept(session(), actor, browser_token(request.cookies), now=clock.now()):
        return _with(response, Notice("some"))
    response.delete_cookie(COOKIE)
    return response


def _with(response: Response, notice: Notice) -> Response:
    said = render_template("kept/_notice.html", page=notice)
    html = response.get_data(as_text=True)
    say_instead(response, html.replace(MAIN, said + MAIN, 1))
    return response


def _one(row: KeptForm, actor: Viewer) -> KeptOne:
    lines = shown({name: list(values) for name, values in row.fields.items()})
    is_own = is_for(row, actor)
    return KeptOne(
        row.public_id,
        is_own,
        row.kept_at,
        row.expires_at,
        _url(row),
        tuple(lines) if is_own else (),
    )


def _url(row: KeptForm) -> str:
    separator = "&" if "?" in row.page else "?"
    return f"{row.page}{separator}{urlencode({ASKED: row.public_id})}"
