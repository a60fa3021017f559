"""Finding the thread and the round of an address, former ones too, for the views of this room."""

from typing import Any, TypeVar

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_new_slug, find_thread
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, wants_json
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.finding import find_round
from discussion.weighing.rounds.views import blueprint

AnyResponse = TypeVar("AnyResponse", bound=Response)


class StandsElsewhere(Exception):
    """The thread of this round has another address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@blueprint.errorhandler(StandsElsewhere)
def go_along(error: StandsElsewhere) -> Response:
    """The same page at the new address; a form was not sent, and its page is shown again."""
    values: dict[str, Any] = {**(request.view_args or {}), "slug": error.slug}
    is_read = request.method in ("GET", "HEAD")
    path = url_for(str(request.endpoint), **values) + (SUFFIX if wants_json() else "")
    query = request.query_string.decode()
    return redirect(path + (f"?{query}" if query else ""), 301 if is_read else 307)


def thread_here(slug: str) -> Thread:
    """The thread at this address; else the reader is led on, or told that there is none."""
    thread = find_thread(session(), viewer(), slug)
    if thread is None:
        raise StandsElsewhere(or_404(find_new_slug(session(), viewer(), slug)))
    return thread


def round_here(slug: str, number: int) -> Round:
    """The round of this number in it, or 404."""
    return or_404(find_round(session(), viewer(), thread_here(slug), number))
