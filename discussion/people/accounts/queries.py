"""Who somebody is, and what others may see of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Exists, ScalarSelect, exists, func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import OwnSanction
from discussion.mail.queries import find_refusal
from discussion.oversight.rights.models import Leaving
from discussion.oversight.sanctions.queries import find_paused, list_own
from discussion.people.accounts.models import AccountSession, Consent, Person
from discussion.people.accounts.queries_moving import Move, own_move
from discussion.people.accounts.queries_sessions import (
    SessionLine,
    has_run_out,
    list_sessions,
    lives,
)
from discussion.permissions.facts import TEXT_STATES, Belonging, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    listed_series,
    published_positions,
    visible_responses,
)
from discussion.series.about.words import RULES_VERSION, TERMS_VERSION
from discussion.series.members.models import Membership
from discussion.series.members.queries.joining import Offer, list_offers
from discussion.series.series.models import Series


def find_viewer(session: Session, key: str, now: datetime) -> tuple[Viewer, AccountSession] | None:
    """The viewer of a session's key, and the session; None once it ended, ran out, or they left."""
    row = session.execute(
        select(AccountSession, Person, _leaves_at(), *_accepted())
        .join(Person, Person.id == AccountSession.person_id)
        .where(AccountSession.key == key)
        .where(lives(now))
        .where(Person.left_at.is_(None))
    ).first()
    if row is None:
        return None
    signed_in, person, leaves_at, *accepted = row
    found = viewer_of(session, person, now)
    if has_run_out(signed_in, found, now):
        return None
    owes = not all(accepted)
    first = owes and not session.scalar(select(_accepted_before(person)))
    return replace(found, leaves_at=leaves_at, owes_consent=owes, owes_first=first), signed_in


