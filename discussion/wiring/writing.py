"""The kinds of writing that the site knows, one adapter each."""

from discussion.subjects.effects import EFFECTS
from discussion.subjects.kinds import KINDS


def answer_as_writing() -> None:
    """Each kind of writing: what it answers, and what a decision does to it."""
    from discussion.debate.evidence.operations.effects import EvidenceEffects
    from discussion.debate.evidence.subject import EvidenceSubject
    from discussion.debate.positions.operations.effects import PositionEffects
    from discussion.debate.positions.subject import PositionSubject
    from discussion.debate.responses.operations.effects import ResponseEffects
    from discussion.debate.responses.subject import ResponseSubject
    from discussion.debate.threads.operations.effects import ThreadEffects
    from discussion.debate.threads.subject import ThreadSubject
    from discussion.people.accounts.subject import PersonSubject
    from discussion.reach.needed.operations.effects import LookingEffects
    from discussion.reach.needed.subject import LookingSubject
    from discussion.series.values.operations_effects import ValueEffects
    from discussion.series.values.subject import ValueSubject
    from discussion.weighing.statements.operations.effects import StatementEffects
    from discussion.weighing.statements.subject import StatementSubject

    KINDS.add(
        PositionSubject,
        ResponseSubject,
        ThreadSubject,
        ValueSubject,
        StatementSubject,
        EvidenceSubject,
        PersonSubject,
        LookingSubject,
    )
    EFFECTS.add(
        PositionEffects,
        ResponseEffects,
        ThreadEffects,
        ValueEffects,
        StatementEffects,
        EvidenceEffects,
        LookingEffects,
    )
