"""What can be done to the library."""

from discussion.debate.evidence.operations.judging import (
    hide_item,
    keep_archive,
    restore_item,
    set_status,
    verify_item,
)
from discussion.debate.evidence.operations.keeping import AlreadyThere, add_item, edit_item
from discussion.debate.evidence.operations.settling import settle_item

__all__ = [
    "AlreadyThere",
    "add_item",
    "edit_item",
    "hide_item",
    "keep_archive",
    "restore_item",
    "set_status",
    "settle_item",
    "verify_item",
]
