"""Reports that a letter did not arrive, as other mail servers send them later (RFC 3464).

A report counts only if it brings back the head of a letter of ours: its Message-ID, its address and
the sign that is made of both with a key of the site. Whoever never had the letter cannot make it.
"""

import hmac
import json
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr

from discussion.config import Settings
from discussion.mail.envelope import SIGN, sign_of
from discussion.mail.shapes import Bounce

LARGEST = 2_000_000  # bytes of one report
LARGEST_JSON = 10_000
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")


def read_report(raw: bytes, settings: Settings) -> Bounce | None:
    """What a message says of a letter of ours; None where it says nothing that counts.

    Whatever it holds, nothing is raised: anybody may send anything to an address.
    """
    try:
        message = message_from_bytes(raw[:LARGEST], policy=policy.default)
        return _read(message, settings)
    except Exception:  # of mail that was built to break its reader
        return None


def read_posted(raw: bytes, settings: Settings) -> Bounce | None:
    """The same of a report in JSON: `message_id`, `to`, `x_letter`, `action` and `status`."""
    try:
        said = json.loads(raw[:LARGEST_JSON])
        fields = [str(said[name]).strip() for name in ("message_id", "to", "x_letter", "action")]
        status = str(said["status"]).strip()
        letter, to, sign, action = fields
        if action.lower() != "failed" or not PERMANENT.fullmatch(status):
            return None
        return _signed(letter, to, sign, status, settings)
    except Exception:  # whatever anybody posts
        return None


def _read(message: EmailMessage, settings: Settings) -> Bounce | None:
    if message.get_content_type() != "multipart/report":
        return None
    if str(message.get_param("report-type", "")).lower() != "delivery-status":
        return None
    parts = list(message.walk())
    status = _permanent(parts)
    letter = next(_returned(parts), None)
    if not status or letter is None:
        return None
    named, sign = str(letter["Message-ID"] or ""), str(letter[SIGN] or "").strip()
    return _signed(named, parseaddr(str(letter["To"] or ""))[1], sign, status, settings)


def _signed(named: str, to: str, sign: str, status: str, settings: Settings) -> Bounce | None:
    """Only what was made with the key of the site counts, of one letter and its address."""
    name, _at, _domain = named.strip().strip("<>").partition("@")
    if not (name and to) or not hmac.compare_digest(sign.encode(), sign_of(name, to, settings)):
        return None
    return Bounce(name, to, status)


def _permanent(parts: Iterable[Message]) -> str:
    """The status of the first recipient to whom it will never go: failed, and of class 5."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.walk():
            action = str(fields.get("Action", "")).strip().lower()
            status = str(fields.get("Status", "")).split()[:1]
            if action == "failed" and status and status[0].startswith("5."):
                return status[0][:12]
    return ""


def _returned(parts: Iterable[Message]) -> Iterator[Message]:
    """The letter, or its head alone, as the report brings it back."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            held = part.get_payload()
            if isinstance(held, list) and held and isinstance(held[0], Message):
                yield held[0]
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            head = part.get_payload(decode=True)
            if isinstance(head, bytes):
                yield message_from_bytes(head, policy=policy.default)
