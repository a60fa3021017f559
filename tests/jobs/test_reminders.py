"""Reminders over forty days, ten of them without a worker or without a mail server."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.threads.models import Thread
from discussion.jobs.models import Standing
from discussion.jobs.worker import Worker
from discussion.mail.operations import MAIL
from discussion.oversight.duties.models import DutyRecord
from discussion.web.site import site
from discussion.wiring.later import everything_later
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_round,
    make_series,
    make_statement,
    make_thread,
)

pytestmark = pytest.mark.xdist_group("workers")

DAY = timedelta(days=1)
TODAY = NOW.date()
OUTAGE = range(10, 20)
REMINDING = ("duties.remind", "jobs.tidy", "moderation.remind", "threads.remind")
SUBJECTS = {
    "A thread waits for its round": ("round", 1),
    "2 threads wait for their rounds": ("round", 2),
    "3 threads wait for their rounds": ("round", 3),
    "4 threads wait for their rounds": ("round", 4),
    "A thread waits for its outcome": ("outcome", 1),
    "An outcome is due for review": ("review", 1),
    "A round needs new dates": ("days", 1),
    "2 safety records are to be reviewed": ("record", 2),
}


def arrange(session: Session) -> None:
    """Each kind of thing that waits; Ada looks after two series, Ben after one, Cleo the site."""
    series, other = make_series(session), make_series(session)
    ada = make_person(session, email="ada@example.org")
    ben = make_person(session, email="ben@example.org")
    cleo = make_person(session, email="cleo@example.org", is_administrator=True)
    make_member(session, series, ada, role="moderator")
    make_member(session, series, ben, role="convener")
    make_member(session, series)
    make_member(session, other, ada, role="moderator")
    for day, where in ((2, series), (2, series), (4, other), (12, series)):
        make_thread(session, where, weighing_on=TODAY + day * DAY)
    make_thread(session, series, stage="making_sense", closed_on=TODAY + 3 * DAY)
    ended = {"stage": "closed", "outcome": "So.", "outcome_html": "So."}
    make_thread(session, series, review_on=TODAY + 5 * DAY, **ended)
    waits = make_thread(session, series, stage="open")
    make_round(session, waits, make_statement(session, waits, made_by=ada), state="planned",
               opens_at=NOW, closes_at=NOW + DAY / 48, opened_at=None, closed_at=None,
               made_by_id=ada.id)  # fmt: skip
    for kind in ("accountable-person", "complaints-procedure"):
        session.add(DutyRecord(kind=kind, version=1, text="Us.", html="Us.", code_version="A code",
                               review_on=TODAY + 6 * DAY, what_changed="", written_by_id=cleo.id,
                               written_at=NOW))  # fmt: skip
    for status in ("closed", "archived"):
        over = make_series(session, status=status)
        make_member(session, over, ada, role="convener")
        make_thread(session, over, weighing_on=TODAY)
        make_thread(session, over, stage="making_sense", closed_on=TODAY)
        make_thread(session, over, stage="proposed", created_at=NOW - 30 * DAY)
        make_thread(session, over, review_on=TODAY, **ended)


def at(day: int, hour: int) -> datetime:
    return datetime.combine(TODAY + day * DAY, time(hour), UTC)


def letters_in(folder: Path) -> list[tuple[str, str]]:
    """To whom and about what; the folder is emptied."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        letter = message_from_bytes(path.read_bytes())
        found.append((str(letter["To"]), str(make_header(decode_header(letter["Subject"])))))
        path.unlink()
    return found


@pytest.mark.parametrize("outage", ["worker", "mail"])
def test_each_hears_of_each_kind_in_one_letter_ever_less_often_and_once_after_an_outage(
    own_app: Flask, outage: str
) -> None:
    registry = everything_later()
    periodic = {name: registry.periodic[name] for name in REMINDING}
    worker = Worker(own_app, replace(registry, periodic=periodic))
    with transaction(site(own_app).engine) as session:
        arrange(session)
        if outage == "mail":
            session.add(Standing(name=MAIL, is_well=False, since=at(10, 0), at=at(10, 0),
                                 waits_until=None))  # fmt: skip
    told = defaultdict(list)
    for day in range(41):
        if outage == "worker" and day in OUTAGE:
            continue
        if outage == "mail" and day == OUTAGE[0]:
            with transaction(site(own_app).engine) as session:
                session.get_one(Standing, MAIL).waits_until = at(OUTAGE[-1] + 1, 0)
        for hour in (7, 13) if day < 4 else (7,):
            with time_machine.travel(at(day, hour), tick=False):
                worker.tick()
                worker.sweep()
            for to, subject in letters_in(site(own_app).settings.mail_folder):
                kind, many = SUBJECTS[subject]
                told[to.partition("@")[0], kind].append((day, many))
    assert told == {
        ("ada", "round"): [(2, 2), (4, 3), (5, 3), (7, 3), (9, 3), (20, 4), (23, 4), (25, 4),
                           (33, 4)],
        ("ben", "round"): [(2, 2), (5, 2), (9, 2), (20, 3), (23, 3), (33, 3)],
        ("ada", "days"): [(0, 1), (3, 1), (7, 1), (21, 1)],
        ("ben", "days"): [(0, 1), (3, 1), (7, 1), (21, 1)],
        ("ada", "outcome"): [(3, 1), (6, 1), (20, 1), (24, 1)],
        ("ben", "outcome"): [(3, 1), (6, 1), (20, 1), (24, 1)],
        ("ada", "review"): [(5, 1), (8, 1), (20, 1), (26, 1)],
        ("ben", "review"): [(5, 1), (8, 1), (20, 1), (26, 1)],
        ("cleo", "record"): [(0, 2), (6, 2), (9, 2), (20, 2), (27, 2)],
    }  # fmt: skip


def test_what_is_done_meanwhile_is_spoken_of_no_more(own_app: Flask) -> None:
    """Also by a letter that was promised before it was done."""
    registry = everything_later()
    remind = {"threads.remind": registry.periodic["threads.remind"]}
    worker = Worker(own_app, replace(registry, periodic=remind))
    with transaction(site(own_app).engine) as session:
        series = make_series(session)
        make_member(session, series, role="moderator")
        thread = make_thread(session, series, weighing_on=TODAY)
        thread_id = thread.id
        session.add(Standing(name=MAIL, is_well=False, since=at(0, 0), at=at(0, 0),
                             waits_until=at(1, 0)))  # fmt: skip
    told = []
    for day in range(25):
        if day == 1:
            with transaction(site(own_app).engine) as session:
                session.get_one(Thread, thread_id).weighing_on = TODAY + 60 * DAY
        with time_machine.travel(at(day, 9), tick=False):
            worker.tick()
            worker.sweep()
        told += letters_in(site(own_app).settings.mail_folder)
    assert told == []
