"""Away for two weeks, across a change to summer time and a run that was missed: every letter.

Adaeze takes part in three threads. Clocks in London go forward on 29 March 2026, so that her Monday
mornings at seven are 07:00 UTC before it and 06:00 UTC after. What arrives is read off a real mail
server, in order.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.operations.stages import enter_stage
from discussion.decisions.models import Decision
from discussion.decisions.operations.notifications import tell
from discussion.people.accounts.models import Person
from discussion.reach.notices.drafts import HearDraft
from discussion.reach.notices.operations.choosing import choose
from discussion.reach.notices.operations.composing import compose
from discussion.reach.notices.operations.following import follow
from tests.factories import make_member, make_person, make_position, make_thread
from tests.reach.notices.world import Hearing, Postbox, a_postbox, html, links, plain, work


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, or of April from 32 on, in UTC."""
    return datetime(2026, 3, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


class Fortnight(Hearing):
    """Three threads in which Adaeze wrote; the worker does not run on the second Monday morning."""

    def __init__(self, session: Session, app: Flask) -> None:
        super().__init__(session, title="Mapping the Way", host="The Wards' Council")
        self.app = app
        person = make_person(session, display_name="Adaeze")
        self.person: Person = make_member(session, self.series, person)
        self.positions: list[Position] = [
            make_position(
                session,
                make_thread(session, self.series, attribution="named", stage="open"),
                self.person,
                attribution=mode,
                first_published_at=at(10, 9),
            )
            for mode in ("named", "role", "chatham_house")
        ]
        with time_machine.travel(at(22, 12), tick=False):
            viewer = self.as_(self.person, at(22, 12))
            follow(session, viewer, "value", f"{self.series.slug}/equality",
                   is_muted=False, now=at(22, 12))  # fmt: skip
        session.commit()

    def decide(self, position: Position, when: datetime) -> None:
        row = Decision(
            series_id=self.series.id, subject_kind="position", subject_id=position.public_id,
            action="keep", why="It is on the question.", addressed_to_id=position.author_id,
            decided_by_id=self.moderator.id, decided_by_role="moderator", at=when,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        tell(self.session, row, when)
        self.session.commit()

    def close(self, position: Position, when: datetime) -> None:
        enter_stage(self.session, position.thread, "closed", None, "", when)
        self.session.commit()

    def serve(self, when: datetime) -> Position:
        """Somebody else serves the value that she follows."""
        made = make_position(
            self.session, make_thread(self.session, self.series, attribution="named"),
            first_published_at=when,
        )  # fmt: skip
        assert made.live is not None
        made.live.live_at = when
        self.session.commit()
        return made

    @contextmanager
    def run(self, box: Postbox, since: datetime, until: datetime) -> Iterator[None]:
        """The worker looks every half hour from one moment to another."""
        moment = since
        while moment <= until:
            work(self.app, moment)
            moment += timedelta(minutes=30)
        yield


@pytest.fixture
def fortnight(session: Session, app: Flask) -> Fortnight:
    return Fortnight(session, app)


def test_what_arrives_in_two_weeks_is_exactly_right(
    app: Flask, client: FlaskClient, fortnight: Fortnight
) -> None:
    named, by_role, secret = fortnight.positions
    with a_postbox(app) as box:
        # Tuesday: somebody answers by name, which is told at once.
        fortnight.answer(named, at(24, 10), attribution="named")
        work(app, at(24, 10))
        (letter,) = box.take()
        assert letter["Subject"] == "Somebody answered your position"
        assert "Wednesday" not in letter["Subject"]
        answers = letter["In-Reply-To"]

        # Wednesday: under the Chatham House Rule, which is told with Thursday's batch.
        fortnight.answer(named, at(25, 15), attribution="chatham_house")
        with fortnight.run(box, at(25, 15), at(25, 20)):
            assert box.take() == []
        work(app, at(26, 7))
        (letter,) = box.take()
        assert letter["Subject"] == "Somebody answered your position"
        assert letter["In-Reply-To"] == answers  # threads of letters hold together
        assert "Contributor" in plain(letter)

        # Thursday: her own secret position is answered; the letter says that something waits.
        fortnight.answer(secret, at(26, 11), attribution="named")
        work(app, at(26, 11))
        assert box.take() == []
        work(app, at(27, 7))
        (letter,) = box.take()
        assert letter["Subject"] == "Something waits in My contributions."
        said = f"{letter}"
        assert fortnight.series.slug not in said
        assert secret.public_id not in said

        # Friday: two things for the week, and one that is hidden before Monday comes.
        fortnight.close(by_role, at(27, 12))
        fortnight.serve(at(27, 13))
        fortnight.serve(at(27, 14)).state = "hidden"
        fortnight.session.commit()
        work(app, at(27, 14))
        assert box.take() == []

        # The clocks go forward on Sunday the 29th. Monday at seven is 06:00 UTC, and no earlier.
        with fortnight.run(box, at(30, 4), at(30, 5, 30)):
            assert box.take() == []
        work(app, at(30, 6))
        (letter,) = box.take()
        assert letter["Subject"] == "Mapping the Way: your week, 2 things"
        for face in (plain(letter), html(letter)):
            assert by_role.thread.question in face
            assert "A position serves it that did not before." in face
            assert "The Wards' Council" in face or "The Wards&#39; Council" in face
        week = letter["In-Reply-To"]
        with fortnight.run(box, at(30, 6, 30), at(31, 6)):
            assert box.take() == []

        # The second week: the worker is down from Sunday to Tuesday. What was due comes once.
        fortnight.serve(at(34, 9))
        fortnight.serve(at(38, 9))  # on the Tuesday: for the next Monday
        work(app, at(38, 9, 30))
        (letter,) = box.take()
        assert letter["Subject"] == "Mapping the Way: your week, one thing"
        assert letter["In-Reply-To"] == week
        assert "A position serves it that did not before." in plain(letter)

        # She turns off what she follows, from the letter, and nothing of it comes again.
        stop = next(link for link in links(letter) if "/notices/stop/" in link)
        assert "Stop these letters" in client.get(urlsplit(stop).path).text
        assert client.post(urlsplit(stop).path).status_code == 200
        fortnight.serve(at(39, 9))
        for day in range(39, 60):
            work(app, at(day, 6))
        assert box.take() == []

        # A decision is still told at once.
        fortnight.decide(named, at(60, 9))
        work(app, at(60, 9))
        (letter,) = box.take()
        assert "It is on the question." in plain(letter)


def test_quiet_hours_hold_letters_back_and_lose_none(app: Flask, fortnight: Fortnight) -> None:
    named = fortnight.positions[0]
    viewer = fortnight.as_(fortnight.person, at(24, 9))
    draft = HearDraft({}, zone="Asia/Tokyo", quiet=(19 * 60, 7 * 60), nothing_until=None)
    choose(fortnight.session, viewer, draft, now=at(24, 9))
    fortnight.session.commit()
    with a_postbox(app) as box:
        fortnight.answer(named, at(24, 11), attribution="named")  # 20:00 in Tokyo
        fortnight.decide(named, at(24, 12))
        work(app, at(24, 12))
        work(app, at(24, 21, 50))
        assert box.take() == []
        work(app, at(24, 22))  # 07:00 in Tokyo
        assert len(box.take()) == 2
        choose(fortnight.session, viewer, HearDraft({}, nothing_until=date(2026, 3, 28)),
               now=at(24, 23))  # fmt: skip
        fortnight.answer(named, at(25, 11), attribution="named")
        work(app, at(25, 12))
        work(app, at(27, 23, 50))
        assert box.take() == []
        work(app, at(28, 0, 10))
        assert len(box.take()) == 1


def test_two_workers_send_one_letter(app: Flask, fortnight: Fortnight) -> None:
    fortnight.close(fortnight.positions[1], at(24, 12))
    with a_postbox(app) as box:
        work(app, at(24, 12))
        first = compose(fortnight.session, fortnight.person.id, at(30, 6))
        second = compose(fortnight.session, fortnight.person.id, at(30, 6))
        fortnight.session.commit()
        assert first is not None
        assert second is None
        work(app, at(30, 6))
        assert len(box.take()) == 1
