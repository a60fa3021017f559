"""A year of a site, day by day: nothing is skipped, nobody is flooded, and nothing grows for ever.

Its worker ticks once a day, hourly where hours matter, and every eighth day where nothing happens;
for ten days it stands still. People write, rounds open and close, one is missed, a series ends.
What is left is brought back on both databases.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.app import create_app
from discussion.cli.archive import PASSING as PASSING_BY
from discussion.cli.archive import read_manifest
from discussion.cli.database import keep_copy
from discussion.cli.restoring import bring_back
from discussion.config import Settings
from discussion.debate.threads.models import StageMove, Thread
from discussion.jobs.models import Job
from discussion.jobs.worker import Worker
from discussion.migrations import every_table
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.web.site import site
from discussion.weighing.rounds.drafts_planning import RoundDraft
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.planning import plan_round
from tests.cli.test_backup_both_ways import audit_problems
from tests.conftest import SECRET
from tests.databases import KINDS, contents, empty_database, migrated_database, opened
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_rating,
    make_response,
    make_statement,
    make_thread,
    viewer,
)
from tests.factories.scenes import Scene

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = date(2026, 11, 24)
OUTAGE = range(118, 128)  # days without a worker
MISSED = (120, 126)  # of a round
REPLANNED = 140
LAST = 330  # of the series
EVENTFUL = (range(28, 50), range(116, 130), range(138, 157), range(314, 335))
MEMBERS = 12
KEY = rater_secret("", SECRET)
# How many letters of each kind anybody gets in the year, whatever their part in it.
MOST_LETTERS = {
    "A thread moves on soon": 6,
    "One year: your week, one thing": 3,  # rounds, unless one chose to hear of them at once
    "One year: your week, one thing and one to do": 3,
    "The week in “One year”": 12,  # to conveners, and nothing of a quiet one
    "A round needs new dates": 3,  # when its days have passed, and three and seven days later
    "The last day of “One year” is near": 1,
    "The last day of “One year” has passed": 1,
}
# However long a site runs, these hold no more than a month of it.
PASSING = {"attempt": 5, "job": 900, "heartbeat": 1, "mailed_link": 3, "account_session": 5}


def day(number: int) -> date:
    return FIRST + number * DAY


def at(number: int, hour: int = 9) -> datetime:
    return clock.morning(day(number)) + hour * HOUR


@pytest.fixture(params=KINDS)
def site_of_a_year(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with migrated_database(request.param, tmp_path) as url:
        app = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url,
                     fast_passwords=True, mail_from="Discussion <no-reply@example.org>")
        )  # fmt: skip
        yield app
        site(app).engine.dispose()


class Year:
    """What stands at the beginning, and what happens on which day."""

    def __init__(self, app: Flask) -> None:
        self.app, self.worker = app, Worker(app)
        self.sent: Counter[tuple[str, str]] = Counter()
        self._seen: set[str] = set()
        with site(app).open_session(True) as session:
            series = Scene(session, title="One year", ends_on=day(LAST), min_group=5).series
            self.series_id = series.id
            self.convener = make_member(session, series, role="convener", posting_role="")
            self.moderator = make_member(session, series, role="moderator", posting_role="")
            self.members = [make_member(session, series) for _one in range(MEMBERS)]
            self.threads = {
                "walks": self._thread(session, series, 30, 40),
                "misses": self._thread(session, series, *MISSED),
                "ends": self._thread(session, series, LAST - 5, LAST + 20),
            }
            session.commit()

    def _thread(self, session: Session, series: Series, opens: int, closes: int) -> int:
        thread = make_thread(
            session, series, open_on=FIRST, weighing_on=day(opens), review_on=day(360),
            making_sense_on=day(closes + 1), closed_on=day(closes + 8), outcome="So it came.",
            outcome_html="<p>So it came.</p>",
        )  # fmt: skip
        statements = [
            make_statement(session, thread, kind=kind, made_by=self.moderator)
            for kind in ("end", "fact", "means")
        ]
        self._plan(session, thread, [row.public_id for row in statements], opens, closes, 0)
        return thread.id

    def _plan(
        self, session: Session, thread: Thread, ids: list[str], opens: int, closes: int, now: int
    ) -> None:
        draft = RoundDraft(statements=tuple(ids), opens_on=day(opens), closes_on=day(closes))
        who = viewer(session, session.get_one(Person, self.moderator.id))
        plan_round(session, who, thread, draft, seed=1, now=at(now))

    def live(self, number: int) -> None:
        """What people do on a day."""
        with site(self.app).open_session(True) as session:
            if number % 8 == 0 and number < LAST:
                self._write(session, number)
            for round in session.scalars(select(Round).where(Round.state == "open")):
                self._rate(session, round, number)
            if number == REPLANNED:
                thread = session.get_one(Thread, self.threads["misses"])
                [round] = session.scalars(select(Round).where(Round.thread_id == thread.id))
                ids = [row.version.statement.public_id for row in round.statements]
                self._plan(session, thread, ids, 141, 147, number)
            session.commit()
        if number % 8 == 0:  # somebody mistypes
            client = self.app.test_client()
            client.post("/accounts/sign-in", data={"email": "a@example.org", "password": "wrong"})

    def _write(self, session: Session, number: int) -> None:
        author = session.get_one(Person, self.members[number % MEMBERS].id)
        other = session.get_one(Person, self.members[(number + 1) % MEMBERS].id)
        thread = make_thread(session, session.get_one(Series, self.series_id), open_on=day(number))
        make_response(session, make_position(session, thread, author), other)

    def _rate(self, session: Session, round: Round, number: int) -> None:
        person = session.get_one(Person, self.members[number % MEMBERS].id)
        for row in round.statements:
            statement = row.version.statement
            make_rating(session, round, statement, person, 1 + number % 5, secret=KEY)

    def tick(self) -> None:
        self.worker.beat()
        self.worker.tick()
        self.worker.sweep()
        folder = site(self.app).settings.mail_folder
        for path in folder.glob("*.eml") if folder.is_dir() else ():
            if path.name not in self._seen:
                self._seen.add(path.name)
                letter = message_from_bytes(path.read_bytes(), policy=default)
                self.sent[str(letter["To"]), str(letter["Subject"])] += 1

    def walk(self) -> None:
        for number in range(365):
            if number % 8 and not any(number in days for days in EVENTFUL):
                continue
            hours: tuple[int, ...] = (9,)
            if number in (30, 41, LAST + 1):
                hours = (0, 7, 9, 23)
            for hour in hours:
                with time_machine.travel(at(number, hour), tick=False):
                    if hour == 9:
                        self.live(number)
                    if number not in OUTAGE:
                        self.tick()


def test_a_year(site_of_a_year: Flask, tmp_path: Path) -> None:
    year = Year(site_of_a_year)
    year.walk()
    engine = site(site_of_a_year).engine
    with site(site_of_a_year).open_session(False) as session:
        moves = {
            name: [
                (row.after, clock.day(row.at))
                for row in session.scalars(
                    select(StageMove).where(StageMove.thread_id == id).order_by(StageMove.id)
                )
            ]
            for name, id in year.threads.items()
        }
        rounds = {
            name: [(row.state, clock.day(row.closed_at or NOW)) for row in session.scalars(
                select(Round).where(Round.thread_id == id))]
            for name, id in year.threads.items()
        }  # fmt: skip
        assert session.get_one(Series, year.series_id).status == "closed"
        failed = session.scalars(select(Job.error).where(Job.error != "")).all()
        sizes = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in every_table().sorted_tables
        }
    assert failed == []
    assert moves == {
        "walks": [("weighing", day(30)), ("making_sense", day(41)), ("closed", day(48))],
        "misses": [("weighing", day(141)), ("making_sense", day(148)), ("closed", day(155))],
        "ends": [("weighing", day(LAST - 5)), ("making_sense", day(LAST + 1))],
    }
    assert rounds == {
        "walks": [("closed", day(41))],
        "misses": [("closed", day(148))],
        "ends": [("closed", day(LAST + 1))],
    }
    _letters_are_few(year)
    assert {name: sizes[name] for name, most in PASSING.items() if sizes[name] > most} == {}
    _comes_back(engine, tmp_path)


def _letters_are_few(year: Year) -> None:
    most: Counter[str] = Counter()
    for (_to, subject), many in year.sent.items():
        most[subject] = max(most[subject], many)
    assert most == MOST_LETTERS


def _comes_back(engine: Engine, folder: Path) -> None:
    """From here to both databases; with both of them to begin from, in all four directions."""
    path = folder / "backup.zip"
    keep_copy(engine, path, now=NOW)
    before = contents(engine)
    for kind in KINDS:
        with empty_database(kind, folder) as url, opened(url) as there:
            bring_back(there, path, read_manifest(path))
            after = contents(there)
            assert {name for name in before if before[name] != after[name]} <= PASSING_BY
            assert audit_problems(there) == []
