"""What somebody reports or reported: a piece of writing, and the series that answers for it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Concern
from discussion.oversight.moderation.queries.alone import FEWEST
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, series_of
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.subjects.finding import about, find_subject, kind_named
from discussion.subjects.kinds import Subject


@dataclass(frozen=True)
class Matter:
    """What a report is about, with the series whose moderators answer it."""

    about: Subject
    series: Series


def find_readable(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Matter | None:
    """What the viewer can read and so report; None for everything else."""
    found = find_subject(session, kind_named(kind), public_id, ever_shown=True)
    if found is None or not found.shows_words(viewer):
        return None
    series = _series_of(session, viewer, found)
    return Matter(found, series) if series is not None else None


def find_reported(session: Session, report: Report) -> Matter | None:
    """What a report is about, for those who answer it, whatever became of it."""
    kind = kind_named(report.subject_kind)
    found = find_subject(session, kind, report.subject_id, ever_shown=True)
    return Matter(found, report.series) if found is not None else None


def list_open(session: Session, subject: Subject) -> list[Report]:
    """The reports about it that wait, oldest first."""
    return list(
        session.scalars(
            select(Report)
            .where(about(Report, subject))
            .where(Report.status == "waiting")
            .order_by(Report.id)
        )
    )


def is_hidden_meanwhile(session: Session, viewer: Viewer | None, kind: str, public_id: str) -> bool:
    """Whether others reported it and it was hidden, while the viewer was still writing."""
    found = find_subject(session, kind_named(kind), public_id, ever_shown=True)
    if found is None or not found.is_hidden_by_report:
        return False
    waits = session.scalar(
        select(Report.id).where(about(Report, found)).where(Report.status == "waiting").limit(1)
    )
    return waits is not None and found.is_hidden and found.is_known(viewer)


def actions_for(subject: Subject) -> tuple[str, ...]:
    """What can be decided about it as it is now; of what is gone, only that it stays so."""
    if subject.is_hidden:
        return subject.answers_hidden
    return subject.answers if subject.state == "published" else ("keep",)


def concern_of(session: Session, matter: Matter) -> Concern:
    """What rules need to know: who wrote it, who reported it, and whether anybody is left."""
    reporters = session.scalars(
        select(Report.reporter_id)
        .where(about(Report, matter.about))
        .where(Report.status == "waiting")
        .where(Report.reporter_id.is_not(None))
    )
    own_ids = matter.about.own_ids | {id for id in reporters if id is not None}
    is_left = is_left_to_administrator(moderators_of(session, matter.series.id), own_ids)
    return Concern(matter.series, frozenset(own_ids), is_left_to_administrator=is_left)


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


def _series_of(session: Session, viewer: Viewer | None, subject: Subject) -> Series | None:
    """Its own; of a person that of what their page lists."""
    if not subject.is_somebody:
        return series_of(subject.row)
    slug = subject.found_under(session, viewer)
    return session.scalar(select(Series).join(Thread).where(Thread.slug == slug)) if slug else None
