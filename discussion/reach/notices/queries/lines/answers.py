"""Somebody answered a position."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.positions.queries.naming import Letters, byline, find_letters
from discussion.debate.positions.words import RESTATES
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
    "restates": _l("%(who)s disagrees, and has restated your position. Is it fair?"),
    "says_what_follows": _l("%(who)s says what would follow from your position."),
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
    own = (position.public_id, response.public_id)
    is_asked = response.type == RESTATES and not response.live.fair
    who = byline(response, thread.id, letters, response.first_published_at)
    return Line(
        about=_("Your position"),
        place=thread.question,
        says=str(SAYS[response.type]) % {"who": who.name},
        quote=response.live.source,
        url=paths.is_restated_fairly(*own) if is_asked else paths.response(*own),
        action=_("Say whether it is fair") if is_asked else _("Read the answer"),
        subject=_("Somebody answered your position"),
        is_coarse=is_secret(response),
        is_own_secret=is_secret(position),
        series=thread.series,
    )


def restated(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """What the author of a position says of how the viewer restated it, while that stands."""
    row = session.execute(
        select(Response, ResponseText)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(ResponseText.id == ids["text"])
        .where(Response.author_id == viewer.person_id, Response.type == RESTATES)
        .where(Response.state.in_(TEXT_STATES), Position.state.in_(TEXT_STATES))
        .where(visible_positions(viewer), visible_responses(viewer))
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series)
        )
    ).one_or_none()
    if row is None or not row[1].fair:
        return None
    response, said = row
    own = (response.position.public_id, response.public_id)
    is_fair = said.fair == "yes"
    return Line(
        about=_("Your restatement"),
        place=response.thread.question,
        says=_("The author of the position says that you restated it fairly.")
        if is_fair
        else _("The author of the position would say it differently. You can change it."),
        quote=said.wants,
        url=paths.response(*own) if is_fair else paths.revise_response(*own),
        action=_("See it beside the position") if is_fair else _("Change what you wrote"),
        is_own_secret=is_secret(response),
        is_coarse=is_secret(response.position),
        series=response.thread.series,
    )
