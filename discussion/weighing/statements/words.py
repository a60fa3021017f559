"""What drafting statements and asking about them says."""

from discussion.language import _l

DAYS_TO_ANSWER = 7  # by which authors are asked, unless moderators choose another day
WITHHELD = _l("[words hidden by the moderators]")
FEWEST_CARRIED, MOST_CARRIED = 6, 12  # statements that a round carries well
FEWEST_TO_LEAN = 4  # statements, before we say that all of them speak for one side
UNSORTED = _l("Not sorted yet")

# Hints about the wording, and what to try instead; wording.py finds them.
DOUBTS = {
    "question": _l("A question"),
    "two_claims": _l("Two claims in one"),
    "loaded": _l("Loaded wording"),
    "negation": _l("A negation"),
    "over_long": _l("Long to read"),
}
DOUBTS_SAY = {
    "question": _l("People say how far they agree, so write a sentence that they can agree with."),
    "two_claims": _l("Somebody may agree with one half and not the other. Make two"
                     " statements, or keep the half that matters more."),
    "loaded": _l("This word tells readers what to think. Leave it out, or say what was"
                 " seen and where."),
    "negation": _l("A “not” makes it hard to know what disagreeing means. Say what is"
                   " the case, or what should be done."),
    "over_long": _l("Aim for 25 words or fewer: one reading should be enough."),
}  # fmt: skip

# Why an author can no longer answer.
SHUT = {
    "retired": _l("The moderators have retired this statement, so there is nothing to answer."),
    "over": _l("The series is closed, so answers stay as they are."),
    "rated": _l("This wording is in a round that has opened, so answers stay as they are."),
    "withheld": _l("The moderators have hidden its words, so there is nothing to answer."),
    "late": _l("The last day for answers has passed, so they stay as they are."),
}

# What became of a position that a statement draws on.
GAPS = {
    "withdrawn": _l("withdrawn by its author"),
    "hidden": _l("hidden by the moderators"),
    "removed": _l("removed by the moderators"),
    "moved": _l("in another thread now"),
}

MAX_STATEMENT = 200


MAX_WHY = 300  # why it was reworded


MAX_SAID = 400  # how an author would mend it


# Statements that were imported are of no kind until a moderator has sorted them.
KINDS = {"end": _l("End"), "fact": _l("Fact"), "means": _l("Means")}


KINDS_OF_MANY = {"end": _l("Ends"), "fact": _l("Facts"), "means": _l("Means")}


KIND_SAYS = {"end": _l("what matters"), "fact": _l("what is so"), "means": _l("what to do")}


# What to draft next: by kind and how many are lacking.
MISSING = {
    ("end", 2): _l("Two ends are missing: what matters to people here."),
    ("end", 1): _l("One end is missing: something else that matters to people here."),
    ("fact", 2): _l("Two facts are missing: what people take to be so."),
    ("fact", 1): _l("One fact is missing: something else that people take to be so."),
    ("means", 1): _l("One means is missing: what people want done."),
}


CONFIRMATIONS = {
    "unanswered": _l("No answer yet"),
    "fair": _l("Fair"),
    "mend": _l("Should be changed"),
}

# What templates find these under: `statement_words.doubt[…]`.
ON_PAGES = {
    "statement_words": {
        "kind": KINDS,
        "kind_says": KIND_SAYS,
        "confirmed": CONFIRMATIONS,
        "many": KINDS_OF_MANY | {"": UNSORTED},
        "doubt": DOUBTS,
        "doubt_says": DOUBTS_SAY,
        "shut": SHUT,
        "gap": GAPS,
    }
}
