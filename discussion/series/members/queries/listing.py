"""Which members a page of the list shows: searched, narrowed, fifty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager

from discussion import clock
from discussion.language import Phrase, _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.members.words import BY_WRITING
from discussion.series.series.models import Series
from discussion.series.series.words import SERIES_ROLES

PAGE_SIZE = 50
WAITING = "waiting"  # the choice of those who are not admitted yet
LONGEST = 80  # of what is searched for
_PLACE = (Person.display_name, Person.id)


@dataclass(frozen=True)
class MembersAsked:
    """What somebody asked the list for; `after` is the last person of the page before."""

    q: str = ""
    role: str = ""
    after: str = ""

    @classmethod
    def given(cls, q: str, role: str, after: str) -> "MembersAsked":
        """As an address says it; what there is not is as if it had not been asked."""
        return cls(q.strip()[:LONGEST], role if role in (*SERIES_ROLES, WAITING) else "", after)

    def on(self, url: str) -> str:
        """The address of the list with this asked of it."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        query = urlencode({name: value for name, value in named.items() if value})
        return f"{url}?{query}" if query else url


@dataclass(frozen=True)
class Found:
    """One page of those who are listed and meet what is asked; `total` is how many do."""

    rows: Sequence[Membership]
    total: int
    next_after: str  # the last person of this page; empty where it is the last


def role_choices() -> list[tuple[str, Phrase]]:
    """By what the list can be narrowed."""
    return [*SERIES_ROLES.items(), (WAITING, _("Not admitted yet"))]


def find_listed(
    session: Session, viewer: Viewer | None, series: Series, asked: MembersAsked, now: datetime
) -> Found:
    """By name, and of one name by when the account was made."""
    meeting = _listed(viewer, series, now).where(*_meets(asked, now))
    total = session.scalar(meeting.with_only_columns(func.count())) or 0
    last = session.execute(select(*_PLACE).where(Person.public_id == asked.after)).first()
    if last is not None:
        meeting = meeting.where(tuple_(*_PLACE) > tuple_(*last))
    rows = session.scalars(
        meeting.order_by(*_PLACE).limit(PAGE_SIZE + 1).options(contains_eager(Membership.person))
    ).all()
    shown = rows[:PAGE_SIZE]
    return Found(shown, total, shown[-1].person.public_id if len(rows) > PAGE_SIZE else "")


def count_admitted(session: Session, viewer: Viewer | None, series: Series, now: datetime) -> int:
    """How many of those who are listed are members, as far as that is told yet."""
    asked = _listed(viewer, series, now).where(is_told_admitted(now))
    return session.scalar(asked.with_only_columns(func.count())) or 0


def count_moderating(session: Session, series: Series) -> int:
    """How many moderate or convene it."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.series_id == series.id)
            .where(Membership.removed_at.is_(None))
            .where(Membership.role != "contributor")
        )
        or 0
    )


def is_told_admitted(now: datetime) -> ColumnElement[bool]:
    """That the first contribution was approved is told from the month after."""
    return and_(
        Membership.admitted_at.is_not(None),
        Person.email_confirmed_at.is_not(None),
        or_(Membership.admitted_how != BY_WRITING, Membership.admitted_at < _this_month(now)),
    )


def _listed(viewer: Viewer | None, series: Series, now: datetime) -> Select[Membership]:
    """Who came in by writing is listed from the month after.

    Today the name would tell who wrote what has just come in, whatever it is to be shown under.
    """
    walked_in = and_(
        Membership.role == "contributor", Membership.admitted_how.in_(("", BY_WRITING))
    )
    return (
        select(Membership)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Membership.removed_at.is_(None))
        .where(
            or_(
                Membership.person_id == (viewer.person_id if viewer else -1),
                ~walked_in,
                Membership.joined_at < _this_month(now),
            )
        )
    )


def _meets(asked: MembersAsked, now: datetime) -> list[ColumnElement[bool]]:
    conditions = [_names(word) for word in asked.q.split()]
    if asked.role == WAITING:
        conditions.append(~is_told_admitted(now))
    elif asked.role:
        conditions.append(Membership.role == asked.role)
    return conditions


def _names(word: str) -> ColumnElement[bool]:
    """Whether a name holds a word, in capitals or not: SQLite folds no letters but the plain."""
    written = {word, word.lower(), word.upper(), word.capitalize()}
    folded = func.lower(Person.display_name).contains(word.lower(), autoescape=True)
    return or_(
        folded, *(Person.display_name.contains(one, autoescape=True) for one in sorted(written))
    )


def _this_month(now: datetime) -> datetime:
    return clock.morning(clock.day(now).replace(day=1))
