"""Reading the folder of mail back."""

import re
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.mail.models import Bounced, RefusedAddress
from discussion.mail.shapes import BoxPage, Envelope, LetterPage, Span
from discussion.text.addresses import travelling

NAME = re.compile(r"[A-Za-z0-9.]{1,80}")
SHOWN = 200


def box_page(folder: Path) -> BoxPage:
    """The newest letters, newest first."""
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return BoxPage(tuple(_envelope(path.stem, _parsed(path)) for path in paths[:SHOWN]))


def letter_page(folder: Path, name: str, public_url: str) -> LetterPage | None:
    """One letter, with the links into this site marked; None when there is none of this name."""
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    message = _parsed(path)
    spans = tuple(_spans(_plain(message), public_url))
    return LetterPage(_envelope(name, message), str(message["From"]), spans)


def _envelope(name: str, message: EmailMessage) -> Envelope:
    at: datetime = parsedate_to_datetime(str(message["Date"]))
    return Envelope(name, str(message["To"]), str(message["Subject"]), at)


def _parsed(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=default).parse(file)


def _plain(message: EmailMessage) -> str:
    found = message.get_body(("plain",))
    return str(found.get_content()) if found is not None else ""


def _spans(text: str, public_url: str) -> list[Span]:
    links = re.compile(rf"{re.escape(public_url)}(?=[/?#\s]|$)[^\s<>\"]*")
    spans, end = [], 0
    for found in links.finditer(text):
        spans += [Span(text[end : found.start()], False), Span(found.group(), True)]
        end = found.end()
    return [span for span in (*spans, Span(text[end:], False)) if span.text]


def list_refused(session: Session, emails: Iterable[str | None]) -> set[str]:
    """Of these addresses, those whose mail server refused the last letter for good."""
    asked = [email for email in emails if email]
    query = select(RefusedAddress.email).where(RefusedAddress.email.in_(asked))
    return set(session.scalars(query))


def find_refusal(session: Session, email: str | None) -> RefusedAddress | None:
    """Why letters to an address are refused; None where they are not, and without an address."""
    return session.get(RefusedAddress, email) if email else None


MOST_BOUNCED = 3  # letters, before an address is left alone


def paused_since(session: Session, email: str | None) -> datetime | None:
    """Since when letters to an address are held back; None where they are not.

    Several letters did not arrive there within a month, for good.
    """
    if not email:
        return None
    rows = select(func.count(), func.max(Bounced.at)).where(
        Bounced.email == travelling(email).lower()
    )
    many, last = session.execute(rows).one()
    return last if many >= MOST_BOUNCED else None
