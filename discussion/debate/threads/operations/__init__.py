"""Changing a thread: proposing it, moving it through its stages, and curating it."""

from discussion.debate.threads.operations.curating import (
    edit_thread,
    hide_thread,
    mark_position,
    note_on_position,
    note_on_thread,
    restore_thread,
    take_note_away,
)
from discussion.debate.threads.operations.headings import (
    add_heading,
    move_heading,
    remove_heading,
    rename_heading,
)
from discussion.debate.threads.operations.ordering import (
    Rearranged,
    arrange_positions,
    order_position,
)
from discussion.debate.threads.operations.pacing import (
    close_to,
    open_lapsed_threads,
    slow_thread,
)
from discussion.debate.threads.operations.proposing import (
    decline_thread,
    open_thread,
    propose_thread,
)
from discussion.debate.threads.operations.regrouping import (
    merge_threads,
    move_position,
    split_thread,
)
from discussion.debate.threads.operations.relating import relate_threads, unrelate_threads
from discussion.debate.threads.operations.reminding import remind_curators
from discussion.debate.threads.operations.reviewing import let_move, look_again
from discussion.debate.threads.operations.stages import (
    close_thread,
    keep_outcome,
    move_due_threads,
    move_stage,
    reopen_thread,
)
from discussion.debate.threads.operations.summarising import (
    Rewritten,
    answer_steelman,
    take_summary_away,
    write_summary,
)
from discussion.debate.threads.operations.undoing import Undone, undo_regrouping
from discussion.debate.threads.operations.warning import turn_warnings_off, warn_of_moves

__all__ = [
    "Rearranged",
    "Rewritten",
    "Undone",
    "add_heading",
    "answer_steelman",
    "arrange_positions",
    "close_thread",
    "close_to",
    "decline_thread",
    "edit_thread",
    "hide_thread",
    "keep_outcome",
    "let_move",
    "look_again",
    "mark_position",
    "merge_threads",
    "move_due_threads",
    "move_heading",
    "move_position",
    "move_stage",
    "note_on_position",
    "note_on_thread",
    "open_lapsed_threads",
    "open_thread",
    "order_position",
    "propose_thread",
    "relate_threads",
    "remind_curators",
    "remove_heading",
    "rename_heading",
    "reopen_thread",
    "restore_thread",
    "slow_thread",
    "split_thread",
    "take_note_away",
    "take_summary_away",
    "turn_warnings_off",
    "undo_regrouping",
    "unrelate_threads",
    "warn_of_moves",
    "write_summary",
]
