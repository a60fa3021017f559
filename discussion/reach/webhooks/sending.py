"""Carrying a message to an address of the internet, signed as Standard Webhooks has it.

The name is looked up now, each address that it has must be public, the connection goes to the very
address that was checked, and no redirect is followed: `debate/evidence/checking.py` does that.
"""

import asyncio
import hmac
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from discussion.debate.evidence.checking import Asker, problem_of
from discussion.reach.webhooks.models import Webhook
from discussion.reach.webhooks.operations import NotTakenError, RefusedError

PREFIX = "whsec_"
SECRET_BYTES = 32
GONE = 410
COMES_AGAIN = frozenset({408, 425, 429})  # and whatever is a server's own trouble


@dataclass(frozen=True)
class Parcel:
    """A message ready to be carried; `id` is the same however often it is tried."""

    url: str
    id: str
    body: bytes
    secret: bytes


def secret_of(webhook: Webhook, site_key: str) -> bytes:
    """Made of a key of the site, so that it stands in no row; another with each turn."""
    info = f"discussion webhook 1 {webhook.public_id} {webhook.turn}".encode()
    derived = HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=info)
    return derived.derive(site_key.encode())


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


def carry(asker: Asker, parcel: Parcel, now: datetime) -> int:
    """The status that it was taken with. Slow: call it outside transactions.

    Raises NotTakenError, or RefusedError where trying again cannot help.
    """
    with ThreadPoolExecutor(1, "webhook") as thread:
        status = thread.submit(_run, asker, parcel, now).result()
    if 200 <= status < 300:
        return status
    if 300 <= status < 400:
        raise RefusedError("redirect", status)
    if status == GONE:
        raise RefusedError("gone", status)
    if status >= 500 or status in COMES_AGAIN:
        raise NotTakenError("answer", status)
    raise RefusedError("answer", status)


def _run(asker: Asker, parcel: Parcel, now: datetime) -> int:
    try:
        return asyncio.run(_post(asker, parcel, now))
    except Exception as error:
        raise NotTakenError(problem_of(error)) from None


async def _post(asker: Asker, parcel: Parcel, now: datetime) -> int:
    """The status alone: nothing that the program there answers is read."""
    headers = {"Content-Type": "application/json", **sign(parcel, now)}
    async with asyncio.timeout(asker.total_seconds), asker.client() as client:
        sent = client.stream("POST", parcel.url, content=parcel.body, headers=headers)
        async with sent as response:
            return response.status_code
