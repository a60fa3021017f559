"""What published positions add: values, evidence and levels, and what bylines do not tell."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EvidenceLink, Position
from discussion.debate.threads.models import OldAddress, RelatedThread
from discussion.jobs.models import Job
from discussion.weighing.findings.operations import COMPUTE
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.findings.tasks import LOOK, look_again
from discussion.weighing.statements.models import StatementSource
from tests.conftest import json_of
from tests.factories import NOW, make_item, make_position, make_thread
from tests.weighing.findings.worlds import KEY, Weighed, weighed

BY_ROLE = {"attribution": "role", "label_step": 0}
AS_LEADER = {**BY_ROLE, "label_role": "headteacher", "label_phase": "primary"}
AS_TEACHER = {**BY_ROLE, "label_role": "classroom_teacher", "label_phase": "sixteen_nineteen"}


@pytest.fixture
def world(session: Session) -> Weighed:
    return weighed(session)


def write(world: Weighed, label: dict[str, Any], *served: str, **changes: Any) -> Position:
    return make_position(world.session, world.thread, served=served, **label, **changes)


def read(client: FlaskClient, world: Weighed, query: str = "") -> Any:
    return json_of(client.get(f"/findings/{world.thread.slug}.json{query}"))["found"]


def test_values_are_weighed_by_rank_and_decide_nothing(client: FlaskClient, world: Weighed) -> None:
    """Leaders give equality (1 + 3/5 + 1)/3; teachers freedom (1 + 3/5 + 2/5)/3."""
    for served in (("equality",), ("equality", "priority"), ("equality",)):
        write(world, AS_LEADER, *served)
    for served in (
        ("pupil_freedom",),
        ("pupil_freedom", "equality"),
        ("equality", "pupil_freedom"),
    ):
        write(world, AS_TEACHER, *served)
    world.compute()
    found = read(client, world)
    weights = {each["value"]: (each["a"], each["b"]) for each in found["tags"]["emphases"]}
    assert weights["equality"] == (pytest.approx(13 / 15), pytest.approx(1 / 3))
    assert weights["pupil_freedom"] == (0, pytest.approx(2 / 3))
    assert found["tags"]["gap"] == pytest.approx(2 / 3)
    assert "freedom" not in found["sentence"]["heading"]
    assert "equality" not in found["sentence"]["heading"]


def test_bylines_that_tell_no_group_are_in_none(client: FlaskClient, world: Weighed) -> None:
    for label in (
        AS_LEADER | {"attribution": "chatham_house"},
        AS_LEADER | {"label_step": 3},
        AS_LEADER | {"label_role": "", "label_phase": ""},
        AS_TEACHER | {"label_step": 2},  # "teaching": not told to be sixth-form teachers
    ):
        write(world, label, "equality", author=None)
    write(world, AS_LEADER | {"label_step": 2}, "equality")
    world.compute()
    tags = read(client, world)["tags"]
    assert tags["positions"] == [1, 0]
    assert tags["gap"] is None


def test_groups_that_answers_made_are_not_joined_to_positions(
    client: FlaskClient, world: Weighed
) -> None:
    for person in world.leaders + world.teachers:
        make_position(world.session, world.thread, person)
    world.compute()
    tags = read(client, world, "?between=leans:M1")["tags"]
    assert not tags["is_compared"]
    assert tags["positions"] == [0, 0]


def test_evidence_read_differently_is_told_but_parts_nobody_and_retracted_is_left_out(
    client: FlaskClient, world: Weighed
) -> None:
    item, gone = make_item(world.session, world.series), make_item(world.session, world.series)
    one = write(world, AS_LEADER, "equality", item=item)
    other = write(world, AS_TEACHER, "equality")
    assert one.live is not None
    assert other.live is not None
    world.session.add_all([
        EvidenceLink(revision_id=other.live.id, item_id=item.id, stance="contradicts"),
        EvidenceLink(revision_id=one.live.id, item_id=gone.id, stance="supports"),
    ])  # fmt: skip
    world.statements["F1"].sources += [
        StatementSource(position_id=position.id) for position in (one, other)
    ]
    gone.status = "retracted"
    world.session.flush()
    world.session.expire_all()  # links that were read before these were added
    world.compute()
    found = read(client, world)
    (row,) = found["read_differently_rows"]
    assert row["conflict"] == 1.0
    assert row["claim"] == "F1"
    assert [each["label"] for each in found["tags"]["retracted"]] == [gone.title]
    assert found["tags"]["overlap"] == 1.0
    assert {each["kind"]: each["state"] for each in found["dimensions"]}["fact"] == "unclear"


def test_levels_are_compared_and_the_value_that_differs_most_is_named(
    client: FlaskClient, world: Weighed
) -> None:
    for level, value in (("national", "consistency"), ("school", "local_autonomy")):
        for _each in range(3):
            write(world, {"attribution": "chatham_house"}, value, revision={"level": level})
    other = make_thread(world.session, world.series)
    world.session.add(RelatedThread(thread_id=other.id, other_id=world.thread.id))
    for _each in range(3):
        make_position(world.session, other, served=("consistency",), revision={"level": "trust"})
    world.compute()
    here, related = read(client, world)["levels"]
    assert (here["scope"], here["index"]) == ("thread", 0)
    assert here["pairs"][0]["value"] in ("Consistency and coherence",
                                         "Local and professional judgement")  # fmt: skip
    assert [each["label"] for each in related["threads"]] == [other.question]
    coherences = {(each["first"], each["second"]): each["coherence"] for each in related["pairs"]}
    assert coherences["National", "Trust"] == 1.0
    other.question = "Who should lead on enrichment now?"
    world.session.add(OldAddress(slug=other.slug, thread_id=other.id))
    other.slug = "who-should-lead-now"
    world.session.flush()
    told = [{"label": other.question, "url": "/threads/who-should-lead-now"}]
    assert read(client, world)["levels"][1]["threads"] == told
    other.is_hidden = True
    world.session.flush()
    assert read(client, world)["levels"][1]["threads"] == []


def test_the_worker_looks_again_only_where_tags_have_changed(
    client: FlaskClient, session: Session, world: Weighed
) -> None:
    assert list(find_stale(session, secret=KEY, now=NOW)) == [world.thread.id]
    first = world.compute()
    assert list(find_stale(session, secret=KEY, now=NOW)) == []
    assert world.compute("tags_changed").id == first.id
    old = client.get(f"/findings/{world.thread.slug}/{first.version}.json").json
    position = write(world, AS_LEADER, "equality")
    assert list(find_stale(session, secret=KEY, now=NOW)) == [world.thread.id]
    second = world.compute("tags_changed", NOW + timedelta(hours=1))
    assert (second.version, second.because) == (first.version + 1, "tags_changed")
    position.state = "withdrawn"
    world.thread.stage = "open"  # a new cycle: at most one version a day
    session.flush()
    assert list(find_stale(session, secret=KEY, now=NOW + timedelta(hours=2))) == []
    assert list(find_stale(session, secret=KEY, now=NOW + timedelta(days=2))) == [world.thread.id]
    again = client.get(f"/findings/{world.thread.slug}/{first.version}.json").json
    assert old is not None
    assert again is not None
    assert again["found"]["provenance"] == old["found"]["provenance"]
    headline = find_headlines(session, [world.thread])[world.thread.id]
    assert headline is not None
    assert headline.verdict == "partly_known"


def test_looking_again_writes_only_what_it_promises(
    client: FlaskClient, session: Session, world: Weighed
) -> None:
    with client.application.test_request_context():
        effect = look_again(session, Job(name=LOOK, payload={}), NOW)
        assert not session.new
        afterwards = effect()
        assert afterwards is not None
        afterwards(session, NOW)
        afterwards(session, NOW + timedelta(minutes=15))  # the first has failed, or not been done
    job = session.scalars(select(Job).where(Job.name == COMPUTE)).one()
    assert job.payload == {"thread": world.thread.id, "because": "tags_changed"}
    afterwards(session, NOW + timedelta(hours=1))
    assert len(session.scalars(select(Job).where(Job.name == COMPUTE)).all()) == 2
