"""Education: kinds of evidence, what they answer, and published scales of strength."""

import re

from discussion.language import _l
from discussion.vocabulary.shape import EvidenceKind, Gloss, StrengthScale

KINDS = {
    "systematic_review": EvidenceKind(
        _l("Systematic review"),
        named_in_titles=re.compile(r"\b(systematic review|meta-?analysis|umbrella review)\b"),
    ),
    "rct": EvidenceKind(
        _l("Trial"), named_in_titles=re.compile(r"\brandomi[sz]ed (controlled )?trial\b")
    ),
    "quasi_experiment": EvidenceKind(_l("Quasi-experiment")),
    "correlational": EvidenceKind(_l("Correlational study")),
    "official_statistics": EvidenceKind(_l("Official statistics"), registered_as="dataset"),
    "survey": EvidenceKind(_l("Survey")),
    "qualitative": EvidenceKind(_l("Qualitative study")),
    "process_evaluation": EvidenceKind(
        _l("Process evaluation"), named_in_titles=re.compile(r"\bprocess evaluation\b")
    ),
    "case_study": EvidenceKind(_l("Case study")),
    "organisational_data": EvidenceKind(_l("An organisation’s own data"), needs_no_source=True),
    "policy_or_law": EvidenceKind(_l("Policy or law"), is_never_rated=True),
    "expert_guidance": EvidenceKind(_l("Expert guidance"), registered_as="standard"),
    "theory": EvidenceKind(_l("Theory"), is_never_rated=True),
    "practitioner_experience": EvidenceKind(
        _l("Practice"), needs_no_source=True, needs_consent=True, is_never_rated=True
    ),
    "lived_experience": EvidenceKind(
        _l("Lived experience"), needs_no_source=True, needs_consent=True, is_never_rated=True
    ),
    "values_argument": EvidenceKind(
        _l("Values argument"), needs_no_source=True, is_never_rated=True, is_argument=True
    ),
}

QUESTION_TYPES = {
    "what_works": _l("What works?"),
    "what_is_happening": _l("What is happening?"),
    "how_and_why": _l("How and why?"),
    "what_is_it_like": _l("What is it like?"),
    "what_does_it_cost": _l("What does it cost?"),
    "what_ought": _l("What ought to be?"),
}
OUGHT = "what_ought"

CERTAINTY = {
    "very_low": _l("very low"),
    "low": _l("low"),
    "moderate": _l("moderate"),
    "high": _l("high"),
}
STRENGTH_SCALES = {
    "eef_trial": StrengthScale(
        _l("EEF padlocks, one trial"),
        ("0", "1", "2", "3", "4", "5"),
        _l(
            "From 0 to 5 padlocks for how sure one trial’s finding is. 5 is the best for a single"
            " study. They do not say whether the idea worked."
        ),
        _l("%(n)s of 5 EEF padlocks"),
        counts_months=True,
    ),
    "eef_toolkit": StrengthScale(
        _l("EEF Toolkit padlocks"),
        ("0", "1", "2", "3", "4", "5"),
        _l(
            "From 0 to 5 padlocks for how sure the findings of many studies are. Read them with "
            "the months of progress and the cost."
        ),
        _l("%(n)s of 5 EEF Toolkit padlocks"),
        counts_months=True,
    ),
    "nesta": StrengthScale(
        _l("Nesta Standards of Evidence"),
        ("1", "2", "3", "4", "5"),
        _l(
            "From 1 (a reason why it should work), through 3 (shown with a control group), to 5 "
            "(shown again at a larger scale)."
        ),
        _l("level %(n)s of 5, Nesta Standards of Evidence"),
    ),
    "essa": StrengthScale(
        _l("ESSA tier, 1 is strongest"),
        ("4", "3", "2", "1"),
        _l(
            "From tier 1 (an experiment) to tier 4 (a reason only). A lower number is stronger. "
            "The tier can depend on how similar your setting is."
        ),
        _l("ESSA tier %(n)s"),
    ),
    "maryland": StrengthScale(
        _l("Maryland Scientific Methods Scale"),
        ("1", "2", "3", "4", "5"),
        _l(
            "From 1 (one comparison at one time), through 3 (before and after, with a comparison "
            "group), to 5 (groups chosen at random)."
        ),
        _l("%(n)s of 5, Maryland Scientific Methods Scale"),
    ),
    "grade": StrengthScale(
        _l("GRADE certainty"),
        ("very_low", "low", "moderate", "high"),
        _l("From very low to high: how certain the evidence is about one outcome."),
        _l("%(n)s certainty (GRADE)"),
        step_words=CERTAINTY,
    ),
}

STRENGTH = Gloss(
    _l("Padlocks"),
    _l("how sure a finding is, from 0 to 5, as rated by the Education Endowment Foundation."),
)
