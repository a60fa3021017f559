"""Signatures by which another program knows who wrote, as Standard Webhooks have them."""

import hmac
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

PREFIX = "whsec_"


@dataclass(frozen=True)
class Parcel:
    """A message ready to be carried; `id` is the same however often it is tried."""

    url: str
    id: str
    body: bytes
    secret: bytes


def secret_of(public_id: str, turn: int, site_key: str) -> bytes:
    """Made of a key of the site, so that it stands in no row; another with each turn."""
    said = f"discussion webhook 1 {public_id} {turn}".encode()
    return hmac.digest(site_key.encode(), said, sha256)


def in_words(secret: bytes) -> str:
    """As it is copied into the program that checks signatures."""
    return PREFIX + b64encode(secret).decode("ascii")


def sign(parcel: Parcel, now: datetime) -> dict[str, str]:
    """The three headers: of the id, the moment and the body together, by HMAC-SHA256.

    See https://www.standardwebhooks.com/, version 1.
    """
    at = str(int(now.timestamp()))
    signed = b".".join((parcel.id.encode(), at.encode(), parcel.body))
    digest = hmac.new(parcel.secret, signed, sha256).digest()
    return {
        "webhook-id": parcel.id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{b64encode(digest).decode('ascii')}",
    }
