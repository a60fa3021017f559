"""Vocabularies and limits of appeals."""

from datetime import timedelta

from discussion.language import _l

MAX_TEXT = 2000
MAX_WHY = 1000
WITHIN = timedelta(days=30)  # of the decision

OUTCOMES = {
    "stands": _l("The decision stays"),
    "overturned": _l("The decision is reversed"),
}
DO = {
    "stands": _l("It stands"),
    "overturned": _l("Reverse it"),
}
KEYS = {"stands": "s", "overturned": "o"}

# What overturning does, as the reviewer reads it beside the choice; the first that fits.
UNDOES = {
    "decline": _l("What was not published is published, or waits again"),
    "send_back": _l("The version that was sent back is published"),
    "hide": _l("It is shown again"),
    "remove": _l("It is shown again"),
    "redact": _l("The words that were taken out are put back"),
    "merge": _l("The threads are separate again, if nothing else has happened since"),
    "move": _l("It is back where it was, if nothing else has happened since"),
    "sanction_note": _l("The note ends today"),
    "pre_moderation": _l("It is lifted at once"),
    "pause": _l("It is lifted at once"),
    "removal": _l("It is lifted at once"),
}
UNDOES_NOTHING = _l("Its author is told; nothing else follows by itself")

# Why somebody may not appeal, as the page of the statement says it.
STATES = {
    "open": "",
    "welcome": _l("There is nothing to appeal against here."),
    "final": _l("This followed from an appeal. It is final."),
    "late": _l("The time to appeal is over."),
    "waiting": _l("You appealed. Somebody who did not decide it looks again."),
    "answered": _l("Somebody who did not decide it has looked again. That is final."),
}

# What templates find these under: `appeal_words.outcome[…]`.
ON_PAGES = {"appeal_words": {"outcome": OUTCOMES, "do": DO, "key": KEYS, "state": STATES}}
