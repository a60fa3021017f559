"""What would settle a fact: lines that people let be shown, by statement."""

from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.shapes.ground import Settling


def what_would_settle(basis: Basis) -> tuple[Settling, ...]:
    """In the order of the round; only statements whose lines may be shown."""
    return tuple(
        Settling(code, text, basis.known.lines[code])
        for code, text in basis.texts.items()
        if basis.known.lines.get(code)
    )
