"""How many more answers would settle what cannot be told, and from whom."""

from discussion.analysis.answered import Answered
from discussion.analysis.diagnosis import diagnose_counted
from discussion.analysis.settling import Settling, find_settling
from discussion.analysis.statement_findings import CountedStatement, StatementFinding

Counts = tuple[int, ...]


def _found(a: Counts, b: Counts, unknown: int = 0) -> tuple[StatementFinding, int]:
    one, other = Answered(a, unknown), Answered(b)
    row = CountedStatement("F1", "fact", one, other, one + other)
    found = diagnose_counted([row], (99, 99), seed=0)
    return found.statements[0], found.tested


def _settle(a: Counts, b: Counts, unknown: int = 0) -> Settling:
    return find_settling(*_found(a, b, unknown))


def test_more_answers_would_show_that_they_are_alike() -> None:
    here = (3, 2, 2, 2, 3)
    found = _settle(here, here)
    assert (found.state, found.towards) == ("more", "alike")
    first, second = (
        tuple(round((12 + more) * share / 12) for share in here) for more in found.more
    )
    assert max(found.more) > 0
    assert _found(first, second)[0].state == "alike"


def test_both_are_asked_where_one_group_alone_would_have_to_be_much_larger() -> None:
    first, second = _settle((3, 0, 0, 0, 3), (3, 0, 0, 0, 3)).more
    assert first == second > 6


def test_the_smaller_group_is_asked_alone_where_that_is_enough() -> None:
    found = _settle((2, 2, 1, 2, 2), (15, 20, 20, 20, 15))
    assert (found.state, found.towards) == ("more", "alike")
    assert found.more[0] > 0
    assert found.more[1] == 0
    turned = _settle((15, 20, 20, 20, 15), (2, 2, 1, 2, 2))
    assert turned.more == found.more[::-1]


def test_more_would_show_that_they_are_apart() -> None:
    found = _settle((1, 2, 1, 1, 0), (0, 1, 1, 2, 1))
    assert (found.state, found.towards) == ("more", "apart")


def test_no_number_would_where_it_is_on_the_line_or_nobody_knows() -> None:
    assert _settle((0, 100, 100, 0, 0), (0, 1, 100, 99, 0)).state == "no_number"  # 0.25 but a bit
    assert _settle((3, 3, 3, 3, 3), (3, 3, 3, 3, 3), unknown=15).state == "no_number"


def test_what_is_known_is_settled_and_what_is_short_is_told() -> None:
    assert _settle((20, 0, 0, 0, 0), (0, 0, 0, 0, 20)) == Settling("settled", "", (0, 0))
    assert _settle((2, 0, 0, 1, 0), (0, 0, 0, 0, 20)) == Settling("unrated", "", (2, 0))
