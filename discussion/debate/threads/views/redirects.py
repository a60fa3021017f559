"""Former addresses: a slug that a thread had, or had before it was merged, leads on for ever."""

from typing import NoReturn

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_new_slug, find_thread
from discussion.debate.threads.queries.following import find_merged
from discussion.debate.threads.views import blueprint
from discussion.language import _
from discussion.web.doorway import remembered, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, wants_json


class Elsewhere(Exception):
    """The thread that was asked for stands at another address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@remembered
def found_here(slug: str) -> Thread:
    """The thread at this address; else the reader is led on, or told that there is none."""
    return find_thread(session(), viewer(), slug) or lead_on(slug)


def lead_on(slug: str) -> NoReturn:
    """Raises Elsewhere for a former address, and NotFound for one that never was."""
    raise Elsewhere(or_404(find_new_slug(session(), viewer(), slug)))


@blueprint.errorhandler(Elsewhere)
def go_there(error: Elsewhere) -> Response:
    """The same page of the other thread, with the question that was asked; a form was not sent."""
    values = {**(request.view_args or {}), "slug": error.slug}
    if request.method in ("GET", "HEAD"):
        query = request.query_string.decode()
        path = url_for(str(request.endpoint), **values) + (SUFFIX if wants_json() else "")
        return redirect(path + (f"?{query}" if query else ""), 301)
    if find_merged(session(), str((request.view_args or {})["slug"])):
        flash(_("This thread has been merged into another, so nothing was changed."), "note")
    return redirect(url_for("threads.curate", slug=error.slug), 303)
