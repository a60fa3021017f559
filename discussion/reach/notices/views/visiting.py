"""What is new on a page since its reader was last there, and how many notices they have.

Nothing is kept of who is signed out.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import g, request
from sqlalchemy.orm import Session

from discussion import clock
from discussion.language import language_tag
from discussion.permissions.facts import Viewer
from discussion.reach.notices.operations.following import note_visit
from discussion.reach.notices.queries.followable import Window
from discussion.reach.notices.queries.followed import Of, find_new, of_page, since_last
from discussion.reach.notices.queries.page import UNCOUNTED, count_news, find_news
from discussion.reach.notices.queries.times import batch
from discussion.reach.notices.shapes import News, Since
from discussion.reach.notices.views import blueprint
from discussion.states.shapes import Head
from discussion.web.doorway import note_aside, only_read, session_read
from discussion.web.lately import lately


def news_here(session: Session, viewer: Viewer, now: datetime) -> int:
    """How many notices are new, of those that may be read; nothing is asked where none are."""
    here = session_read()
    if here is None or here.unseen is None:
        return 0
    if here.unseen.endswith(UNCOUNTED):
        return count_news(session, viewer, find_news(session, viewer, now))
    under = here.unseen, viewer, clock.today()
    news: News = lately().found(
        ("news", viewer.person_id), under, lambda: find_news(session, viewer, now)
    )
    return count_news(session, viewer, news)


def visited_as(endpoint: str, named: Mapping[str, Any]) -> Of:
    """As what somebody comes back to a page."""
    return of_page(endpoint, named) or ("", "")


def since_here(session: Session, viewer: Viewer, now: datetime) -> Since | None:
    """Of the page that is asked for; a visit to it is noted once it is over."""
    here, of = session_read(), of_page(request.endpoint or "", request.view_args or {})
    if request.method != "GET" or here is None or of is None:
        return None

    def find(window: Window) -> tuple[str, ...]:
        return _new_here(session, viewer, of, window)

    found = since_last(of, here.visited, now, find)
    if found.is_new_visit:
        g.visit = viewer, of
    return found


def _new_here(session: Session, viewer: Viewer, of: Of, window: Window) -> tuple[str, ...]:
    """Kept under the states of the page, where it has any."""
    head: Head | None = g.get("head")
    if head is None or head.is_passing or not any(head.states):
        return find_new(session, viewer, of, window)
    # What stands under the Chatham House Rule is told from a later moment on.
    under = window.since, batch(window.until), viewer, head.states, head.often, language_tag()
    found: tuple[str, ...] = lately().found(
        (viewer.person_id, *of), under, lambda: find_new(session, viewer, of, window)
    )
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
