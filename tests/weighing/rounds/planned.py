"""A thread with statements of each kind, and people around it, for the tests of this folder."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.people.accounts.models import Person
from discussion.weighing.rounds.drafts_planning import RoundDraft
from discussion.weighing.rounds.drafts_rating import RatingDraft
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.rounds.operations.planning import plan_round
from discussion.weighing.rounds.operations.rating import rate
from discussion.weighing.rounds.operations.running import open_round
from tests.conftest import SECRET
from tests.factories import NOW, make_member, make_statement, viewer
from tests.factories.scenes import Scene

KEY = rater_secret("", SECRET)
KINDS = ("end", "fact", "means", "end", "fact")
CODES = ["E1", "F1", "M1", "E2", "F2"]
CLOSES = NOW.date() + timedelta(days=14)
TEACHING, LEADING = "classroom_teacher", "headteacher"


class Planned(Scene):
    """What a test of rounds begins with."""

    def __init__(self, session: Session, kinds: tuple[str, ...] = KINDS, **changes: Any) -> None:
        super().__init__(session, **changes)
        self.members: list[Person] = []
        self.statements = [
            make_statement(session, self.thread, kind=kind, made_by=self.moderator)
            for kind in kinds
        ]

    @cached_property
    def moderator(self) -> Person:
        return make_member(self.session, self.series, role="moderator", posting_role="")

    def draft(self, **changes: Any) -> RoundDraft:
        plain = RoundDraft(
            statements=tuple(row.public_id for row in self.statements),
            opens_on=NOW.date(), closes_on=CLOSES,
        )  # fmt: skip
        return replace(plain, **changes)

    def plan(self, *, now: datetime = NOW, **changes: Any) -> Round:
        return plan_round(self.session, self.as_moderator, self.thread, self.draft(**changes),
                          seed=7, now=now)  # fmt: skip

    def open(self, *, now: datetime = NOW, **changes: Any) -> Round:
        return open_round(self.session, self.as_moderator, self.plan(now=now, **changes), now=now)

    def join(self, many: int, role: str = TEACHING) -> list[Person]:
        made = [make_member(self.session, self.series, posting_role=role) for _each in range(many)]
        self.members += made
        return made


def answer(session: Session, round: Round, person: Person, code: str, value: str, *,
           now: datetime = NOW, **more: Any) -> None:  # fmt: skip
    """Rate one statement, as the operation does it."""
    draft = RatingDraft(code=code, value=value, **more)
    rate(session, viewer(session, person), round, [draft], secret=KEY, now=now)


def ratings(session: Session, round: Round) -> list[Rating]:
    return list(session.scalars(select(Rating).where(Rating.round_id == round.id)))


def promised(session: Session, name: str) -> list[dict[str, Any]]:
    """What was promised under this name, and not done."""
    rows = session.scalars(select(Job.payload).where(Job.name == name).order_by(Job.id))
    return list(rows)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def day(number: int) -> date:
    return NOW.date() + timedelta(days=number)
