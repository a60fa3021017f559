"""What drafting statements and asking about them says."""

from discussion.language import _l

DAYS_TO_ANSWER = 7  # by which authors are asked, unless moderators choose another day
WITHHELD = _l("[words withheld by the moderators]")
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
    "question": _l("People say how far they agree, so make it a sentence that one can agree with."),
    "two_claims": _l("Somebody may agree with one half and not with the other. Make two statements "
                     "of it, or keep the half that matters more."),
    "loaded": _l("The word tells readers what to think. Leave it out, or say what was seen and "
                 "where."),
    "negation": _l("Whoever disagrees with a negated statement says yes to something, and it is "
                   "not plain to what. Say what is the case, or what should be done."),
    "over_long": _l("Aim for 25 words or fewer: one reading should be enough."),
}  # fmt: skip

# Why an author can no longer answer.
SHUT = {
    "retired": _l("The moderators have retired this statement, so there is nothing to answer."),
    "over": _l("The series is closed, so answers stay as they are."),
    "rated": _l("This wording stands in a round that has opened, so answers stay as they are."),
    "withheld": _l("The moderators withhold its words, so there is nothing to answer."),
    "late": _l("The day by which you were asked is past, so answers stay as they are."),
}

# What became of a position that a statement draws on.
GAPS = {
    "withdrawn": _l("withdrawn by its author"),
    "hidden": _l("hidden by the moderators"),
    "removed": _l("removed by the moderators"),
    "moved": _l("in another thread now"),
}
