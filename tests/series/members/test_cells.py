"""Labels are shown only when five admitted members share them, also after subtraction."""

import pytest
from sqlalchemy.orm import Session

from discussion.series.members.queries.cells import Cells, count_cells, ladder_step
from discussion.vocabulary.education import EDUCATION
from tests.factories import NOW, make_member, make_person, make_series

HEADS = ("headteacher", "secondary")


@pytest.mark.parametrize(
    ("posts", "step"),
    [
        ({HEADS: 5}, 0),
        ({HEADS: 4}, 3),
        ({HEADS: 4, ("senior_leader", "secondary"): 1}, 1),
        ({HEADS: 3, ("senior_leader", "secondary"): 1}, 3),
        ({HEADS: 3, ("headteacher", "primary"): 2}, 2),
        ({HEADS: 3, ("headteacher", "primary"): 1}, 3),
        ({HEADS: 4, ("classroom_teacher", "secondary"): 5}, 3),
    ],
)
def test_the_first_step_that_five_share_is_shown(
    posts: dict[tuple[str, str], int], step: int
) -> None:
    assert ladder_step(Cells(posts, EDUCATION), *HEADS, 5) == step


def test_the_one_left_over_beside_a_shown_cell_is_not_given_away_by_subtraction() -> None:
    cells = Cells({("senior_leader", "secondary"): 5, HEADS: 1}, EDUCATION)
    assert {EDUCATION.family_of(role) for role, _phase in cells.posts} == {"school_leadership"}
    assert ladder_step(cells, *HEADS, 5) == 3


def test_the_ones_left_over_beside_a_shown_family_and_phase_are_not_given_away() -> None:
    shown = {("senior_leader", "primary"): 3, ("headteacher", "primary"): 2}
    assert ladder_step(Cells(shown | {HEADS: 4}, EDUCATION), *HEADS, 5) == 3


def test_a_group_is_never_smaller_than_five_whatever_the_series_says() -> None:
    assert ladder_step(Cells({HEADS: 4}, EDUCATION), *HEADS, 2) == 3
    assert ladder_step(Cells({HEADS: 6}, EDUCATION), *HEADS, 7) == 3


def test_somebody_without_a_posting_role_is_a_contributor() -> None:
    assert ladder_step(Cells({HEADS: 9}, EDUCATION), "", "", 5) == 3


def test_only_confirmed_admitted_members_of_this_series_count(session: Session) -> None:
    series, other = make_series(session), make_series(session)
    make_member(session, other)
    make_member(session, series, admitted_at=None)
    make_member(session, series, removed_at=NOW)
    make_member(session, series, make_person(session, left_at=NOW))
    make_member(session, series, make_person(session, email_confirmed_at=None))
    make_member(session, series, posting_role="")
    for _each in range(2):
        make_member(session, series)
    assert count_cells(session, series) == Cells({HEADS: 2}, EDUCATION)
