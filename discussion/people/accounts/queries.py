"""Who somebody is, and what others may see of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.shapes import OwnSanction
from discussion.mail.queries import find_refusal, paused_since
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_higher import (
    CLAIMS,
    OFFERS,
    PARTS,
    REPLIES,
    SANCTIONS,
)
from discussion.people.accounts.queries_moving import Move, own_move
from discussion.people.accounts.queries_sessions import (
    SessionLine,
    list_sessions,
)
from discussion.people.accounts.shapes import (
    Claim,
    Offer,
    Reply,
    SeriesPart,
    Waiting,
)
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


@dataclass(frozen=True)
class EntryPage:
    """A page for somebody who comes in; `next` is where they go on to."""

    next: str
    draft_token: str = ""
    waiting: tuple[Waiting, ...] = ()
    held: tuple[tuple[str, datetime], ...] = ()  # written here before, by whomever: by its token


@dataclass(frozen=True)
class LinkPage:
    """A page that a mailed link opens; nothing happens before its button is pressed."""

    token: str
    purpose: str
    email: str
    display_name: str
    waiting: tuple[Waiting, ...] = ()


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
    paused_since: datetime | None  # letters to the viewer keep coming back, and none goes out
    offers: tuple[Offer, ...]  # series that the viewer may join
    move: Move | None  # to another address, as long as there is something to say of it


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
    refusal = find_refusal(session, person.email)
    return ProfilePage(
        public_id=person.public_id,
        email=person.email or "",
        display_name=person.display_name,
        page_url=paths.person(person.public_id),
        series=PARTS()(session, person.id),
        sanctions=tuple(SANCTIONS()(session, viewer, now)),
        sessions=list_sessions(session, viewer, here_id, now),
        refused=refusal.about if refusal else "",
        refused_since=refusal.since if refusal else None,
        paused_since=paused_since(session, person.email),
        offers=tuple(OFFERS()(session, viewer, now)),
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
    claims = CLAIMS()(session, viewer, person)
    replies = REPLIES()(session, viewer, person)
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
