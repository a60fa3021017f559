"""Every figure of a finding is made from numbers that are shown, so nothing more is told by it."""

from collections.abc import Sequence
from random import Random

import pytest

from discussion.analysis.answers import Answer
from discussion.records import dump, read
from discussion.weighing.findings.computing.cells import cell_of
from discussion.weighing.findings.computing.changing import find_change
from discussion.weighing.findings.computing.comparing import find_in, find_room_in
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement, Rater
from discussion.weighing.findings.computing.making import Due, make
from discussion.weighing.findings.content.counted import Counted, NoNumbers
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.queries.presenters.ledger import ledger
from discussion.weighing.findings.queries.presenters.rows import all_rows
from discussion.weighing.findings.sentences.clauses.order import clauses_of
from discussion.weighing.rounds.fixed import Limits, StopRule
from tests.weighing.findings.test_true_to_states import KINDS, TAGS, basis_of, told_of
from tests.weighing.findings.worlds import KEY

ROLES = {"headteacher": "school_leadership", "classroom_teacher": "teaching", "sendco": "support"}
CODES = ("E1", "E2", "F1", "F2", "M1", "M2")


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_can_be_made_again_from_what_is_shown(seed: int) -> None:
    """Bounds, what would settle, room, cruxes and moves: the counts that a snapshot tells suffice.

    So whoever reads them all learns no sum beyond those that the audit of counts has let through.
    """
    random = Random(seed)
    first, second = _two_rounds(random)
    for content, before in ((first, None), (second, first.ratings)):
        shown = _read_again(content.ratings)
        assert content.found == find_in(shown, TAGS)
        assert content.room == find_room_in(shown)
        assert content.change == find_change(_read_again(before) if before else None, shown)


@pytest.mark.parametrize("seed", range(4))
def test_of_numbers_that_are_not_shown_nothing_is_said(seed: int) -> None:
    hidden = 0
    for content in _two_rounds(Random(seed)):
        for key, compared in content.found.comparisons.items():
            diagnosis = compared.diagnosis
            assert diagnosis is not None
            few = {
                code
                for code in diagnosis.statements
                for group in (compared.a, compared.b)
                if isinstance(cell_of(content.ratings, code, group), NoNumbers)
            }
            hidden += len(few)
            for code in few:
                found = diagnosis.statements[code]
                assert (found.state, found.difference) == ("insufficient", None)
                assert (found.settling.more, found.crux) == ((0, 0), "too_few_marks")
            _check_words(content, key, few)
    assert hidden


def _check_words(content: Content, key: str, few: set[str]) -> None:
    told, _diagnosis = told_of(content, key)
    named = {code for each in clauses_of(told) if each.state in ("apart", "split")
             for code in each.codes[:1]}  # fmt: skip
    assert not named & few
    rows = {row.code: row for row in all_rows(basis_of(content, key))}
    for code in few:
        assert (rows[code].gap, rows[code].adjusted_p) == (None, None)
        sure = rows[code].sure
        assert sure is None or sure.most is None
    assert not any(f"To settle {code}:" in each for line in ledger(basis_of(content, key))
                   for each in line.settle for code in few)  # fmt: skip


def _read_again(counted: Counted) -> Counted:
    """As whoever has the JSON has it."""
    return read(Counted, dump(counted))


def _two_rounds(random: Random) -> tuple[Content, Content]:
    people = {
        f"p{at:02}": Rater(role, ROLES[role])
        for at in range(random.choice((22, 34)))
        for role in (random.choice(list(ROLES)),)
    }
    leaving = set(random.sample(sorted(people), random.choice((0, 1, 6))))
    given = [
        _given(random, number, {who: said for who, said in people.items() if who not in gone})
        for number, gone in ((1, set[str]()), (2, leaving))
    ]
    made: list[Content] = []
    dues: list[Due] = []
    for one in given:
        dues.append(Due(one.number, None, "", one, None))
    for each in make(dues, TAGS, KEY):
        assert each.content is not None
        made.append(each.content)
    first, second = made
    return first, second


def _given(random: Random, number: int, raters: dict[str, Rater]) -> GivenRound:
    return GivenRound(
        id=f"r{number}", number=number, cycle=1, points=5, seed=number, limits=Limits(),
        min_group=5, stop_rule=StopRule(), who_may_rate="members", feedback="spread",
        opened_on="2026-11-01", closed_on="2026-11-02", imported_from="", attribution="",
        raters=raters, answered=len(raters), people={who: who for who in raters},
        statements=tuple(_statement(random, code, sorted(raters)) for code in CODES),
    )  # fmt: skip


def _statement(random: Random, code: str, raters: Sequence[str]) -> GivenStatement:
    knowing = random.choice((0.95, 0.7, 0.35))
    answers: dict[str, Answer] = {
        who: random.randint(1, 5) if random.random() < knowing else "dont_know"
        for who in raters
        if random.random() < 0.92
    }
    return GivenStatement(
        code=code, kind=KINDS[code[0]], text=f"Words of {code}.", id=code, version=1, same=code,
        sources=(), confirmed=(0, 0, 0), answers=answers,
        cruxes=frozenset(who for who in answers if random.random() < 0.4),
    )  # fmt: skip
