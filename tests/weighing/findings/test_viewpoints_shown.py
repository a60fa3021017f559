"""Who stands where, and viewpoints on the page: sentence, picture and table; or why none."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.vocabulary.education import EDUCATION
from discussion.weighing.findings.computing.earlier import no_viewpoints
from discussion.weighing.findings.content.whole import Content, read_content
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.leans import leans
from discussion.weighing.findings.queries.presenters.viewpoints import viewpoints
from discussion.weighing.findings.shapes.viewpoints import Viewpoints
from tests.conftest import json_of, sign_in
from tests.weighing.findings.dom import Node, Reader
from tests.weighing.findings.worlds import Weighed, leader, teacher, weighed

KEPT = Path(__file__).parent / "kept"
KINDS = {"E": "end", "F": "fact", "M": "means"}
# How three ways of answering stand on each statement: 1 agree, −1 disagree, 0 neither.
WAYS = {
    "E1": (1, 1, 1),
    "E2": (-1, -1, 1),
    "F1": (1, -1, -1),
    "F2": (0, 0, 0),
    "M1": (1, -1, -1),
    "M2": (-1, 1, -1),
    "M3": (-1, -1, 1),
    "M4": (-1, 1, -1),
}
ANSWERS = {1: (4, 5), 0: (2, 3, 4), -1: (1, 2)}
SPLIT = {
    "E1": ("end", "Slack is worth its price.", "54" * 3 + "3" + "12" * 3, "54" * 4 + "12" * 3),
    "F1": ("fact", "It pays for itself.", "5" * 13, "4" * 14),
    "M1": ("means", "Employ more.", "1212" + "3" * 5 + "5454", "5" * 8 + "2" * 6),
}  # fmt: skip


def ways(
    session: Session, leaders: int, teachers: int, many: int = 3, says: str = "Words of %s."
) -> Weighed:
    """People of either group answer in turn in one of so many ways."""
    random = Random(leaders)
    world = Weighed(session, {code: (KINDS[code[0]], says % code) for code in WAYS})
    world.leaders = [leader(session, world.series, at) for at in range(leaders)]
    world.teachers = [teacher(session, world.series) for _each in range(teachers)]
    for people in (world.leaders, world.teachers):
        for (at, person), (code, stand) in product(enumerate(people), WAYS.items()):
            world.rate(code, person, random.choice(ANSWERS[stand[at % many]]))
    return world


def read(client: FlaskClient, world: Weighed) -> tuple[Any, Node]:
    """The page's numbers, and the page."""
    reader = Reader()
    reader.feed(client.get(f"/findings/{world.thread.slug}").text)
    found = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]
    return found, next(reader.root.all("main"))


def test_each_viewpoint_stands_by_what_sets_it_apart_with_who_holds_it(
    session: Session, client: FlaskClient
) -> None:
    world = ways(session, 24, 21)
    world.compute()
    page, main = read(client, world)
    found = page["viewpoints"]
    assert (found["state"], found["title"]) == ("found", "Three viewpoints")
    assert [each["says"] for each in found["viewpoints"]] == ["15 of 45"] * 3
    within = {tuple(own["says"] for own in each["within"]) for each in found["viewpoints"]}
    assert within == {("8 of 24 school leaders", "7 of 21 sixth-form teachers")}
    blocks = {each["key"]: [row["code"] for row in each["rows"]] for each in found["blocks"]}
    assert {frozenset(blocks[each]) for each in "ABC"} == {
        frozenset({"F1", "M1"}), frozenset({"M2", "M4"}), frozenset({"E2", "M3"})
    }  # fmt: skip
    assert (blocks["shared"], blocks["rest"]) == (["E1"], ["F2"])
    for each in found["viewpoints"]:
        assert each["code"] in blocks[each["letter"]]
        assert each["stands"] == "Mostly agree with"
        assert f"15 of 45 mostly agree with “Words of {each['code']}”" in found["says"][0]
    assert "Each is held in both groups." in found["says"]
    assert found["says"][0] in main.words()
    [clause] = [each for each in page["sentence"]["clauses"] if each["state"] == "viewpoints"]
    assert clause["lead"] == "three viewpoints run through the room"
    assert clause["says"] == "each held in both groups, by 15, 15 and 15 of 45 people"
    assert page["sentence"]["clauses"][0]["state"] == "split"


