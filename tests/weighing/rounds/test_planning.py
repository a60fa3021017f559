"""Planning a round: everything is fixed before it opens, and nothing changes afterwards."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.weighing.rounds.drafts_planning import problems_in_round
from discussion.weighing.rounds.models import FixedError, Round
from discussion.weighing.rounds.operations.planning import drop_round, plan_round
from discussion.weighing.rounds.operations.running import open_round
from discussion.weighing.rounds.queries.finding import find_planned
from discussion.weighing.rounds.queries.planning import begin_draft, bounds_of, plan_page
from discussion.weighing.rounds.words_rounds import THRESHOLDS
from discussion.weighing.statements.models import Confirmation, StatementVersion
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_member, make_position, make_round, make_statement, viewer
from tests.weighing.rounds.planned import CLOSES, CODES, Planned, day, days


def codes(round: Round) -> list[str]:
    return [row.code for row in round.statements]


def test_a_plan_gives_codes_by_kind_and_order_and_copies_what_it_fixes(session: Session) -> None:
    scene = Planned(session)
    scene.thread.series.thresholds = {"gap": 0.3, "bound": 0.2, "alpha": 0.01, "consensus": 0.8}
    round = scene.plan(gap=0.3, bound=0.2, alpha=0.01, consensus=0.8, min_group=6)
    assert codes(round) == CODES
    assert (round.state, round.number, round.cycle) == ("planned", 1, 1)
    assert round.thresholds == {
        "gap": 0.3,
        "bound": 0.2,
        "alpha": 0.01,
        "consensus": 0.8,
        "same_side": 0.75,
        "viewpoint": 0.9,
    }
    assert (round.min_group, round.points, round.stop_rule) == (
        6,
        5,
        {"kind": "rounds", "rounds": 1},
    )
    assert (round.opens_at, round.closes_at.date()) == (NOW.replace(hour=0), CLOSES)
    again = scene.plan(statements=(scene.statements[3].public_id,), points=7)
    assert again is round
    assert (codes(round), round.points) == (["E1"], 7)
    acts = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    chained = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)).all()
    assert acts == chained == ["plan_round", "change_round"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statements": ()}, "statements"),
        ({"statements": ("bcdfghjkmn",)}, "statements"),
        ({"points": 2}, "points"),
        ({"points": 8}, "points"),
        ({"points": None}, "points"),
        ({"order_rule": "alphabet"}, "order_rule"),
        ({"gap": None}, "gap"),
        ({"gap": 1.1}, "gap"),
        ({"bound": 0.3}, "bound"),
        ({"same_side": 0.5}, "same_side"),
        ({"viewpoint": 1.01}, "viewpoint"),
        ({"consensus": 0.5}, "consensus"),
        ({"min_group": 4}, "min_group"),
        ({"min_group": None}, "min_group"),
        ({"stop": "never"}, "stop"),
        ({"rounds": 0}, "rounds"),
        ({"rounds": 6}, "rounds"),
        ({"who_may_rate": "robots"}, "who_may_rate"),
        ({"feedback": "all"}, "feedback"),
        ({"opens_on": None}, "opens_on"),
        ({"opens_on": day(-1)}, "opens_on"),
        ({"closes_on": None}, "closes_on"),
        ({"closes_on": day(0)}, "closes_on"),
        ({"closes_on": day(400)}, "closes_on"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_beside_its_field(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    scene = Planned(session)
    with pytest.raises(Invalid) as refused:
        scene.plan(**changes)
    assert field in [problem.field for problem in refused.value.problems]
    assert find_planned(session, scene.thread) is None


def test_the_least_group_is_the_series_or_more_and_the_days_fit_the_threads(
    session: Session,
) -> None:
    scene = Planned(session, min_group=8)
    scene.thread.weighing_on, scene.thread.making_sense_on = day(3), day(10)
    with pytest.raises(Invalid) as refused:
        scene.plan(min_group=7)
    assert [one.field for one in refused.value.problems] == ["min_group", "opens_on", "closes_on"]
    assert scene.plan(min_group=8, opens_on=day(3), closes_on=day(10))


def test_only_those_who_curate_plan_and_only_before_sense_is_made(session: Session) -> None:
    scene = Planned(session)
    member = viewer(session, make_member(session, scene.thread.series))
    with pytest.raises(Forbidden):
        plan_round(session, member, scene.thread, scene.draft(), seed=1, now=NOW)
    for stage in ("proposed", "making_sense", "closed"):
        scene.thread.stage = stage
        with pytest.raises(Refused):
            scene.plan()


def test_retired_statements_and_those_of_no_kind_are_not_offered(session: Session) -> None:
    scene = Planned(session, kinds=("end", "means"))
    make_statement(session, scene.thread, kind="")
    scene.statements[1].retired_at = NOW
    with pytest.raises(Invalid):
        scene.plan()
    assert codes(scene.plan(statements=(scene.statements[0].public_id,))) == ["E1"]


def test_a_planned_round_asks_the_latest_wordings_when_it_opens(session: Session) -> None:
    scene = Planned(session, kinds=("end", "end", "end"))
    round = scene.plan()
    scene.statements[0].retired_at = NOW
    scene.statements[2].versions.append(
        StatementVersion(version=2, written="Better said.", written_by_id=scene.moderator.id,
                         written_at=NOW)
    )  # fmt: skip
    session.flush()
    open_round(session, scene.as_moderator, round, now=NOW)
    assert [row.version.text for row in round.statements][1] == "Better said."
    assert codes(round) == ["E1", "E2"]


def test_a_planned_round_is_dropped_and_its_number_is_free(session: Session) -> None:
    scene = Planned(session)
    drop_round(session, scene.as_moderator, scene.plan(), now=NOW)
    assert session.scalars(select(Round)).all() == []
    assert scene.plan().number == 1


CHANGES: dict[str, Any] = {
    "points": 7, "order_rule": "fixed", "seed": 99, "thresholds": {"gap": 0.9}, "min_group": 9,
    "stop_rule": {"kind": "stable", "rounds": 5}, "who_may_rate": "anybody", "feedback": "none",
    "opens_at": NOW + timedelta(days=2), "closes_at": NOW + timedelta(days=99), "cycle": 3,
    "number": 12, "opened_at": NOW + timedelta(hours=5), "imported_from": "polis",
    "attribution": "Somebody", "made_at": NOW + timedelta(days=1), "state": "planned",
    "public_id": "bcdfghjkmn",
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_of_a_round_changes_once_it_is_open(
    session: Session, name: str, state: str
) -> None:
    scene = Planned(session)
    round = make_round(session, scene.thread, *scene.statements, state=state)
    setattr(round, name, CHANGES[name])
    with pytest.raises(FixedError):
        session.flush()


def test_the_list_of_what_is_fixed_is_whole() -> None:
    unfixed = {"id", "thread_id", "made_by_id", "closed_at", "counted"}
    assert set(Round.__table__.columns.keys()) == set(CHANGES) | unfixed


def test_the_statements_of_an_open_round_stay(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    session.commit()  # of a savepoint, to which each try goes back
    changes: list[Callable[[], None]] = [
        lambda: setattr(round.statements[0], "order", 9),
        lambda: setattr(round.statements[0], "code", "E9"),
        lambda: session.delete(round.statements[0]),
        lambda: session.delete(round),
    ]
    for change in changes:
        change()
        with pytest.raises(FixedError):
            session.flush()
        session.rollback()


def test_every_operation_leaves_an_open_round_as_it_is(session: Session) -> None:
    scene = Planned(session)
    round = scene.open()
    before = {name: getattr(round, name) for name in CHANGES}
    with pytest.raises(Refused):
        drop_round(session, scene.as_moderator, round, now=NOW)
    with pytest.raises(Refused):
        open_round(session, scene.as_moderator, round, now=NOW)
    other = scene.plan(min_group=9, feedback="none", opens_on=day(1))
    assert other is not round
    assert {name: getattr(round, name) for name in CHANGES} == before
    with pytest.raises(Refused):
        open_round(session, scene.as_moderator, other, now=NOW + days(1))


def test_later_rounds_of_a_cycle_keep_its_scale_and_its_stop_rule(session: Session) -> None:
    scene = Planned(session)
    scene.open(points=7, rounds=2)
    with pytest.raises(Invalid) as refused:
        scene.plan(points=5, rounds=1)
    assert [one.field for one in refused.value.problems] == ["points", "stop"]
    assert scene.plan(points=7, rounds=2).number == 2


def test_a_thread_has_at_most_one_open_round_in_the_database(session: Session) -> None:
    scene = Planned(session)
    make_round(session, scene.thread, state="open")
    with pytest.raises(IntegrityError):
        make_round(session, scene.thread, state="open")


def plan_form(scene: Any, **changes: str) -> dict[str, Any]:
    return {
        "use": [row.public_id for row in scene.statements], "points": "5", "order_rule": "need",
        "opens_on": "2026-12-01", "closes_on": "2026-12-15", "who_may_rate": "members",
        "feedback": "spread", "stop": "rounds", "rounds": "1", "gap": "0.25", "bound": "0.25",
        "same_side": "0.75", "viewpoint": "0.9",
        "alpha": "0.05", "consensus": "0,75", "min_group": "5",
    } | changes  # fmt: skip


def test_the_page_plans_changes_and_drops(client: FlaskClient, session: Session) -> None:
    scene = Planned(session)
    sign_in(client, scene.moderator)
    url = f"/rounds/{scene.thread.slug}/plan"
    assert "Plan the round" in client.get(url).text
    first, *_rest = places = [row.public_id for row in scene.statements]
    form = plan_form(scene, **{f"place-{id}": str(9 - at) for at, id in enumerate(places)})
    assert client.post(url, data=form).status_code == 303
    round = find_planned(session, scene.thread)
    assert round is not None
    assert [row.version.statement.public_id for row in round.statements] == places[::-1]
    wrong = client.post(url, data=form | {"use": [first], "gap": "lots", "opens_on": "soon"})
    assert wrong.status_code == 422
    assert 'value="lots"' in wrong.text
    assert wrong.text.count('name="use"') == 5
    assert wrong.text.count("checked") == 5  # the one statement, and the four that are chosen
    assert client.post(f"{url}/drop").status_code == 303
    assert find_planned(session, scene.thread) is None


def test_the_page_warns_and_does_not_block(client: FlaskClient, session: Session) -> None:
    scene = Planned(session, kinds=("end", "fact"))
    position = make_position(session, scene.thread)
    session.add(Confirmation(version_id=scene.statements[0].versions[-1].id,
                             person_id=position.author_id, position_id=position.id))  # fmt: skip
    scene.plan()
    sign_in(client, scene.moderator)
    page = json_of(client.get(f"/rounds/{scene.thread.slug}/plan.json"))
    assert [sentence.split(":")[0] for sentence in page["warnings"][:3]] == [
        "Ends",
        "Facts",
        "Means",
    ]
    assert "not all said whether it is fair" in page["warnings"][3]
    assert page["can_open"]


def test_nobody_else_sees_a_plan(client: FlaskClient, session: Session) -> None:
    scene = Planned(session)
    scene.plan()
    (member,) = scene.join(1)
    assert client.get(f"/rounds/{scene.thread.slug}/1").status_code == 404
    sign_in(client, member)
    assert client.get(f"/rounds/{scene.thread.slug}/1").status_code == 404
    assert client.get(f"/rounds/{scene.thread.slug}/plan").status_code == 403
    sign_in(client, scene.moderator)
    assert "Planned." in client.get(f"/rounds/{scene.thread.slug}/1").text


def test_a_former_address_leads_on(client: FlaskClient, session: Session) -> None:
    from discussion.debate.threads.models import OldAddress

    scene = Planned(session)
    scene.open()
    session.add(OldAddress(slug="as-it-was", thread_id=scene.thread.id))
    session.flush()
    led = client.get("/rounds/as-it-was/1")
    assert (led.status_code, led.location) == (301, f"/rounds/{scene.thread.slug}/1")


def test_the_days_that_a_plan_begins_with_are_days_that_it_may_have(session: Session) -> None:
    scene = Planned(session)
    day = NOW.date()

    def offered() -> tuple[date | None, date | None]:
        draft = begin_draft(session, scene.thread, NOW)
        if draft.opens_on:
            assert not problems_in_round(draft, bounds_of(session, scene.thread, NOW))
        return draft.opens_on, draft.closes_on

    assert offered() == (day + timedelta(days=1), day + timedelta(days=15))
    scene.thread.stage, scene.thread.weighing_on = "open", day + timedelta(days=5)
    assert offered() == (day + timedelta(days=5), day + timedelta(days=19))
    scene.thread.making_sense_on = day + timedelta(days=9)
    assert offered() == (day + timedelta(days=5), day + timedelta(days=9))
    scene.thread.making_sense_on = day + timedelta(days=5)
    assert offered() == (None, None)
    page = plan_page(session, scene.as_moderator, scene.thread, NOW)
    assert page.too_soon == scene.thread.making_sense_on


WAYS_OF_ROUNDS = {
    "once": ("rounds", 1),
    "twice": ("rounds", 2),
    "settled": ("stable", 5),
}


def opened_plan(client: FlaskClient, url: str) -> dict[str, Any]:
    """What a browser sends of the page as it stands."""
    page = client.get(url).text
    [began] = re.findall(r'name="began" value="([^"]*)"', page)
    ways = re.findall(r'name="way" value="(\w+)" checked', page)
    stop = re.findall(r'name="stop" value="(\w+)" checked', page)
    rounds = re.findall(r'name="rounds" type="text" value="(\w+)"', page)
    return {"began": began, "way": ways[0], "stop": stop[0], "rounds": rounds[0]}


@pytest.mark.parametrize("way", WAYS_OF_ROUNDS)
def test_a_way_decides_when_rounds_stop_and_says_what_it_means(
    client: FlaskClient, session: Session, way: str
) -> None:
    scene = Planned(session)
    sign_in(client, scene.moderator)
    url = f"/rounds/{scene.thread.slug}/plan"
    opened = opened_plan(client, url)
    assert opened["way"] == "once"
    assert client.post(url, data=plan_form(scene) | opened | {"way": way}).status_code == 303
    round = find_planned(session, scene.thread)
    assert round is not None
    assert (round.stops.kind, round.stops.rounds) == WAYS_OF_ROUNDS[way]
    assert opened_plan(client, url)["way"] == way
    asks, sure = json_of(client.get(f"{url}.json"))["ways"][way]
    shown = html.unescape(client.get(url).text)
    assert asks in shown
    assert sure in shown


def test_what_is_typed_under_advanced_counts_and_is_never_lost_to_a_way(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    sign_in(client, scene.moderator)
    url = f"/rounds/{scene.thread.slug}/plan"
    opened = plan_form(scene) | opened_plan(client, url)
    assert "As set under Advanced" not in client.get(url).text
    both = client.post(url, data=opened | {"way": "twice", "rounds": "4", "alpha": "often"})
    assert both.status_code == 422
    for words in (
        "You chose “Twice”, and under Advanced",
        'value="4"',
        "As set under Advanced",
        "Give a number from 0 to 1",
    ):
        assert words in both.text, words
    assert find_planned(session, scene.thread) is None
    agree = client.post(url, data=opened | {"way": "twice", "rounds": "2"})
    assert agree.status_code == 303
    opened = plan_form(scene) | opened_plan(client, url)
    assert client.post(url, data=opened | {"rounds": "3"}).status_code == 303
    round = find_planned(session, scene.thread)
    assert round is not None
    assert round.stops.rounds == 3
    opened = plan_form(scene) | opened_plan(client, url)
    assert (opened["way"], opened["rounds"]) == ("own", "3")
    assert client.post(url, data=opened | {"way": "once"}).status_code == 303
    assert round.stops.rounds == 1


def test_every_number_stands_under_advanced_which_opens_where_one_is_wrong(
    client: FlaskClient, session: Session
) -> None:
    scene = Planned(session)
    sign_in(client, scene.moderator)
    url = f"/rounds/{scene.thread.slug}/plan"
    advanced = r'<details class="unfold plan-advanced"( open)?>(.*?)</details>'
    [(is_open, folded)] = re.findall(advanced, client.get(url).text, re.DOTALL)
    assert is_open == ""
    names = ("points", "order_rule", "stop", "rounds", "feedback", *THRESHOLDS, "min_group")
    assert [name for name in names if f'name="{name}"' not in folded] == []
    wrong = client.post(url, data=plan_form(scene, alpha="often"))
    [(is_open, folded)] = re.findall(advanced, wrong.text, re.DOTALL)
    assert (wrong.status_code, is_open) == (422, " open")
    assert 'value="often"' in folded
    assert "Give a number from 0 to 1" in folded
    scene.open(rounds=2)
    bound = client.get(url).text
    assert 'name="way"' not in bound
    assert "after 2 rounds" in bound


@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        ("EEFM", "habit of agreeing"),
        ("EEFFM", ""),
        ("E" * 8 + "FFMM", ""),
        ("E" * 9 + "FFMM", "More than twelve"),
    ],
)
def test_too_few_statements_and_too_many_are_said_to_be_so(
    session: Session, kinds: str, last: str
) -> None:
    names = {"E": "end", "F": "fact", "M": "means"}
    scene = Planned(session, kinds=tuple(names[each] for each in kinds))
    scene.plan()
    warnings = plan_page(session, scene.as_moderator, scene.thread, NOW).warnings
    found = [one for one in warnings if "habit" in one or "twelve" in one]
    assert len(found) == bool(last)
    assert last in "".join(found)
