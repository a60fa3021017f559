"""All clauses of one comparison, the surest first."""

from discussion.weighing.findings.sentences.clauses.apart import apart
from discussion.weighing.findings.sentences.clauses.lacking import too_few, unknown
from discussion.weighing.findings.sentences.clauses.split import split, viewpoints
from discussion.weighing.findings.sentences.clauses.together import agreed, alike, together
from discussion.weighing.findings.sentences.clauses.told import Told
from discussion.weighing.findings.sentences.clauses.unclear import unclear
from discussion.weighing.findings.shapes.found import Clause


def clauses_of(told: Told) -> tuple[Clause, ...]:
    """Apart, split, viewpoints, agreed, alike, not to be told, not known."""
    return (
        *apart(told),
        *split(told),
        *viewpoints(told),
        *together(told, "agreed", agreed),
        *together(told, "alike", alike),
        *unclear(told),
        *too_few(told),
        *unknown(told),
    )
