"""Somebody answered a position."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.language import _, _l
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import visible_positions, visible_responses
from discussion.reach.notices.queries.lines.own import is_secret
from discussion.reach.notices.shapes import Line

SAYS = {
    "asks": _l("%(who)s asks about your position."),
    "adds_evidence": _l("%(who)s adds evidence to your position."),
    "questions_evidence": _l("%(who)s questions the evidence of your position."),
    "names_value": _l("%(who)s names a value on your position."),
    "shares_practice": _l("%(who)s shares practice on your position."),
    "offers_alternative": _l("%(who)s offers an alternative to your position."),
}


def answered(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """A response to one's own position, as everybody reads it."""
    row = session.execute(
        select(Response, mute_of(viewer, Response))
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Response.id == ids["response"])
        .where(Position.author_id == viewer.person_id, Response.author_id != viewer.person_id)
        .where(Response.state.in_(TEXT_STATES), Position.state.in_(TEXT_STATES))
        .where(visible_positions(viewer), visible_responses(viewer))
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
            joinedload(Response.live),
        )
    ).one_or_none()
    if row is None or row[1]:
        return None
    response: Response = row[0]
    if response.live is None or response.first_published_at is None:
        return None
    position, thread = response.position, response.thread
    letters = find_letters(session, {thread.id})
    who = byline(response, thread.id, letters, response.first_published_at)
    return Line(
        about=_("Your position"),
        place=thread.question,
        says=str(SAYS[response.type]) % {"who": who.name},
        quote=response.live.source,
        url=paths.response(position.public_id, response.public_id),
        action=_("Read the answer"),
        subject=_("Somebody answered your position"),
        is_coarse=is_secret(response),
        is_own_secret=is_secret(position),
        series=thread.series,
    )
