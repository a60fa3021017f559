"""A hidden item: nothing of it is told anywhere but that it is there, and how it bears."""

import json
from functools import cached_property

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import edit_item, hide_item, restore_item
from discussion.debate.evidence.queries import find_items
from discussion.debate.positions.models import EvidenceLink, Position, Revision
from discussion.debate.positions.operations.publishing import find_bounds
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.jobs.models import Job
from discussion.permissions.rules import Forbidden
from tests.conftest import sign_in
from tests.debate.evidence.test_adding import STUDY
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_response,
    viewer,
)
from tests.factories.scenes import Scene

MARK = "qzhid"
SAID = "A source that moderators have hidden"


class Hiding(Scene):
    """A marked item that a position and a response rely on, and everybody who may look."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.adder = make_member(session, self.series)
        self.other = make_item(session, self.series, superseded_by_id=self.item.id,
                               status="superseded", title="The older study")  # fmt: skip
        second = make_position(session, self.thread, item=self.item)
        for position in (self.position, second):
            for link in position.revisions[0].links:
                link.warrant = link.locator = link.rebuttal = f"{MARK} warrant"
        self.revise(session)
        self.response = make_response(session, second, item_id=self.item.id, type="adds_evidence")
        session.flush()

    @cached_property
    def item(self) -> EvidenceItem:
        """Every word of it is marked, and so is what was written about it."""
        return make_item(
            self.session, self.series, added_by_id=self.adder.id, title=f"{MARK} title",
            title_folded=f"{MARK} title", authors=[f"{MARK}, A."], publisher=f"{MARK} publisher",
            url=f"https://example.org/{MARK}", doi=f"10.1000/{MARK}", citation=f"{MARK} citation",
            licence_note=MARK, strength_note=MARK, population=MARK, context=MARK, outcome=MARK,
            effect=MARK, cost=MARK, limitations=MARK, description=MARK, status="retracted",
            status_note=f"{MARK} note", archive_url=f"https://example.org/copy-{MARK}",
        )  # fmt: skip

    @cached_property
    def position(self) -> Position:
        return make_position(self.session, self.thread, item=self.item)

    def revise(self, session: Session) -> None:
        """A second version, which says why it cites it in other words."""
        first = self.position.revisions[0]
        first.status = "superseded"
        second = Revision(
            position=self.position, version=2, status="live", claim=first.claim,
            reasoning=first.reasoning, reasoning_html=first.reasoning_html, level="school",
            confidence=3, change_mind=["evidence"], nobody_identified=True,
            submitted_at=NOW, live_at=NOW,
        )  # fmt: skip
        session.add(second)
        session.flush()
        session.add(EvidenceLink(revision=second, item=self.item, stance="contradicts",
                                 warrant=f"{MARK} other warrant", rebuttal=MARK))  # fmt: skip
        self.position.live = second

    def addresses(self) -> list[str]:
        library, thread = f"/evidence/{self.series.slug}", f"/threads/{self.thread.slug}"
        position, item = f"/positions/{self.position.public_id}", f"{library}/{self.item.public_id}"
        return [
            library, f"{library}.json", f"{library}?q=title", f"{library}?status=retracted",
            f"{library}?link=unchecked", f"{library}?cited=yes", f"{library}/find?q=title",
            f"{library}/add", f"{library}/{self.other.public_id}", item, f"{item}.json",
            f"{item}/cite.bib", f"{item}/cite.ris", thread, f"{thread}.json",
            *(f"{thread}?group={group}" for group in ("evidence", "value", "level", "role")),
            f"{thread}?kind=survey", f"{thread}/history", position, f"{position}.json",
            f"{position}/versions/1", f"{position}/versions/2", f"{position}/respond",
            f"/positions/write/{self.thread.slug}", f"/values/{self.series.slug}/equality",
            f"/values/{self.series.slug}/equality.json", f"/series/{self.series.slug}",
            f"/series/{self.series.slug}.json", f"/positions/{self.response.position.public_id}",
        ]  # fmt: skip


@pytest.fixture
def scene(session: Session) -> Hiding:
    return Hiding(session)


def test_nobody_else_meets_a_word_of_it_anywhere(
    session: Session, app: Flask, scene: Hiding
) -> None:
    session.commit()
    visitor, author = app.test_client(), sign_in(app.test_client(), scene.author)
    met = [path for path in scene.addresses() if MARK in author.get(path).text]
    assert len(met) > 15  # shown, it is met everywhere
    scene.item.is_hidden = True
    session.commit()
    for path in scene.addresses():
        for client in (author, visitor):
            assert MARK not in client.get(path).text, path
    for path in met:
        if "group=" in path or path.endswith("title"):
            assert MARK not in author.get(path, headers={"X-Fragment": "1"}).text, path
    assert visitor.get(f"/threads/{scene.thread.slug}").text.count(SAID) >= 2
    page = visitor.get(f"/positions/{scene.position.public_id}.json").json
    (link,) = _links(page)
    assert (link["title"], link["stance"], link["is_hidden"]) == (SAID, "contradicts", True)
    assert {link[name] for name in ("source", "kind", "strength", "warrant", "locator",
                                    "rebuttal", "status_note", "link_words")} == {""}  # fmt: skip


def test_its_adder_and_the_moderators_see_it_marked_and_the_facets_count_it_for_them_alone(
    session: Session, app: Flask, scene: Hiding
) -> None:
    scene.item.is_hidden = True
    session.commit()
    library = f"/evidence/{scene.series.slug}"
    for person, total in ((scene.adder, 2), (scene.moderator, 2), (scene.author, 1)):
        client = sign_in(app.test_client(), person)
        page = client.get(f"{library}.json").json
        assert page is not None
        assert page["total"] == total
        statuses = {one["slug"]: one["count"] for facet in page["facets"]
                    for one in facet["choices"] if facet["name"] == "status"}  # fmt: skip
        assert statuses.get("retracted", 0) == total - 1
        answered = client.get(f"{library}/{scene.item.public_id}")
        assert answered.status_code == (200 if total == 2 else 404)
        assert ("Moderators have hidden this." in answered.text) == (total == 2)


def test_it_is_not_found_by_typing_and_nobody_cites_it_anew(
    session: Session, scene: Hiding
) -> None:
    adder = viewer(session, scene.adder)
    assert find_items(session, adder, scene.series, MARK)
    scene.item.is_hidden = True
    session.flush()
    assert not find_items(session, adder, scene.series, MARK)
    assert (
        scene.item.public_id
        not in find_bounds(session, adder, scene.thread, [scene.item.public_id]).items
    )


def test_who_cites_it_keeps_the_link_when_revising(
    session: Session, client: FlaskClient, scene: Hiding
) -> None:
    scene.item.is_hidden = True
    session.commit()
    sign_in(client, scene.author)
    page = client.get(f"/positions/{scene.position.public_id}/revise").text
    assert SAID in page
    assert scene.item.public_id in page
    assert f"{MARK} title" not in page


def test_a_thing_that_is_hidden_is_not_added_again(
    session: Session, client: FlaskClient, scene: Hiding
) -> None:
    scene.item.is_hidden = True
    session.commit()
    sign_in(client, scene.author)
    way = {"way": "find", "where": f"https://example.org/{MARK}"}
    page = client.post(f"/evidence/{scene.series.slug}/add", data=way).text
    assert "The moderators have hidden this source." in page
    assert f"{MARK} title" not in page


def test_hiding_is_a_decision_that_its_adder_hears_of(session: Session, scene: Hiding) -> None:
    actor = viewer(session, scene.moderator)
    reason = scene.series.reasons[0]
    decision = hide_item(
        session,
        actor,
        scene.item,
        Ruling(reason=reason.slug, why="It names a pupil.", facts="Page 3."),
        now=NOW,
    )
    assert scene.item.is_hidden
    assert (decision.action, decision.subject_id, decision.addressed_to_id) == (
        "hide", scene.item.public_id, scene.adder.id,
    )  # fmt: skip
    with pytest.raises(AlreadyDecided):
        hide_item(session, actor, scene.item, Ruling(reason=reason.slug), now=NOW)
    with pytest.raises(Forbidden):  # what is hidden is not for changing
        edit_item(session, viewer(session, scene.adder), scene.item, STUDY, now=NOW)
    restore_item(session, actor, scene.item, Ruling(), now=NOW)
    assert not scene.item.is_hidden
    letters = session.scalars(select(Job).where(Job.name == "mail.send")).all()
    assert [one.payload["person_id"] for one in letters] == [scene.adder.id] * 2


def test_nobody_hides_what_they_added_and_no_contributor_hides(
    session: Session, scene: Hiding
) -> None:
    scene.item.added_by_id = scene.moderator.id
    session.flush()
    for person in (scene.moderator, scene.author):
        with pytest.raises(Forbidden):
            hide_item(session, viewer(session, person), scene.item, Ruling(), now=NOW)


def test_moderators_hide_and_restore_on_the_page_with_a_reason(
    session: Session, client: FlaskClient, scene: Hiding
) -> None:
    session.commit()
    sign_in(client, scene.moderator)
    own = f"/evidence/{scene.series.slug}/{scene.item.public_id}"
    assert "Hide it" in client.get(f"{own}/status").text
    missing = client.post(f"{own}/hide", data={"action": "hide", "why": "It names a pupil."})
    assert (missing.status_code, "It names a pupil." in missing.text) == (422, True)
    hidden = client.post(f"{own}/hide", data={"action": "hide", "reason": "unclear"})
    assert (hidden.status_code, scene.item.is_hidden) == (303, True)
    assert "Show it again" in client.get(f"{own}/status").text
    client.post(f"{own}/hide", data={"action": "restore"})
    assert not scene.item.is_hidden
    assert session.scalars(select(Decision.action)).all() == ["hide", "restore"]


def _links(page: object) -> list[dict[str, object]]:
    """Every link to evidence in an answer, once."""
    found: dict[str, dict[str, object]] = {}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "item_url" in value and "stance" in value:
                found[json.dumps(value, sort_keys=True)] = value
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(page)
    return list(found.values())
