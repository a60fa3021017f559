"""Invented people: those who write, those who run the series, and silent members."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.operations.entering import CONSENTS
from discussion.people.accounts.operations.naming import refuse_unfit
from discussion.people.accounts.operations.passwords import hash_password
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.vocabulary.education import EDUCATION

SHARED_BY = 6  # one more than the least, so that one may leave without a label coarsening


@dataclass(frozen=True)
class Staff:
    """Who runs the demonstration, and somebody to try it as."""

    contributor: Person
    moderator: Person
    convener: Person
    second_moderator: Person

    def join(self, session: Session, series: Series, now: datetime) -> None:
        """Make them members in their roles."""
        roles = (
            (self.contributor, "contributor", "headteacher", "secondary"),
            (self.moderator, "moderator", "teacher_educator", "cross_phase"),
            (self.second_moderator, "moderator", "researcher", "cross_phase"),
            (self.convener, "convener", "assessment_professional", "cross_phase"),
        )
        for person, role, posting_role, phase in roles:
            _join(session, series, person, role, (posting_role, phase), now)

    def viewer(self, session: Session, name: str, now: datetime) -> Viewer:
        return viewer_of(session, getattr(self, name), now)


def add_staff(session: Session, passwords: Mapping[str, str], now: datetime) -> Staff:
    """The three who can sign in, and a second moderator, since nobody decides on their own."""
    names = {"contributor": "Sam Whitlock", "moderator": "Nadia Osei", "convener": "Owen Castell"}
    made = {}
    for email, password in passwords.items():
        role = email.split("@")[0]
        made[role] = _person(session, names[role], email, now, password=hash_password(password))
    made["contributor"].roles, made["contributor"].phases = ["headteacher"], ["secondary"]
    made["convener"].is_administrator = True
    second = _person(session, "Priya Raman", "second.moderator@example.org", now)
    session.flush()
    return Staff(
        contributor=made["contributor"],
        moderator=made["moderator"],
        convener=made["convener"],
        second_moderator=second,
    )


def add_people(
    session: Session,
    series: Series,
    content: Iterable[Mapping[str, Any]],
    now: datetime,
    *,
    is_silent: bool = False,
) -> dict[str, Person]:
    """Those who write, or only rate and want no letters, by the key that the content files use."""
    made = {}
    for entry in content:
        person = _person(session, entry["name"], f"{entry['key']}@example.org", now)
        person.roles, person.phases = [entry["role"]], [entry["phase"]]
        person.region = entry.get("region", "")
        person.organisation = entry.get("organisation", "")
        person.organisation_type = entry.get("organisation_type", "")
        person.shows_organisation = bool(person.organisation)
        person.interests = entry.get("interests", "")
        session.flush()
        cell = entry["role"], entry["phase"]
        _join(session, series, person, "contributor", cell, now, is_silent=is_silent)
        made[entry["key"]] = person
    return made


def add_silent_members(
    session: Session, series: Series, writers: Iterable[Person], now: datetime
) -> None:
    """Fill up every role and phase that writes, so that its label is shared by enough people."""
    writing = {(person.roles[0], person.phases[0]) for person in writers}
    present = Counter(
        (row.posting_role, row.posting_phase)
        for row in session.scalars(select(Membership).where(Membership.series_id == series.id))
    )
    number = 0
    for role, phase in sorted(writing, key=lambda cell: (EDUCATION.family_of(cell[0]), cell)):
        for _missing in range(max(0, SHARED_BY - present[role, phase])):
            number += 1
            person = _person(
                session, f"Invented member {number}", f"member{number}@example.org", now
            )
            person.roles, person.phases = [role], [phase]
            session.flush()
            cell = role, phase
            _join(session, series, person, "contributor", cell, now, is_silent=True)


def _person(
    session: Session, name: str, email: str, now: datetime, *, password: str | None = None
) -> Person:
    refuse_unfit(session, name)
    person = Person(
        display_name=name,
        email=email,
        email_confirmed_at=now,
        password_hash=password,
        is_invented=True,
        created_at=now,
    )
    session.add(person)
    session.flush()
    for kind, version in CONSENTS:
        session.add(Consent(person_id=person.id, kind=kind, version=version, given_at=now))
    return person


def _join(
    session: Session,
    series: Series,
    person: Person,
    role: str,
    posts_as: tuple[str, str],
    now: datetime,
    *,
    is_silent: bool = False,
) -> None:
    known = session.scalar(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person.id)
    )
    membership = known or Membership(series_id=series.id, person_id=person.id, joined_at=now)
    membership.role = role
    membership.posting_role, membership.posting_phase = posts_as
    membership.admitted_at = membership.admitted_at or now
    membership.admitted_how = membership.admitted_how or "invited"
    membership.wants_warnings = not is_silent
    session.add(membership)
    session.flush()
