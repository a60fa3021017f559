"""Who asks: the viewer of a session or of a person, by one statement that is made once a process.

Every request begins with it, so it asks tables for columns, makes no rows of ours, and lets the
rooms above join what belongs to a viewer: see `Beside`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Exists, Row, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import AccountSession, Consent, Person
from discussion.people.accounts.queries_higher import (
    BELONGINGS,
    LEAVES_AT,
    NOW,
    PAUSED,
    PLACE,
    SUBJECT,
    UNSEEN,
    VISITED,
    Beside,
)
from discussion.people.accounts.queries_sessions import has_run_out, limits, lives
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.permissions.facts import Viewer

Answer = TypeVar("Answer")

_SESSIONS = AccountSession.__table__.c
_PEOPLE = Person.__table__.c
_CONSENTS = Consent.__table__.c
_KEY, _PERSON, _MADE_AFTER, _SEEN_AFTER = "key", "person", "made_after", "seen_after"
_OF_PERSON = (
    _PEOPLE.id,
    _PEOPLE.public_id,
    _PEOPLE.display_name,
    _PEOPLE.email,
    _PEOPLE.email_confirmed_at,
    _PEOPLE.is_administrator,
    _PEOPLE.roles,
    _PEOPLE.phases,
)
_OF_SESSION = (
    _SESSIONS.id,
    _SESSIONS.public_id,
    _SESSIONS.made_at,
    _SESSIONS.last_seen_at,
    _SESSIONS.password_at,
)


@dataclass
class Here:
    """The session that a request came in with."""

    id: int
    public_id: str
    made_at: datetime
    last_seen_at: datetime
    password_at: datetime
    unseen: str | None = None  # notices, and under which states they can be read
    visited: tuple[datetime | None, datetime | None] = (None, None)  # this page: last, and before


def find_viewer(
    session: Session, key: str, now: datetime, place: tuple[str, str] = ("", "")
) -> tuple[Viewer, Here] | None:
    """The viewer of a session's key, and the session; None once it ended, ran out, or they left.

    `place`: as what and which the page that they ask for is visited.
    """
    made_after, seen_after = limits(now)
    given = {_KEY: key, NOW: now, _MADE_AFTER: made_after, _SEEN_AFTER: seen_after}
    given |= {PLACE: place[0], SUBJECT: place[1]}
    rows = session.execute(_of_key(), given).all()
    if not rows:
        return None
    found = _viewer(rows)
    here_id, public_id, made_at, last_seen_at, password_at, leaves_at, *rest = rows[0][_beside() :]
    unseen, visited_at, visited_before, has_terms, has_rules, was_asked = rest
    visited = (visited_at, visited_before)
    here = Here(here_id, public_id, made_at, last_seen_at, password_at, unseen, visited)
    if has_run_out(here, found, now):
        return None
    owes = not (has_terms and has_rules)
    return replace(
        found,
        leaves_at=leaves_at,
        owes_consent=owes,
        owes_first=owes and not was_asked,
    ), here


def viewer_of(session: Session, person: Person, now: datetime) -> Viewer:
    """A person as rules see them now."""
    session.flush()  # what was just written about them counts
    return _viewer(session.execute(_of_person(), {_PERSON: person.id, NOW: now}).all())


@cache
def _of_key() -> Select[Any]:
    sessions = AccountSession.__table__
    return (
        _everything()
        .join(sessions, _SESSIONS.person_id == _PEOPLE.id)
        .add_columns(*_OF_SESSION, LEAVES_AT()(), UNSEEN()(), *VISITED()(), *_accepted())
        .where(_SESSIONS.key == bindparam(_KEY))
        .where(lives(bindparam(_MADE_AFTER), bindparam(_SEEN_AFTER)))
        .where(_PEOPLE.left_at.is_(None))
    )


@cache
def _of_person() -> Select[Any]:
    return _everything().where(_PEOPLE.id == bindparam(_PERSON))


def _everything() -> Select[Any]:
    """A row for each pair of a belonging and a pause; most people have few, and no pause."""
    asked = select(*_OF_PERSON).select_from(Person.__table__)
    for beside in (BELONGINGS(), PAUSED()):
        asked = asked.add_columns(*beside.columns).outerjoin(beside.table, beside.on)
    return asked.order_by(*BELONGINGS().columns[:1])


def _beside() -> int:
    """Where the columns end that both statements share."""
    return len(_OF_PERSON) + len(BELONGINGS().columns) + len(PAUSED().columns)


def _accepted() -> Iterator[Exists]:
    """Whether they accepted today's terms, today's rules, and any version of either."""
    today = (("terms", TERMS_VERSION), ("rules", RULES_VERSION))
    own = exists().where(_CONSENTS.person_id == _PEOPLE.id)
    for kind, version in today:
        yield (
            own.where(_CONSENTS.kind == kind)
            .where(_CONSENTS.version == version)
            .where(_CONSENTS.withdrawn_at.is_(None))
        )
    yield own.where(_CONSENTS.kind.in_([kind for kind, _version in today]))


def _viewer(rows: Sequence[Row[Any]]) -> Viewer:
    id, public_id, name, email, confirmed_at, is_administrator, roles, phases = rows[0][
        : len(_OF_PERSON)
    ]
    is_confirmed = confirmed_at is not None
    start = len(_OF_PERSON)
    found = _read(BELONGINGS(), rows, start)
    belongings = found.belongings
    if not is_confirmed:  # nobody is admitted anywhere without a confirmed address
        belongings = {key: replace(one, is_admitted=False) for key, one in belongings.items()}
    return Viewer(
        person_id=id,
        public_id=public_id,
        name=name,
        is_confirmed=is_confirmed,
        domain=(email or "").rpartition("@")[2].lower() if is_confirmed else "",
        is_administrator=is_administrator,
        belongings=belongings,
        removed_from=found.removed_from,
        paused_in=_read(PAUSED(), rows, start + len(BELONGINGS().columns)),
        posts_as=_posts_as(roles, phases, found.posted_as),
    )


def _read(beside: Beside[Answer], rows: Sequence[Row[Any]], start: int) -> Answer:
    """Each of its rows once, in order; none where the join found none."""
    end = start + len(beside.columns)
    own = dict.fromkeys(tuple(row[start:end]) for row in rows if row[start] is not None)
    return beside.read(tuple(own))


def _posts_as(
    roles: Sequence[str], phases: Sequence[str], elsewhere: Sequence[tuple[str, str]]
) -> tuple[str, str]:
    """The role and phase given at sign-up, else those of another series; a phase may be none."""
    if roles:
        return roles[0], phases[0] if phases else ""
    return next((given for given in reversed(elsewhere) if given[0]), ("", ""))
