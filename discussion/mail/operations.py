"""What is kept of how letters fared: how the mail stands, and which addresses are refused."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.jobs.claims import pause_after
from discussion.jobs.standings import note_trouble, note_well
from discussion.mail.models import Bounced, RefusedAddress
from discussion.mail.shapes import Bounce
from discussion.text.addresses import travelling

MAIL = "mail"
LONGEST_WAIT = timedelta(minutes=10)
REFUSALS_KEPT = timedelta(days=30)


def note_delivered(session: Session, email: str, now: datetime) -> None:
    """The mail is well, and so is this address."""
    note_well(session, MAIL, now)
    forget_refusal(session, email)


def note_refused(session: Session, email: str, about: str, now: datetime) -> None:
    """The mail is well; what was sent to this address was refused for good."""
    note_well(session, MAIL, now)
    row = session.get(RefusedAddress, email, with_for_update=True)
    if row is None:
        session.add(RefusedAddress(email=email, about=about, since=now, at=now))
    else:
        row.about, row.at = about, now
    session.flush()


def note_no_post(session: Session, kind: str, now: datetime) -> datetime:
    """The mail does not go out: all of it waits until the moment that is given back."""
    row = note_trouble(session, MAIL, kind, now)
    row.waits_until = now + min(pause_after(row.failures), LONGEST_WAIT)
    return row.waits_until


def note_bounce(session: Session, bounce: Bounce, now: datetime) -> bool:
    """A letter did not arrive for good; each counts once. Returns whether it was not known yet.

    Asks no right: the sign of the letter is one.
    """
    row = Bounced(letter=bounce.letter, email=bounce.to.lower(), status=bounce.status, at=now)
    return add_unless_there(session, row)


def write_again(session: Session, email: str) -> None:
    """Let letters go to an address again, as its owner asks, or since it is nobody's any more."""
    session.execute(delete(Bounced).where(Bounced.email == travelling(email).lower()))
    forget_refusal(session, email)


def forget_refusal(session: Session, email: str) -> None:
    """An address took a letter, or is nobody's any more."""
    session.execute(delete(RefusedAddress).where(RefusedAddress.email == email))


def forget_old_refusals(session: Session, now: datetime) -> None:
    """Forget addresses that refused letters long ago, so that they are tried again."""
    session.execute(delete(RefusedAddress).where(RefusedAddress.at < now - REFUSALS_KEPT))
    session.execute(delete(Bounced).where(Bounced.at < now - REFUSALS_KEPT))
