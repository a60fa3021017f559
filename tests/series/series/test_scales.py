"""A scale worded otherwise changes nothing that people said; one that means else is another."""

from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions import tasks as positions_tasks
from discussion.debate.positions.drafts import TagDraft
from discussion.debate.positions.forms import draft_of, written_from
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.publishing import revise_position
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.jobs.models import Job
from discussion.jobs.registry import collect
from discussion.problems import Refused
from discussion.series.series.drafts import ScaleChange
from discussion.series.series.models import Scale, ScaleWording
from discussion.series.series.operations.lists import REPLACED, edit_scale
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_thread,
    viewer,
)
from tests.factories.scenes import Scene

STEPS = ("All", "Mostly", "Between", "Little", "None")
BETTER = ScaleChange(
    slug="", low="Compulsory", high="Up to each pupil", steps=(*STEPS[:4], "Nobody")
)
TURNED = ScaleChange(slug="", low="Freely chosen", high="Required", steps=tuple(reversed(STEPS)))


class Placed(Scene):
    """A position at "None" of the scale *Required – Freely chosen*, and one that left it alone."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.thread, self.closed = (
            make_thread(session, self.series, stage=stage, scales=self.series.scales[:1])
            for stage in ("open", "closed")
        )
        place = {"placements": {"requirement": 1.0}, "place_words": {"requirement": "None"}}
        self.position = make_position(session, self.thread, revision=place)
        make_position(session, self.closed, revision=place)
        make_position(session, self.thread, revision={"placements": {}})

    @property
    def scale(self) -> Scale:
        return self.session.scalars(
            select(Scale).where(Scale.series_id == self.series.id, Scale.slug == "requirement")
        ).one()

    def edit(self, draft: ScaleChange) -> Scale:
        return edit_scale(self.session, self.as_convener, self.scale, draft, now=NOW)

    def place_words(self) -> str:
        [card] = list_cards(self.session, None, asked_cards(Position.id == self.position.id))
        return card.place_words


@pytest.fixture
def scene(session: Session) -> Placed:
    return Placed(session)


def with_means(draft: ScaleChange, means: str) -> ScaleChange:
    return ScaleChange(**{**vars(draft), "means": means})


def test_better_words_change_nothing_that_was_said(scene: Placed) -> None:
    scene.edit(with_means(BETTER, "same"))
    assert (scene.scale.low, scene.place_words()) == ("Compulsory", "None")
    [kept] = scene.session.scalars(select(ScaleWording))
    assert (kept.low, kept.high, tuple(kept.steps), kept.until) == (
        "Required", "Freely chosen", STEPS, NOW,
    )  # fmt: skip


def test_who_changes_a_scale_in_use_says_what_its_places_mean(scene: Placed) -> None:
    with pytest.raises(Refused):
        scene.edit(BETTER)
    with pytest.raises(Refused):
        scene.edit(with_means(BETTER, "nonsense"))
    only_explained = ScaleChange(slug="", low="Required", high="Freely chosen", steps=STEPS,
                                definition="Who decides whether pupils come")  # fmt: skip
    assert scene.edit(only_explained) is scene.scale
    unused = next(one for one in scene.series.scales if one.slug == "who-decides")
    assert unused.low == "Decided centrally"


@pytest.mark.parametrize(
    "draft",
    [TURNED, with_means(TURNED, "same"), with_means(BETTER, "other"),
     ScaleChange(slug="", low="Required", high="Freely chosen", steps=tuple(reversed(STEPS)),
                means="same")],
)  # fmt: skip
def test_what_means_something_else_is_another_scale(scene: Placed, draft: ScaleChange) -> None:
    old = scene.scale
    new = scene.edit(draft)
    scene.session.refresh(old)
    assert new is not old
    assert (old.low, old.retired_at, new.replaces) == ("Required", NOW, ["requirement"])
    assert new.slug != "requirement"
    assert [one.id for one in scene.thread.scales] == [new.id]
    assert [one.id for one in scene.closed.scales] == [old.id], "nobody can answer there any more"
    assert scene.place_words() == "None (on an earlier scale)"
    [card] = list_cards(scene.session, None, asked_cards(Position.id == scene.position.id))
    assert card.places == (), "nobody is placed by what somebody else did"


def test_who_sends_it_twice_makes_one_scale(scene: Placed) -> None:
    new = scene.edit(TURNED)
    count = len(scene.session.scalars(select(Scale)).all())
    assert scene.edit(TURNED) is new
    assert len(scene.session.scalars(select(Scale)).all()) == count
    with pytest.raises(Refused, match="replaced this one"):
        scene.edit(with_means(BETTER, "other"))


def test_a_place_is_carried_by_its_authors_yes_alone(scene: Placed, client: FlaskClient) -> None:
    new = scene.edit(TURNED)
    page = f"/positions/{scene.position.public_id}"
    act = f"{page}/place/{new.slug}"
    assert "A scale of this thread was replaced." not in client.get(page).text
    sign_in(client, scene.convener)
    assert client.post(act).status_code == 404
    assert "A scale of this thread was replaced." not in client.get(page).text
    sign_in(client, scene.position.author)
    shown = unescape(client.get(page).text)
    assert "you were at “None”" in shown
    assert "Put me at “None”" in shown, "it is on the other side now, and means the same"
    assert client.post(act).status_code == 303
    scene.session.refresh(scene.position)
    versions = scene.position.revisions
    assert len(versions) == 2
    assert (versions[1].placements, versions[1].place_words) == (
        {new.slug: 0.0},
        {new.slug: "None"},
    )
    assert (versions[1].claim, versions[1].change_reason) == (versions[0].claim, "placed")
    assert versions[0].placements == {"requirement": 1.0}
    client.post(act)  # pressed twice
    scene.session.refresh(scene.position)
    assert len(scene.position.revisions) == 2


def test_a_place_can_still_be_carried_after_a_version_that_was_made_for_another_reason(
    scene: Placed, client: FlaskClient
) -> None:
    """The form knows nothing of the scale that is gone, and the offer used to go with it."""
    scene.series.moderation = "post"
    new = scene.edit(TURNED)
    sign_in(client, scene.position.author)
    page = f"/positions/{scene.position.public_id}"
    written = written_from(scene.position, scene.position.revisions[-1])
    draft = draft_of(written, scales=[new.slug])
    draft = replace(
        draft,
        claim="Said otherwise.",
        served=(TagDraft(value="equality"),),
        is_without_study=True,
        nobody_identified=True,
        change_reason="reworded",
    )
    author = viewer(scene.session, scene.position.author)
    revise_position(scene.session, author, scene.position, draft, now=NOW)
    assert scene.position.live is not None
    assert scene.position.live.placements == {}

    assert "Put me at “None”" in unescape(client.get(page).text)
    assert client.post(f"{page}/place/{new.slug}").status_code == 303
    scene.session.refresh(scene.position)
    assert scene.position.live.placements == {new.slug: 0.0}
    assert "A scale of this thread was replaced." not in client.get(page).text


def test_a_version_goes_on_saying_what_it_said(scene: Placed, client: FlaskClient) -> None:
    scene.series.moderation = "post"
    new = scene.edit(TURNED)
    sign_in(client, scene.position.author)
    client.post(f"/positions/{scene.position.public_id}/place/{new.slug}")
    told = json_of(client.get(f"/positions/{scene.position.public_id}/versions/1.json"))
    assert told["card"]["place_words"] == "None (on an earlier scale)"
    live = json_of(client.get(f"/positions/{scene.position.public_id}.json"))
    assert live["card"]["place_words"] == "None"
    assert live["change_reason"] == "Placed on a new scale"


def test_who_stood_on_it_is_asked_once_and_not_when_it_is_done(scene: Placed, app: Flask) -> None:
    new = scene.edit(TURNED)
    tables = collect(positions_tasks)
    [job] = scene.session.scalars(select(Job).where(Job.name == REPLACED))
    for _again in range(2):
        tables.tasks[REPLACED](scene.session, job.payload, NOW)
    [asked] = scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()
    write = tables.mails["series/place_asked"]
    with app.test_request_context():
        letter = write(scene.session, asked.payload)
        assert letter is not None
        assert letter.to == scene.position.author.email
        assert "You had placed it at “None”." in letter.body
        assert scene.position.live
        scene.position.live.placements = {new.slug: 0.0}
        assert write(scene.session, asked.payload) is None


def test_the_form_asks_keeps_what_was_typed_and_tells_what_came_of_it(
    scene: Placed, client: FlaskClient
) -> None:
    sign_in(client, scene.convener)
    path = f"/series/{scene.series.slug}/settings/scales/requirement"
    assert 'name="means"' in client.get(path).text
    assert 'name="means"' not in client.get(path.replace("requirement", "who-decides")).text
    typed = {"low": "Compulsory", "high": "Up to each pupil", "definition": "", "steps": ""}
    refused = client.post(path, data=typed)
    assert refused.status_code == 422
    assert 'value="Compulsory"' in refused.text
    assert "Say whether their places still mean the same." in refused.text
    assert client.post(path, data={**typed, "means": "same"}).status_code == 303
    listed = unescape(client.get(f"/series/{scene.series.slug}/settings/scales").text)
    assert "Required – Freely chosen (All, Mostly, Between, Little, None)" in listed
    assert client.post(path, data={**typed, "low": "Up to each pupil", "high": "Compulsory"}
                       ).status_code == 303  # fmt: skip
    listed = unescape(client.get(f"/series/{scene.series.slug}/settings/scales").text)
    assert "replaced by Up to each pupil – Compulsory" in listed


def test_a_place_that_was_chosen_on_a_scale_meanwhile_replaced_is_asked_for_again(
    scene: Placed, client: FlaskClient
) -> None:
    new = scene.edit(TURNED)
    sign_in(client, make_member(scene.session, scene.series))
    path = f"/positions/write/{scene.thread.slug}"
    typed = {"claim": "Schools should.", "served-0-value": "equality", "is_without_study": "yes",
             "level": "school", "confidence": "3", "change_mind": "nothing", "attribution": "role",
             "nobody_identified": "yes", "do": "publish"}  # fmt: skip
    refused = client.post(path, data={**typed, "place-requirement": "1.0"})
    assert refused.status_code == 422
    assert "This scale replaced another one while you wrote." in refused.text
    assert "Schools should." in refused.text
    assert client.post(path, data={**typed, f"place-{new.slug}": ""}).status_code == 303
