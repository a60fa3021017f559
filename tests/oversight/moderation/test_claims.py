"""Taking an item: for a while, by one moderator, and never two decisions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Claim, Decision
from discussion.decisions.operations.claiming import Taken, give_back, take
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.decisions.words import CLAIM_MINUTES
from discussion.oversight.moderation.operations import decide, take_next
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_series, make_thread, viewer
from tests.journeys.together import together
from tests.oversight.moderation.waiting import make_waiting

A_WHILE = timedelta(minutes=CLAIM_MINUTES)
SECOND = timedelta(seconds=1)


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


@pytest.fixture
def people(session: Session, series: Series) -> tuple[Person, Person]:
    """Two moderators; the first is called Asha."""
    asha = make_person(session, display_name="Asha")
    return (make_member(session, series, asha, role="moderator"),
            make_member(session, series, role="moderator"))  # fmt: skip


@pytest.fixture
def two(session: Session, people: tuple[Person, Person]) -> tuple[Viewer, Viewer]:
    return viewer(session, people[0]), viewer(session, people[1])


def test_what_one_has_taken_another_neither_takes_nor_decides_until_it_is_free(
    session: Session, series: Series, thread: Thread, two: tuple[Viewer, Viewer]
) -> None:
    waiting, (asha, other) = make_waiting(session, thread), two
    take(session, asha, "positions", waiting.public_id, series, now=NOW)
    version = waiting.revisions[0].id
    with pytest.raises(Taken, match=r"Asha has this until 12:15"):
        take(session, other, "positions", waiting.public_id, series, now=NOW + A_WHILE - SECOND)
    with pytest.raises(Taken):
        decide(session, other, waiting, Ruling("approve", version_id=version), now=NOW)
    assert waiting.state == "draft"
    take(session, other, "positions", waiting.public_id, series, now=NOW + A_WHILE)
    with pytest.raises(Taken):
        decide(session, asha, waiting, Ruling("approve", version_id=version), now=NOW + A_WHILE)
    decide(session, other, waiting, Ruling("approve", version_id=version), now=NOW + A_WHILE)
    assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_deciding_needs_no_claim_and_leaves_none(
    session: Session, thread: Thread, two: tuple[Viewer, Viewer]
) -> None:
    waiting = make_waiting(session, thread)
    decide(session, two[0], waiting, Ruling("approve", version_id=waiting.revisions[0].id), now=NOW)
    assert session.scalar(select(func.count()).select_from(Claim)) == 0


def test_given_back_it_is_anybodys_and_only_by_who_has_it(
    session: Session, series: Series, thread: Thread, two: tuple[Viewer, Viewer]
) -> None:
    waiting, (asha, other) = make_waiting(session, thread), two
    take(session, asha, "positions", waiting.public_id, series, now=NOW)
    give_back(session, other, "positions", waiting.public_id)
    with pytest.raises(Taken):
        take(session, other, "positions", waiting.public_id, series, now=NOW)
    give_back(session, asha, "positions", waiting.public_id)
    assert take(session, other, "positions", waiting.public_id, series, now=NOW).until == (
        NOW + A_WHILE
    )


def test_only_moderators_of_the_series_take_anything(
    session: Session, series: Series, thread: Thread
) -> None:
    waiting = make_waiting(session, thread)
    stranger = make_member(session, make_series(session), role="moderator")
    for person in (make_member(session, series), stranger):
        with pytest.raises(Forbidden):
            take(session, viewer(session, person), "positions", waiting.public_id, series, now=NOW)


def test_the_next_is_the_one_named_then_the_first_that_is_free_and_never_ones_own(
    session: Session, series: Series, thread: Thread, people: tuple[Person, Person],
    two: tuple[Viewer, Viewer],
) -> None:  # fmt: skip
    asha, other = two
    own = make_waiting(session, thread, hours=9, author=people[0])
    first, second, third = (make_waiting(session, thread, hours=hours) for hours in (8, 7, 6))
    urls = [f"/moderation/positions/{row.public_id}" for row in (first, second, third)]
    assert take_next(session, asha, after=f"positions/{second.public_id}", now=NOW) == urls[1]
    assert take_next(session, asha, after="positions/gone", now=NOW) == urls[0]
    assert take_next(session, other, after=f"positions/{second.public_id}", now=NOW) == urls[2]
    give_back(session, other, "positions", third.public_id)
    make_waiting(session, thread, hours=1, author=people[1])
    for row in (first, second, third):
        decide(session, asha, row, Ruling("approve", version_id=row.revisions[0].id), now=NOW)
    assert take_next(session, other, now=NOW) == f"/moderation/positions/{own.public_id}"
    decide(session, other, own, Ruling("approve", version_id=own.revisions[0].id), now=NOW)
    assert take_next(session, other, now=NOW) == "/moderation"


def test_the_page_says_who_has_it_and_lets_one_take_it_and_give_it_back(
    session: Session, thread: Thread, people: tuple[Person, Person], client: FlaskClient
) -> None:
    waiting = make_waiting(session, thread)
    url = f"/moderation/positions/{waiting.public_id}"
    sign_in(client, people[0])
    assert "Take it" in client.get(url).text
    taken = client.post("/moderation/take", data={"item": f"positions/{waiting.public_id}"})
    assert (taken.status_code, taken.location) == (303, url)
    assert "Yours until" in client.get(url).text
    sign_in(client, people[1])
    assert "<bdi>Asha</bdi> has it until" in client.get(url).text
    again = client.post("/moderation/take", data={"item": f"positions/{waiting.public_id}"},
                        follow_redirects=True)  # fmt: skip
    assert "Asha has this until" in again.text
    refused = client.post(f"{url}/decide", data={
        "action": "send_back", "reason": "unclear", "why": "Which year?",
        "version_id": waiting.revisions[0].id,
    })  # fmt: skip
    assert refused.status_code == 409
    assert "Asha has this until" in refused.text
    assert "Which year?" in refused.text
    sign_in(client, people[0])
    client.post("/moderation/take", data={"back": f"positions/{waiting.public_id}"})
    assert "Nobody has it" in client.get(url).text


def test_what_does_not_wait_or_is_ones_own_cannot_be_taken(
    session: Session, thread: Thread, people: tuple[Person, Person], client: FlaskClient
) -> None:
    own = make_waiting(session, thread, author=people[0])
    sign_in(client, people[0])
    client.post("/moderation/take", data={"item": f"positions/{own.public_id}"})
    assert session.scalar(select(func.count()).select_from(Claim)) == 0
    for item in ("positions/bcdfghjkmn", "nonsense", "", "positions/"):
        gone = client.post("/moderation/take", data={"item": item})
        assert (gone.status_code, gone.location) == (303, "/moderation")


ROUNDS = 4


def test_two_at_once_never_decide_take_or_go_on_to_the_same(own_engine: Engine) -> None:
    """Real threads and real commits: one has it, and the other is told so plainly."""
    for _ in range(ROUNDS):
        with transaction(own_engine) as session:
            series = make_series(session)
            people = [make_member(session, series, role="moderator").id for _n in range(2)]
            thread = make_thread(session, series)
            rows = [make_waiting(session, thread, hours=9 - n) for n in range(3)]
            ids = [(row.id, row.public_id, row.revisions[0].id) for row in rows]
            series_id = series.id

        def acts(do: Callable[[Session, Viewer], Any]) -> list[Any]:
            return together([_acting(own_engine, one, do) for one in people])  # noqa: B023

        first = ids[0]

        def taken(session: Session, actor: Viewer) -> str:
            series = session.get_one(Series, series_id)  # noqa: B023  # run before the next
            take(session, actor, "positions", first[1], series, now=NOW)  # noqa: B023
            return "took"

        def decided(session: Session, actor: Viewer) -> str:
            item = session.get_one(Position, first[0])  # noqa: B023
            decide(session, actor, item, Ruling("approve", version_id=first[2]), now=NOW)  # noqa: B023
            return "decided"

        def went_on(session: Session, actor: Viewer) -> str:
            return take_next(session, actor, now=NOW)

        assert sorted(map(_kind, acts(taken))) == ["Taken", "took"]
        assert sorted(map(_kind, acts(decided))) in (
            ["AlreadyDecided", "decided"], ["Taken", "decided"],
        )  # fmt: skip
        assert len(set(acts(went_on))) == 2
    with transaction(own_engine, writes=False) as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == ROUNDS


def _acting(
    engine: Engine, person_id: int, act: Callable[[Session, Viewer], Any]
) -> Callable[[], Any]:
    def run() -> Any:
        with transaction(engine) as session:
            return act(session, viewer_of(session, session.get_one(Person, person_id), NOW))

    return run


def _kind(end: Any) -> str:
    assert isinstance(end, str | Taken | AlreadyDecided), end
    return end if isinstance(end, str) else type(end).__name__
