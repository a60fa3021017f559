"""A letter as a message: headers that nobody's name can add to, and an id that stays the same."""

import hmac
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from hashlib import sha256

from discussion.config import Settings
from discussion.jobs.models import Job
from discussion.jobs.registry import Mail
from discussion.text.addresses import travelling

LINE = 78
SIGN = "X-Letter"  # by which a report that it did not arrive is known to be of it
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadAddressError(ValueError):
    """The address cannot be written to."""

    most_attempts = 1


def envelope(letter: Mail, job: Job, settings: Settings, now: datetime) -> EmailMessage:
    """The message to send; the same job gives the same Message-ID however often it is tried."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=_longest(letter)))
    name, sender = settings.mail_sender
    by = getattr(letter.body, "sender", "") or name or settings.site_name
    message["From"] = Address(_one_line(by), addr_spec=sender)
    message["To"] = _address(letter.to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = now
    message["Message-ID"] = f"<{_stable_name(job, settings)}@{_domain(settings)}>"
    message[SIGN] = sign_of(_stable_name(job, settings), message["To"], settings).decode()
    message["Auto-Submitted"] = "auto-generated"  # so that no absence note answers it
    message["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = _one_line(f"<{letter.unsubscribe}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if letter.thread:
        first = f"<{_hashed(f'thread:{letter.thread}', settings)}@{_domain(settings)}>"
        message["In-Reply-To"] = message["References"] = first
    message.set_content(str(letter.body))
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    if languages := getattr(letter.body, "languages", ()):
        message["Content-Language"] = ", ".join(languages)
    return message


def sign_of(name: str, to: object, settings: Settings) -> bytes:
    """Of one letter and its address, and of no other: only a key of the site makes it."""
    return _hashed(f"letter:{name}:{to}", settings).encode()


def file_name(message: EmailMessage) -> str:
    """The name under which a folder keeps the message: a second delivery overwrites the first."""
    return str(message["Message-ID"]).strip("<>").partition("@")[0] + ".eml"


def _longest(letter: Mail) -> int:
    """How long a line may be: a folded address is encoded, and then no address any more."""
    return max(LINE, len("List-Unsubscribe: <>") + len(letter.unsubscribe))


def _stable_name(job: Job, settings: Settings) -> str:
    made = job.created_at.strftime("%Y%m%dT%H%M%S")
    told = f"mail:{job.id}:{job.created_at.isoformat()}"
    return f"{made}.{_hashed(told, settings)}"


def _hashed(said: str, settings: Settings) -> str:
    key = settings.secret_key.encode() or b"demonstration"
    return hmac.new(key, said.encode(), sha256).hexdigest()[:20]


def _domain(settings: Settings) -> str:
    return settings.mail_sender[1].rpartition("@")[2]


def _one_line(text: str) -> str:
    """The text without line ends or other control characters: a header cannot be added to."""
    return _CONTROL.sub(" ", str(text)).strip()


def _address(text: str) -> str:
    """An address alone, as it travels; one that says more, or is several, is refused."""
    if _CONTROL.search(text) or parseaddr(text) != ("", text) or text.count("@") != 1:
        raise BadAddressError("not an address")
    return travelling(text)
