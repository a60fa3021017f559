"""Merging two values: what each position becomes, on every surface, and who is told."""

from functools import cached_property
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.operations import keep_draft
from discussion.debate.positions import tasks as positions_tasks
from discussion.debate.positions.models import Position, Response, ValueTag
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.jobs.models import Job
from discussion.jobs.registry import collect
from discussion.permissions.facts import Viewer
from discussion.series.values import operations
from discussion.series.values.models import ValueProposal
from discussion.series.values.queries import ValuePage, value_page, values_page
from discussion.weighing.findings.queries.tagged import read_tags
from discussion.weighing.overview.queries.served import most_served
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    viewer,
)
from tests.factories.scenes import Scene

GONE, INTO, OTHER = "adequacy", "priority", "equality"


class Merging(Scene):
    """Positions that name the value that goes, the one it goes into, both, and neither."""

    @cached_property
    def positions(self) -> dict[str, Position]:
        named = {
            "only": ((GONE, OTHER), ()),
            "both": ((OTHER, GONE, INTO), ()),
            "costs": ((OTHER,), (INTO, GONE)),
            "against": ((INTO, OTHER), (GONE,)),
            "neither": ((OTHER,), ()),
        }
        return {
            name: make_position(self.session, self.thread, served=served, outweighed=outweighed)
            for name, (served, outweighed) in named.items()
        }

    def merge(self) -> None:
        gone, into = self.value(GONE), self.value(INTO)
        operations.merge_value(self.session, self.as_convener, gone, into, now=NOW)

    def card(self, name: str) -> tuple[list[tuple[str, int, str]], list[str]]:
        """The slug, rank and gloss of each value served, and the slugs of those outweighed."""
        position = self.positions[name]
        [card] = list_cards(self.session, None, asked_cards(Position.id == position.id))
        served = [(chip.slug, chip.rank, chip.gloss) for chip in card.served]
        return served, [chip.slug for chip in card.outweighed]


@pytest.fixture
def scene(session: Session) -> Merging:
    made = Merging(session)
    assert len(made.positions) == 5
    for tag in session.scalars(select(ValueTag)):
        tag.gloss = f"as {tag.value.slug}" if tag.value else ""
    session.flush()
    return made


def test_a_value_named_twice_is_one_at_the_better_rank_with_all_that_was_said(
    scene: Merging,
) -> None:
    scene.merge()
    both = "as adequacy · as priority"
    assert scene.card("both") == ([(OTHER, 1, "as equality"), (INTO, 2, both)], [])
    assert scene.card("costs") == ([(OTHER, 1, "as equality")], [INTO])
    assert scene.card("only") == ([(INTO, 1, "as adequacy"), (OTHER, 2, "as equality")], [])


def test_nobody_is_made_to_contradict_themselves(scene: Merging, client: FlaskClient) -> None:
    scene.merge()
    assert scene.card("against") == ([(INTO, 1, "as priority"), (OTHER, 2, "as equality")], [GONE])
    page = client.get(f"/positions/{scene.positions['against'].public_id}").text
    assert "Adequacy" in page
    [told] = [one for one in read_tags(scene.session, scene.thread).positions
              if one.id == scene.positions["against"].public_id]  # fmt: skip
    assert (told.served, told.outweighed) == ((INTO, OTHER), (GONE,))


def test_each_position_counts_once_for_a_value_and_on_the_side_it_took(scene: Merging) -> None:
    scene.merge()
    page = value_page(scene.session, None, scene.series.slug, INTO)
    assert isinstance(page, ValuePage)
    assert (page.served.count, page.outweighed.count) == (3, 1)  # only, both, against; costs
    assert len(page.served.uses) == 3
    lines = values_page(scene.session, None, scene.series.slug)
    assert lines is not None
    [line] = [one for family in lines.families for one in family.values if one.slug == INTO]
    assert (line.served_count, line.outweighed_count) == (3, 1)
    shares = most_served(scene.session, None, scene.series, [scene.thread.id])[scene.thread.id]
    assert {share.label: share.count for share in shares} == {"Equality": 5,
        "Priority to those with least": 3}  # fmt: skip


def test_a_proposal_that_is_accepted_as_a_value_named_already_is_folded_too(
    scene: Merging,
) -> None:
    proposal = ValueProposal(series_id=scene.series.id, label="Enough", state="accepted",
                             value_id=scene.value(OTHER).id, created_at=NOW)  # fmt: skip
    position = scene.positions["neither"]
    position.live.tags.append(ValueTag(proposal=proposal, rank=2))  # type: ignore[union-attr]
    scene.session.flush()
    assert scene.card("neither") == ([(OTHER, 1, "as equality")], [])


def test_the_page_counts_what_each_becomes_before_anything_is_done(
    scene: Merging, client: FlaskClient
) -> None:
    sign_in(client, scene.convener)
    path = f"/series/{scene.series.slug}/settings/values/{GONE}/merge"
    assert "What would change" not in client.get(path).text
    page = unescape(client.get(f"{path}?into={INTO}").text)
    for words in (
        "1 position would name “Priority to those with least” instead",
        "2 positions name both",
        "1 position serves one and outweighs the other",
        "Serves: Priority to those with least, Equality. At a cost to: Adequacy",
    ):
        assert words in page, words
    assert scene.value(GONE).retired_at is None
    assert client.post(path, data={"into": INTO}).status_code == 303
    assert scene.value(GONE).replaced_by_id == scene.value(INTO).id
    sign_in(client, make_member(scene.session, scene.series, role="moderator"))
    assert client.get(path).status_code in (403, 404)


