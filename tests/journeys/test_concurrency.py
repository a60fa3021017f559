"""Two hundred requests at once, eight writers among them: nothing acknowledged is lost, no 500."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Part, Position, Response, ResponseText, Revision
from discussion.decisions.models import Decision
from discussion.people.accounts.models import Attempt
from tests.factories import make_member, make_position, make_thread
from tests.factories.scenes import Scene
from tests.journeys.served import served
from tests.people.accounts.journeys import PASSWORD, make_account

pytestmark = pytest.mark.slow

WRITERS = 8
AT_ONCE = 50
LONGEST = 120.0  # seconds for everything
PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


@dataclass(frozen=True)
class World:
    """The rows that the requests are about, by their public ids and addresses."""

    emails: tuple[str, ...]
    moderators: tuple[str, ...]
    series: str
    to_answer: tuple[str, ...]  # positions
    to_part: tuple[str, ...]  # positions
    to_write: str  # thread
    to_draft: str  # thread
    waiting: tuple[tuple[str, int], ...]  # position and its version


def fill(session: Session) -> World:
    scene = Scene(session, moderation="pre")
    series, thread = scene.series, scene.thread
    people = [make_account(session) for _ in range(WRITERS)]
    moderators = [make_account(session) for _ in range(2)]
    for person in people:
        make_member(session, series, person)
    for person in moderators:
        make_member(session, series, person, role="moderator")
    held = make_thread(session, series)
    waiting = [
        make_position(session, held, revision=PENDING, **UNPUBLISHED) for _ in range(WRITERS)
    ]
    return World(
        emails=tuple(person.email or "" for person in people),
        moderators=tuple(person.email or "" for person in moderators),
        series=series.slug,
        to_answer=tuple(make_position(session, thread).public_id for _ in range(5)),
        to_part=tuple(make_position(session, thread).public_id for _ in range(2)),
        to_write=make_thread(session, series).slug,
        to_draft=thread.slug,
        waiting=tuple((row.public_id, row.revisions[0].id) for row in waiting),
    )


@dataclass(frozen=True)
class Asked:
    """One request: of what kind, by whom, and with which words."""

    kind: str
    who: int
    words: str
    send: Callable[[], httpx.Response]


Answered = list[tuple[Asked, httpx.Response]]


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Engine, Answered]]:
    """What was asked and answered, and the database afterwards."""
    folder: Path = tmp_path_factory.mktemp("served")
    with served(folder, fill) as (address, engine, world), ExitStack() as stack:

        def opened(email: str = "") -> httpx.Client:
            client = stack.enter_context(
                httpx.Client(base_url=address, trust_env=False, timeout=LONGEST / 2)
            )
            if email:
                form = {"email": email, "password": PASSWORD}
                assert client.post("/accounts/sign-in", data=form).status_code == 303
            return client

        writers = [opened(email) for email in world.emails]
        moderators = [opened(email) for email in world.moderators]
        asked = requests(world, writers, moderators, opened())
        yield world, engine, all_at_once(asked)


def requests(
    world: World,
    writers: list[httpx.Client],
    moderators: list[httpx.Client],
    visitor: httpx.Client,
) -> list[Asked]:
    """Two hundred requests, of all kinds in turns."""
    asked: list[Asked] = []

    def post(kind: str, who: int, client: httpx.Client, path: str, **form: Any) -> None:
        words = str(form.get("claim") or form.get("text") or form.get("action") or "")
        asked.append(Asked(kind, who, words, lambda: client.post(path, data=form)))

    for who, client in enumerate(writers):
        for number, position in enumerate(world.to_answer):
            post("response", who, client, f"/positions/{position}/respond", type="asks",
                 text=f"Response {number} of writer {who}?", attribution="role",
                 nobody_identified="y")  # fmt: skip
        for position in world.to_part:
            post("part", who, client, f"/positions/{position}/part", stance=str(1 + who % 5))
        for tab in range(3):
            post("draft", who, client, f"/positions/write/{world.to_draft}/draft",
                 claim=f"Tab {tab} of writer {who}")  # fmt: skip
        for click in range(2):
            post("position", who, client, f"/positions/write/{world.to_write}",
                 **position_form(f"Claim {click} of writer {who}"))  # fmt: skip
    for number, (position, version) in enumerate(world.waiting):
        for who, client in enumerate(moderators):
            post("decision", number, client, f"/moderation/positions/{position}/decide",
                 action="approve" if who else "decline", reason="unclear",
                 version_id=str(version))  # fmt: skip
    for who in range(20):
        post("wrong password", who, visitor, "/accounts/sign-in",
             email="nobody@example.org", password="not the password")  # fmt: skip
    pages = ["/", f"/series/{world.series}", f"/threads/{world.to_draft}",
             f"/positions/{world.to_answer[0]}", f"/threads/{world.to_draft}.json"]  # fmt: skip
    readers = [visitor, *writers]
    for number in range(200 - len(asked)):
        path, client = pages[number % len(pages)], readers[number % len(readers)]
        asked.append(Asked("read", number, path, lambda c=client, p=path: c.get(p)))  # type: ignore[misc]
    return sorted(asked, key=lambda one: (hash((one.who * 7) % 11), one.kind))


def position_form(claim: str) -> dict[str, str]:
    return {
        "do": "publish", "claim": claim, "reasoning": "Because it is fair.",
        "served-0-value": "equality", "is_without_study": "y", "level": "school",
        "confidence": "3", "change_mind": "evidence", "attribution": "role",
        "nobody_identified": "y", "posting_role": "headteacher", "posting_phase": "secondary",
    }  # fmt: skip


def all_at_once(asked: list[Asked]) -> Answered:
    """Send everything from fifty threads that begin together."""
    barrier = Barrier(AT_ONCE)

    def take(share: list[Asked]) -> Answered:
        barrier.wait(LONGEST / 2)
        return [(one, one.send()) for one in share]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        shares = [pool.submit(take, asked[start::AT_ONCE]) for start in range(AT_ONCE)]
        return [answered for share in shares for answered in share.result(LONGEST)]


def test_there_were_two_hundred_and_none_failed(
    after: tuple[World, Engine, Answered],
) -> None:
    _world, _engine, answered = after
    statuses = Counter((one.kind, response.status_code) for one, response in answered)
    assert sum(statuses.values()) == 200
    assert not [key for key in statuses if key[1] >= 500], statuses
    assert {status for kind, status in statuses if kind == "read"} <= {200, 302}


def test_every_acknowledged_response_is_there_once(after: tuple[World, Engine, Answered]) -> None:
    _world, engine, answered = after
    sent = _taken(answered, "response", 303)
    assert len(sent) == 5 * WRITERS, _statuses(answered, "response")
    with transaction(engine, writes=False) as session:
        kept = session.scalars(select(ResponseText.source)).all()
        assert Counter(kept) == Counter(one.words for one in sent)
        assert session.scalar(select(func.count()).select_from(Response)) == len(sent)


def test_every_private_answer_is_there_once(after: tuple[World, Engine, Answered]) -> None:
    _world, engine, answered = after
    assert len(_taken(answered, "part", 303)) == 2 * WRITERS, _statuses(answered, "part")
    with transaction(engine, writes=False) as session:
        stances = session.scalars(select(Part.stance)).all()
    assert Counter(stances) == Counter(str(1 + who % 5) for who in range(WRITERS) for _ in "12")


def test_of_three_tabs_one_saves_and_the_others_are_told(
    after: tuple[World, Engine, Answered],
) -> None:
    _world, engine, answered = after
    saved = {one.who: one.words for one in _taken(answered, "draft", 200)}
    assert _statuses(answered, "draft") == {200: WRITERS, 409: 2 * WRITERS}
    with transaction(engine, writes=False) as session:
        rows = session.scalars(select(KeptDraft).where(KeptDraft.kind == "position")).all()
        kept = {row.typed["claim"][0] for row in rows if "Tab" in row.typed["claim"][0]}
    assert kept == set(saved.values())


def test_of_two_clicks_one_publishes(after: tuple[World, Engine, Answered]) -> None:
    """The second is led on to the first as its revision, and keeps what it typed."""
    _world, engine, answered = after
    assert not [s for s in _statuses(answered, "position") if s not in (200, 303, 409, 422)]
    with transaction(engine, writes=False) as session:
        claims = session.scalars(
            select(Revision.claim)
            .join(Position, Position.id == Revision.position_id)
            .where(Revision.claim.like("Claim % of writer %"))
        ).all()
    assert sorted(claim[-1] for claim in claims) == [str(who) for who in range(WRITERS)]


def test_each_item_is_decided_exactly_once(after: tuple[World, Engine, Answered]) -> None:
    world, engine, answered = after
    assert _statuses(answered, "decision") == {303: WRITERS, 409: WRITERS}
    said = {world.waiting[one.who][0]: one.words for one in _taken(answered, "decision", 303)}
    with transaction(engine, writes=False) as session:
        rows = session.execute(select(Decision.subject_id, Decision.action)).all()
        states = {
            row.public_id: row.state
            for row in session.execute(select(Position.public_id, Position.state))
        }
    assert sorted(map(tuple, rows)) == sorted(said.items())
    after_it = {"approve": "published", "decline": "declined"}
    assert {item: states[item] for item in said} == {
        item: after_it[action] for item, action in said.items()
    }


def test_attempts_are_counted_exactly(after: tuple[World, Engine, Answered]) -> None:
    """Ten wrong passwords are let through, and the rest are asked to wait."""
    _world, engine, answered = after
    assert _statuses(answered, "wrong password") == {422: 10, 429: 10}
    with transaction(engine, writes=False) as session:
        counted = session.execute(select(func.count()).select_from(Attempt).group_by(Attempt.key))
        # the account from here, the one account from here, and the account from everywhere;
        # nothing of those who came in
        assert sorted(number for (number,) in counted) == [1, 10, 10]


def _taken(answered: Answered, kind: str, status: int) -> list[Asked]:
    return [one for one, got in answered if one.kind == kind and got.status_code == status]


def _statuses(answered: Answered, kind: str) -> dict[int, int]:
    return dict(Counter(got.status_code for one, got in answered if one.kind == kind))
