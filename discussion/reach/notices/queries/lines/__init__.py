"""What a notice says, by what happened: each draws it as its receiver may read it now, or not."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.lines import asked, decided, moved, rounds, sources
from discussion.reach.notices.queries.lines.answers import answered
from discussion.reach.notices.shapes import Line

# Nothing, where the viewer may not read it any more, or it is not so any more.
Draw = Callable[[Session, Viewer, Mapping[str, Any]], Line | None]

LINES: dict[str, Draw] = {
    "answered": answered,
    "changed": moved.changed,
    "moved_on": moved.moved_on,
    "found": moved.found,
    "published": moved.published,
    "question": moved.question,
    # Letters that rooms write themselves, by their templates.
    "threads/steelman": asked.steelman,
    "rounds/fair": asked.fair,
    "series/place_asked": asked.place_asked,
    "publications/quoted": decided.quoted,
    "moderation/decision": decided.decided,
    "threads/opened": decided.decided,
    "threads/merged": decided.decided,
    "threads/declined": decided.decided,
    "threads/moved": decided.decided,
    "series/proposal_answered": decided.decided,
    "publications/answered": decided.objection_answered,
    "appeals/answered": decided.appeal_answered,
    "rounds/opened": rounds.opened,
    "rounds/closes_soon": rounds.closes_soon,
    "evidence/look": sources.look,
    "values/merged": sources.merged,
}


def draw(session: Session, viewer: Viewer, what: str, ids: Mapping[str, Any]) -> Line | None:
    found = LINES.get(what)
    return found(session, viewer, ids) if found else None
