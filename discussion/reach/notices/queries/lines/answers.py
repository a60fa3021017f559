"""Somebody answered a position."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import Letters, byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.language import _, _l
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import visible_positions, visible_responses
from discussion.reach.notices.queries.lines.own import Ids, is_secret
from discussion.reach.notices.shapes import Line

SAYS = {
    "asks": _l("%(who)s asks about your position."),
    "adds_evidence": _l("%(who)s adds evidence to your position."),
    "questions_evidence": _l("%(who)s questions the evidence of your position."),
    "names_value": _l("%(who)s names a value on your position."),
    "shares_practice": _l("%(who)s shares practice on your position."),
    "offers_alternative": _l("%(who)s offers an alternative to your position."),
}


def answered(session: Session, viewer: Viewer, all_ids: Sequence[Ids]) -> list[Line | None]:
    """Responses to one's own positions, as everybody reads them."""
    rows = session.execute(
        select(Response, mute_of(viewer, Response))
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Response.id.in_({ids["response"] for ids in all_ids}))
        .where(Position.author_id == viewer.person_id, Response.author_id != viewer.person_id)
        .where(Response.state.in_(TEXT_STATES), Position.state.in_(TEXT_STATES))
        .where(visible_positions(viewer), visible_responses(viewer))
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
            joinedload(Response.live),
            joinedload(Response.author),
        )
    ).all()
    found = {response.id: response for response, is_muted in rows if not is_muted}
    letters = find_letters(session, {one.thread.id for one in found.values()}) if found else {}
    return [_line(found.get(ids["response"]), letters) for ids in all_ids]


def _line(response: Response | None, letters: Letters) -> Line | None:
    if response is None or response.live is None or response.first_published_at is None:
        return None
    position, thread = response.position, response.thread
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
