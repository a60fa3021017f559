"""Changing a series: its members, its text, its lists, and its life."""

from discussion.series.series.operations.members import (
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
from discussion.series.series.operations.record import Refused

__all__ = [
    "Refused",
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
