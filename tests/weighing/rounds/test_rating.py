"""Rating: private, one row a rater and statement, changeable until the close, for oneself alone."""

import re
from html import unescape
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.drafts_rating import RatingDraft
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from discussion.weighing.rounds.operations.rating import (
    RoundClosed,
    rate_together,
    take_rating_back,
)
from discussion.weighing.rounds.operations.running import close_round, move_due_rounds
from discussion.weighing.rounds.queries.counting import count_raters
from discussion.weighing.rounds.words_rounds import SCALES, agrees, is_non_holder
from discussion.weighing.statements.models import StatementVersion
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_member, make_person, viewer
from tests.weighing.rounds.planned import (
    CODES,
    KEY,
    TEACHING,
    Planned,
    answer,
    days,
    ratings,
)

WHY = "Everybody has answered."


@pytest.fixture
def scene(session: Session) -> Planned:
    return Planned(session)


def only(session: Session, round: Round) -> Rating:
    (row,) = ratings(session, round)
    return row


def url(scene: Planned, rest: str = "rate") -> str:
    return f"/rounds/{scene.thread.slug}/1/{rest}"


def test_an_answer_is_kept_under_a_key_and_the_latest_counts(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    (person,) = scene.join(1)
    answer(session, round, person, "E1", "2", reasonable="yes", is_crux=True, reason=" Because. ")
    row = only(session, round)
    assert row.rater_key == rater_key(KEY, round.public_id, person.public_id)
    assert (row.value, row.reasonable, row.is_crux, row.reason) == ("2", "yes", True, "Because.")
    answer(session, round, person, "E1", "5", reasonable="yes")
    row = only(session, round)
    assert (row.value, row.reasonable, row.is_crux, row.reason) == ("5", "", False, "")


def test_many_answers_at_once_are_kept_as_if_each_had_come_alone(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    people = scene.join(2)
    says = RatingDraft(code="E1", value="5", reasonable="yes", reason=" Because. ")
    rated = [(viewer(session, person), [says]) for person in people]
    wrong, stranger = RatingDraft(code="E1", value="6"), viewer(session, make_person(session))
    with pytest.raises(Invalid):
        rate_together(session, round, [(rated[0][0], [wrong])], secret=KEY, now=NOW)
    with pytest.raises(Forbidden):
        rate_together(session, round, [*rated, (stranger, [says])], secret=KEY, now=NOW)
    with pytest.raises(RoundClosed):
        rate_together(session, round, rated, secret=KEY, now=round.closes_at)
    assert ratings(session, round) == []
    rate_together(session, round, rated, secret=KEY, now=NOW)
    rows = ratings(session, round)
    assert {row.rater_key for row in rows} == {
        rater_key(KEY, round.public_id, person.public_id) for person in people
    }
    assert {(row.value, row.reasonable, row.reason) for row in rows} == {("5", "", "Because.")}
    assert all(row.id < 0 for row in rows)  # drawn, not counted
    answer(session, round, people[0], "E1", "4")
    assert sorted(row.value for row in ratings(session, round)) == ["4", "5"]


def test_a_row_tells_neither_when_nor_in_which_order(session: Session, scene: Planned) -> None:
    round = scene.open()
    for person in scene.join(8):
        answer(session, round, person, "E1", "3")
    columns = set(Rating.__table__.columns.keys())
    assert not {name for name in columns if "_at" in name or "person" in name}
    ids = [row.id for row in ratings(session, round)]
    keys = {rater_key(KEY, round.public_id, one.public_id): one for one in scene.members}
    came = [scene.members.index(keys[row.rater_key]) for row in
            sorted(ratings(session, round), key=lambda row: row.id)]  # fmt: skip
    assert max(ids) < 0
    assert came not in ([*range(8)], [*range(7, -1, -1)])


@pytest.mark.parametrize("points", SCALES)
def test_the_second_question_is_kept_of_those_who_rated_and_do_not_agree(
    session: Session, scene: Planned, points: int
) -> None:
    round = scene.open(points=points)
    (person,) = scene.join(1)
    holders = 0
    for value in [*map(str, range(1, points + 1)), "dont_know", "not_for_me"]:
        answer(session, round, person, "E1", value, reasonable="no", is_crux=True)
        kept = only(session, round)
        assert kept.reasonable == ("no" if is_non_holder(value, points) else "")
        assert kept.is_crux == (value != "not_for_me")
        holders += agrees(value, points)
    assert holders == points // 2  # as many as do not agree on the other side


@pytest.mark.parametrize(
    ("value", "more", "field"),
    [
        ("", {}, "E1-value"),
        ("0", {}, "E1-value"),
        ("6", {}, "E1-value"),
        ("²", {}, "E1-value"),
        ("03", {}, "E1-value"),
        ("maybe", {}, "E1-value"),
        ("2", {"reasonable": "perhaps"}, "E1-reasonable"),
        ("2", {"reason": "x" * 301}, "E1-reason"),
    ],
)
def test_what_is_no_answer_is_refused(
    session: Session, scene: Planned, value: str, more: dict[str, Any], field: str
) -> None:
    round = scene.open()
    (person,) = scene.join(1)
    with pytest.raises(Invalid) as refused:
        answer(session, round, person, "E1", value, **more)
    assert [one.field for one in refused.value.problems] == [field]
    assert ratings(session, round) == []


def test_who_may_rate_was_fixed_beforehand(session: Session, scene: Planned) -> None:
    round = scene.open()
    stranger, unconfirmed = make_person(session), make_person(session, email_confirmed_at=None)
    for nobody in (stranger, unconfirmed):
        with pytest.raises(Forbidden):
            answer(session, round, nobody, "E1", "3")
    other = Planned(session)
    open_to_all = other.open(who_may_rate="anybody")
    answer(session, open_to_all, stranger, "E1", "3")
    with pytest.raises(Forbidden):
        answer(session, open_to_all, unconfirmed, "E1", "3")
    assert len(ratings(session, open_to_all)) == 1
    assert count_raters(session, open_to_all, KEY) == 0  # kept, and not counted


def test_nothing_is_rated_before_it_opens_or_after_its_last_day(
    session: Session, scene: Planned
) -> None:
    (person,) = scene.join(1)
    round = scene.plan()
    with pytest.raises(Forbidden):
        answer(session, round, person, "E1", "3")
    move_due_rounds(session, KEY, NOW)
    answer(session, round, person, "E1", "3", now=round.closes_at - days(1))
    with pytest.raises(RoundClosed):  # the worker has not come yet
        answer(session, round, person, "E1", "4", now=round.closes_at)
    with pytest.raises(RoundClosed):
        take_rating_back(session, viewer(session, person), round, "E1", secret=KEY,
                         now=round.closes_at)  # fmt: skip
    move_due_rounds(session, KEY, round.closes_at)
    with pytest.raises(Forbidden):
        answer(session, round, person, "E1", "4")
    assert only(session, round).value == "3"


def test_an_answer_is_taken_back(session: Session, scene: Planned) -> None:
    round = scene.open()
    people = scene.join(2)
    for person in people:
        answer(session, round, person, "E1", "3")
    take_rating_back(session, viewer(session, people[0]), round, "E1", secret=KEY, now=NOW)
    assert only(session, round).rater_key == rater_key(KEY, round.public_id, people[1].public_id)


def test_who_leaves_an_open_round_is_counted_no_more_and_a_closed_one_stays(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    people = scene.join(6)
    for person in people:
        answer(session, round, person, "E1", "4")
    forget_ratings(session, people[0], KEY)
    session.expire_all()
    assert count_raters(session, round, KEY) == 5
    close_round(session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW)
    frozen = dict(round.counted)
    forget_ratings(session, people[1], KEY)
    session.expire_all()
    assert len(ratings(session, round)) == 4
    assert (round.counted, count_raters(session, round, KEY)) == (frozen, 5)


def signed(client: FlaskClient, session: Session, scene: Planned) -> Person:
    (person,) = scene.join(1)
    sign_in(client, person)
    return person


def test_one_statement_at_a_time_without_a_script(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = scene.open(order_rule="fixed")
    signed(client, session, scene)
    page = json_of(client.get(url(scene) + ".json"))
    assert [one["asked"]["code"] for one in page["questions"]] == ["E1"]
    assert [one["label"] for one in page["questions"][0]["points"]][::4] == [
        "Strongly disagree", "Strongly agree"]  # fmt: skip
    sent = client.post(url(scene), data={"statement": "E1", "E1-value": "4"})
    assert (sent.status_code, sent.location) == (303, url(scene) + "?trail=E1")
    after = client.get(sent.location).text
    assert "1 of 5 answered" in after
    assert "autofocus" in after
    skipped = client.post(url(scene), data={"statement": "F1", "trail": "E1", "do": "skip"})
    assert skipped.location == url(scene) + "?trail=E1.F1"
    then = json_of(client.get(skipped.location.replace("rate?", "rate.json?")))
    assert then["questions"][0]["asked"]["code"] == "M1"
    assert then["back_url"] == url(scene) + "?statement=F1&trail=E1"
    back = json_of(client.get(then["back_url"].replace("rate?", "rate.json?")))
    assert back["questions"][0]["asked"]["code"] == "F1"
    assert len(ratings(session, round)) == 1
    end = client.get(url(scene) + "?trail=F1.M1.E2.F2")
    assert (end.status_code, end.location) == (303, url(scene, "mine"))
    mine = client.get(url(scene, "mine")).text
    assert "You have answered 1 of 5." in mine
    assert mine.count("Not answered") == 4


def test_what_was_typed_is_kept_with_what_is_wrong(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = scene.open()
    signed(client, session, scene)
    form = {"statement": "E1", "E1-value": "2", "E1-reasonable": "yes", "E1-is_crux": "1",
            "E1-reason": "x" * 301}  # fmt: skip
    wrong = client.post(url(scene), data=form)
    assert wrong.status_code == 422
    assert "Too long by 1" in wrong.text
    assert "x" * 301 in wrong.text
    assert wrong.text.count(" checked") == 3
    assert ratings(session, round) == []
    nothing = client.post(url(scene), data={"statement": "E1"})
    assert nothing.status_code == 422
    assert "Choose an answer, or skip" in nothing.text


def test_all_on_a_page_saves_what_was_answered(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = scene.open()
    signed(client, session, scene)
    page = client.get(url(scene) + "?all=1").text
    assert page.count("data-code=") == 5
    form = {"all": "1", "E1-value": "4", "M1-value": "dont_know", "F2-value": "not_for_me"}
    assert client.post(url(scene), data=form).location == url(scene, "mine")
    assert sorted(row.value for row in ratings(session, round)) == ["4", "dont_know", "not_for_me"]
    again = client.post(url(scene), data={"all": "1", "F1-reason": "Because."})
    assert again.status_code == 422  # a reason without an answer is not dropped in silence


def test_the_script_is_told_that_it_is_saved_and_nothing_else(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    scene.open()
    signed(client, session, scene)
    form = {"statement": "M1", "M1-value": "1"}
    saved = client.post(url(scene), data=form, headers={"X-Fragment": "1"})
    assert saved.status_code == 200
    assert "1 of 5 answered" in saved.text
    assert len(saved.text) < 250
    assert saved.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("is_swept", [True, False])
def test_an_answer_that_comes_too_late_is_told_and_what_was_saved_stays(
    client: FlaskClient, session: Session, scene: Planned, is_swept: bool
) -> None:
    round = scene.open()
    person = signed(client, session, scene)
    answer(session, round, person, "E1", "4")
    with time_machine.travel(round.closes_at + days(1)):
        sign_in(client, person)  # who stays away for a fortnight signs in again
        if is_swept:
            move_due_rounds(session, KEY, round.closes_at)
        late = client.post(url(scene), data={"statement": "M1", "M1-value": "1"})
        assert late.status_code == 409
        assert "came too late" in late.text
        assert "Agree" in late.text  # what had been saved
        quiet = client.post(url(scene), data={"statement": "M1", "M1-value": "1"},
                            headers={"X-Fragment": "1"})  # fmt: skip
        assert quiet.status_code == 409
        assert "<" not in quiet.text
        assert client.get(url(scene)).location == url(scene, "mine")
        assert "The round is closed. You answered 1 of 5." in client.get(url(scene, "mine")).text
    assert len(ratings(session, round)) == 1


def test_an_answer_sent_after_signing_out_comes_back_to_be_sent_again(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    """It is private, so it is kept in the page alone; nothing of it is stored or thrown away."""
    round = scene.open()
    (person,) = scene.join(1)
    typed = {"statement": "M1", "M1-value": "1", "M1-reason": "It \"costs\" <too> much.",
             "M1-reasonable": "yes", "M1-is_crux": "1"}  # fmt: skip
    lost = client.post(url(scene), data=typed)
    assert (lost.status_code, lost.headers["Cache-Control"]) == (401, "private, no-store")
    assert "It &#34;costs&#34; &lt;too&gt; much." in lost.text
    assert "Strongly disagree" in lost.text
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', lost.text)
    sent = {name: unescape(value) for name, value in hidden}
    assert typed.items() <= sent.items()
    assert ratings(session, round) == []
    assert session.scalars(select(KeptDraft)).all() == []
    quiet = client.post(url(scene), data=typed, headers={"X-Fragment": "1"})
    assert (quiet.status_code, "<" in quiet.text) == (401, False)
    sign_in(client, person)
    assert client.post(url(scene), data=sent).status_code == 303
    session.expire_all()
    assert only(session, round).reason == typed["M1-reason"]


def test_ones_answers_are_for_oneself_alone_and_kept_nowhere(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    round = scene.open()
    person, other = scene.join(2)
    answer(session, round, person, "E1", "1", reason="Only mine")
    for whose, sees in ((person, True), (other, False), (scene.moderator, False)):
        sign_in(client, whose)
        for path in ("mine", "rate?all=1", "rate?statement=E1", "mine.json", "rate.json?all=1"):
            shown = client.get(url(scene, path))
            assert ("Only mine" in shown.text) == sees, path
            assert shown.headers["Cache-Control"] == "private, no-store"
            assert "ETag" not in shown.headers
    visitor = client.application.test_client()
    assert visitor.get(url(scene, "mine")).status_code == 303  # to sign in
    assert visitor.get(url(scene, "mine.json")).status_code == 401


def test_it_says_what_becomes_of_answers_and_who_does_not_count(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    scene.open()
    signed(client, session, scene)
    page = client.get(url(scene)).text
    assert "we do not call them anonymous" in page
    assert "not even moderators" in page
    assert "not a member of this series yet" not in page
    sign_in(client, make_member(session, scene.thread.series, admitted_at=None))
    assert "not a member of this series yet" in client.get(url(scene)).text


def test_nothing_on_these_pages_tells_who_wrote_what(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    scene.open()
    person = signed(client, session, scene)
    names = [scene.moderator.display_name, scene.moderator.public_id, *(one.public_id for one in
             scene.statements)]  # fmt: skip
    for path in (url(scene), url(scene, "mine"), url(scene)[:-5]):
        shown = client.get(path).text.replace(person.display_name, "")
        assert not [name for name in names if name in shown], path


def held_before(session: Session, scene: Planned, values: dict[str, str], people: int) -> Person:
    """A first round in which the person and so many others answered E1, and then a second."""
    round = scene.open(rounds=2)
    person, *others = scene.join(people)
    for code, value in values.items():
        answer(session, round, person, code, value)
        for other in others:
            answer(session, round, other, code, "4")
    close_round(session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW)
    compute_findings(session, scene.thread.id, "round_closed", secret=KEY, now=NOW)
    return person


def feedback(client: FlaskClient, scene: Planned) -> dict[str, Any]:
    page = json_of(client.get(f"/rounds/{scene.thread.slug}/2/rate.json?all=1"))
    return {one["asked"]["code"]: one["feedback"] for one in page["questions"]}


def test_a_later_round_shows_ones_own_answer_and_the_rooms_spread(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    person = held_before(session, scene, {"E1": "2", "M1": "dont_know"}, 5)
    scene.statements[0].versions.append(
        StatementVersion(version=2, written="The same, with a comma.", is_editorial=True,
                         written_by_id=scene.moderator.id, written_at=NOW)
    )  # fmt: skip
    session.flush()
    scene.open(rounds=2)
    sign_in(client, person)
    shown = feedback(client, scene)
    assert shown["E1"]["own"] == "Disagree"
    assert shown["E1"]["room"] == (
        "“agree” in the middle, and half of them chose it (5 people rated it)"
    )
    assert shown["M1"] == {"own": "I don’t know", "room": ""}  # four rated it: too few
    assert shown["F1"] is None
    page = client.get(f"/rounds/{scene.thread.slug}/2/rate?statement=E1").text
    assert "You, last round" in page
    assert " checked" not in page  # one answers anew


def test_a_later_round_shows_nothing_of_whom_the_findings_do_not_show(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    """Five teachers and five heads are shown, so all eleven together would tell the eleventh's."""
    round = scene.open(rounds=2)
    for role, many, value in (("headteacher", 5, "5"), (TEACHING, 5, "4"), ("researcher", 1, "1")):
        for person in scene.join(many, role):
            answer(session, round, person, "E1", value)
    close_round(session, scene.as_moderator, round, why=WHY, secret=KEY, now=NOW)
    compute_findings(session, scene.thread.id, "round_closed", secret=KEY, now=NOW)
    scene.open(rounds=2)
    sign_in(client, scene.members[-1])
    assert "(10 people rated it)" in feedback(client, scene)["E1"]["room"]


def test_what_was_reworded_inherits_nothing(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    person = held_before(session, scene, {"E1": "2"}, 6)
    scene.statements[0].versions.append(
        StatementVersion(version=2, written="Another thing.", written_by_id=scene.moderator.id,
                         written_at=NOW)
    )  # fmt: skip
    session.flush()
    scene.open(rounds=2)
    sign_in(client, person)
    assert feedback(client, scene)["E1"] is None


def test_a_round_without_feedback_shows_none(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    person = held_before(session, scene, {"E1": "2"}, 6)
    scene.open(rounds=2, feedback="none")
    sign_in(client, person)
    assert set(feedback(client, scene).values()) == {None}


def test_who_leaves_after_the_close_changes_nothing_that_later_rounds_show(
    client: FlaskClient, session: Session, scene: Planned
) -> None:
    person = held_before(session, scene, dict.fromkeys(CODES, "1"), 6)
    scene.open(rounds=2)
    sign_in(client, person)
    before = {code: shown["room"] for code, shown in feedback(client, scene).items()}
    forget_ratings(session, scene.members[-1], KEY)
    session.expire_all()
    assert {code: shown["room"] for code, shown in feedback(client, scene).items()} == before
    assert "(6 people rated it)" in before["E1"]
