"""What the log calls things, and what it says of decisions."""

from discussion.language import _l

THREAD = _l("Thread")  # as the log calls the kind

# What a reader may narrow the log to: name → its words, and the actions it holds. Each action is
# in one of them, so that the report counts every decision.
FILTERS = {
    "reading": (_l("Read before it appears"), ("approve", "send_back", "decline", "open")),
    "sight": (
        _l("Out of sight, and back"),
        ("hide", "restore", "remove", "redact", "unredact", "keep", "ask_edit", "overturn"),
    ),
    "members": (
        _l("Members"),
        ("sanction_note", "pre_moderation", "pause", "removal", "lift"),
    ),
    "threads": (
        _l("Threads"),
        ("merge", "split", "move", "undo_merge", "undo_split", "undo_move",
         "move_on", "close", "reopen", "let_move", "look_again", "edit",
         "feature", "unfeature", "pin", "unpin", "order", "note", "unnote",
         "heading", "rename_heading", "move_heading", "remove_heading", "relate", "unrelate",
         "summarise", "unsummarise", "slow", "unslow", "close_voices", "close_all", "open_again"),
    ),
    "weighing": (
        _l("Statements and rounds"),
        ("draft_statement", "reword_statement", "sort_statement", "place_statement",
         "redraw_statement",
         "order_statement", "retire_statement", "restore_statement",
         "withhold_statement", "show_statement",
         "plan_round", "change_round", "drop_round", "open_round", "close_round",
         "let_line", "hold_line",
         "import_round", "export_ratings"),
    ),
    "library": (_l("Library"), ("settle", "take_over", "archive", "ask_authors")),
}  # fmt: skip

OUTCOMES = {
    "waiting": _l("Appealed; somebody else is looking again"),
    "stands": _l("Appealed; not changed"),
    "overturned": _l("Appealed; changed"),
}
