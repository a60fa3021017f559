"""Links in mail: each does one thing once, and only until it runs out."""

from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.people.accounts.models import MailedLink, Person
from discussion.people.accounts.words import REVERSIBLE_FOR

LASTS = {
    "confirm": timedelta(days=3),
    "reset": timedelta(hours=1),
    "change_old": timedelta(days=14),  # longer than the change can wait
    "change_new": timedelta(days=3),
    "change_back": REVERSIBLE_FOR,
}
OUTLASTS = ("change_back",)  # a stranger who came in must not be able to end it


class LinkSpent(Exception):
    """The link was used, or replaced, in the meantime."""


def make_link(
    session: Session,
    person: Person,
    purpose: str,
    *,
    email: str,
    carries: dict[str, Any],
    now: datetime,
) -> MailedLink:
    """A new link; what stands in the mail is signed when the mail is written."""
    link = MailedLink(
        person=person,
        purpose=purpose,
        email=email,
        carries=carries,
        created_at=now,
        expires_at=now + LASTS[purpose],
    )
    session.add(link)
    session.flush()
    return link


def link_token(link: MailedLink, secret: str) -> str:
    """The link's public id, signed for its purpose."""
    return str(_signer(link.purpose, secret).dumps(link.public_id))


def find_link(
    session: Session, token: str, *purposes: str, secret: str, now: datetime
) -> MailedLink | None:
    """The link of a token, if it has one of the purposes and still works."""
    for purpose in purposes:
        try:
            public_id = _signer(purpose, secret).loads(token)
        except BadSignature:
            continue
        return session.scalar(
            select(MailedLink)
            .where(MailedLink.public_id == public_id)
            .where(MailedLink.purpose == purpose)
            .where(MailedLink.used_at.is_(None))
            .where(MailedLink.expires_at > now)
        )
    return None


def use_link(
    session: Session, link: MailedLink, *, now: datetime, keeps_carried: bool = False
) -> dict[str, Any]:
    """Use it up and return what it carried; raises LinkSpent to the second who tries."""
    carried = dict(link.carries)
    used = session.execute(
        update(MailedLink)
        .where(MailedLink.id == link.id)
        .where(MailedLink.used_at.is_(None))
        .values(used_at=now, carries=carried if keeps_carried else {})
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkSpent
    session.expire(link)
    return carried


def cancel_links(session: Session, person: Person, *purposes: str, now: datetime) -> None:
    """End the person's unused links of these purposes, or of all but those that outlast it."""
    session.flush()
    session.execute(
        update(MailedLink)
        .where(MailedLink.person_id == person.id)
        .where(MailedLink.used_at.is_(None))
        .where(MailedLink.purpose.in_(purposes or tuple(set(LASTS) - set(OUTLASTS))))
        .values(used_at=now, carries={})
    )


def _signer(purpose: str, secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"accounts.mailed_link.{purpose}")
