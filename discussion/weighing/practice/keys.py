"""What stands with answers instead of an address, and what stands in a link instead of a number.

Nothing secret is kept: a link is derived whenever a letter is written, and a hash of it is known. A
respondent's key joins answers to an invitation for as long as a run is open, and for nobody who
lacks the site's secret; when it closes a random one takes its place.
"""

import hmac
from hashlib import sha256

from discussion.text.addresses import folded_email

LINK_LENGTH = 32


def link_of(secret: str, invitation_public_id: str) -> str:
    """What stands in the link that is mailed to the owner of an address, and to nobody else."""
    return _keyed(secret, "link", invitation_public_id)[:LINK_LENGTH]


def hash_of(link: str) -> str:
    """What is kept of a link."""
    return sha256(link.encode()).hexdigest()


def address_key(secret: str, run_public_id: str, email: str) -> str:
    """The same for all spellings of one address within a run: one answer each."""
    return _keyed(secret, "address", f"{run_public_id}/{folded_email(email)}")


def respondent_key(secret: str, run_public_id: str, invitation_public_id: str) -> str:
    """Under which the answers to an invitation stand while the run is open."""
    return _keyed(secret, "respondent", f"{run_public_id}/{invitation_public_id}")


def _keyed(secret: str, what: str, said: str) -> str:
    return hmac.new(secret.encode(), f"practice {what} 1:{said}".encode(), sha256).hexdigest()
