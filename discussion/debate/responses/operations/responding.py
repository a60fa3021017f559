"""Responding to a position, one level deep and bound to the version answered."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queue import list_item
from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.positions.operations.holding import (
    lock_contribution,
    lock_place,
    lock_thread_of,
)
from discussion.debate.positions.operations.joining import join_if_new
from discussion.debate.positions.operations.naming import give_label, give_letter
from discussion.debate.positions.operations.pacing import refuse_hurry, refuse_new_voice
from discussion.debate.positions.operations.publishing import (
    find_bounds,
    tighten,
    tighten_to_thread,
)
from discussion.debate.positions.operations.screening import find_holds, refuse_flood
from discussion.debate.positions.words import RESTATES
from discussion.debate.responses.drafts import ResponseDraft, problems_in_response
from discussion.language import _
from discussion.people.accounts.operations.holding import lock_person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, refuse
from discussion.series.values.models import Value
from discussion.subjects.happenings import happened


def respond(
    session: Session, actor: Viewer, position: Position, draft: ResponseDraft, *, now: datetime
) -> Response:
    """Answer the live version; it waits for a moderator where the series reads before.

    Raises Invalid with everything that is wrong.
    """
    require(actor, May.RESPOND, position)
    lock_person(session, actor.person_id)
    lock_place(session, position)
    require(actor, May.RESPOND, position)  # as it is now that it goes nowhere
    refuse(problems_in_responding(session, actor, position, draft))
    refuse_new_voice(session, actor.person_id, position.thread)
    refuse_hurry(session, actor.person_id, position.thread, now=now)
    refuse_flood(session, actor.person_id, now=now)
    join_if_new(session, actor, position.thread.series, now)
    response = Response(
        position_id=position.id,
        revision_id=position.live_revision_id,
        author_id=actor.person_id,
        type=draft.type,
        attribution=draft.attribution,
        state="draft",
        created_at=now,
        changed_at=now,
    )
    session.add(response)
    session.flush()
    session.refresh(response)
    _hand_in(session, response, draft, now)
    return response


def revise_response(
    session: Session, actor: Viewer, response: Response, draft: ResponseDraft, *, now: datetime
) -> ResponseText:
    """Hand in a new text; a text that was still waiting is replaced."""
    require(actor, May.REVISE_RESPONSE, response)
    lock_person(session, actor.person_id)
    lock_contribution(session, response)
    lock_place(session, response.position)
    require(actor, May.REVISE_RESPONSE, response)  # as it is now that nobody else changes it
    refuse(problems_in_responding(session, actor, response.position, draft, response=response))
    refuse_flood(session, actor.person_id, now=now)
    for waiting in response.texts:
        if waiting.status == "pending":
            waiting.status = "superseded"
    tighten(session, response, draft.attribution)
    response.type = draft.type
    response.changed_at = now
    return _hand_in(session, response, draft, now)


def go_live_response(
    session: Session, response: Response, version: ResponseText, *, now: datetime
) -> None:
    """Show a text; the first time, give the response its name."""
    thread = lock_thread_of(session, response.position)
    tighten_to_thread(session, response, thread)
    if response.live is not None:
        response.live.status = "superseded"
    newest = session.scalar(
        select(func.max(ResponseText.version)).where(ResponseText.response_id == response.id)
    )
    with session.no_autoflush:  # the row is written once
        version.version = (newest or 0) + 1
        version.status = "live"
        version.live_at = now
        response.live = version
        response.changed_at = now
        if response.first_published_at is None:
            response.first_published_at = now
            give_label(session, response, thread.series)
        if response.state == "draft":
            response.state = "published"
    give_letter(session, thread.id, response.author_id, response.attribution, response.strand)
    if response.item is not None:
        list_item(session, response.item, now)
    session.flush()
    happened(session, "response.live", version.id, now=now)


def withdraw_response(
    session: Session, actor: Viewer, response: Response, *, now: datetime
) -> Response:
    """Take a response back; once published it leaves a tombstone."""
    require(actor, May.WITHDRAW_RESPONSE, response)
    lock_contribution(session, response)
    require(actor, May.WITHDRAW_RESPONSE, response)  # as it is now that nobody else changes it
    response.state = "discarded" if response.first_published_at is None else "withdrawn"
    for version in response.texts:
        if version.status in ("pending", "sent_back"):
            version.status = "superseded"
    response.changed_at = now
    session.flush()
    return response


def say_it_stands(session: Session, actor: Viewer, response: Response, *, now: datetime) -> bool:
    """Say of a published response that it stands for the version that is shown now.

    False where there is nothing to say: the version is the one that was answered.
    """
    require(actor, May.REVISE_RESPONSE, response)
    lock_contribution(session, response)
    lock_place(session, response.position)
    require(actor, May.REVISE_RESPONSE, response)  # as it is now that nobody else changes it
    if response.state != "published" or not response.is_to_an_earlier:
        return False
    response.stands_for_id = response.position.live_revision_id
    response.changed_at = now
    session.flush()
    return True


def _hand_in(
    session: Session, response: Response, draft: ResponseDraft, now: datetime
) -> ResponseText:
    series = response.position.thread.series
    response.item = _item(session, series.id, draft.item_id) if draft.item_id else None
    response.value = _value(session, series.id, draft.value) if draft.value else None
    response.decided_at = draft.decided_at
    response.speaks_of = draft.speaks_of
    response.consequence = draft.consequence
    version = ResponseText(
        response=response,
        status="pending",
        source=text.paragraphs(draft.text),
        html=str(text.render(draft.text, prefix=f"r{response.public_id}-")),
        renderer_version=text.RENDERER_VERSION,
        language=text.language_of(
            draft.text, draft.language, response.position.thread.usual_languages
        ),
        nobody_identified=draft.nobody_identified,
        submitted_at=now,
    )
    session.add(version)
    session.flush()
    version.held_for = find_holds(session, response, version.source, now=now)
    if series.moderation == "post" and not version.held_for:
        go_live_response(session, response, version, now=now)
    return version


def _item(session: Session, series_id: int, public_id: str) -> EvidenceItem | None:
    return session.scalar(
        select(EvidenceItem)
        .where(EvidenceItem.series_id == series_id)
        .where(EvidenceItem.public_id == public_id)
    )


def _value(session: Session, series_id: int, slug: str) -> Value | None:
    return session.scalar(
        select(Value).where(Value.series_id == series_id).where(Value.slug == slug)
    )


def problems_in_responding(
    session: Session,
    actor: Viewer | None,
    position: Position,
    draft: ResponseDraft,
    *,
    response: Response | None = None,
) -> list[Problem]:
    """What stands between a response and publishing; also for somebody signed out.

    An item that it brought stays, even where it was hidden meanwhile; `response` is revised.
    """
    bounds = find_bounds(session, actor, position.thread, [draft.item_id])
    if response is not None and response.item is not None:
        bounds = replace(bounds, items=bounds.items | {response.item.public_id})
    problems = problems_in_response(draft, bounds)
    if draft.type == RESTATES and (response is None or response.type != RESTATES):
        problems += _problems_in_restating(session, actor, position)
    return problems


def _problems_in_restating(
    session: Session, actor: Viewer | None, position: Position
) -> list[Problem]:
    """Before the thread is weighed, and once for each person and position."""
    if position.thread.stage != "open":
        sentence = _("Positions are restated before their thread is weighed. It has moved on.")
        return [Problem("type", sentence)]
    own = actor and session.scalar(
        select(Response.id)
        .where(Response.position_id == position.id)
        .where(Response.author_id == actor.person_id)
        .where(Response.type == RESTATES)
        .where(Response.state.in_(("draft", "published")))
        .limit(1)
    )
    if own:
        sentence = _("You have restated this position before. Change what you wrote then.")
        return [Problem("type", sentence)]
    return []
