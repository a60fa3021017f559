"""What a form hands on about who is to belong to a series."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class InvitationDraft:
    """A link by which people join."""

    role: str  # of SERIES_ROLES
    days: int  # for which it works
    email: str = ""  # with one, only its confirmed owner can use the link, once
    max_uses: int = 1  # by how many people, where there is no address
