"""Weighed threads for the tests: the worked example of the analysis, through the real tables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.weighing.findings.computing.given import GivenRound, GivenTags
from discussion.weighing.findings.computing.making import Due, make
from discussion.weighing.findings.content.counted import Cell
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.fixed import Limits, StopRule
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.statements.models import Statement
from tests.conftest import SECRET
from tests.factories import (
    NOW,
    make_member,
    make_members,
    make_rating,
    make_ratings,
    make_round,
    make_statement,
)
from tests.factories.scenes import Scene

KEY = rater_secret("", SECRET)
TEACHES = {"posting_role": "classroom_teacher", "posting_phase": "sixteen_nineteen"}
QUESTION = "Should attendance at enrichment be required?"

# Statement: kind, text, what five school leaders and what five sixth-form teachers answer.
WORKED: dict[str, tuple[str, str, str, str]] = {
    "E1": ("end", "Equal access to enrichment matters for equity.", "55545", "54555"),
    "E2": ("end", "Pupils should be free to choose how they spend this time.", "22323", "54545"),
    "F1": ("fact", "Being required puts pupils off joining in later.", "23232", "33423"),
    "F2": ("fact", "Without a requirement, those with least will not come.", "54454", "44344"),
    "M1": ("means", "Attendance should be compulsory.", "55454", "12121"),
    "M2": ("means", "Each pupil gets a place by default, with an easy opt-out.", "34343", "44354"),
}  # fmt: skip
CRUXES = {"F1": ("11100", "10111")}


def content_of_nobody(cells: Mapping[str, Mapping[str, Cell]]) -> Content:
    """What a snapshot says of a round without statements and raters, but for these cells."""
    given = GivenRound(
        id="r", number=1, cycle=1, points=5, seed=1, limits=Limits(), min_group=5,
        stop_rule=StopRule(), who_may_rate="members", feedback="spread", opened_on="2026-11-01",
        closed_on="2026-11-02", imported_from="", attribution="", statements=(), raters={},
        answered=0,
    )  # fmt: skip
    tags = GivenTags(positions=(), values={}, retracted=frozenset(), levels=())
    [made] = make([Due(1, None, "", given, None)], tags, KEY)
    assert made.content is not None
    return replace(made.content, ratings=replace(made.content.ratings, cells=cells))


class Weighed(Scene):
    """A thread with a closed round of these statements (code → kind, text), and who rated it."""

    def __init__(
        self, session: Session, statements: Mapping[str, tuple[str, str]], **changes: Any
    ) -> None:
        super().__init__(session, thread={"stage": "making_sense", "question": QUESTION})
        self.statements = {
            code: make_statement(session, self.thread, kind=kind, text=text)
            for code, (kind, text) in statements.items()
        }
        self.round = make_round(session, self.thread, *self.statements.values(), **changes)
        self.leaders: list[Person] = []
        self.teachers: list[Person] = []

    def compute(self, because: Any = "round_closed", now: Any = NOW) -> FindingSnapshot:
        made = compute_findings(self.session, self.thread.id, because, secret=KEY, now=now)
        assert made is not None
        return made

    def rate(self, code: str, person: Person, value: int | str, **changes: Any) -> None:
        make_rating(self.session, self.round, self.statements[code], person, value, secret=KEY,
                    **changes)  # fmt: skip


def weighed(
    session: Session, said: dict[str, tuple[str, str, str, str]] = WORKED, **changes: Any
) -> Weighed:
    """As many leaders and teachers as there are digits; "." did not rate, "?" does not know."""
    texts = {code: (kind, text) for code, (kind, text, _a, _b) in said.items()}
    world = Weighed(session, texts, **changes)
    first = next(iter(said.values()))
    posts = [
        *(_leads(number) for number, _each in enumerate(first[2])),
        *(TEACHES for _each in first[3]),
    ]
    people = make_members(session, world.series, posts)
    world.leaders += people[: len(first[2])]
    world.teachers += people[len(first[2]) :]
    rated: list[tuple[Statement, Person, str, bool]] = []
    for code, (_kind, _text, *answers) in said.items():
        marks = CRUXES.get(code, ("", ""))
        raters = (world.leaders, world.teachers)
        for people, values, cruxes in zip(raters, answers, marks, strict=True):
            for number, (person, value) in enumerate(zip(people, values, strict=True)):
                if value != ".":
                    is_crux = cruxes[number : number + 1] == "1"
                    answer = value.replace("?", "dont_know")
                    rated.append((world.statements[code], person, answer, is_crux))
    make_ratings(session, world.round, rated, secret=KEY)
    return world


def leader(session: Session, series: Series, number: int = 0, **changes: Any) -> Person:
    return make_member(session, series, **_leads(number) | changes)


def teacher(session: Session, series: Series, **changes: Any) -> Person:
    return make_member(session, series, **TEACHES | changes)


def _leads(number: int) -> dict[str, str]:
    """Heads and their deputies of schools of all phases, so that no finer name fits most."""
    role = ("headteacher", "senior_leader")[number % 2]
    phase = ("primary", "secondary", "all_through")[number % 3]
    return {"posting_role": role, "posting_phase": phase}
