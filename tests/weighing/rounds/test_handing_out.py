"""Rows of a round that was held here leave the site only where they tell nobody's answers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.oversight.rights.operations.consenting import take_back
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.handing_out import HandedOut, hand_out_ratings
from discussion.weighing.rounds.queries.exporting import find_closed_round, list_comments
from discussion.weighing.rounds.words import FEWEST_TO_HAND_OUT
from discussion.weighing.statements.models import Statement
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_rating,
    make_round,
    make_statement,
    viewer,
)
from tests.factories.scenes import Scene

SECRET = "under which raters are keyed in these tests"


class Rated(Scene):
    """Rater n agrees with as many statements as n has ones in binary, and is unsure of the last."""

    def __init__(self, session: Session, raters: int, **changes: object) -> None:
        super().__init__(session)
        self.statements = [
            make_statement(session, self.thread, kind=kind) for kind in ("end", "fact", "means")
        ]
        self.round: Round = make_round(session, self.thread, *self.statements, **changes)
        self.raters = [make_member(session, self.series) for _ in range(raters)]
        for n, person in enumerate(self.raters):
            for at, statement in enumerate(self.statements[:2]):
                value = 5 if n >> at & 1 else 2
                self._rate(person, statement, value, reason="Mine.")
            if n < 4:
                self._rate(person, self.statements[2], "dont_know")

    def _rate(self, who: Person, statement: Statement, value: int | str, **more: str) -> None:
        make_rating(self.session, self.round, statement, who, value, secret=SECRET, **more)

    def hand_out(self) -> HandedOut:
        by = self.as_moderator
        return hand_out_ratings(self.session, by, self.round, secret=SECRET, now=NOW)


def test_rows_have_answers_and_nothing_that_tells_whose(session: Session) -> None:
    scene = Rated(session, FEWEST_TO_HAND_OUT)
    handed = scene.hand_out()
    rows = [tuple(said) for _person, said in handed.votes.rows()]
    typed = [tuple((at, 1 if n >> at & 1 else -1) for at in range(2))
             for n in range(FEWEST_TO_HAND_OUT)]  # fmt: skip
    assert sorted(rows) == sorted(typed)
    assert rows != typed  # drawn by lot, the same each time
    assert rows == [tuple(said) for _person, said in scene.hand_out().votes.rows()]
    assert [line.id for line in handed.lines] == ["0", "1", "2"]
    comments = list_comments(session, scene.round, handed.lines, handed.votes)
    assert [(c.code, c.kind) for c in comments] == [("E1", "end"), ("F1", "fact"), ("M1", "means")]
    assert {c.at for c in comments} == {scene.round.closed_at}
    assert (comments[2].agrees, comments[2].disagrees) == (0, 0)  # four answers are left out
    made = session.scalars(select(Decision)).all()
    assert [one.action for one in made] == ["export_ratings"] * 2


def test_too_few_members_are_handed_out_to_nobody(session: Session) -> None:
    scene = Rated(session, FEWEST_TO_HAND_OUT - 1, who_may_rate="anybody")
    stranger = make_person(session)
    make_rating(session, scene.round, scene.statements[0], stranger, 5, secret=SECRET)
    with pytest.raises(Refused, match="Fewer than 15 members"):
        scene.hand_out()
    with pytest.raises(Refused, match="Fewer than 20 members"):
        Rated(session, FEWEST_TO_HAND_OUT, min_group=20).hand_out()
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


@pytest.mark.parametrize("who_may_rate", ["members", "anybody"])
def test_nothing_is_handed_out_once_somebody_may_have_left(
    who_may_rate: str, session: Session
) -> None:
    scene = Rated(session, FEWEST_TO_HAND_OUT + 1, who_may_rate=who_may_rate)
    stranger = make_person(session, left_at=NOW)
    if who_may_rate == "anybody":
        with pytest.raises(Refused, match="has left"):
            scene.hand_out()
        stranger.left_at = NOW - timedelta(days=9)
    scene.hand_out()
    scene.raters[0].left_at = NOW
    session.flush()
    with pytest.raises(Refused, match="has left"):
        scene.hand_out()


def test_nothing_is_handed_out_once_somebody_has_taken_their_answers_back(
    session: Session,
) -> None:
    """Who stays, and takes back that their private answers are kept, has not left."""
    scene = Rated(session, FEWEST_TO_HAND_OUT + 1)
    compute_findings(session, scene.round.thread_id, "round_closed", secret=SECRET, now=NOW)
    scene.hand_out()
    take_back(session, viewer(session, scene.raters[0]), "private", secret=SECRET)
    with pytest.raises(Refused, match="taken their answers back"):
        scene.hand_out()


def test_only_who_runs_rounds_hands_out_and_only_closed_ones(session: Session) -> None:
    scene = Rated(session, FEWEST_TO_HAND_OUT)
    member = viewer(session, scene.raters[0])
    with pytest.raises(Forbidden):
        hand_out_ratings(session, member, scene.round, secret=SECRET, now=NOW)
    thread = scene.round.thread
    opened = make_round(session, thread, scene.statements[0], state="open", closed_at=None)
    with pytest.raises(Forbidden):
        hand_out_ratings(session, scene.as_moderator, opened, secret=SECRET, now=NOW)
    assert find_closed_round(session, member, thread) == scene.round
    assert find_closed_round(session, member, thread, opened.number) is None


def test_rows_of_nearly_the_same_people_as_before_are_not_handed_out(session: Session) -> None:
    """Beside the first round's numbers, or its rows, they would be the newcomer's."""
    scene = Rated(session, FEWEST_TO_HAND_OUT, number=1)
    thread = scene.round.thread
    compute_findings(session, thread.id, "round_closed", secret=SECRET, now=NOW)
    new = make_statement(session, thread, kind="means", text="Something else should be done.")
    asked = [*scene.statements, new]
    scene.round = make_round(session, thread, *asked, number=2)
    newcomer = make_member(session, thread.series)
    for person in [*scene.raters, newcomer]:
        for statement in asked:
            make_rating(session, scene.round, statement, person, 5, secret=SECRET)
    with pytest.raises(Refused, match="not counted yet"):
        scene.hand_out()
    compute_findings(session, thread.id, "round_closed", secret=SECRET, now=NOW)
    rows = [tuple(said) for _person, said in scene.hand_out().votes.rows()]
    assert rows == [((3, 1),)] * (FEWEST_TO_HAND_OUT + 1)  # of what nobody was asked before
