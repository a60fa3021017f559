"""Rater keys: what stands with a private rating instead of a person.

A key is a keyed hash of a person and a round. Without the site's secret it joins nobody to their
ratings, nor two rounds to each other; with it it does, so nobody calls it anonymous.
"""

import hmac
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
    named = f"{round_public_id}/{person_public_id}"
    return hmac.new(secret.encode(), named.encode(), sha256).hexdigest()


def person_in_rounds(secret: str, person_public_id: str) -> str:
    """One name of a person for all rounds; it stands nowhere but under the seal of `seal_of`."""
    return hmac.new(secret.encode(), _NAMES + person_public_id.encode(), sha256).hexdigest()


def seal_of(secret: str) -> Seal:
    """Under which it is kept whose answers a round's numbers are sums of."""
    return Seal(f"{_SEALS}/{secret}")
