"""Who has to be told of what happened: one function for each happening.

What is found here is not what is told: who may read it is asked whenever a notice is drawn.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.words import RESTATES
from discussion.debate.threads.models import StageMove, Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.needed.models import Question
from discussion.reach.notices.operations.noting import New, note
from discussion.reach.notices.words import ANSWERED, CHANGED, MOVED, QUOTED, ROUND, SOURCES
from discussion.reach.publications.models import PublicationVersion
from discussion.series.members.models import Membership
from discussion.weighing.findings.models import FindingSnapshot

CHATHAM = "chatham_house"
FIRST_FINDINGS = "round_closed"
OF_WRITING = ("said", "mind")  # reasons of questions that name what somebody wrote


def gather(session: Session, what: str, id: int, happened_at: datetime, now: datetime) -> int:
    """Write the notices of one happening. Asks no right: the worker does it."""
    found = GATHER.get(what)
    return note(session, found(session, id), happened_at, now) if found else 0


def response_live(session: Session, id: int) -> Iterable[New]:
    """Whoever wrote the position is told of its first text, and of each that restates it."""
    text = session.get(ResponseText, id)
    if text is None or (text.version != 1 and text.response.type != RESTATES):
        return
    response = text.response
    position = response.position
    if position.author_id == response.author_id:
        return
    again = "" if text.version == 1 else f"-{text.version}"
    yield New(
        person_id=position.author_id,
        kind=ANSWERED,
        what="answered",
        key=f"response-{response.id}{again}",
        ids={"response": response.id},
        series_id=position.thread.series_id,
        places=_places(position.thread),
        is_secret=CHATHAM in (position.attribution, response.attribution),
    )


def restatement_answered(session: Session, id: int) -> Iterable[New]:
    """Whoever restated a position is told what its author says of it, once for each text."""
    text = session.get(ResponseText, id)
    if text is None:
        return
    response, position = text.response, text.response.position
    yield New(
        person_id=response.author_id,
        kind=ANSWERED,
        what="restated",
        key=f"restated-{text.id}-{text.fair}",
        ids={"text": text.id},
        series_id=position.thread.series_id,
        places=_places(position.thread),
        is_secret=CHATHAM in (position.attribution, response.attribution),
    )


def position_live(session: Session, id: int) -> Iterable[New]:
    """Of a later version, whoever answered an earlier one: does their answer stand?"""
    revision = session.get(Revision, id)
    if revision is None or (revision.version or 1) == 1:
        return
    position = revision.position
    answers = session.scalars(
        select(Response)
        .where(Response.position_id == position.id)
        .where(Response.revision_id != revision.id)
        .where(Response.author_id != position.author_id)
        .where(Response.state.in_(TEXT_STATES))
        .order_by(Response.id)
    )
    for response in answers:
        yield New(
            person_id=response.author_id,
            kind=CHANGED,
            what="changed",
            key=f"revision-{revision.id}",
            ids={"revision": revision.id},
            series_id=position.thread.series_id,
            places=_places(position.thread),
            is_secret=CHATHAM in (position.attribution, response.attribution),
        )


def thread_moved_on(session: Session, id: int) -> Iterable[New]:
    """Everybody who wrote in it; that statements can be rated is told by the round."""
    move = session.get(StageMove, id)
    if move is None or move.after == "weighing":
        return
    thread = session.get_one(Thread, move.thread_id)
    for person_id, is_secret in _who_wrote(session, thread).items():
        if person_id != move.moved_by_id:
            yield New(
                person_id=person_id,
                kind=MOVED,
                what="moved_on",
                key=f"stage-{move.id}",
                ids={"move": move.id},
                series_id=thread.series_id,
                places=_places(thread),
                is_secret=is_secret,
            )


def findings_published(session: Session, id: int) -> Iterable[New]:
    """Everybody who was asked: who answered is not known to any row, and so to no notice."""
    snapshot = session.get(FindingSnapshot, id)
    if snapshot is None or snapshot.because != FIRST_FINDINGS:
        return
    thread = snapshot.thread
    members = session.scalars(
        select(Membership.person_id)
        .where(Membership.series_id == thread.series_id)
        .where(Membership.admitted_at.is_not(None), Membership.removed_at.is_(None))
        .where(Membership.wants_warnings.is_(True))
    )
    for person_id in {*members, *_who_wrote(session, thread)}:
        yield New(
            person_id=person_id,
            kind=ROUND,
            what="found",
            key=f"findings-{snapshot.id}",
            ids={"snapshot": snapshot.id},
            series_id=thread.series_id,
            places=_places(thread),
        )


def publication_published(session: Session, id: int) -> Iterable[New]:
    """Everybody whose writing it rests on, once for each of its publications."""
    version = session.get(PublicationVersion, id)
    if version is None:
        return
    publication = version.publication
    for source in version.sources:
        written = source.response or source.position
        if written is None or written.author_id == version.made_by_id:
            continue
        yield New(
            person_id=written.author_id,
            kind=QUOTED,
            what="published",
            key=f"publication-{publication.id}",
            ids={"publication": publication.id},
            series_id=publication.series_id,
            is_secret=written.attribution == CHATHAM,
        )


def question_answered(session: Session, id: int) -> Iterable[New]:
    """Everybody from whose writing the question came."""
    question = session.get(Question, id)
    if question is None:
        return
    for written in _origins(session, question):
        yield New(
            person_id=written.author_id,
            kind=SOURCES,
            what="question",
            key=f"question-{question.id}-{question.answer_id}",
            ids={"question": question.id},
            series_id=question.series_id,
            is_secret=written.attribution == CHATHAM,
        )


GATHER: Mapping[str, Callable[[Session, int], Iterable[New]]] = {
    "response.live": response_live,
    "restatement.answered": restatement_answered,
    "position.live": position_live,
    "thread.moved_on": thread_moved_on,
    "findings.published": findings_published,
    "publication.published": publication_published,
    "question.answered": question_answered,
}


def _places(thread: Thread) -> tuple[tuple[str, str], ...]:
    return (("series", thread.series.slug), ("thread", thread.slug))


def _who_wrote(session: Session, thread: Thread) -> dict[int, bool]:
    """Whose writing can be read in it → whether all of it stands under the Chatham House Rule."""
    positions = (
        select(Position.author_id, Position.attribution)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(TEXT_STATES))
    )
    responses = (
        select(Response.author_id, Response.attribution)
        .join(Response.position)
        .where(Position.thread_id == thread.id)
        .where(Response.state.in_(TEXT_STATES))
    )
    found: dict[int, bool] = {}
    for asked in (positions, responses):
        for person_id, attribution in session.execute(asked):
            found[person_id] = found.get(person_id, True) and attribution == CHATHAM
    return found


def _origins(session: Session, question: Question) -> Iterable[Position | Response]:
    """What was written of which a question names words, or what would change a mind."""
    for origin in question.origins:
        if origin.reason not in OF_WRITING:
            continue
        kind, _dot, rest = origin.subject.partition(".")
        public_id = rest.partition(".")[0] if rest else origin.subject
        if rest and kind == "r":
            yield from session.scalars(select(Response).where(Response.public_id == public_id))
        else:
            yield from session.scalars(select(Position).where(Position.public_id == public_id))
