"""Changing a thread: proposing it, moving it through its stages, and curating it."""

from discussion.threads.operations.curating import (
    edit_thread,
    hide_thread,
    mark_position,
    note_on_position,
    note_on_thread,
    order_position,
    restore_thread,
    take_note_away,
)
from discussion.threads.operations.proposing import (
    decline_thread,
    open_thread,
    propose_thread,
)
from discussion.threads.operations.stages import (
    close_thread,
    keep_outcome,
    move_due_threads,
    move_stage,
    reopen_thread,
)

__all__ = [
    "close_thread",
    "decline_thread",
    "edit_thread",
    "hide_thread",
    "keep_outcome",
    "mark_position",
    "move_due_threads",
    "move_stage",
    "note_on_position",
    "note_on_thread",
    "open_thread",
    "order_position",
    "propose_thread",
    "reopen_thread",
    "restore_thread",
    "take_note_away",
]