def _leaves_at() -> ScalarSelect[datetime]:
    """Needs Person in the query: when they leave, if they asked to."""
    return (
        select(Leaving.due_at)
        .where(Leaving.person_id == Person.id)
        .where(Leaving.cancelled_at.is_(None))
        .where(Leaving.done_at.is_(None))
        .order_by(Leaving.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _accepted() -> list[Exists]:
    """Needs Person in the query: whether they accepted today's terms, and today's rules."""
    return [
        exists()
        .where(Consent.person_id == Person.id)
        .where(Consent.kind == kind)
        .where(Consent.version == version)
        .where(Consent.withdrawn_at.is_(None))
        for kind, version in (("terms", TERMS_VERSION), ("rules", RULES_VERSION))
    ]


def _accepted_before(person: Person) -> Exists:
    """Whether they accepted any version, so that what they owe has changed."""
    return (
        exists().where(Consent.person_id == person.id).where(Consent.kind.in_(("terms", "rules")))
    )


def viewer_of(session: Session, person: Person, now: datetime) -> Viewer:
    """A person as rules see them now."""
    rows = session.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    is_confirmed = person.email_confirmed_at is not None
    return Viewer(
        person_id=person.id,
        public_id=person.public_id,
        name=person.display_name,
        is_confirmed=is_confirmed,
        domain=(person.email or "").rpartition("@")[2].lower() if is_confirmed else "",
        is_administrator=person.is_administrator,
        belongings={
            row.series_id: Belonging(
                role=row.role,
                is_admitted=is_confirmed and row.admitted_at is not None,
                posting_role=row.posting_role,
                posting_phase=row.posting_phase,
            )
            for row in rows
            if row.removed_at is None
        },
        removed_from=frozenset(
            row.series_id for row in rows if row.removed_at and row.removed_how == "removed"
        ),
        paused_in=find_paused(session, person.id, now),
        posts_as=_posts_as(person, rows),
    )


def _posts_as(person: Person, memberships: Sequence[Membership]) -> tuple[str, str]:
    """The role and phase given at sign-up, else those of another series; a phase may be none."""
    if person.roles:
        return person.roles[0], person.phases[0] if person.phases else ""
    elsewhere = ((row.posting_role, row.posting_phase) for row in reversed(memberships))
    return next((given for given in elsewhere if given[0]), ("", ""))


@dataclass(frozen=True)
class Waiting:
    """What somebody wrote signed out and is handed in once they have confirmed their address."""

    kind: str  # position, response
    said: str
    thread_question: str
    language: str


@dataclass(frozen=True)
class EntryPage:
    """A page for somebody who comes in; `next` is where they go on to."""

    next: str
    draft_token: str = ""
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class LinkPage:
    """A page that a mailed link opens; nothing happens before its button is pressed."""

    token: str
    purpose: str
    email: str
    display_name: str
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class SeriesPart:
    """The viewer's part in one series."""

    slug: str
    title: str
    url: str
    series_role: str
    is_admitted: bool
    posting_role: str
    posting_phase: str


@dataclass(frozen=True)
class ProfilePage:
    public_id: str
    email: str
    display_name: str
    page_url: str
    series: tuple[SeriesPart, ...]
    sanctions: tuple[OwnSanction, ...]  # what a series asks of the viewer, until a day
    sessions: tuple[SessionLine, ...]  # where the viewer is signed in
    refused: str  # address or letter: what the viewer's mail server refused for good; or nothing
    refused_since: datetime | None
    offers: tuple[Offer, ...]  # series that the viewer may join
    move: Move | None  # to another address, as long as there is something to say of it


@dataclass(frozen=True)
class Claim:
    """A position published by name."""

    text: str
    language: str
    url: str
    thread: str
    thread_url: str
    published_at: datetime | None


@dataclass(frozen=True)
class Reply:
    """A response published by name."""

    type: str
    url: str
    thread: str
    thread_url: str
    published_at: datetime | None


@dataclass(frozen=True)
class PersonPage:
    public_id: str
    display_name: str
    roles: tuple[str, ...]
    phases: tuple[str, ...]
    region: str  # empty unless the person shows it
    organisation: str  # empty unless the person shows it
    organisation_type: str
    is_invented: bool
    is_own: bool
    claims: tuple[Claim, ...]
    replies: tuple[Reply, ...]


def find_person_by_email(session: Session, email: str) -> Person | None:
    """Whose address it is, among those who are still here."""
    return session.scalar(
        select(Person).where(Person.email == email).where(Person.left_at.is_(None))
    )


def first_came(session: Session) -> datetime | None:
    """When the first of all people came."""
    return session.scalar(select(func.min(Person.created_at)))


def find_own_person(session: Session, viewer: Viewer) -> Person | None:
    """The viewer's own row, for their profile."""
    return session.scalar(select(Person).where(Person.id == viewer.person_id))


def profile_page(
    session: Session, viewer: Viewer, here_id: int, now: datetime
) -> ProfilePage | None:
    """The viewer's own profile, with their part in each series; `here_id` is of this session."""
    person = find_own_person(session, viewer)
    if person is None:
        return None
    rows = session.execute(
        select(Membership, Series.slug, Series.title)
        .join(Series, Series.id == Membership.series_id)
        .where(Membership.person_id == person.id)
        .where(Membership.removed_at.is_(None))
        .order_by(Series.title, Series.id)
    )
    refusal = find_refusal(session, person.email)
    return ProfilePage(
        public_id=person.public_id,
        email=person.email or "",
        display_name=person.display_name,
        page_url=paths.person(person.public_id),
        series=tuple(
            SeriesPart(
                slug=slug,
                title=title,
                url=paths.series(slug),
                series_role=row.role,
                is_admitted=row.admitted_at is not None,
                posting_role=row.posting_role,
                posting_phase=row.posting_phase,
            )
            for row, slug, title in rows
        ),
        sanctions=list_own(session, viewer, now),
        sessions=list_sessions(session, viewer, here_id, now),
        refused=refusal.about if refusal else "",
        refused_since=refusal.since if refusal else None,
        offers=list_offers(session, viewer, now),
        move=own_move(session, person.id, now),
    )


def person_page(session: Session, viewer: Viewer | None, public_id: str) -> PersonPage | None:
    """What a person published by name where the viewer may find it; None if that is nothing.

    An unlisted series is found by its address alone, so it is not given away here. Oneself is
    always there. What was published by role or under the Chatham House Rule never is.
    """
    person = session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None or not allowed(viewer, May.READ_PERSON, person):
        return None
    is_own = viewer is not None and viewer.person_id == person.id
    claims = _claims_by_name(session, viewer, person)
    replies = _replies_by_name(session, viewer, person)
    if not (is_own or claims or replies):
        return None
    shows = person.shows_organisation
    return PersonPage(
        public_id=person.public_id,
        display_name=person.display_name,
        roles=tuple(person.roles),
        phases=tuple(person.phases),
        region=person.region if person.shows_region else "",
        organisation=person.organisation if shows else "",
        organisation_type=person.organisation_type if shows else "",
        is_invented=person.is_invented,
        is_own=is_own,
        claims=claims,
        replies=replies,
    )


def _claims_by_name(session: Session, viewer: Viewer | None, person: Person) -> tuple[Claim, ...]:
    rows = session.execute(
        select(Position, Revision, Thread)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Position.author_id == person.id)
        .where(published_positions(viewer))
        .where(listed_series(viewer))
        .where(Position.attribution == "named")
        .order_by(Position.first_published_at.desc(), Position.id.desc())
    )
    return tuple(
        Claim(
            text=revision.claim,
            language=revision.language,
            url=paths.position(position.public_id),
            thread=thread.question,
            thread_url=paths.thread(thread.slug),
            published_at=position.first_published_at,
        )
        for position, revision, thread in rows
    )


def _replies_by_name(session: Session, viewer: Viewer | None, person: Person) -> tuple[Reply, ...]:
    rows = session.execute(
        select(Response, Position.public_id, Thread)
        .join(Position, Position.id == Response.position_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Response.author_id == person.id)
        .where(visible_responses(viewer))
        .where(listed_series(viewer))
        .where(Response.state.in_(TEXT_STATES))
        .where(Response.attribution == "named")
        .order_by(Response.first_published_at.desc(), Response.id.desc())
    )
    return tuple(
        Reply(
            type=response.type,
            url=paths.response(position_id, response.public_id),
            thread=thread.question,
            thread_url=paths.thread(thread.slug),
            published_at=response.first_published_at,
        )
        for response, position_id, thread in rows
    )
