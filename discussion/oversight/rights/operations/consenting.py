"""Consents: given anew when what one agrees to has changed, and taken back with one click."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.oversight.rights.operations.emptying import forget_private
from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.members.models import Membership

VERSIONS = {"adult": TERMS_VERSION, "terms": TERMS_VERSION, "rules": RULES_VERSION}
LASTS = ("adult",)  # given once, it is not asked again


def accept_terms(session: Session, actor: Viewer | None, *, now: datetime) -> None:
    """Record that the actor accepts today's terms and rules, and is 18 or over."""
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    known = {
        (kind, "" if kind in LASTS else version)
        for kind, version in session.execute(
            select(Consent.kind, Consent.version)
            .where(Consent.person_id == actor.person_id)
            .where(Consent.withdrawn_at.is_(None))
        )
    }
    session.add_all(
        Consent(person_id=actor.person_id, kind=kind, version=version, given_at=now)
        for kind, version in VERSIONS.items()
        if (kind, "" if kind in LASTS else version) not in known
    )
    session.flush()


def take_back(session: Session, actor: Viewer | None, what: str, *, secret: str) -> None:
    """Take back one of words.CHOSEN; raises Refused for what needs leaving, or is none.

    `secret` keys private ratings.
    """
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    if what not in _TAKES_BACK:
        raise Refused(_("Choose what you want to take back."))
    _TAKES_BACK[what](session, session.get_one(Person, actor.person_id), secret)
    session.flush()


def _hide_organisation(_session: Session, person: Person, _secret: str) -> None:
    person.shows_organisation = False


def _hide_region(_session: Session, person: Person, _secret: str) -> None:
    person.shows_region = False


def _forget_interests(_session: Session, person: Person, _secret: str) -> None:
    person.interests = ""


def _stop_warnings(session: Session, person: Person, _secret: str) -> None:
    session.execute(
        update(Membership).where(Membership.person_id == person.id).values(wants_warnings=False)
    )


_TAKES_BACK: dict[str, Callable[[Session, Person, str], None]] = {
    "organisation": _hide_organisation,
    "region": _hide_region,
    "interests": _forget_interests,
    "warnings": _stop_warnings,
    "private": forget_private,
}
