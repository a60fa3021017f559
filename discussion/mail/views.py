"""/dev/mail: what the demonstration would have sent, for whoever sits at this machine."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from discussion.config import LOOPBACK
from discussion.mail.queries import box_page, letter_page
from discussion.web.errors import NotFound, found
from discussion.web.faces import answer
from discussion.web.site import site

blueprint = Blueprint("mail", __name__)

ENVIRONMENTS = ("demonstration", "test")
SIGNS_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@blueprint.before_request
def only_at_this_machine() -> None:
    """Letters hold links that sign in: elsewhere, and behind a proxy, these pages do not exist."""
    if site().settings.environment not in ENVIRONMENTS or not is_at_this_machine():
        raise NotFound


@blueprint.after_request
def keep_no_copy(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/dev/mail")
def box() -> Response:
    return answer("mail_box/box.html", box_page(site().settings.mail_folder))


@blueprint.get("/dev/mail/<name>")
def letter(name: str) -> Response:
    settings = site().settings
    page = found(letter_page(settings.mail_folder, name, settings.public_url))
    return answer("mail_box/letter.html", page)


def is_at_this_machine() -> bool:
    """Whether the request began here: by its connection, its host, and no word of a proxy."""
    host = urlsplit(f"//{request.host}").hostname or ""
    comes_from = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    return (
        comes_from.get("REMOTE_ADDR") in LOOPBACK
        and host in LOOPBACK
        and not any(name in request.headers for name in SIGNS_OF_A_PROXY)
    )
