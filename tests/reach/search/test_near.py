"""What is near: on a position's page, and while somebody writes, without losing a word."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.mutes.models import Mute
from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.reach.search.queries.near import near_draft, near_page
from tests.conftest import sign_in
from tests.factories import NOW, make_position
from tests.reach.search.scene import Finding

pytestmark = pytest.mark.usefixtures("keeps_found")
CLAIM = "Night wards need two registered midwives at every hour."
ALIKE = "Night wards need two registered midwives at any hour."
APART = "Notes belong to whoever gives birth, and travel with them."


class Near(Finding):
    def fill(self) -> "Near":
        self.one, self.other = (
            make_position(self.session, self.thread, revision={"claim": claim})
            for claim in (CLAIM, APART)
        )
        self.session.commit()
        return self

    def near(self, claim: str = ALIKE, **more: object) -> list[str]:
        self.session.commit()
        draft = PositionDraft(claim=claim, **more)  # type: ignore[arg-type]
        found = near_draft(self.session, self.as_(self.member), self.thread, draft, None)
        return [one.claim for one in found]


def test_what_says_nearly_the_same_is_named_and_nothing_else(session: Session) -> None:
    scene = Near(session).fill()
    assert scene.near() == [CLAIM]
    assert scene.near("Something else altogether is written here.") == []
    assert scene.near("") == []
    draft = PositionDraft(claim=CLAIM)
    viewer = scene.as_(scene.one.author)
    assert near_draft(session, viewer, scene.thread, draft, scene.one) == ()


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "removed", "draft"])
def test_what_is_not_shown_is_near_nothing(app: Flask, session: Session, state: str) -> None:
    scene = Near(session).fill()
    make_position(session, scene.thread, revision={"claim": ALIKE})
    session.commit()
    client = app.test_client()
    address = f"/search/near/{scene.one.public_id}"
    script = {"X-Fragment": "1"}
    assert ALIKE in client.get(address, headers=script).text
    assert client.get(address).location == paths.alike(scene.one.public_id)
    twin = next(one for one in scene.thread.positions if one.live and one.live.claim == ALIKE)
    twin.state = state
    session.commit()
    assert ALIKE not in client.get(address, headers=script).text
    assert near_page(session, None, twin.public_id) is None
    scene.one.state = state
    assert scene.near() == []


def test_a_muted_voice_is_not_named_while_writing(session: Session) -> None:
    scene = Near(session).fill()
    session.add(
        Mute(person_id=scene.member.id, muted_id=scene.one.author_id, thread_id=scene.thread.id,
             attribution=scene.one.attribution, strand=scene.one.strand, at=NOW)
    )  # fmt: skip
    assert scene.near() == []


def test_the_writing_page_names_it_and_keeps_what_was_typed(app: Flask, session: Session) -> None:
    scene = Near(session).fill()
    client = app.test_client()
    sign_in(client, scene.member)
    url = f"/positions/write/{scene.thread.slug}"
    typed = {"claim": ALIKE, "reasoning": "Because of the nights.", "do": "preview"}
    page = client.post(url, data=typed).text
    assert CLAIM in page
    assert ALIKE in page
    assert "Because of the nights." in page
    piece = client.post(f"{url}/preview", data=typed, headers={"X-Fragment": "1"}).text
    assert 'data-piece="near"' in piece
    assert CLAIM in piece


def test_values_in_common_bring_near_what_shares_few_words(session: Session) -> None:
    scene = Near(session).fill()
    said = "Two registered people on every ward, whatever their calling."
    before = scene.near(said)
    assert scene.one.live is not None
    shared = tuple(
        TagDraft(value=tag.value.slug) for tag in scene.one.live.tags if tag.value is not None
    )
    assert before == []
    assert scene.near(said, served=shared) == [CLAIM]
