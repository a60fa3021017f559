"""Why something is asked, and how much of it a page shows."""

from discussion.language import _l

# Why something would have to be known → (heading, what stands under it), in the order of the page.
REASONS = {
    "crux": (
        _l("Facts that positions depend on"),
        _l("People were asked in a round. They are apart over it, or say that they would move."),
    ),
    "unknown": (
        _l("What many do not know"),
        _l("At least a third of those who were asked said so."),
    ),
    "study": (
        _l("Studies that are read differently"),
        _l("One position cites it in support; another says that it speaks against, or in part."),
    ),
    "mind": (
        _l("Evidence that would change a mind"),
        _l("In the words of who wrote the position, by thread and by what it is about."),
    ),
    "value": (
        _l("Values that no study is cited for"),
        _l("Positions serve them. None of those cites anything but as background."),
    ),
    "uncited": (
        _l("Sources that no value rests on"),
        _l("They are in the library. No position that is shown cites them."),
    ),
    "superseded": (
        _l("Superseded, still cited"),
        _l("Something newer has taken its place, or it was retracted."),
    ),
    "principle": (
        _l("Would not be moved by any"),
        _l("A matter of principle is not a gap. It is told so that nobody looks for a study."),
    ),
}
ASKED = ("crux", "unknown", "study", "mind")  # what somebody could find out
MISSED = (
    "value",
    "uncited",
    "superseded",
    "principle",
)  # where reasons and evidence miss each other

SHOWN = 12  # of one reason, where all stand on a page
ON_A_PAGE = 40  # of one reason alone
MARKS = 6  # positions beside a lead
ROUNDS = 40  # whose findings are read, the newest

KINDS = {
    "question": _l("A question that somebody could answer"),
    "barrier": _l("A barrier that contributors name"),
}
STATUSES = {
    "open": _l("Open"),
    "looked_into": _l("Being looked into"),
    "answered": _l("Answered"),
}
SAID = "said"  # the reason of an origin that is a quotation
# What moderators did with a question, as everybody is told.
STEPS = {
    "asked": _l("Asked"),
    "worded": _l("Worded again"),
    "merged": _l("Another question was merged into it"),
    "looking": _l("Somebody is looking into it"),
    "ended": _l("Somebody is no longer looking into it"),
    "answered": _l("Answered"),
    "reopened": _l("Open again"),
}
LOOKING_STATES = {
    "pending": _l("Waits for a moderator"),
    "live": _l("Shown"),
    "hidden": _l("Hidden for now"),
    "declined": _l("Not shown"),
    "ended": _l("Ended"),
}

MAX_TEXT = 280
MAX_WHO = 120
MAX_URL = 500
MAX_HOW = 300
MAX_REASON = 300
MAX_ANSWER = 300
MAX_QUOTE = 600
MOST_ORIGINS = 12
MOST_QUESTIONS = 200  # of a series, that stand: more than that nobody reads
MOST_PENDING = 5  # of one person in a series
ON_PAGES = {"needed_words": {"state": LOOKING_STATES}}
