"""Vocabularies of the library that every sector shares: status, consent, links, limits."""

from discussion.language import _l

STATUSES = {
    "current": _l("Current"),
    "superseded": _l("Replaced"),
    "corrected": _l("Corrected"),
    "retracted": _l("Retracted"),
}

ASSIGNED_BY = {
    "publisher": _l("the publisher"),
    "curator": _l("a moderator"),
    "contributor": _l("a contributor"),
}

CONSENTS = {
    "named": _l("They agreed to be named"),
    "role_only": _l("They agreed to be shown by role"),
    "anonymous": _l("They agreed if nobody can tell who they are"),
}
LINK_CHECK = "link_resolves"
CHECKS = {
    LINK_CHECK: _l("The link leads to it"),
    "claim_matches_source": _l("What is said here matches the source"),
    "metadata": _l("Author, title and year are right"),
}

# What is known of a link.
LINK_STATES = {
    "": _l("not yet checked"),
    "ok": _l("leads there"),
    "moved": _l("moved"),
    "dead": _l("no longer there"),
    "unreachable": _l("could not be checked"),
}
LINK_WAITS = ("dead", "moved")  # what a moderator is asked about
NO_NAME = "no_host"
LINK_PROBLEMS = {
    "refused": _l("its server refuses automatic checks"),
    "not_public": _l("it does not lead to the public web"),
    "odd": _l("it leads to an address that we do not check"),
    "round": _l("it leads in a circle"),
    "server": _l("its server reports an error"),
    "slow": _l("its server did not answer in time"),
    "tls": _l("its server’s certificate is not valid"),
    "no_answer": _l("its server did not answer"),
    NO_NAME: _l("its server was not found"),
}
PASSING = frozenset({"server", "slow", "tls", "no_answer", NO_NAME})  # these may be over soon

# What a moderator may decide about an item that waits: words, what follows, key.
SETTLEMENTS = {
    "take_over": (_l("Use the new address"), _l("Readers are led there from now on"), "u"),
    "archive": (_l("It is gone: give an archived copy"), _l("Readers are led to the copy"), "c"),
    "ask_authors": (
        _l("Ask the authors who rely on it to look"),
        _l("Each gets one e-mail"),
        "a",
    ),
    "settle": (_l("Checked, nothing to do"), _l("It leaves the desk, with your reason"), "l"),
}
NOT_STANDING = ("retracted", "superseded")

MAX_TITLE = 300
MAX_NOTE = 600
MAX_AUTHORS = 60
MAX_AUTHOR = 120
EARLIEST_YEAR = 1500
MOST_MONTHS = 24

# The longest text of each field, as its counter counts it.
LIMITS = {
    "title": MAX_TITLE,
    "publisher": 200,
    "citation": 600,
    "licence_note": 200,
    "language": 12,
    "strength_note": 300,
    "population": 300,
    "context": 300,
    "outcome": MAX_NOTE,
    "effect": 200,
    "cost": 200,
    "limitations": MAX_NOTE,
    "description": 3_000,
    "status_note": 300,
}

# What templates find these under: `words.status[…]`.
ON_PAGES = {
    "words": {"status": STATUSES},
    "desk_words": {"settle": SETTLEMENTS, "link_state": LINK_STATES},
}
