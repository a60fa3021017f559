"""Reports and an appeal of the demonstration, through the site's own operations."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.demonstration.people import Staff
from discussion.oversight.appeals.operations.appealing import make_appeal
from discussion.oversight.appeals.operations.reviewing import review_appeal
from discussion.oversight.moderation.operations import decide
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Series
from discussion.subjects.finding import subject_of

THREAD = "compel-enrichment"
CLEARED = 3  # the number of the position that was reported, hidden, and shown again


def add_reports(
    session: Session, series: Series, people: Mapping[str, Person], staff: Staff, now: datetime
) -> None:
    """One appeal that was answered, one report that was, and one that waits."""
    _appeal(session, people["parent-governor"], staff, now)
    _cleared(session, series, people["sixth-form-history"], staff, now - timedelta(days=2))
    waiting = _response(session, people["youth-worker"])
    send_report(
        session,
        None,
        Matter(subject_of(waiting), series),
        ReportDraft(
            "safeguarding",
            "It names nobody, but it says at which stop staff wait, and that they know the young "
            "people by name. Could somebody who wants to find one of them do the same?",
        ),
        now=now - timedelta(minutes=50),
    )


def _appeal(session: Session, author: Person, staff: Staff, now: datetime) -> None:
    """Hidden by one moderator as rude; another found that it argues with the claim."""
    response = _response(session, author)
    decision = decide(
        session,
        staff.viewer(session, "moderator", now),
        response,
        Ruling(
            "hide",
            reason="abuse",
            facts="“The colour of the T-shirts”.",
            why="This reads as mockery of the people who wrote the position.",
        ),
        now=now - timedelta(days=9),
    )
    appeal = make_appeal(
        session,
        viewer_of(session, author, now),
        decision,
        "The T-shirts are what our governing body was last consulted about. It is an example of "
        "how little is left to decide, and about nobody here.",
        now=now - timedelta(days=8),
    )
    review_appeal(
        session,
        staff.viewer(session, "second_moderator", now),
        appeal,
        "overturned",
        "The sentence is sharp, but it is about what a governing body may decide, which is the "
        "claim. The rule is about people.",
        now=now - timedelta(days=6),
    )


def _cleared(
    session: Session, series: Series, reporter: Person, staff: Staff, at: datetime
) -> None:
    """Reported by a member and hidden at once; a moderator looked and restored it."""
    position = session.scalars(
        select(Position)
        .join(Thread, Thread.id == Position.thread_id)
        .where(Thread.slug == THREAD)
        .where(Position.number == CLEARED)
    ).one()
    subject = Matter(subject_of(position), series)
    draft = ReportDraft(
        "safeguarding",
        "Two groups of six, and a pupil whom no poster would bring: could somebody at that school "
        "see who is meant?",
    )
    report = send_report(session, viewer_of(session, reporter, at), subject, draft, now=at)
    answer_reports(
        session,
        staff.viewer(session, "second_moderator", at),
        subject,
        AnswerDraft(
            "restore",
            why="No pupil can be recognised: neither the school nor the year is said.",
            newest=report.public_id,
        ),
        now=at + timedelta(minutes=95),
    )


def _response(session: Session, author: Person) -> Response:
    """What they first answered in the thread."""
    return session.scalars(
        select(Response)
        .join(Response.position)
        .join(Thread, Thread.id == Position.thread_id)
        .where(Thread.slug == THREAD)
        .where(Response.author_id == author.id)
        .where(Response.state == "published")
        .order_by(Response.id)
        .limit(1)
    ).one()
