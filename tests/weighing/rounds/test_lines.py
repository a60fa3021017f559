"""What people would need to see: private lines, shown only as their writers let them be."""

import re

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.oversight.moderation.queries.sources import (
    describe_lines,
    list_everything,
    tally_everything,
)
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.series.members.models import Membership
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.models import Rating, Round, ShownLines
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from discussion.weighing.rounds.operations.lines import decide_line
from discussion.weighing.rounds.operations.running import move_due_rounds
from discussion.weighing.rounds.queries.lines import lines_page
from discussion.weighing.rounds.queries.own import list_own_ratings
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_person
from tests.weighing.rounds.planned import KEY, Planned, answer, days, ratings

LINES = [f"Registers of a year, from {many} teams, by next spring." for many in
         ("two", "three", "four", "five", "six", "seven")]  # fmt: skip
NAMING = "Ask Mrs Harriet Blackwood of Fernhill Hospital, by July."


@pytest.fixture
def scene(session: Session) -> Planned:
    return Planned(session)


def line(session: Session, round: Round, person: Person, says: str, *, code: str = "F1",
         may_show: bool = True, is_crux: bool = True) -> None:  # fmt: skip
    answer(session, round, person, code, "4", settles=says, may_show=may_show, is_crux=is_crux)


def written(session: Session, scene: Planned, many: int) -> Round:
    """A closed round, in which so many wrote a line that may be shown."""
    round = scene.open()
    people = scene.members or scene.join(many)
    for person, says in zip(people[:many], LINES, strict=False):
        line(session, round, person, says)
    move_due_rounds(session, KEY, round.closes_at)
    compute_findings(session, scene.thread.id, "round_closed", secret=KEY, now=round.closes_at)
    return round


def read(session: Session, round: Round) -> dict[str, str]:
    """What a moderator reads: each line with what stands for it."""
    page = lines_page(session, round, KEY)
    return {one.text: one.id for each in page.statements for one in each.lines}


def let(session: Session, scene: Planned, round: Round, *lines: str) -> None:
    ids = read(session, round)
    for says in lines:
        decide_line(session, scene.as_moderator, round, ids[says], is_let=True, why="",
                    secret=KEY, now=round.closes_at)  # fmt: skip


def shown(client: FlaskClient, scene: Planned) -> list[str]:
    page = json_of(client.get(f"/findings/{scene.thread.slug}.json"))
    return [says for each in page["found"]["settling"] for says in each["lines"]]


# --- while the round is open


