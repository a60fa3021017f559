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
    "superseded": _l("Superseded"),
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

MAX_TITLE = 300
MAX_NOTE = 600
