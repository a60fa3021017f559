"""Every error page: what happened, what was kept, what to do."""

import logging
from typing import Any, TypeVar

from flask import (
    Flask,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from discussion.language import _, _l
from discussion.permissions.rules import Forbidden
from discussion.web import doorway
from discussion.web.faces import wants_json
from discussion.web.forms import is_secret
from discussion.web.refusals import refusal

log = logging.getLogger("discussion.web")
Row = TypeVar("Row")
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})


class NotFound(Exception):
    """What the viewer may not see does not exist."""


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(DataError, lambda _error: _give_up(400))  # PostgreSQL: a NUL
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _unexpected)


def or_404(row: Row | None) -> Row:
    """The row, or 404: what the viewer may not see does not exist."""
    if row is None:
        raise NotFound
    return row


def _http(error: HTTPException) -> AnyResponse | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    return _page(code, retry_after=getattr(error, "retry_after", None))


def _forbidden(error: Forbidden) -> AnyResponse:
    """Signed out, you are asked to sign in and brought back; signed in, you are told."""
    from flask import url_for

    if doorway.viewer() is None and request.method == "GET" and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    if doorway.viewer() is None:
        return _page(401)
    typed = _typed() if request.method == "POST" else ()
    return _page(403, is_over=error.is_over, barred=error.barred, typed=typed)


def _typed() -> tuple[str, ...]:
    """What somebody wrote, to be given back: texts, and neither choices nor secrets."""
    return tuple(
        value
        for name, values in request.form.lists()
        for value in values
        if " " in value.strip() and not is_secret(name)
    )


def _overtaken(error: IntegrityError) -> AnyResponse:
    """Two requests wrote the same thing at once; operations say so themselves where they can."""
    log.warning("overtaken", extra={"error": type(error.orig).__name__})
    return _give_up(409)


def _busy(error: OperationalError) -> AnyResponse:
    """The database was locked too long, or ended a circle of waiting by refusing this one."""
    log.error("database refused", extra={"error": type(error.orig).__name__})
    return _give_up(503, retry_after=2)


def _give_up(code: int, retry_after: Any = None) -> Response:
    doorway.only_read()  # the page waits for no lock, and nothing of this request is written
    return _page(code, retry_after=retry_after, sent=_sent())


def _sent() -> tuple[tuple[str, str], ...]:
    """Everything that was sent but secrets, to be sent again from the page that says so."""
    if request.method in doorway.SAFE_METHODS:
        return ()
    return tuple(
        (name, value) for name, value in request.form.items(multi=True) if not is_secret(name)
    )


def _unexpected(error: Exception) -> AnyResponse:
    log.exception("unexpected error", extra={"error": type(error).__name__})
    return _give_up(500)


def _page(
    code: int,
    retry_after: Any = None,
    *,
    is_over: bool = False,
    barred: str = "",
    typed: tuple[str, ...] = (),
    sent: tuple[tuple[str, str], ...] = (),
) -> Response:
    if wants_json():
        refused = refusal(code, says=_says(is_over, barred))
        if retry_after:
            refused.headers["Retry-After"] = str(retry_after)
        return refused
    from discussion.web.layout import layout_for

    name = code if code in PAGES else (500 if code >= 500 else 400)
    body = render_template(
        f"errors/{name}.html",
        layout=layout_for(),
        page={
            "request_id": g.get("request_id", ""),
            "is_over": is_over,
            "barred": barred,
            "typed": typed,
            "sent": sent,
            "address": request.full_path.rstrip("?"),
        },
    )
    response = make_response(body, code)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _says(is_over: bool, barred: str) -> str:
    """Why this very asker may not, where that is known; empty for what is usual."""
    if is_over:
        return _("The conveners of this series have closed it, so nothing new is taken.")
    return str(_BARRED.get(barred, ""))


_BARRED = {
    "removed": _l("The moderators of this series removed you, so you cannot write here."),
    "unconfirmed": _l("Confirm your e-mail address first, by the link in the e-mail we sent you."),
    "paused": _l("The moderators of this series asked you to write nothing here for a while."),
}
