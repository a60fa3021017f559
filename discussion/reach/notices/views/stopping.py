"""Stopping letters of a kind, from a link in one: nobody has to sign in for it."""

from flask import Response, current_app

from discussion import clock, paths
from discussion.mail.kinds import NEVER, Kind
from discussion.people.accounts.models import Person
from discussion.reach.notices.operations.choosing import stop as stop_letters
from discussion.reach.notices.queries.choices import rhythm_of
from discussion.reach.notices.queries.tokens import find_stopped
from discussion.reach.notices.shapes import StopPage
from discussion.reach.notices.views import blueprint
from discussion.web.doorway import session
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private


@blueprint.get("/notices/stop/<token>")
def stop(token: str) -> Response:
    """Asks first: mail programs follow links, and only people press buttons."""
    return _show(*_stopped(token))


@blueprint.post("/notices/stop/<token>")
def end(token: str) -> Response:
    """From the button of the page, or of a mail program, which sends no cookie."""
    person, kinds = _stopped(token)
    stop_letters(session(), person, kinds, now=clock.now())
    return _show(person, kinds)


def _stopped(token: str) -> tuple[Person, tuple[Kind, ...]]:
    secret = str(current_app.config["SECRET_KEY"])
    return or_404(find_stopped(session(), token, secret))


def _show(person: Person, kinds: tuple[Kind, ...]) -> Response:
    is_off = person.left_at is not None or all(
        rhythm_of(session(), person.id, kind) == NEVER for kind in kinds
    )
    names = tuple(str(kind.says) for kind in kinds)
    return private(answer("notices/stop.html", StopPage(names, is_off, paths.hear())))
