"""What is gathered, from whom, and who reads it whatever became of what it came from."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import EvidenceLink, Position
from discussion.reach.needed.queries.gathering import find_leads
from discussion.reach.needed.words import REASONS
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_item, make_person, make_position, make_thread
from tests.factories.scenes import Scene
from tests.weighing.findings.worlds import WORKED, weighed

MIND = "Wards that stopped and came to regret it."
CLAIM = "Visit each ward twice a year."
RATED = WORKED | {"F3": ("fact", "Wards that wait a year regret it.", "?4??5", "4??5?")}


class Needing(Scene):
    """A position that says what would change it, by somebody else than who reads."""

    def write(self, kind: str = "evidence", **changes: Any) -> Position:
        revision = {"claim": CLAIM, "change_mind": [kind], "change_mind_text": MIND}
        return make_position(self.session, self.thread, revision=revision, **changes)

    def cite(self, position: Position, item: Any, stance: str) -> None:
        assert position.live is not None
        link = EvidenceLink(revision=position.live, item=item, stance=stance, warrant="Count it.")
        self.session.add(link)
        self.session.flush()

    def gathered(self, client: FlaskClient, **query: str) -> dict[str, list[dict[str, Any]]]:
        """Reason → leads."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        page = json_of(client.get(f"{paths.needed(self.series.slug)}.json?{asked}"))
        return {
            part["reason"]: [lead for group in part["groups"] for lead in group["leads"]]
            for part in (*page["asked"], *page["missed"])
        }


@pytest.fixture
def scene(session: Session) -> Needing:
    return Needing(session)


def test_evidence_that_would_change_a_mind_is_told_in_its_authors_words(
    client: FlaskClient, scene: Needing
) -> None:
    position = scene.write()
    scene.write("nothing")
    scene.write("value")
    found = scene.gathered(client)
    [lead] = found["mind"]
    assert (lead["words"], lead["title"]) == (MIND, CLAIM)
    assert lead["url"] == paths.position(position.public_id)
    assert lead["thread"]["question"] == scene.thread.question
    assert len(found["principle"]) == 1


def test_a_study_is_read_differently_by_two_positions_and_not_by_one(
    client: FlaskClient, scene: Needing, session: Session
) -> None:
    both, one, background = (make_item(session, scene.series, title=f"S{n}") for n in range(3))
    here, there = scene.write(item=both), scene.write(item=one)
    scene.cite(there, both, "contradicts")
    scene.cite(there, one, "qualifies")
    scene.cite(here, background, "supports")
    scene.cite(there, background, "background")
    [lead] = scene.gathered(client)["study"]
    assert lead["key"] == f"study/{both.public_id}"
    assert lead["says"][1] == "1 position cites it in support; 1 against."
    assert len(lead["marks"]) == 2


def test_reasons_and_evidence_miss_each_other(
    client: FlaskClient, scene: Needing, session: Session
) -> None:
    old = make_item(session, scene.series, title="Old", status="superseded")
    unread = make_item(session, scene.series, title="Unread")
    make_item(session, scene.series, title="Waiting", is_listed=False)
    scene.write(item=old, served=("equality",))
    unheld = scene.write(served=("adequacy", "equality"))
    found = scene.gathered(client)
    assert [one["key"] for one in found["superseded"]] == [f"superseded/{old.public_id}"]
    assert [one["key"] for one in found["uncited"]] == [f"uncited/{unread.public_id}"]
    assert [one["key"] for one in found["value"]] == ["value/adequacy"]
    scene.cite(unheld, unread, "background")
    assert [one["key"] for one in scene.gathered(client)["value"]] == ["value/adequacy"]
    scene.cite(unheld, unread, "supports")
    assert "value" not in scene.gathered(client)


def test_a_round_tells_what_is_live_and_what_is_not_known_once_it_has_closed(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, RATED)
    scene = Needing.__new__(Needing)
    scene.session, scene.series = session, world.series
    assert scene.gathered(client) == {}
    world.compute()
    found = scene.gathered(client)
    statement = world.statements["F3"]
    [lead] = found["unknown"]
    assert lead["key"] == f"unknown/{statement.public_id}"
    assert lead["says"] == ["6 of 10 said they do not know F3."]
    kinds = {key: kind for key, (kind, *_rest) in RATED.items()}
    told = {one["url"].rpartition("-")[2] for one in found.get("crux", [])}
    assert {kinds[code] for code in told} <= {"fact"}
    statement.versions[-1].withheld_at = NOW
    session.flush()
    assert "unknown" not in scene.gathered(client)
    assert statement.versions[-1].written not in client.get(paths.needed(world.series.slug)).text


