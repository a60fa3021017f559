"""Any piece of people's writing, by its kind and public id, as reports need to know it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import Thread
from discussion.oversight.moderation.queries.alone import FEWEST
from discussion.oversight.reports.models import Concern, Report
from discussion.oversight.reports.words import DO_WHEN_HIDDEN, DO_WHEN_SHOWN
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries import person_page
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Round, RoundStatement, Statement, StatementVersion

Row = Position | Response | EvidenceItem | Thread | Statement | Person
EXCERPT = 280


@dataclass(frozen=True)
class Subject:
    """What a report is about, with the series whose moderators answer it."""

    kind: str  # of words.KINDS
    row: Row
    series: Series

    @property
    def id(self) -> str:
        return self.row.public_id


def find_row(session: Session, kind: str, public_id: str) -> Row | None:
    """The row of this kind and public id, whoever may see it."""
    find = FINDERS.get(kind)
    return find(session, public_id) if find else None


def find_readable(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Subject | None:
    """What the viewer can read and so report; None for everything else."""
    row = find_row(session, kind, public_id)
    if row is None or not allowed(viewer, May.REPORT, row):
        return None
    series = _series_of_person(session, viewer, row) if isinstance(row, Person) else series_of(row)
    return Subject(kind, row, series) if series is not None else None


def find_reported(session: Session, report: Report) -> Subject | None:
    """What a report is about, for those who answer it, whatever became of it."""
    row = find_row(session, report.subject_kind, report.subject_id)
    return Subject(report.subject_kind, row, report.series) if row is not None else None


def list_open(session: Session, subject: Subject) -> list[Report]:
    """The reports about it that wait, oldest first."""
    return list(
        session.scalars(
            select(Report)
            .where(*about(subject.kind, subject.id))
            .where(Report.status == "waiting")
            .order_by(Report.id)
        )
    )


def is_hidden_meanwhile(session: Session, viewer: Viewer | None, kind: str, public_id: str) -> bool:
    """Whether others reported it and it was hidden, while the viewer was still writing."""
    row = find_row(session, kind, public_id)
    if not isinstance(row, Position | Response | EvidenceItem | Statement):
        return False
    waits = session.scalar(
        select(Report.id).where(*about(kind, public_id)).where(Report.status == "waiting").limit(1)
    )
    rights = {"position": May.READ_POSITION, "response": May.READ_RESPONSE}
    if waits is None or not is_hidden(row):
        return False
    return allowed(viewer, rights.get(kind, May.READ_SERIES), row)


def is_hidden(row: Row) -> bool:
    """Whether it is out of everybody's sight until a moderator shows it again."""
    if isinstance(row, Position | Response):
        return row.state == "hidden"
    if isinstance(row, Statement):
        return row.is_withheld
    return isinstance(row, EvidenceItem | Thread) and row.is_hidden


def actions_for(subject: Subject) -> tuple[str, ...]:
    """What can be decided about it as it is now; of what is gone, only that it stays so."""
    row = subject.row
    if is_hidden(row):
        return DO_WHEN_HIDDEN[subject.kind]
    if isinstance(row, Position | Response) and row.state != "published":
        return ("keep",)
    return DO_WHEN_SHOWN[subject.kind]


def about(kind: str, public_id: str) -> tuple[Any, Any]:
    """The condition that a report is about this."""
    return Report.subject_kind == kind, Report.subject_id == public_id


def concern_of(session: Session, subject: Subject) -> Concern:
    """What rules need to know: who wrote it, who reported it, and whether anybody is left."""
    reporters = session.scalars(
        select(Report.reporter_id)
        .where(*about(subject.kind, subject.id))
        .where(Report.status == "waiting")
        .where(Report.reporter_id.is_not(None))
    )
    own_ids = authors_of(subject.row) | {id for id in reporters if id is not None}
    is_left = is_left_to_administrator(moderators_of(session, subject.series.id), own_ids)
    return Concern(subject.series, frozenset(own_ids), is_left_to_administrator=is_left)


def is_left_to_administrator(moderators: Collection[int], own_ids: Collection[int]) -> bool:
    """Whether an administrator may answer: nobody else may, or one person moderates.

    Of that one everything is shown, and never only what they wrote: that would say whose it is.
    """
    return len(moderators) < FEWEST or not set(moderators) - set(own_ids)


def moderators_of(session: Session, series_id: int) -> set[int]:
    """Everybody who decides in a series and is still here."""
    return set(
        session.scalars(
            select(Membership.person_id)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.series_id == series_id)
            .where(Membership.role.in_(("moderator", "convener")))
            .where(Membership.removed_at.is_(None))
            .where(Person.left_at.is_(None))
        )
    )


