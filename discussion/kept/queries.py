"""What is kept for whom, and what was sent before."""

from datetime import datetime
from hashlib import sha256
from typing import Protocol

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from discussion.kept.models import KeptForm, SentForm
from discussion.permissions.facts import Viewer
from discussion.registers import Only


class WhoseSession(Protocol):
    """Whose session it is or was; None where nothing is known of it any more."""

    def __call__(self, session: Session, *, token: str = "", public_id: str = "") -> int | None: ...


class NameOf(Protocol):
    """What somebody is called."""

    def __call__(self, session: Session, person_id: int) -> str: ...


class Lasting(Protocol):
    """A session that ends by itself."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def last_seen_at(self) -> datetime: ...


class EndsAt(Protocol):
    """When somebody's session ends if they press nothing more."""

    def __call__(self, signed_in: Lasting, viewer: Viewer, now: datetime, /) -> datetime: ...


ends_at: Only[EndsAt] = Only("when does a session end?")
whose_session: Only[WhoseSession] = Only("whose session is this?")
name_of: Only[NameOf] = Only("what is somebody called?")


def find_kept(session: Session, public_id: str, *, now: datetime) -> KeptForm | None:
    """A kept form that has not expired, whoever’s it is: who may see it is asked elsewhere."""
    return session.scalar(
        select(KeptForm).where(KeptForm.public_id == public_id).where(KeptForm.expires_at > now)
    )


def is_for(row: KeptForm, viewer: Viewer | None) -> bool:
    """Whether the viewer may read it: it is theirs, by their name."""
    return viewer is not None and row.person_id == viewer.person_id


def list_kept(session: Session, viewer: Viewer, token: str, *, now: datetime) -> list[KeptForm]:
    """The viewer's own, and what somebody unknown sent from this browser; the newest first."""
    hashes = [hashed(token)] if token else []
    unknown = KeptForm.person_id.is_(None) & KeptForm.token_hash.in_(hashes)
    rows = session.scalars(
        select(KeptForm)
        .where(KeptForm.expires_at > now)
        .where(or_(KeptForm.person_id == viewer.person_id, unknown))
        .order_by(KeptForm.kept_at.desc(), KeptForm.id.desc())
    )
    return list(rows)


def count_of_network(session: Session, network: str) -> int:
    """How many forms of people unknown are kept for a network (a keyed hash)."""
    found = session.scalar(
        select(func.count())
        .select_from(KeptForm)
        .where(KeptForm.network == network)
        .where(KeptForm.person_id.is_(None))
    )
    return found or 0


def find_sent(session: Session, key: str) -> SentForm | None:
    """The note that a form was sent, by its key."""
    return session.scalar(select(SentForm).where(SentForm.key == key))


def last_saved(session: Session, place: str) -> SentForm | None:
    """The newest form that was taken there."""
    return session.scalar(
        select(SentForm)
        .where(SentForm.place == place)
        .order_by(SentForm.at.desc(), SentForm.id.desc())
        .limit(1)
    )


def hashed(token: str) -> str:
    """By which a browser’s token is found again; the token itself is stored nowhere."""
    return sha256(token.encode(errors="replace")).hexdigest()
