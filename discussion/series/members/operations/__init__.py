"""Changing who belongs to a series, and as what."""

from discussion.series.members.operations.members import (
    admit_by_approval,
    admit_member,
    appoint_convener,
    change_role,
    choose_post,
    join_by_domain,
    join_series,
    leave_series,
    walk_in,
)

__all__ = [
    "admit_by_approval",
    "admit_member",
    "appoint_convener",
    "change_role",
    "choose_post",
    "join_by_domain",
    "join_series",
    "leave_series",
    "walk_in",
]
