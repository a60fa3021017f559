"""Words and limits of what moderators put around the positions of a thread."""

from discussion.language import _l

MAX_HEADING = 120
MAX_HEADINGS = 12
MAX_RELATED = 6
MAX_RELATED_WHY = 200
MAX_THREAD_SUMMARY = 6_000
MAX_STEELMAN = 400
MAX_MENDING = 400

ANSWERED = {
    "yes": _l("Confirmed by its author"),
    "no": _l("Its author would describe it differently"),
    "unanswered": _l("Not yet answered by its author"),
}
GAPS = {
    "withdrawn": _l("Its author withdrew this position, so its description is not shown."),
    "hidden": _l("This position is hidden for now, and so is its description."),
    "removed": _l("This position was removed, and so was its description."),
    "moved": _l("This position is in another thread now."),
}

# Who may write, and how quickly.
SLOW_LEAST = 5  # minutes; 0 is no slow mode
SLOW_MOST = 1_440
CLOSED_TO = {
    "": _l("Everybody who may post in this series"),
    "new_voices": _l("Only those who already have a position or a response here"),
    "everybody": _l("Nobody for now"),
}
CLOSING = {"": "open_again", "new_voices": "close_voices", "everybody": "close_all"}  # decisions

WARNED_DAYS = 3  # how long before a thread moves by its date those who took no part are told

# What templates find these under: `words.gap[…]`.
ON_PAGES = {"words": {"answered": ANSWERED, "gap": GAPS}}