def test_a_line_is_kept_of_a_fact_that_a_position_depends_on_and_of_nothing_else(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    (person,) = scene.join(1)
    for code, is_crux, kept in [("E1", True, ""), ("M1", True, ""), ("F1", False, ""),
                                ("F1", True, LINES[0])]:  # fmt: skip
        line(session, round, person, f"  {LINES[0]}\n", code=code, is_crux=is_crux)
        row = ratings(session, round)[-1] if kept else None
        found = [one for one in ratings(session, round) if one.settles]
        assert [one.settles for one in found] == ([kept] if kept else [])
        assert all(one.may_show for one in found), row
    line(session, round, person, LINES[1], may_show=False)  # the latest counts
    assert [(one.settles, one.may_show) for one in ratings(session, round) if one.settles] == [
        (LINES[1], False)
    ]
    answer(session, round, person, "F1", "4")
    assert not [one for one in ratings(session, round) if one.settles or one.may_show]


def test_a_line_has_at_most_two_hundred_characters(session: Session, scene: Planned) -> None:
    round = scene.open()
    (person,) = scene.join(1)
    line(session, round, person, "é" * 200)
    with pytest.raises(Invalid) as refused:
        line(session, round, person, "é" * 201)
    assert [one.field for one in refused.value.problems] == ["F1-settles"]
    assert [one.settles for one in ratings(session, round)] == ["é" * 200]


def test_nobody_is_named_in_a_line_that_may_be_shown_and_nothing_typed_is_lost(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    with time_machine.travel(NOW, tick=False):
        round = scene.open()
        (person,) = scene.join(1)
        sign_in(client, person)
        url = f"/rounds/{scene.thread.slug}/1/rate"
        asked = client.get(f"{url}?statement=F1").text
        assert 'name="F1-settles"' in asked
        assert "E1-settles" not in client.get(f"{url}?statement=E1").text
        typed = {"statement": "F1", "F1-value": "4", "F1-is_crux": "1", "F1-settles": NAMING,
                 "F1-may_show": "1"}  # fmt: skip
        refused = client.post(url, data=typed)
        assert refused.status_code == 422
        assert re.search(r'id="F1-settles-error".*Harriet Blackwood', refused.text)
        assert f'value="{NAMING}"' in refused.text
        assert ratings(session, round) == []
        del typed["F1-may_show"]
        assert client.post(url, data=typed).status_code == 303
        assert [one.settles for one in ratings(session, round)] == [NAMING]
        mine = client.get(f"/rounds/{scene.thread.slug}/1/mine").text
        assert NAMING in mine
        assert "only I see it" in mine


def test_no_line_is_read_before_the_close(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    with time_machine.travel(NOW, tick=False):
        round = scene.open()
        for person, says in zip(scene.join(6), LINES, strict=True):
            line(session, round, person, says)
        sign_in(client, scene.moderator)
        path = f"/rounds/{scene.thread.slug}/1/lines"
        assert client.get(path).status_code == client.get(f"{path}.json").status_code == 403
        assert read(session, round) == {}
        with pytest.raises(Forbidden):
            decide_line(session, scene.as_moderator, round, "x", is_let=True, why="", secret=KEY,
                        now=NOW)  # fmt: skip


# --- a moderator reads


def test_a_moderator_reads_lines_without_their_writers_and_from_five_on(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = written(session, scene, 5)
    path = f"/rounds/{scene.thread.slug}/1/lines"
    sign_in(client, scene.moderator)
    assert path in client.get(f"/rounds/{scene.thread.slug}/1").text
    told = client.get(path).text + client.get(f"{path}.json").text
    assert all(says in told for says in LINES[:5])
    for row in session.scalars(select(Rating)):
        assert str(abs(row.id)) not in told
        assert row.rater_key not in told
    for person in scene.members:
        assert person.public_id not in told
        assert person.display_name not in told
    came = [LINES.index(says) for says in read(session, round)]
    assert came not in ([*range(5)], [*range(4, -1, -1)])
    for member in (scene.members[0], None):
        assert (sign_in(client, member) if member else client).get(path).status_code in (403, 303)
    few = Planned(session)
    assert read(session, written(session, few, 4)) == {}


def test_lines_of_who_is_no_member_are_neither_read_nor_counted(
    session: Session, scene: Planned
) -> None:
    round = scene.open(who_may_rate="anybody")
    for person, says in zip([*scene.join(4), make_person(session)], LINES, strict=False):
        line(session, round, person, says)
    move_due_rounds(session, KEY, round.closes_at)
    assert read(session, round) == {}


def test_who_is_removed_later_takes_no_line_along(session: Session, scene: Planned) -> None:
    round = written(session, scene, 5)
    before = read(session, round)
    own = session.scalars(
        select(Membership).where(Membership.person_id == scene.members[0].id)
    ).one()
    own.removed_at = round.closes_at + days(1)
    session.flush()
    assert read(session, round) == before


def test_a_line_that_is_not_shown_needs_a_reason_that_does_not_repeat_it(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = written(session, scene, 5)
    ids = read(session, round)
    sign_in(client, scene.moderator)
    path = f"/rounds/{scene.thread.slug}/1/lines"
    sent = {"line": ids[LINES[0]], "do": "hold"}
    for why in ("", f"It says “{LINES[0]}” and so on."):
        again = client.post(path, data={**sent, "why": why})
        assert again.status_code == 422
        assert f'id="why-{ids[LINES[0]]}-error"' in again.text
        assert not why or "and so on." in again.text
    assert client.post(path, data={**sent, "why": "It points to one team."}).status_code == 303
    (decision,) = session.scalars(select(Decision).where(Decision.action == "hold_line"))
    assert decision.why == "It points to one team."
    link = session.scalars(select(AuditEvent).where(AuditEvent.verb == "hold_line")).one()
    assert (link.details["code"], link.details["number"]) == ("F1", 1)
    assert LINES[0] not in str(link.details)
    row = next(one for one in session.scalars(select(Rating)) if one.settles == LINES[0])
    assert row.line_state == "held"
    with pytest.raises(Refused):
        decide_line(session, scene.as_moderator, round, ids[LINES[0]], is_let=False,
                    why="It points to one team.", secret=KEY, now=round.closes_at)  # fmt: skip


# --- everybody reads


def test_lines_are_shown_from_five_writers_on_and_go_below_five(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = written(session, scene, 6)
    let(session, scene, round, *LINES[:4])
    page = f"/findings/{scene.thread.slug}"
    assert shown(client, scene) == []
    assert "What would settle it" not in client.get(page).text
    let(session, scene, round, LINES[4])
    assert sorted(shown(client, scene)) == sorted(LINES[:5])
    assert shown(client, scene) not in (LINES[:5], LINES[4::-1])
    text = client.get(page).text
    assert "What would settle it" in text
    assert LINES[5] not in text
    assert all(says in text for says in LINES[:5])
    decide_line(session, scene.as_moderator, round, read(session, round)[LINES[0]], is_let=False,
                why="It points to one team.", secret=KEY, now=round.closes_at)  # fmt: skip
    assert shown(client, scene) == []


def test_what_several_wrote_alike_is_shown_once_and_writers_are_counted(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = scene.open()
    for person, says in zip(scene.join(5), [LINES[0]] * 3 + LINES[1:3], strict=True):
        line(session, round, person, says)
    move_due_rounds(session, KEY, round.closes_at)
    compute_findings(session, scene.thread.id, "round_closed", secret=KEY, now=round.closes_at)
    for one in lines_page(session, round, KEY).statements[0].lines:
        decide_line(session, scene.as_moderator, round, one.id, is_let=True, why="", secret=KEY,
                    now=round.closes_at)  # fmt: skip
    assert sorted(shown(client, scene)) == sorted(LINES[:3])


def test_when_a_writer_leaves_no_line_on_that_statement_is_read_any_more(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = written(session, scene, 6)
    let(session, scene, round, *LINES[:5])
    forget_ratings(session, scene.members[5], KEY)  # whose line was not even shown
    assert shown(client, scene) == []
    assert read(session, round) == {}
    assert session.scalars(select(ShownLines)).all() == []
    assert LINES[5] not in {one.settles for one in ratings(session, round)}
    assert {one.settles for one in ratings(session, round)} == set(LINES[:5])


def test_who_leaves_without_a_line_changes_nothing(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    (silent,) = scene.join(1)
    scene.members.clear()
    round = written(session, scene, 5)
    let(session, scene, round, *LINES[:5])
    forget_ratings(session, silent, KEY)
    assert sorted(shown(client, scene)) == sorted(LINES[:5])


@pytest.mark.parametrize("mark", ["withheld_at", "redacted_at"])
def test_lines_on_words_that_were_hidden_or_changed_are_not_read(
    session: Session, client: FlaskClient, scene: Planned, mark: str
) -> None:
    round = written(session, scene, 5)
    let(session, scene, round, *LINES[:5])
    (version,) = next(row for row in scene.statements if row.kind == "fact").versions
    setattr(version, mark, round.closes_at)
    session.flush()
    assert shown(client, scene) == []
    assert read(session, round) == {}


@pytest.mark.parametrize(("second", "is_shown"), [((0, 5), True), ((0, 6), False), ((5, 10), True)])
def test_two_rounds_together_tell_no_fewer_than_five_writers(
    session: Session, scene: Planned, second: tuple[int, int], *, is_shown: bool
) -> None:
    people = scene.join(10)
    first = written(session, scene, 5)
    let(session, scene, first, *LINES[:5])
    scene.thread.stage = "weighing"
    later = first.closes_at + days(1)
    ends = later.date() + days(9)
    again = scene.open(now=later, opens_on=later.date(), closes_on=ends)
    for person, says in zip(people[slice(*second)], LINES, strict=False):
        answer(session, again, person, "F1", "4", is_crux=True, settles=says, may_show=True,
               now=later)  # fmt: skip
    move_due_rounds(session, KEY, again.closes_at)
    let(session, scene, again, *read(session, again))
    of_rounds = set(session.scalars(select(ShownLines.round_id)))
    assert of_rounds == ({first.id, again.id} if is_shown else {first.id})


def test_a_page_of_information_needed_has_them_for_curators(
    session: Session, client: FlaskClient, scene: Planned
) -> None:
    round = written(session, scene, 5)
    sign_in(client, scene.moderator)
    page = f"/needed/{scene.series.slug}"
    assert LINES[0] not in client.get(page).text + client.get(f"{page}.json").text
    let(session, scene, round, *LINES[:5])
    told = client.get(f"{page}.json").text
    assert all(says in told for says in LINES[:5])


def test_ones_own_copy_has_the_line_and_whether_it_may_be_shown(
    session: Session, scene: Planned
) -> None:
    written(session, scene, 5)
    own = [rating for _round, _version, rating in
           list_own_ratings(session, scene.members[0], KEY) if rating.settles]  # fmt: skip
    assert [(one.settles, one.may_show) for one in own] == [(LINES[0], True)]


# --- the desk


def test_a_closed_round_waits_on_the_desk_until_each_of_its_lines_is_decided(
    session: Session, scene: Planned
) -> None:
    round = written(session, scene, 5)
    series, at = [scene.thread.series_id], round.closes_at
    (told,) = (one for one in list_everything(session, series, at) if one.kind == "lines")
    assert (told.id, told.own_ids) == (round.public_id, ())
    words = describe_lines(session, scene.as_moderator, [told], at)["lines", round.public_id]
    assert words.url == f"/rounds/{scene.thread.slug}/{round.number}/lines"
    assert not any(says in f"{words}" for says in LINES)
    with_it, _since = tally_everything(session, series, at)
    let(session, scene, round, *LINES[:4])
    assert tally_everything(session, series, at)[0] == with_it
    decide_line(session, scene.as_moderator, round, read(session, round)[LINES[4]], is_let=False,
                why="It says too little.", secret=KEY, now=at)  # fmt: skip
    assert tally_everything(session, series, at)[0] == with_it - 1
    assert "lines" not in {one.kind for one in list_everything(session, series, at)}


@pytest.mark.parametrize("case", ["too few", "no members", "hidden words", "a writer left"])
def test_nothing_waits_on_the_desk_where_no_line_may_be_read(
    session: Session, scene: Planned, case: str
) -> None:
    if case == "no members":
        round = scene.open(who_may_rate="anybody")
        for says in LINES:
            line(session, round, make_person(session), says)
        move_due_rounds(session, KEY, round.closes_at)
    else:
        round = written(session, scene, 4 if case == "too few" else 5)
    if case == "hidden words":
        fact = next(one for one in round.statements if one.code == "F1")
        fact.version.withheld_at = NOW
    if case == "a writer left":
        forget_ratings(session, scene.members[0], KEY)
    session.flush()
    waiting = list_everything(session, [scene.thread.series_id], round.closes_at)
    assert "lines" not in {one.kind for one in waiting}
