"""People as others see them."""

from flask import Blueprint
from werkzeug.wrappers import Response

from discussion.people.accounts.queries import person_page
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer


def install(blueprint: Blueprint) -> None:
    blueprint.get("/accounts/people/<public_id>")(person)


def person(public_id: str) -> Response:
    page = or_404(person_page(session(), viewer(), public_id))
    return answer("accounts/person.html", page)
