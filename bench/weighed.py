"""A thread that a great many people rated: rows for the bench, written in bulk."""

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.servers import SECRET
from discussion.db import random_id
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.rounds.keys import rater_key, rater_secret
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import Statement
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_rating,
    make_round,
    make_statement,
    make_thread,
)

RATER_SECRET = rater_secret("", SECRET)
AT_ONCE = 5_000  # rows of one insert
# Kind and text of each statement, and how two groups lean: the mean of what they answer.
STATEMENTS = (
    ("end", "Equal access to enrichment is part of what a fair education means.", 4.6, 4.5),
    ("end", "Pupils should be free to decide how they spend this time.", 2.3, 4.3),
    ("fact", "Being required to attend puts pupils off taking part later.", 2.6, 3.0),
    ("fact", "Where attendance is a choice, most of those who have least stay away.", 4.1, 3.7),
    ("fact", "A place by default closes the gap as well as a requirement does.", 3.4, 3.2),
    ("means", "Attendance at enrichment should be required of every pupil.", 4.3, 1.6),
    ("means", "Every pupil should have a place by default, and an easy way out.", 3.4, 3.8),
    ("means", "Each school should decide for itself whether to require attendance.", 3.0, 3.6),
)  # fmt: skip
LEADERS = (("headteacher", "primary"), ("headteacher", "secondary"), ("senior_leader", "secondary"),
           ("senior_leader", "all_through"))  # fmt: skip
TEACHERS = (("classroom_teacher", "sixteen_nineteen"),)
OTHERS = (("governor", "primary"), ("trust_central", "cross_phase"), ("researcher", "he"),
          ("parent", "secondary"), ("sendco", "primary"))  # fmt: skip


def fill_weighed(
    session: Session, series: Series, people: int, reader: Person | None = None
) -> Thread:
    """Eight statements that so many members rated, in a round that is closed."""
    thread = make_thread(session, series, stage="making_sense",
                         question="Should schools compel attendance at enrichment?")  # fmt: skip
    item = make_item(session, series)
    positions = [make_position(session, thread, item=item) for _each in STATEMENTS]
    moderator = make_member(session, series, role="moderator")
    statements = [
        make_statement(session, thread, position, kind=kind, text=text, made_by=moderator)
        for position, (kind, text, _leaders, _teachers) in zip(positions, STATEMENTS, strict=True)
    ]
    round = make_round(session, thread, *statements, made_by_id=moderator.id)
    random = Random(people)
    raters = _members(session, series, people)
    _insert(session, Rating, _ratings(round, statements, raters, random))
    for statement in statements if reader else ():
        assert reader is not None
        make_rating(session, round, statement, reader, random.randint(1, 5), secret=RATER_SECRET)
    session.flush()
    return thread


def _members(session: Session, series: Series, people: int) -> list[tuple[str, float]]:
    """Their public ids, and how far each is with the teachers; 4 in 10 lead, 4 in 10 teach."""
    cells = zip(cycle(LEADERS), cycle(TEACHERS), cycle(OTHERS), strict=False)
    kinds = [next(cells)[0 if n % 10 < 4 else 1 if n % 10 < 8 else 2] for n in range(people)]
    rows = [
        {"public_id": random_id(), "email": f"rater{series.id}.{n}@example.org",
         "email_confirmed_at": NOW, "display_name": f"Rater {n}", "created_at": NOW}
        for n in range(people)
    ]  # fmt: skip
    asked = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    ids = [
        id for start in range(0, people, AT_ONCE)
        for id in session.scalars(asked, rows[start : start + AT_ONCE])
    ]  # fmt: skip
    _insert(
        session,
        Membership,
        (
            {"series_id": series.id, "person_id": id, "role": "contributor", "joined_at": NOW,
             "posting_role": role, "posting_phase": phase, "admitted_at": NOW,
             "admitted_how": "invited"}
            for id, (role, phase) in zip(ids, kinds, strict=True)
        ),
    )  # fmt: skip
    with_teachers = dict.fromkeys(TEACHERS, 1.0) | dict.fromkeys(LEADERS, 0.0)
    return [
        (str(row["public_id"]), with_teachers.get(kind, 0.5))
        for row, kind in zip(rows, kinds, strict=True)
    ]


def _ratings(
    round: Round, statements: list[Statement], raters: list[tuple[str, float]], random: Random
) -> Iterator[dict[str, Any]]:
    """Everybody answers everything; one in twenty does not know."""
    for public_id, share in raters:
        key = rater_key(RATER_SECRET, round.public_id, public_id)
        for statement, (kind, _text, low, high) in zip(statements, STATEMENTS, strict=True):
            point = min(5, max(1, int(random.gauss(low + share * (high - low), 0.9) + 0.5)))
            is_known = random.random() > 0.05
            says = random.choice(("yes", "yes", "yes", "no", "not_sure"))
            yield {
                "round_id": round.id,
                "version_id": statement.versions[-1].id,
                "rater_key": key,
                "value": str(point) if is_known else "dont_know",
                "reasonable": says if is_known and point <= 3 else "",
                "is_crux": kind == "fact" and random.random() < 0.1,
                "reason": "",
            }


def _insert(session: Session, model: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == AT_ONCE:
            session.execute(insert(model), held)
            held = []
    if held:
        session.execute(insert(model), held)