def test_one_reason_alone_is_read_page_by_page(client: FlaskClient, scene: Needing) -> None:
    for _each in range(43):
        scene.write()
    every = scene.gathered(client)["mind"]
    first, second = (scene.gathered(client, why="mind", page=n)["mind"] for n in ("1", "2"))
    assert (len(every), len(first), len(second)) == (12, 40, 3)
    assert len({one["key"] for one in (*first, *second)}) == 43
    assert 'href="/needed/' in client.get(f"{paths.needed(scene.series.slug)}?why=mind").text


def test_nothing_gathered_says_what_would_stand_here(client: FlaskClient, scene: Needing) -> None:
    page = client.get(paths.needed(scene.series.slug))
    assert "Nothing has been asked for yet" in page.text


Change = Callable[[Needing, Position], None]


def _state(state: str) -> Change:
    def change(_scene: Needing, position: Position) -> None:
        position.state = state

    return change


def _of_series(**values: Any) -> Change:
    def change(scene: Needing, _position: Position) -> None:
        for name, value in values.items():
            setattr(scene.series, name, value)

    return change


def _of_thread(**values: Any) -> Change:
    def change(scene: Needing, _position: Position) -> None:
        for name, value in values.items():
            setattr(scene.thread, name, value)

    return change


def _redact(_scene: Needing, position: Position) -> None:
    assert position.live is not None
    position.live.change_mind_text = "███"


def _wait(scene: Needing, position: Position) -> None:
    position.state, position.live = "draft", None


def _merge(scene: Needing, _position: Position) -> None:
    scene.thread.merged_into = make_thread(scene.session, scene.series)


NOBODY: frozenset[str] = frozenset()
MEMBERS = frozenset({"member", "moderator", "convener", "author", "administrator"})
EVERYBODY = MEMBERS | {"visitor", "stranger"}
STATES: dict[str, tuple[Change, frozenset[str]]] = {
    "as it was": (lambda _scene, _position: None, EVERYBODY),
    "hidden": (_state("hidden"), NOBODY),
    "removed": (_state("removed"), NOBODY),
    "withdrawn": (_state("withdrawn"), NOBODY),
    "pending": (_wait, NOBODY),
    "redacted": (_redact, NOBODY),
    "in a hidden thread": (_of_thread(is_hidden=True), NOBODY),
    "in a proposed thread": (_of_thread(stage="proposed"), NOBODY),
    "in a thread that was merged": (_merge, NOBODY),
    "for members": (_of_series(visibility="members"), MEMBERS),
    "of a draft": (_of_series(status="draft"), MEMBERS),
    "unlisted": (_of_series(visibility="unlisted"), EVERYBODY),
}


def readers(app: Any, scene: Scene, author: Any) -> Iterator[tuple[str, FlaskClient]]:
    """One of every kind of viewer."""
    people = {
        "member": scene.member, "moderator": scene.moderator, "convener": scene.convener,
        "author": author, "stranger": make_person(scene.session),
        "administrator": scene.administrator,
    }  # fmt: skip
    yield "visitor", app.test_client()
    for who, person in people.items():
        yield who, sign_in(app.test_client(), person)


@pytest.mark.parametrize("state", STATES)
def test_words_are_read_where_what_they_come_from_may_be_read(
    app: Any, session: Session, scene: Needing, state: str
) -> None:
    change, reads = STATES[state]
    position = scene.write()
    clients = dict(readers(app, scene, position.author))
    change(scene, position)
    session.flush()
    path = paths.needed(scene.series.slug)
    faces = (path, f"{path}.json", f"{path}?why=mind", f"{path}.json?why=mind")
    met = {
        who for who, client in clients.items() for face in faces if MIND in client.get(face).text
    }
    assert met == set(reads)


def test_under_the_chatham_house_rule_no_role_is_told(
    client: FlaskClient, session: Session
) -> None:
    scene = Needing(session, thread={"attribution": "chatham_house"})
    position = scene.write()
    [lead] = scene.gathered(client)["mind"]
    assert lead["name"].startswith("Contributor")
    assert position.author.display_name not in client.get(paths.needed(scene.series.slug)).text


def test_every_lead_is_found_again_by_its_key(session: Session, client: FlaskClient) -> None:
    world = weighed(session, RATED)
    world.compute()
    scene = Needing.__new__(Needing)
    scene.session, scene.series = session, world.series
    scene.__dict__["thread"] = world.thread
    old = make_item(session, scene.series, title="Old", status="retracted")
    make_item(session, scene.series, title="Unread")
    scene.cite(scene.write(item=old), make_item(session, scene.series), "supports")
    scene.cite(scene.write("nothing", served=("adequacy",)), old, "background")
    scene.cite(scene.write(), old, "contradicts")
    with client.application.test_request_context():
        leads = [one for part in scene.gathered(client).values() for one in part]
        keys = {one["key"] for one in leads}
        found = find_leads(session, None, scene.series, keys)
    assert found.keys() == keys
    assert {key.partition("/")[0] for key in keys} >= set(REASONS) - {"crux"}
    assert {key: one.title for key, one in found.items()} == {
        one["key"]: one["title"] for one in leads
    }
