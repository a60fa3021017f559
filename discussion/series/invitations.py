"""The secret of an invitation's link: derived, so that it can be mailed without being kept."""

from hashlib import sha256
from hmac import new as hmac


def secret_of(key: str, public_id: str) -> str:
    """What stands in the link of the invitation with this id, under the site's own key."""
    return hmac(key.encode(), f"invitation:{public_id}".encode(), sha256).hexdigest()[:40]


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()