def test_picture_and_table_carry_the_same_numbers(session: Session, client: FlaskClient) -> None:
    world = ways(session, 24, 21)
    world.compute()
    page, main = read(client, world)
    [table] = main.all("table", "views")
    rows = [row for block in page["viewpoints"]["blocks"] for row in block["rows"]]
    drawn = [row for row in table.all("tr") if list(row.all("svg", "profile"))]
    assert len(drawn) == len(rows) == len(WAYS)
    for row, shown in zip(rows, drawn, strict=True):
        assert row["text"] in shown.words()
        ends = [one.given["cx"] for one in shown.all("circle", "end")]
        assert ends == [f"{round(each['place'] * 100, 1)}%" for each in row["profiles"]]
        assert [one.words() for one in shown.all("span", "profile-says")] == [
            each["words"] for each in row["profiles"]
        ]
        heavy = [bool(one.classes & {"tells"}) for one in shown.all("svg", "profile")]
        assert heavy == [each["is_apart"] for each in row["profiles"]]
    boxes = [list(head.all("rect")) for head in table.all("th") if list(head.all("rect"))]
    assert [len(each) for each in boxes] == [
        each["size"] for each in page["viewpoints"]["viewpoints"]
    ]
    assert {len([one for one in each if "is-a" in one.classes]) for each in boxes} == {8}


def test_of_two_viewpoints_each_holds_what_the_other_rejects(
    session: Session, client: FlaskClient
) -> None:
    world = ways(session, 20, 18, many=2)
    world.compute()
    found = read(client, world)[0]["viewpoints"]
    titles = {each["key"]: each["title"] for each in found["blocks"]}
    assert titles["A"] == "Most of A agree, most of B disagree"
    assert titles["shared"] == "What both share"
    for block in found["blocks"][:2]:
        for profile in (profile for row in block["rows"] for profile in row["profiles"]):
            assert profile["is_apart"] == (profile["letter"] == block["key"])
            assert profile["words"].endswith(" agree" if profile["is_apart"] else "disagree")


def test_one_to_four_of_a_group_within_a_viewpoint_have_no_number(
    session: Session, client: FlaskClient
) -> None:
    world = ways(session, 20, 8, many=2)
    world.compute()
    page, main = read(client, world)
    for each in page["viewpoints"]["viewpoints"]:
        assert any(own["size"] is None for own in each["within"])
        assert all(own["size"] is None or own["size"] >= 5 for own in each["within"])
        assert any("fewer than 5" in own["says"] for own in each["within"])
        assert each["others"] is None  # what is left would tell of them
    assert not [one for head in main.all("th") for one in head.all("rect")]
    assert not any("both groups" in said for said in page["viewpoints"]["says"])
    assert "held in both groups" not in page["sentence"]["text"]


def test_nobody_is_told_which_viewpoint_is_theirs(session: Session, client: FlaskClient) -> None:
    world = ways(session, 24, 21)
    world.compute()
    public = read(client, world)[0]["viewpoints"]
    sign_in(client, world.leaders[0])
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    assert page["found"]["viewpoints"] == public
    assert page["mine"] is not None
    assert "viewpoint" not in str(page["mine"])


