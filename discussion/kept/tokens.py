"""The token of a form on a page: by whom it was opened, where it stands, and what it seals."""

import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

from discussion.sealing import BrokenSealError, Seal

_SALT = "form"


@dataclass(frozen=True)
class FormToken:
    """What the hidden field says; it is signed, and names nobody."""

    nonce: str
    session_id: str  # the public id of the session in which the page was opened; "" for visitors
    page: str  # where the form stands

    @classmethod
    def new(cls, session_id: str, page: str) -> "FormToken":
        return cls(secrets.token_urlsafe(12), session_id, page)

    def signed(self, secret: str) -> str:
        return str(URLSafeSerializer(secret, _SALT).dumps([self.nonce, self.session_id, self.page]))


def read_token(typed: str, secret: str) -> FormToken | None:
    """None for what we did not make."""
    try:
        nonce, session_id, page = URLSafeSerializer(secret, _SALT).loads(typed)
    except (BadSignature, ValueError, TypeError):
        return None
    return FormToken(str(nonce), str(session_id), str(page))


def keyed(secret: str, *parts: str) -> str:
    """A hash of these parts that only the site can make."""
    return hmac.new(secret.encode(), json.dumps(parts).encode(), sha256).hexdigest()


def content_of(fields: Iterable[tuple[str, list[str]]]) -> str:
    """What was sent, as one text: the same fields with the same values, in any order."""
    return json.dumps(sorted((name, values) for name, values in fields))


@dataclass(frozen=True)
class Led:
    """Where the first press led, and what was said there."""

    location: str
    says: tuple[tuple[str, str], ...] = ()

    def sealed(self, secret: str, nonce: str) -> str:
        said = json.dumps([self.location, self.says])
        return _seal(secret, nonce).close(said)


def opened(sealed: str, secret: str, nonce: str) -> Led | None:
    """None when the key of the site was changed meanwhile."""
    try:
        location, says = json.loads(_seal(secret, nonce).open(sealed))
    except BrokenSealError:
        return None
    return Led(location, tuple((str(kind), str(words)) for kind, words in says))


def _seal(secret: str, nonce: str) -> Seal:
    """Only the browser that has the form's token, together with the site, can open it."""
    return Seal(keyed(secret, "sent form", nonce))
