"""What is new on a page since its reader was last there; nothing is kept of who is signed out."""

from datetime import datetime

from flask import g, request
from sqlalchemy.orm import Session

from discussion import clock
from discussion.permissions.facts import Viewer
from discussion.reach.notices.operations.following import note_visit
from discussion.reach.notices.queries.followed import of_page, since_last
from discussion.reach.notices.shapes import Since
from discussion.reach.notices.views import blueprint
from discussion.web.doorway import note_aside, only_read


def since_here(session: Session, viewer: Viewer, now: datetime) -> Since | None:
    """Of the page that is asked for; a visit to it is noted once it is over."""
    if request.method != "GET":
        return None
    endpoint, named = request.endpoint or "", request.view_args or {}
    found = since_last(session, viewer, endpoint, named, now)
    if found is not None and found.is_new_visit:
        g.visit = viewer, of_page(endpoint, named)
    return found


@blueprint.teardown_app_request
def note_here(_error: BaseException | None) -> None:
    """As `doorway` notes that somebody was here: after the request's own work."""
    visit: tuple[Viewer, tuple[str, str]] | None = g.pop("visit", None)
    if visit is None or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    viewer, (what, subject) = visit
    only_read()
    note_aside(lambda writing: note_visit(writing, viewer, what, subject, now=clock.now()))