def authors_of(row: Row) -> set[int]:
    """Who wrote it, or has the pen of it."""
    match row:
        case Position():
            ids: tuple[int | None, ...] = (row.author_id, row.entered_by_id)
        case Response():
            ids = (row.author_id,)
        case EvidenceItem():
            ids = (row.added_by_id,)
        case Thread():
            ids = (row.proposed_by_id,)
        case Statement():
            ids = (row.made_by_id, *(version.written_by_id for version in row.versions))
        case _:
            ids = (row.id,)
    return {id for id in ids if id is not None}


def addressee_of(row: Row) -> int | None:
    """Who is told what was decided about it."""
    match row:
        case Position() | Response():
            return row.author_id
        case EvidenceItem():
            return row.added_by_id
        case Thread():
            return row.proposed_by_id
        case Statement():
            return None  # moderators wrote it, as moderators
    return row.id


def words_of(row: Row, version: int | None = None) -> tuple[str, str]:
    """The first words of it and their language, to see that it is the right one."""
    match row:
        case Position():
            shown = version_of(row, version)
            return (shown.claim, shown.language) if shown else ("", "")
        case Response():
            said = row.live
            return (
                (text.excerpt(text.plain(said.source), EXCERPT), said.language)
                if said
                else ("", "")
            )
        case EvidenceItem():
            return row.title, row.language
        case Thread():
            return row.question, row.language
        case Statement():
            return row.versions[-1].written, row.thread.language
    return row.display_name, ""


def version_of(position: Position, version: int | None) -> Revision | None:
    """The version that was read: the one numbered if it was ever shown, else the live one."""
    shown = [one for one in position.revisions if one.version is not None]
    asked = next((one for one in shown if one.version == version), None)
    return asked or position.live


def url_of(subject: Subject) -> str:
    """Where it stands."""
    row = subject.row
    match row:
        case Position():
            return paths.position(row.public_id)
        case Response():
            return paths.response(row.position.public_id, row.public_id)
        case EvidenceItem():
            return paths.item(subject.series.slug, row.public_id)
        case Thread():
            return paths.thread(row.slug)
        case Statement():
            return f"{paths.thread_statements(row.thread.slug)}#s-{row.public_id}"
    return paths.person(row.public_id)


def thread_of(row: Row) -> Thread | None:
    match row:
        case Position() | Statement():
            return row.thread
        case Response():
            return row.position.thread
        case Thread():
            return row
    return None


def _series_of_person(session: Session, viewer: Viewer | None, person: Person) -> Series | None:
    """The series of what their page lists; None where the page does not exist for the viewer.

    Not the series that they belong to: that somebody does is not for everybody to know.
    """
    page = person_page(session, viewer, person.public_id)
    if page is None:
        return None
    urls = [*(one.thread_url for one in page.claims), *(one.thread_url for one in page.replies)]
    if not urls:
        return None
    slug = urls[0].rpartition("/")[2]
    return session.scalar(select(Series).join(Thread).where(Thread.slug == slug))


def _position(session: Session, public_id: str) -> Row | None:
    return session.scalar(
        select(Position)
        .where(Position.public_id == public_id)
        .options(joinedload(Position.thread).joinedload(Thread.series))
    )


def _response(session: Session, public_id: str) -> Row | None:
    return session.scalar(
        select(Response)
        .where(Response.public_id == public_id)
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series)
        )
    )


def _item(session: Session, public_id: str) -> Row | None:
    return session.scalar(
        select(EvidenceItem)
        .where(EvidenceItem.public_id == public_id)
        .options(joinedload(EvidenceItem.series))
    )


def _thread(session: Session, public_id: str) -> Row | None:
    return session.scalar(
        select(Thread).where(Thread.public_id == public_id).options(joinedload(Thread.series))
    )


def _statement(session: Session, public_id: str) -> Row | None:
    """One that stands, or stood, in a round that has opened: before, nobody reads it."""
    opened = (
        select(RoundStatement.id)
        .join(RoundStatement.version)
        .join(RoundStatement.round)
        .where(StatementVersion.statement_id == Statement.id)
        .where(Round.state != "planned")
    )
    return session.scalar(
        select(Statement)
        .where(Statement.public_id == public_id)
        .where(opened.exists())
        .options(joinedload(Statement.thread).joinedload(Thread.series))
    )


def _person(session: Session, public_id: str) -> Row | None:
    return session.scalar(select(Person).where(Person.public_id == public_id))


FINDERS: dict[str, Callable[[Session, str], Row | None]] = {
    "position": _position,
    "response": _response,
    "evidence": _item,
    "thread": _thread,
    "statement": _statement,
    "person": _person,
}
