"""How long things last when somebody takes their data or leaves, and what they choose between."""

from datetime import timedelta

from discussion.language import _l

GRACE = timedelta(days=30)  # to think again before leaving
REMINDED = timedelta(days=3)  # before the day of leaving
COPY_KEPT = timedelta(days=7)
COPIES_A_DAY = 3
GIVEN_UP = timedelta(days=2)  # a copy that is not made by then never will be
ORPHANED = timedelta(hours=1)  # a file that no row names by then belongs to nobody
SPREAD = timedelta(days=7)  # after leaving, each voice without a name goes at a moment of its own
GONE_OVER = SPREAD + timedelta(days=2)  # what was handed in at the very moment is swept up as well

CHOICES = {
    "delete": _l("Delete what I wrote"),
    "keep": _l("Keep what I published, by role only"),
}

# What one agreed to on signing up, and cannot take back without leaving.
AGREED = {
    "adult": _l("That you are 18 or over"),
    "terms": _l("The terms"),
    "rules": _l("The rules of the site"),
}

# What one chose, and takes back with one click: words of the page, in its order.
CHOSEN = {
    "organisation": _l("To show your organisation where you post by name, and on your page"),
    "region": _l("To show your region on your page"),
    "interests": _l("To keep the interests you declared on your profile, which nobody else sees"),
    "warnings": _l("To be told by e-mail that a thread is about to move on"),
    "private": _l(
        "To keep your private answers: how far you agree with positions, and your ratings"
    ),
}
TAKEN_BACK = {
    "organisation": _l("Your organisation is no longer shown."),
    "region": _l("Your region is no longer shown."),
    "interests": _l("The interests you declared are deleted."),
    "warnings": _l("You are no longer told that a thread is about to move on."),
    "private": _l("Your private answers are deleted. Counts already published stay as they are."),
}
