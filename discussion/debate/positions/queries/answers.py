"""Responses as a position's page shows them."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import EvidenceLink, Position, Response
from discussion.debate.positions.queries.card import Answer, Byline, Chip, Link, Rung
from discussion.debate.positions.queries.cards import Around, link_of
from discussion.debate.positions.queries.naming import byline
from discussion.debate.positions.words import (
    CONSEQUENCES,
    RESPONSE_TYPES,
    RESTATES,
    SAYS_WHAT_FOLLOWS,
)
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import WHOEVER, visible_responses, who_asks
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueInBrief, resolve
from discussion.vocabulary import of_series

NOBODY = Byline("", "", "", "", "", "chatham_house")
ORDER = list(RESPONSE_TYPES)


def list_answers(
    session: Session, viewer: Viewer | None, position: Position, around: Around
) -> tuple[Answer, ...]:
    """The responses that were ever shown, by type, and within a type by their random id.

    Never by time: under a role or the Chatham House Rule the order would say who answered first.
    What was withdrawn, hidden or removed has no text, no author and no date, save for moderators.
    """
    rows = session.execute(_asked(), {"position_id": position.id, **who_asks(viewer)}).all()
    answers = [
        answer_of(viewer, row, position, around, mute_id=mute_id or "") for row, mute_id in rows
    ]
    return tuple(sorted(answers, key=_order))


@cache
def _asked() -> Select[Response, str]:
    return (
        select(Response, mute_of(WHOEVER, Response))
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Response.position_id == bindparam("position_id"))
        .where(visible_responses(WHOEVER))
        .where(Response.first_published_at.is_not(None))
        .where(Response.state.not_in(("declined", "discarded", "draft")))
        .options(
            joinedload(Response.live),
            joinedload(Response.revision),
            joinedload(Response.stands_for),
            joinedload(Response.author),
            joinedload(Response.item),
        )
    )


def answer_of(
    viewer: Viewer | None,
    response: Response,
    position: Position,
    around: Around,
    *,
    mute_id: str = "",
) -> Answer:
    """One response; a tombstone where its text is not to be read."""
    series = position.thread.series
    is_shown = response.state == "published"
    can_hide = allowed(viewer, May.DECIDE, response)
    said = response.live if is_shown or can_hide else None
    if said is not None and not said.source:
        said = None  # its author left, and took the words along
    at = (said.live_at if said else None) or response.created_at
    return Answer(
        id=response.public_id,
        url=paths.response(position.public_id, response.public_id),
        type=response.type if said else "",
        html=text.stored(said.html if said else ""),
        language=said.language if said else "",
        byline=byline(response, position.thread_id, around.letters, at) if said else NOBODY,
        on_version=(response.revision.version or 0) if said else 0,
        stands_for=(response.stands_for.version or 0) if said and response.stands_for else 0,
        can_stand=is_shown
        and response.is_to_an_earlier
        and allowed(viewer, May.REVISE_RESPONSE, response),
        item=_link(viewer, response, series) if said else None,
        value=_chip(resolve(around.values, response.value_id), series) if said else None,
        state=response.state,
        can_edit=is_shown and allowed(viewer, May.REVISE_RESPONSE, response),
        can_hide=can_hide,
        can_mute=is_shown and viewer is not None and viewer.person_id != response.author_id,
        mute_id=mute_id if is_shown else "",
        has_left=response.is_former and response.state == "withdrawn",
        fairness=(said.fair or "unanswered") if said and response.type == RESTATES else "",
        wants=said.wants if said and _may_read_wants(viewer, response, position) else "",
        fair_url=paths.is_restated_fairly(position.public_id, response.public_id)
        if said and allowed(viewer, May.ANSWER_RESTATEMENT, response)
        else "",
        rung=rung_of(response) if said else None,
    )


def _may_read_wants(viewer: Viewer | None, response: Response, position: Position) -> bool:
    """Who restated it, who is restated, and moderators, who may have to take words out."""
    if viewer is None:
        return False
    between = (response.author_id, position.author_id)
    return viewer.person_id in between or allowed(viewer, May.MODERATE, position)


def rung_of(response: Response) -> Rung | None:
    if response.type != SAYS_WHAT_FOLLOWS:
        return None
    return Rung(
        response.decided_at, response.speaks_of, response.consequence, rung_in_words(response)
    )


def rung_in_words(response: Response) -> str:
    """If it is decided by whom, where, and as what, in a line; empty for every other type."""
    if response.type != SAYS_WHAT_FOLLOWS:
        return ""
    levels = of_series(response.series.slug).level_labels
    return _(
        "If it is decided at %(decides)s level, at %(here)s level: %(consequence)s",
        decides=str(levels.get(response.decided_at, response.decided_at)).lower(),
        here=str(levels.get(response.speaks_of, response.speaks_of)).lower(),
        consequence=str(CONSEQUENCES.get(response.consequence, "")).lower(),
    )


def _order(answer: Answer) -> tuple[int, str]:
    return (ORDER.index(answer.type) if answer.type else len(ORDER), answer.id)


def _link(viewer: Viewer | None, response: Response, series: Series) -> Link | None:
    """What it brings; a source that comes in with a version that waits is unread until then."""
    item = response.item
    if item is None or not (item.is_listed or allowed(viewer, May.READ_ITEM, item)):
        return None
    bare = EvidenceLink(
        item=item,
        stance="background",
        warrant="",
        transfer="unknown",
        transfer_note="",
        locator="",
        rebuttal="",
    )
    return link_of(bare, series)


def _chip(value: Value | ValueInBrief | None, series: Series) -> Chip | None:
    if value is None:
        return None
    url = paths.value(series.slug, value.slug)
    return Chip(value.slug, value.label, value.family, 1, "", url, False)
