"""Letters that came back, as mail servers post them; and /dev/mail, what the demonstration
would have sent, for whoever sits at this machine."""

from flask import Blueprint, Response, request

from discussion import clock
from discussion.mail.bounces import read_posted, read_report
from discussion.mail.operations import note_bounce
from discussion.mail.queries import box_page, letter_page
from discussion.web.doorway import session
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.nearness import is_at_this_machine
from discussion.web.site import site

blueprint = Blueprint("mail", __name__)

FOR_SERVERS = ("mail.take_bounce",)
ENVIRONMENTS = ("demonstration", "test")


@blueprint.before_request
def only_at_this_machine() -> None:
    """Letters hold links that sign in: elsewhere, and behind a proxy, these pages do not exist."""
    if request.endpoint in FOR_SERVERS:
        return
    settings = site().settings
    is_open = settings.environment in ENVIRONMENTS and settings.is_private
    if not (is_open and is_at_this_machine(request.environ)):
        raise NotFound


@blueprint.after_request
def keep_no_copy(response: Response) -> Response:
    return private(response)


@blueprint.post("/mail/bounces")
def take_bounce() -> Response:
    """A report that a letter did not arrive, as RFC 3464 or as JSON: see docs/deploying.md.

    Whoever posts is not asked who they are, and learns nothing of what counted.
    """
    reads = read_posted if request.is_json else read_report
    bounce = reads(request.get_data(), site().settings)
    if bounce is not None:
        note_bounce(session(), bounce, clock.now())
    return Response(status=204)


@blueprint.get("/dev/mail")
def box() -> Response:
    return answer("mail_box/box.html", box_page(site().settings.mail_folder))


@blueprint.get("/dev/mail/<name>")
def letter(name: str) -> Response:
    settings = site().settings
    page = or_404(letter_page(settings.mail_folder, name, settings.public_url))
    return answer("mail_box/letter.html", page)
