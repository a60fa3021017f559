"""Ending the letters about threads that move soon, from the link in such a letter."""

from dataclasses import dataclass

from flask import Response, current_app

from discussion.debate.threads.operations import turn_warnings_off
from discussion.debate.threads.queries.warned import find_warned, is_warned
from discussion.debate.threads.views import blueprint
from discussion.people.accounts.models import Person
from discussion.web.doorway import session
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private


@dataclass(frozen=True)
class WarningsPage:
    is_off: bool


@blueprint.get("/threads/warnings/<token>")
def warnings(token: str) -> Response:
    """Asks first: mail programs follow links, and only people press buttons."""
    return _show(_warned(token))


@blueprint.post("/threads/warnings/<token>")
def end_warnings(token: str) -> Response:
    """From the button of the page, or of a mail program, which sends no cookie."""
    person = _warned(token)
    turn_warnings_off(session(), person)
    return _show(person)


def _warned(token: str) -> Person:
    secret = str(current_app.config["SECRET_KEY"])
    return or_404(find_warned(session(), token, secret=secret))


def _show(person: Person) -> Response:
    page = WarningsPage(is_off=not is_warned(session(), person))
    response = answer("threads/warnings.html", page)
    return private(response)
