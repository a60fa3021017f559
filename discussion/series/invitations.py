"""The secret of an invitation's link, derived so that it can be mailed without being kept, and
whether the link still works."""

from datetime import datetime
from hashlib import sha256
from hmac import new as hmac

from discussion.language import _
from discussion.series.models import Invitation


def secret_of(key: str, public_id: str) -> str:
    """What stands in the link of the invitation with this id, under the site's own key."""
    return hmac(key.encode(), f"invitation:{public_id}".encode(), sha256).hexdigest()[:40]


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def problem_with(invitation: Invitation | None, now: datetime) -> str:
    """Why nobody can use the invitation any more; empty when it works."""
    if invitation is None:
        return _("This link is not one of ours. Ask whoever sent it for another.")
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn. Ask whoever sent it for another.")
    if invitation.expires_at <= now:
        return _("This invitation has run out. Ask whoever sent it for another.")
    if invitation.uses >= invitation.max_uses:
        return _("This invitation has been used. Ask whoever sent it for another.")
    return ""
