"""Vocabularies of moderation."""

from discussion.language import _l

# What waits beside what people write: see queries.sources for both.
WAITS = {
    "reports": _l("Report"),
    "appeals": _l("Appeal"),
    "evidence": _l("Evidence"),
    "links": _l("Link"),
    "stages": _l("Stage"),
    "reviews": _l("Review"),
    "looking": _l("Looking into it"),
    "lines": _l("What would settle it"),
}
BATCH_SECONDS = 60  # for so long what is approved together can be undone
BATCH_MOST = 50  # a page of the desk
OUTCOMES = {
    "changed": _l("Its author has changed it since, so it must be read again."),
    "decided": _l("It was decided in the meantime."),
    "withdrawn": _l("Its author took it back."),
    "taken": _l("Another moderator has it."),
    "reported": _l("It was reported in the meantime."),
    "noticed": _l("The site noticed something in it that you must read first."),
    "forbidden": _l("You may not decide on it any more."),
}


MAX_LOOK_REASON = 300

DO = {
    "approve": _l("Approve"),
    "send_back": _l("Send back"),
    "decline": _l("Decline"),
    "hide": _l("Hide"),
    "restore": _l("Restore"),
    "remove": _l("Remove"),
    "keep": _l("Keep"),
    "ask_edit": _l("Ask for an edit"),
}
THEN = {
    "approve": _l("It is published at once"),
    "send_back": _l("The author changes it and hands it in again"),
    "decline": _l("It is not published"),
    "hide": _l("A line says that it is hidden; it can be restored"),
    "restore": _l("It is shown again as it was"),
    "remove": _l("A line says that moderators removed it"),
    "keep": _l("It stays as it is"),
    "ask_edit": _l("It stays, and the author is asked to change it"),
}
# Keys that choose a decision: the first letter of the first word, or the next that is free.
KEYS = {
    "approve": "a",
    "send_back": "s",
    "decline": "d",
    "hide": "h",
    "restore": "r",
    "remove": "m",
    "keep": "p",
    "ask_edit": "e",
}


# What may be answered to a proposed value: words, what follows, key.
ANSWERS = {
    "same": (_l("It is a value we already have"), _l("It counts as that value"), "s"),
    "new": (_l("Accept as a new value"), _l("It joins the series’ set"), "a"),
    "decline": (_l("Decline"), _l("It still counts as “other”"), "d"),
}

# What may be decided: on a version that waits, and from which states of a contribution.
ON_A_VERSION = ("approve", "send_back", "decline")
FROM_STATES = {
    "hide": ("published",),
    "restore": ("hidden", "removed"),
    "remove": ("published", "hidden"),
    "keep": ("published",),
    "ask_edit": ("published",),
}

# What templates find these under: `desk_words.kind[…]`.
ON_PAGES = {
    "desk_words": {
        "do": DO,
        "then": THEN,
        "keys": KEYS,
        "answer": ANSWERS,
        "longest_look": MAX_LOOK_REASON,
    }
}
