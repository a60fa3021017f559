"""Vocabularies of the library: kinds, questions, published strength scales, status."""

from discussion.language import _l

KINDS = {
    "systematic_review": _l("Systematic review"),
    "rct": _l("Trial"),
    "quasi_experiment": _l("Quasi-experiment"),
    "correlational": _l("Correlational study"),
    "official_statistics": _l("Official statistics"),
    "survey": _l("Survey"),
    "qualitative": _l("Qualitative study"),
    "process_evaluation": _l("Process evaluation"),
    "case_study": _l("Case study"),
    "organisational_data": _l("An organisation’s own data"),
    "policy_or_law": _l("Policy or law"),
    "expert_guidance": _l("Expert guidance"),
    "theory": _l("Theory"),
    "practitioner_experience": _l("Practice"),
    "lived_experience": _l("Lived experience"),
    "values_argument": _l("Values argument"),
}
NEEDS_NO_SOURCE = frozenset(
    {"practitioner_experience", "lived_experience", "organisational_data", "values_argument"}
)
NEEDS_CONSENT = frozenset({"practitioner_experience", "lived_experience"})
NEVER_RATED = frozenset(
    {"practitioner_experience", "lived_experience", "values_argument", "policy_or_law", "theory"}
)

QUESTION_TYPES = {
    "what_works": _l("What works?"),
    "what_is_happening": _l("What is happening?"),
    "how_and_why": _l("How and why?"),
    "what_is_it_like": _l("What is it like?"),
    "what_does_it_cost": _l("What does it cost?"),
    "what_ought": _l("What ought to be?"),
}

STATUSES = {
    "current": _l("Current"),
    "superseded": _l("Replaced"),
    "corrected": _l("Corrected"),
    "retracted": _l("Retracted"),
}

# Values as published, weakest first; never converted from one scale to another.
STRENGTH_SCALES = {
    "eef_trial": (_l("EEF padlocks, one trial"), ("0", "1", "2", "3", "4", "5")),
    "eef_toolkit": (_l("EEF Toolkit padlocks"), ("0", "1", "2", "3", "4", "5")),
    "nesta": (_l("Nesta Standards of Evidence"), ("1", "2", "3", "4", "5")),
    "essa": (_l("ESSA tier, 1 is strongest"), ("4", "3", "2", "1")),
    "maryland": (_l("Maryland Scientific Methods Scale"), ("1", "2", "3", "4", "5")),
    "grade": (_l("GRADE certainty"), ("very_low", "low", "moderate", "high")),
}
GRADE_WORDS = {
    "very_low": _l("very low"),
    "low": _l("low"),
    "moderate": _l("moderate"),
    "high": _l("high"),
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

# What one step of each scale means, in a sentence for the item's page.
SCALE_SAYS = {
    "eef_trial": _l(
        "From 0 to 5 padlocks for how sure one trial’s finding is. 5 is the best for a"
        " single study. They do not say whether the idea worked."
    ),
    "eef_toolkit": _l(
        "From 0 to 5 padlocks for how sure the findings of many studies are. Read them"
        " with the months of progress and the cost."
    ),
    "nesta": _l(
        "From 1 (a reason why it should work), through 3 (shown with a control group),"
        " to 5 (shown again at a larger scale)."
    ),
    "essa": _l(
        "From tier 1 (an experiment) to tier 4 (a reason only). A lower number is"
        " stronger. The tier can depend on how similar your setting is."
    ),
    "maryland": _l(
        "From 1 (one comparison at one time), through 3 (before and after, with a"
        " comparison group), to 5 (groups chosen at random)."
    ),
    "grade": _l("From very low to high: how certain the evidence is about one outcome."),
}

# What templates find these under: `words.kind[…]`.
ON_PAGES = {
    "words": {"kind": KINDS, "question_type": QUESTION_TYPES, "status": STATUSES},
    "desk_words": {"settle": SETTLEMENTS, "link_state": LINK_STATES},
}
