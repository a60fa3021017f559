"""The desk of the demonstration: one asked to edit, one sent back, one taken, one held."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from discussion.debate.positions.drafts import strictest
from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.positions.words import COPY_SHORTEST
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.decisions.operations.claiming import take
from discussion.demonstration.people import Staff
from discussion.oversight.moderation.operations import decide
from discussion.oversight.moderation.queries.versions import find_waiting
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Series

THREAD, OPEN = "compel-enrichment", "grouping-by-attainment"  # positions are written in the latter
ASKED = 1  # the number of the position that is to be edited, in the thread that is open
ANSWERED = 4


def add_desk(session: Session, series: Series, staff: Staff, now: datetime) -> None:
    """The moderator who signs in sees what another one did, and has taken."""
    asked = _of_thread(session, Position.number == ASKED, slug=OPEN)
    at = now - timedelta(days=1)
    decide(
        session,
        staff.viewer(session, "second_moderator", at),
        asked,
        Ruling(
            "ask_edit",
            reason="two_claims",
            marks=("two_claims", "value_without_why"),
            why="Both halves are worth answering. Which would you give up first?",
        ),
        now=at,
    )
    waiting = _of_thread(session, Position.revisions.any(status="pending"), slug=OPEN)
    actor = staff.viewer(session, "second_moderator", now)
    take(session, actor, "positions", waiting.public_id, series, now=now)
    _say_twice(session, series, now)
    _send_back(session, staff, now)


def _say_twice(session: Session, series: Series, now: datetime) -> None:
    """Somebody answers two positions in the same words, which the desk points out."""
    said = session.scalars(
        select(Response)
        .join(Response.live)
        .join(Response.position)
        .join(Position.thread)
        .where(Thread.series_id == series.id)
        .where(Response.state == "published")
        .where(func.length(ResponseText.source) > COPY_SHORTEST)
        .order_by(Response.id)
        .limit(1)
    ).one()
    person = session.get_one(Person, said.author_id)
    other = _of_thread(
        session,
        Position.state == "published",
        Position.id != said.position_id,
        Position.author_id != person.id,
    )
    assert said.live is not None
    draft = ResponseDraft(
        type=said.type,
        text=said.live.source,
        attribution=strictest(said.attribution, other.thread.attribution),
        nobody_identified=True,
    )
    at = now - timedelta(hours=3)
    respond(session, viewer_of(session, person, at), other, draft, now=at)


def _send_back(session: Session, staff: Staff, now: datetime) -> None:
    """Who signs in as the contributor finds a decision on what they wrote, and may appeal."""
    position = _of_thread(session, Position.number == ANSWERED)
    draft = ResponseDraft(
        type="shares_practice",
        text="At Ashgrove we moved clubs into the last hour of Wednesday, and the family who used "
        "to run for the early bus now stay. Attendance rose; whether anybody learned more, we "
        "cannot say.",
        attribution=position.thread.attribution,
        nobody_identified=True,
    )
    at = now - timedelta(days=2)
    response = respond(session, staff.viewer(session, "contributor", at), position, draft, now=at)
    waiting = find_waiting(session, response)
    assert waiting is not None
    at = now - timedelta(days=1, hours=6)
    decide(
        session,
        staff.viewer(session, "second_moderator", at),
        response,
        Ruling(
            "send_back",
            reason="identifies_someone",
            facts="“At Ashgrove”, and one family who can be told apart by it.",
            why="Say “our school”, and leave the family out: what you saw stands without them.",
            version_id=waiting.id,
        ),
        now=at,
    )


def _of_thread(session: Session, *which: ColumnElement[bool], slug: str = THREAD) -> Position:
    asked = select(Position).join(Position.thread).where(Thread.slug == slug).where(*which)
    return session.scalars(asked.order_by(Position.id).limit(1)).one()
