"""Vocabularies of findings: states, verdicts, what to ask next, and by what groups are made."""

from discussion.language import _l
from discussion.vocabulary import Wording

COMPUTE = "findings.compute"  # the work of making a thread's snapshot

STATES = {
    "apart": _l("Apart"),
    "same_side": _l("Both agree"),
    "both_against": _l("Both disagree"),  # the same, where that is their side
    "agreed": _l("Both agree"),
    "alike": _l("Answered alike"),
    "unknown": _l("Not known"),
    "unclear": _l("Cannot tell"),
    "insufficient": _l("Too few"),
}
# The same by the rule before, of which older snapshots keep the words.
EARLIER_STATES = {
    "apart": _l("Apart"),
    "alike": _l("Alike"),
    "unclear": _l("Unclear"),
    "insufficient": _l("Not enough to say"),
}

MINDS = {"agreed": _l("agreed among themselves"), "mixed": _l("mixed"), "split": _l("split")}

VERDICTS = {
    "agreement": _l("Agreement"),
    "same_course_for_different_reasons": _l("The same course, for different reasons"),
    "same_course_despite_facts": _l("The same course, despite the facts"),
    "about_ends": _l("About ends"),
    "about_facts": _l("About facts"),
    "about_ends_and_facts": _l("About ends and facts"),
    "about_means": _l("About means"),
    "split_within_groups": _l("Split within groups"),
    "answered_alike": _l("Answered alike"),
    "partly_known": _l("Partly known"),
    "not_enough_to_say": _l("Not enough to say"),
}

PROMPTS = {
    "agreement": _l("Write down what is agreed, and what is still untested."),
    "same_course_for_different_reasons": _l("Write down what both would do, with both reasons."),
    "same_course_despite_facts": _l(
        "Write down what both would do, and that they differ over the facts."
    ),
    "about_ends": _l(
        "Ask each side whether the other’s aim is reasonable. Studies will not settle it."
    ),
    "about_facts": _l("Name the fact that would decide it, and look for or ask for the evidence."),
    "about_ends_and_facts": _l("Take the facts first, then the ends."),
    "about_means": _l(
        "Their answers on ends and facts do not explain it. Ask about context, cost, a value"
        " nobody has named, or a plan nobody has tried."
    ),
    "split_within_groups": _l(
        "Do not set these groups against each other: each is split. Ask what else people who"
        " answer alike have in common."
    ),
    "answered_alike": _l("Ask what would be missed if both are wrong in the same way."),
    "partly_known": _l("Ask for the ratings that would settle what is open."),
    "not_enough_to_say": _l("Ask more people to rate the statements."),
}

# Several statements, by the side on which both groups stand: 0 where it is not one.
ALL_ON_ONE_SIDE = {
    1: _l("%(first)s and %(second)s agree with %(every)s statements"),
    -1: _l("%(first)s and %(second)s disagree with %(every)s statements"),
    0: _l("on %(every)s statements %(first)s and %(second)s are on the same side"),
}
MOST_ON_ONE_SIDE = {
    1: _l("at least %(first)s and %(second)s agree with each of %(count)s statements"),
    -1: _l("at least %(first)s and %(second)s disagree with each of %(count)s statements"),
    0: _l("on each of %(count)s statements at least %(first)s and %(second)s are on the same side"),
}

# --- by the rule before

EARLIER_VERDICTS = {
    "agreement": _l("Agreement"),
    "agreement_for_different_reasons": _l("Agreement for different reasons"),
    "agreement_despite_facts": _l("Agreement despite the facts"),
    "about_ends": _l("About ends"),
    "about_facts": _l("About facts"),
    "about_ends_and_facts": _l("About ends and facts"),
    "about_means": _l("About means"),
    "partly_known": _l("Partly known"),
    "agreement_reasons_unknown": _l("Agreement, reasons unknown"),
    "not_enough_to_say": _l("Not enough to say"),
}

# The same for the front page and the list, between whom: `who` names both groups.
EARLIER_BRIEFLY = {
    "agreement": _l("%(who)s agree on what matters, on the facts and on what to do."),
    "agreement_for_different_reasons": _l(
        "%(who)s mostly agree on what to do, but for different reasons."
    ),
    "agreement_despite_facts": _l(
        "%(who)s agree on what matters and on what to do, although they differ over the facts."
    ),
    "about_ends": _l("%(who)s differ over what matters most, not over the facts."),
    "about_facts": _l("%(who)s differ over the facts, not over what matters most."),
    "about_ends_and_facts": _l("%(who)s differ over what matters most, and over the facts."),
    "about_means": _l("%(who)s differ over what to do, not over what matters or the facts."),
    "partly_known": _l("%(who)s differ over what to do. Why is only partly known."),
    "agreement_reasons_unknown": _l(
        "%(who)s mostly agree on what to do. Whether for the same reasons cannot be told yet."
    ),
}

EARLIER_PROMPTS = {
    "agreement": _l("Write down what is agreed, and what is still untested."),
    "agreement_for_different_reasons": _l("Write down what both would do, with both reasons."),
    "agreement_despite_facts": _l("Say that the plan is right whichever way the facts turn out."),
    "about_ends": _l(
        "Ask each side whether the other’s aim is reasonable. Studies will not settle it."
    ),
    "about_facts": _l("Name the fact that would decide it, and look for or ask for the evidence."),
    "about_ends_and_facts": _l("Take the facts first, then the ends."),
    "about_means": _l(
        "They share ends and facts. Ask about context, cost, a value nobody has named,"
        " or a plan nobody has tried."
    ),
    "partly_known": _l("Ask for the ratings that are missing."),
    "agreement_reasons_unknown": _l("People agree on what to do: ask them why."),
    "not_enough_to_say": _l("Ask more people to rate the statements."),
}

WHY_NOT = {
    "few": _l("fewer than %(fewest)s"),
    "subtraction": _l("not shown"),
    "across": _l("too few new"),
}
# Of those who answered in both rounds, where numbers would tell of a few.
MOVED = {"most": _l("most moved"), "some": _l("some moved at most"), "": ""}

BECAUSE = {
    "round_closed": _l("A round had closed"),
    "tags_changed": _l("Positions, their values or their evidence had changed"),
    "rule_changed": _l("How findings are made had changed"),
}

PAIRS: dict[str, Wording] = {
    "family": _l("By what people do"),
    "role": _l("By role"),
    "phase": lambda said: said.by_phase,
    "level": _l("By the level people write about"),
    "value": _l("By the value people put first"),
    "leans": _l("By who agrees or disagrees with %(code)s"),
    "inferred": _l("By similar answers"),
    "as": _l("%(group)s and everybody else"),
}
