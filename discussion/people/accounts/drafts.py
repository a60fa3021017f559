"""What the forms of accounts hand on once everything in them is right."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignUp:
    """Somebody who wants an account, 18 or over, who accepted the terms and rules."""

    email: str  # normal form
    display_name: str
    password_hash: str
    role: str  # as what they post, in every series that they come to belong to
    phase: str  # empty if none
    next: str
    draft_token: str  # of what was written signed out, empty if nothing was


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves."""

    display_name: str
    roles: tuple[str, ...]
    phases: tuple[str, ...]
    region: str
    organisation: str
    organisation_type: str
    organisation_size: str
    shows_organisation: bool
    shows_region: bool
    interests: str
