"""Which statement somebody is asked next: by need, drawn by a seed that nobody can steer.

Need is what the worker counted last, in steps of five (see docs/decisions): how often a statement
was answered, and which role families are missing. What people answered plays no part.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256

from discussion.analysis.statement_priority import draw_statement, need_priority
from discussion.weighing.rounds.fixed import Need
from discussion.weighing.rounds.models import Round, RoundStatement


def askable(round: Round) -> list[RoundStatement]:
    """What can be answered: nobody is asked about words that they cannot read."""
    return [row for row in round.statements if not row.version.is_withheld]


def next_code(
    round: Round, key: str, answered: Collection[str], trail: Sequence[str]
) -> str | None:
    """The code of a statement that was neither answered nor shown in this sitting; None at the end.

    The same rater at the same place is given the same statement, whatever they do in between.
    """
    left = [row for row in askable(round) if row.code not in answered and row.code not in trail]
    if not left:
        return None
    if round.order_rule == "fixed":
        return left[0].code
    needs = round.counts.needs or {}
    priorities: dict[str, float | None] = {}
    for row in left:
        need = needs.get(str(row.version_id), Need())
        priorities[row.code] = need_priority(0, need.answers, gap=need.gap)
    return draw_statement(priorities, seed=_seed(round, key, str(len(left))))


def all_codes(round: Round, key: str) -> list[str]:
    """Every statement for a page of all: the moderators' order, or shuffled for this rater."""
    codes = [row.code for row in askable(round)]
    if round.order_rule == "fixed":
        return codes
    return sorted(codes, key=lambda code: (_seed(round, key, code), code))


def _seed(round: Round, key: str, place: str) -> int:
    return int.from_bytes(sha256(f"{round.seed}/{key}/{place}".encode()).digest()[:8])
