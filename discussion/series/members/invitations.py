"""The secret of an invitation's link, derived so that it can be mailed without being kept, and
whether the link still works."""

from datetime import datetime
from hashlib import sha256
from hmac import new as hmac

from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.series.members.models import Invitation, Membership
from discussion.series.series.words import SERIES_ROLES


def secret_of(key: str, public_id: str) -> str:
    """What stands in the link of the invitation with this id, under the site's own key."""
    return hmac(key.encode(), f"invitation:{public_id}".encode(), sha256).hexdigest()[:40]


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def problem_with(invitation: Invitation | None, now: datetime) -> str:
    """Why nobody can use the invitation any more; empty when it works."""
    if invitation is None:
        return _("This link is not one of ours. Ask the person who sent it for another.")
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn. Ask the person who sent it for another.")
    if invitation.expires_at <= now:
        return _("This invitation has run out. Ask the person who sent it for another.")
    if invitation.uses >= invitation.max_uses:
        return _("This invitation has been used. Ask the person who sent it for another.")
    return ""


def problem_for(invitation: Invitation, person: Person, own: Membership | None) -> str:
    """Why this person cannot use it, whose part in the series is `own`; empty when they can."""
    if person.email_confirmed_at is None:
        return _("Confirm your e-mail address first, then come back to this link.")
    if invitation.email and invitation.email != person.email:
        return _("This invitation is for another address. Sign in with the account it was sent to.")
    removed_at = own.removed_at if own is not None and own.was_removed else None
    if removed_at is not None and removed_at >= invitation.created_at:
        return _("You were removed from this series after this invitation was made.")
    return ""


def gives(invitation: Invitation, own: Membership | None) -> bool:
    """Whether it would add anything to the part that somebody has in the series."""
    if own is None or own.removed_at is not None or own.admitted_at is None:
        return True
    ranks = list(SERIES_ROLES)
    return ranks.index(invitation.role) > ranks.index(own.role)
