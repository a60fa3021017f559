"""Rater keys: what stands with a private rating instead of a person.

A key is a keyed hash of a person and a round. Without the site's secret it joins nobody to their
ratings, nor two rounds to each other; with it it does, so nobody calls it anonymous.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256

from discussion.sealing import Seal

_DERIVES = b"discussion rater key 1"
_NAMES = b"discussion person in rounds 1"
_SEALS = "discussion sets of raters 1"


def rater_secret(given: str, secret_key: str) -> str:
    """The secret under which raters are keyed: the one given, or one derived from the site's."""
    return given or hmac.new(secret_key.encode(), _DERIVES, sha256).hexdigest()


def rater_key(secret: str, round_public_id: str, person_public_id: str) -> str:
    """HMAC-SHA256 of person and round; 64 hexadecimal digits."""
    return rater_keys(secret, round_public_id)(person_public_id)


def rater_keys(secret: str, round_public_id: str) -> Callable[[str], str]:
    """The same of many people of one round, by their public ids."""
    return _keyed(secret, f"{round_public_id}/".encode())


def person_in_rounds(secret: str, person_public_id: str) -> str:
    """One name of a person for all rounds; it stands nowhere but under the seal of `seal_of`."""
    return people_in_rounds(secret)(person_public_id)


def people_in_rounds(secret: str) -> Callable[[str], str]:
    """The same of many people, by their public ids."""
    return _keyed(secret, _NAMES)


def _keyed(secret: str, before: bytes) -> Callable[[str], str]:
    """HMAC-SHA256 of what stands before and a name; what is the same for all is hashed once."""
    begun = hmac.new(secret.encode(), before, sha256)

    def name(person: str) -> str:
        own = begun.copy()
        own.update(person.encode())
        return own.hexdigest()

    return name


def seal_of(secret: str) -> Seal:
    """Under which it is kept whose answers a round's numbers are sums of."""
    return Seal(f"{_SEALS}/{secret}")