def test_too_few_are_told_what_is_missing_and_under_five_not_even_that(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session)
    world.compute()
    page, main = read(client, world)
    assert page["viewpoints"]["says"] == [
        "Viewpoints are looked for from 24 people and six statements on. Here 10 people answered"
        " six statements."
    ]
    assert page["viewpoints"]["says"][0] in main.words()
    few = _shown(world.compute().content, raters=4, state="too_few_raters")
    assert few.says == ("Viewpoints are looked for from 24 people and six statements on.",)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("none", "No shared viewpoints can be found"),
        ("unstable", "but not the same ones when people are left out"),
        ("withheld", "would reveal the answers of fewer than five people"),
        ("across", "too few new answers"),
        ("too_few_raters", "too few people gave a rating to enough of them"),
    ],
)
def test_where_none_are_shown_one_sentence_says_why_without_a_number(
    session: Session, state: str, said: str
) -> None:
    found = _shown(weighed(session).compute().content, raters=34, state=state)
    [sentence] = found.says
    assert said in sentence
    assert "34" not in sentence
    assert (found.viewpoints, found.blocks, found.stability) == ((), (), None)


def _shown(content: Content, raters: int, state: str) -> Viewpoints:
    ratings = replace(content.ratings, raters=raters, viewpoints=no_viewpoints(state))
    found = viewpoints(Basis(replace(content, ratings=ratings), "", "", Known(), EDUCATION))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["schema-1", "schema-2", "schema-2-imported"])
def test_older_snapshots_do_not_speak_of_it(name: str) -> None:
    content = read_content(json.loads((KEPT / f"{name}.json").read_text()))
    basis = Basis(content, content.found.headline, "", Known(), EDUCATION)
    assert (viewpoints(basis), leans(basis)) == (None, None)


def test_nor_do_those_of_another_rule_or_of_imported_answers(session: Session) -> None:
    content = weighed(session).compute().content
    for other in (
        replace(content, schema=2),
        replace(
            content, ratings=replace(content.ratings, viewpoints=no_viewpoints("not_looked_for"))
        ),
    ):
        assert viewpoints(Basis(other, "", "", Known(), EDUCATION)) is None


def test_who_stands_where_is_a_box_a_person_on_their_side(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session, SPLIT)
    world.compute()
    page, main = read(client, world)
    found = page["leans"]
    assert [row["code"] for row in found["rows"]] == ["E1"]
    assert "f 13 school leaders 6 agree and 6 disagree" in found["rows"][0]["says"]
    [drawn] = [one for one in main.all("svg", "leans") if one.given.get("role") == "img"]
    kinds = [
        (one.classes & {"is-a", "is-b", "is-mid"}).pop()
        for each in drawn.all("g", "each")
        for one in each.all("rect")
    ]
    sides = [[each["disagree"], each["agree"]] for each in found["rows"][0]["cells"]]
    assert sorted(sides) == [[6, 6], [6, 8]]
    assert kinds.count("is-a") == sum(sides[0])
    assert kinds.count("is-b") == sum(sides[1])
    assert kinds.count("is-mid") == 1
    assert [one.words() for one in drawn.all("text")] == [
        str(side) for each in sides for side in each
    ]
    assert found["rows"][0]["says"] in drawn.words()


def test_many_are_bars_and_the_split_that_runs_through_is_called_so(
    session: Session, client: FlaskClient
) -> None:
    half = ("54" * 21 + "12" * 21, "45" * 21 + "21" * 21)
    said = {code: (KINDS[code[0]], f"Words of {code}.", *half) for code in ("E1", "F1", "M1")}
    world = weighed(session, said)
    world.compute()
    page, main = read(client, world)
    assert page["leans"]["title"] == "The split runs through both groups"
    assert page["leans"]["is_boxes"] is False
    drawn = [one for one in main.all("svg", "leans") if one.given.get("role") == "img"]
    assert [len(list(each.all("rect"))) for each in drawn] == [4, 4, 4]


def test_where_no_group_is_split_nobody_is_set_out(session: Session, client: FlaskClient) -> None:
    world = weighed(session)
    world.compute()
    page, main = read(client, world)
    assert page["leans"] is None
    assert not list(main.all("ol", "lean-rows"))