def test_each_author_is_told_once_a_position_how_it_reads_now(scene: Merging, app: Flask) -> None:
    scene.merge()
    tables = collect(positions_tasks)
    [job] = scene.session.scalars(select(Job).where(Job.name == operations.MERGED))
    for _again in range(2):  # tasks may run twice
        tables.tasks[job.name](scene.session, job.payload, NOW)
    jobs = scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()
    said = {}
    with app.test_request_context():
        for one in jobs:
            letter = tables.mails[one.payload["template"]](scene.session, one.payload)
            assert letter is not None
            said[letter.to] = letter.body
    to = {name: position.author.email for name, position in scene.positions.items()}
    assert said.keys() == {to[name] for name in ("only", "both", "costs", "against")}
    assert "in the same place" in said[str(to["only"])]
    assert "in the higher of the two places" in said[str(to["both"])]
    assert "keeps both in the words you chose" in said[str(to["against"])]


def test_a_value_that_is_brought_back_is_as_it_was_and_nobody_is_told(
    scene: Merging, app: Flask
) -> None:
    before = {name: scene.card(name) for name in scene.positions}
    scene.merge()
    by = viewer(scene.session, scene.convener)
    operations.restore_value(scene.session, by, scene.value(GONE), now=NOW)
    assert {name: scene.card(name) for name in scene.positions} == before
    [job] = scene.session.scalars(select(Job).where(Job.name == operations.MERGED))
    collect(positions_tasks).tasks[job.name](scene.session, job.payload, NOW)
    assert not scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()


def test_kept_drafts_and_open_forms_follow(scene: Merging, client: FlaskClient) -> None:
    writer = make_member(scene.session, scene.series)
    typed = {"claim": ["Half written"], "served-0-value": [GONE], "served-0-gloss": ["enough"],
             "served-1-value": [INTO]}  # fmt: skip
    keep_draft(scene.session, viewer(scene.session, writer), "position", scene.thread, typed,
               version=0, now=NOW)  # fmt: skip
    scene.merge()
    sign_in(client, writer)
    page = client.get(f"/positions/write/{scene.thread.slug}").text
    assert page.count(f'value="{INTO}"') >= 1
    assert 'name="served-1-value"' not in page
    assert "enough" in page
    answered = client.post(
        f"/positions/write/{scene.thread.slug}",
        data={"claim": "Schools should.", "served-0-value": GONE, "is_without_study": "yes",
              "level": "school", "confidence": "3", "change_mind": "nothing",
              "attribution": "role", "nobody_identified": "yes", "do": "publish"},
    )  # fmt: skip
    assert answered.status_code == 303, unescape(answered.text)[:2000]
    position = scene.session.scalars(select(Position).where(Position.author_id == writer.id)).one()
    assert [tag.value_id for tag in position.revisions[0].tags] == [scene.value(INTO).id]


def test_responses_name_what_it_is_now(scene: Merging, client: FlaskClient) -> None:
    response: Response = make_response(
        scene.session, scene.positions["neither"], type="names_value", value=scene.value(GONE)
    )
    scene.merge()
    page = client.get(f"/positions/{scene.positions['neither'].public_id}").text
    said = page.partition(f'id="r-{response.public_id}"')[2].partition("</article>")[0]
    assert "Priority to those with least" in said
    assert "Adequacy" not in said


def test_what_was_merged_before_goes_along_and_its_authors_are_told_too(
    scene: Merging, client: FlaskClient, app: Flask
) -> None:
    scene.merge()
    for job in scene.session.scalars(select(Job)):
        scene.session.delete(job)
    by: Viewer = viewer(scene.session, scene.convener)
    operations.merge_value(scene.session, by, scene.value(INTO), scene.value("knowledge"), now=NOW)
    [job] = scene.session.scalars(select(Job).where(Job.name == operations.MERGED))
    collect(positions_tasks).tasks[job.name](scene.session, job.payload, NOW)
    jobs = scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()
    names = {position.id: name for name, position in scene.positions.items()}
    told = {names[one.payload["ids"]["position"]] for one in jobs}
    assert told == {"only", "both", "costs", "against"}

    path = f"/series/{scene.series.slug}/settings/values/{GONE}/merge?into={OTHER}"
    page = unescape(sign_in(client, scene.convener).get(path).text)
    assert "No published position names this value." not in page
    assert "would name “Equality” once" in page


def test_a_contradiction_of_another_merge_is_not_taken_for_one_of_this(
    scene: Merging, client: FlaskClient
) -> None:
    scene.merge()
    position = scene.positions["against"]
    position.live.tags.append(  # type: ignore[union-attr]
        ValueTag(value=scene.value("consistency"), rank=3)
    )
    scene.session.flush()
    path = f"/series/{scene.series.slug}/settings/values/consistency/merge?into=stewardship"
    page = unescape(sign_in(client, scene.convener).get(path).text)
    assert "1 position would name “" in page
    assert "would keep both words" not in page
