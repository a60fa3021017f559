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
from discussion.threads.operations.regrouping import (
    merge_threads,
    move_position,
    split_thread,
)
from discussion.threads.operations.stages import (
    close_thread,
    keep_outcome,
    move_due_threads,
    move_stage,
    reopen_thread,
)
from discussion.threads.operations.undoing import Undone, undo_regrouping

__all__ = [
    "Undone",
    "close_thread",
    "decline_thread",
    "edit_thread",
    "hide_thread",
    "keep_outcome",
    "mark_position",
    "merge_threads",
    "move_due_threads",
    "move_position",
    "move_stage",
    "note_on_position",
    "note_on_thread",
    "open_thread",
    "order_position",
    "propose_thread",
    "reopen_thread",
    "restore_thread",
    "split_thread",
    "take_note_away",
    "undo_regrouping",
]
