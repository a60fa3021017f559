"""The demonstration as it is filled: what each thread that was weighed says, on its own page."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import DateTime, func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.cli.demo import demonstration_settings
from discussion.db import Base, transaction
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.records import dump
from discussion.series.members.models import Membership
from discussion.web.site import site
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.rounds.keys import rater_key, rater_secret
from discussion.weighing.rounds.models import Rating, Round
from tests.conftest import FILLED, json_of, sign_in

pytestmark = pytest.mark.xdist_group("findings")
WEIGHED, WEIGHING = "compel-enrichment", "tutoring-or-the-classroom"
DROPS, CURRICULUM = "what-data-should-stop", "who-decides-the-curriculum"
FAIR = "what-fair-should-mean"
RATED_BY = {WEIGHED: 40, DROPS: 60, CURRICULUM: 107, FAIR: 120}
GAPS = {"E1": 0.0, "E2": 0.55, "F1": 0.15, "F2": 0.15, "M1": 0.8, "M2": 0.15}  # insight.md 5.9
STATES = {"E1": "same_side", "E2": "apart", "F1": "unclear", "F2": "unclear", "F3": "unknown",
          "M1": "apart", "M2": "unclear"}  # fmt: skip
AFTER_THE_NOTE = STATES | {"F2": "same_side"}
FEWEST = 5
MAY_LIE_AHEAD = {"run_after", "closes_at", "due_at", "expires_at", "ends_at", "until"}


@pytest.fixture(scope="module")
def shown(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A copy of it, as only the last test here changes anything."""
    from discussion.app import create_app

    folder = tmp_path_factory.mktemp("shown")
    shutil.copytree(demonstration, folder, dirs_exist_ok=True)
    with time_machine.travel(FILLED, tick=True):
        app = create_app(demonstration_settings(folder, 8000))
        yield app
        site(app).engine.dispose()


@pytest.fixture
def filled(shown: Flask) -> Iterator[Session]:
    with transaction(site(shown).engine, writes=False) as session:
        yield session


def findings(app: Flask, query: str = "", *, of: str = WEIGHED) -> Any:
    return json_of(app.test_client().get(f"/findings/{of}.json{query}"))


def first_round(app: Flask) -> Any:
    return json_of(app.test_client().get(f"/findings/{WEIGHED}/1.json"))


def head_of(app: Flask, of: str) -> str:
    """The first sentence as it stands on the page."""
    said = app.test_client().get(f"/findings/{of}").text
    head = re.sub(r"<[^>]+>", " ", said[said.index("<h1") : said.index("</h1>")])
    return re.sub(r" +([,.:])", r"\1", " ".join(unescape(head).split()))


def rows_of(page: Any) -> dict[str, Any]:
    return {row["code"]: row for kind in page["found"]["kinds"] for row in kind["rows"]}


def states_of(page: Any) -> dict[str, str]:
    return {code: row["state"] for code, row in rows_of(page).items()}


def test_its_first_sentence_alone_says_what_parts_people(shown: Flask) -> None:
    page = findings(shown)
    sentence = page["found"]["sentence"]
    assert sentence["verdict"] == "partly_known"
    assert (
        "they differ over an end: 15 of 16 sixth-form teachers and 2 of 18" in sentence["heading"]
    )
    assert sentence["heading"].endswith("one of more than 0.31 of the scale is ruled out.")
    said = shown.test_client().get(f"/findings/{WEIGHED}").text
    head = said[said.index("<h1") : said.index("</h1>")]
    assert "they differ over an end" in head
    assert "On the facts no difference was found" in head
    assert page["found"]["lede"].startswith(
        "40 answered. Among those who gave their role are 18 school leaders and "
        "16 sixth-form teachers"
    )


def test_its_first_round_has_the_gaps_of_the_worked_example(shown: Flask) -> None:
    page = first_round(shown)
    rows = rows_of(page)
    assert {code: round(rows[code]["gap"], 2) for code in GAPS} == GAPS
    assert {code: rows[code]["state"] for code in STATES} == STATES
    assert rows["F3"]["gap"] is None
    assert rows["F3"]["dont_know"] == "28"
    assert {row["code"]: row["is_respected"] for row in page["found"]["meta"]["rows"]
            if row["code"] in ("E2", "M2", "F1", "M1")} == {
        "E2": True, "M2": True, "F1": False, "M1": False}  # fmt: skip
    assert page["found"]["change"] is None


def test_its_second_round_says_what_a_note_on_a_fact_changed(shown: Flask) -> None:
    thread = unescape(shown.test_client().get(f"/threads/{WEIGHED}").text)
    assert "45% of young people in the wealthiest tenth go weekly" in thread
    page = findings(shown)
    states = states_of(page)
    assert {code: states[code] for code in AFTER_THE_NOTE} == AFTER_THE_NOTE
    change = page["found"]["change"]
    moved = {row["code"]: row["says"] for row in change["rows"] if not row["has_settled"]}
    assert moved == {"F2": "The middle answer moved from 4 to 5."}
    everybody = {kind["kind"]: kind["moves"][0] for kind in change["kinds"]}
    assert {kind: move["state"] for kind, move in everybody.items()} == {
        "end": "held", "fact": "moved_a_little", "means": "held"}  # fmt: skip
    assert everybody["fact"]["says"].startswith("F2 moved 0.18 towards agreeing")
    said = shown.test_client().get(f"/findings/{WEIGHED}").text
    assert "On 9 of 10 statements, answers have stopped changing since round 1." in said
    assert "Where attendance is a choice" in page["found"]["common"]["said"]


def test_facts_are_answered_alike_where_enough_people_rated_them(shown: Flask) -> None:
    page = findings(shown, of=CURRICULUM)
    assert page["found"]["sentence"]["verdict"] == "about_ends"
    head = head_of(shown, CURRICULUM)
    assert "they differ over ends: 43 of 52 secondary school leaders and 17 of 55" in head
    assert "They differ over what to do: 37 of 52 secondary school leaders and 9 of 55" in head
    assert "On the facts they answered alike" in head
    assert head.endswith("a difference of more than 0.12 of the scale is ruled out.")
    states = states_of(page)
    assert (states["F1"], states["F2"]) == ("alike", "alike")


def test_a_split_runs_through_both_groups_of_sixty(shown: Flask, filled: Session) -> None:
    page = findings(shown, of=FAIR)
    assert page["found"]["sentence"]["verdict"] == "split_within_groups"
    head = head_of(shown, FAIR)
    assert head.startswith(
        "Among 60 secondary school leaders and 60 classroom teachers: the split runs through both"
        " groups: of 60 secondary school leaders 28 agree and 26 disagree with “A system is fair"
    )
    assert "and of 60 classroom teachers 28 agree and 25 disagree" in head
    kept = filled.scalars(select(FindingSnapshot).join(Thread).where(Thread.slug == FAIR)).one()
    views = kept.content.ratings.viewpoints
    assert views is not None
    assert views.state == "found"
    assert [sorted(group.size or 0 for group in each.within.values()) for each in views.held] == [
        [30, 31],
        [29, 30],
    ]  # of either group half
    said = unescape(shown.test_client().get(f"/findings/{FAIR}").text)
    assert "56 of 61 agree" in said
    assert "51 of 59 disagree" in said


def test_the_closed_thread_has_the_round_that_its_briefing_needs(shown: Flask) -> None:
    page = findings(shown, of=DROPS)
    head = head_of(shown, DROPS)
    assert "they differ over what to do: 19 of 28 secondary school leaders and 5 of 32" in head
    assert "“A school in serious difficulty should collect every six weeks”" in head
    assert "Over ends they agree" in head
    agreed = [row["code"] for row in page["found"]["common_rows"]]
    assert {"M1", "M2", "M4"} <= set(agreed)  # what the outcome says contributors came to share
    assert states_of(page)["F1"] == "unknown"  # of which it says that nobody could point to a study
    thread = shown.test_client().get(f"/threads/{DROPS}").text
    assert "What stayed apart." in thread


def test_the_live_factual_crux_is_named_with_both_sides(shown: Flask) -> None:
    found = findings(shown)["found"]
    assert [(row["code"], row["pairs"], row["possible"]) for row in found["crux_rows"]] == [
        ("F1", 25, 255)
    ]
    assert "5 school leaders who disagree" in found["crux_rows"][0]["says"]
    assert any("F1" in said and "evidence" in said for said in found["ask_next"])
    page = shown.test_client().get(f"/findings/{WEIGHED}").text
    assert "5 sixth-form teachers who agree with" in page


@pytest.mark.parametrize("of", RATED_BY)
def test_no_number_is_of_fewer_than_five(shown: Flask, of: str) -> None:
    first = findings(shown, of=of)
    pages = [first, *(findings(shown, f"?as={lens['key']}", of=of) for lens in first["lenses"])]
    assert len(pages) > 5
    for page in pages:
        assert all(group["size"] >= FEWEST for group in page["found"]["groups"])
        for row in rows_of(page).values():
            cells = [*row["cells"], row["everybody"], *([row["chosen"]] if row["chosen"] else [])]
            assert all(cell["raters"] is None or cell["raters"] >= FEWEST for cell in cells)
            assert all(cell["counts"] == [] for cell in cells if cell["raters"] is None)
    for row in rows_of(first).values():
        if all(cell["raters"] for cell in row["cells"]):
            rest = row["everybody"]["raters"] - sum(cell["raters"] for cell in row["cells"])
            assert rest == 0 or rest >= FEWEST


@pytest.mark.parametrize("of", RATED_BY)
def test_who_rated_are_admitted_and_invented_and_declared_what_they_do(
    shown: Flask, filled: Session, of: str
) -> None:
    held = select(Round).join(Thread).where(Thread.slug == of).order_by(Round.number.desc())
    round = filled.scalars(held).first()
    assert round is not None
    keys = set(filled.scalars(select(Rating.rater_key).where(Rating.round_id == round.id)))
    secret = rater_secret("", str(shown.secret_key))
    known = {
        rater_key(secret, round.public_id, person.public_id): (person, member)
        for person, member in filled.execute(select(Person, Membership).join(Membership))
    }
    assert len(keys) == RATED_BY[of]
    assert all(known[key][0].is_invented and known[key][1].admitted_at for key in keys)
    assert all(known[key][1].posting_role and known[key][1].posting_phase for key in keys)


def test_its_snapshots_are_there_before_any_worker_and_nothing_lies_ahead(
    shown: Flask, filled: Session
) -> None:
    for row in filled.scalars(select(FindingSnapshot)):
        assert row.round is not None
        assert row.made_at == row.round.closed_at
    rounds = select(func.count()).select_from(Round).where(Round.state == "closed")
    assert filled.scalar(select(func.count()).select_from(FindingSnapshot)) == 5
    assert filled.scalar(rounds) == 5
    secret = rater_secret("", str(shown.secret_key))
    assert list(find_stale(filled, secret=secret, now=clock.now())) == []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, DateTime) and column.name not in MAY_LIE_AHEAD:
                latest = filled.scalar(select(func.max(column)))
                assert latest is None or latest <= clock.now(), f"{table.name}.{column.name}"


def test_its_snapshots_are_written_as_they_were_kept(filled: Session) -> None:
    snapshots = filled.scalars(select(FindingSnapshot)).all()
    assert snapshots
    for kept in snapshots:
        assert dump(kept.content) == kept.results


def test_where_i_stand_is_for_the_contributor_who_rated(shown: Flask, filled: Session) -> None:
    page = shown.test_client()
    person = filled.scalars(select(Person).where(Person.email == "contributor@example.org")).one()
    assert "Where I stand" not in page.get(f"/findings/{WEIGHED}").text
    assert "Where I stand" in sign_in(page, person).get(f"/findings/{WEIGHED}").text


def test_the_open_round_waits_for_the_contributor(shown: Flask, filled: Session) -> None:
    url = f"/rounds/{WEIGHING}/1"
    assert "12 people have answered." in shown.test_client().get(url).text
    round = filled.scalars(select(Round).join(Thread).where(Thread.slug == WEIGHING)).one()
    assert round.state == "open"
    assert (round.closes_at - FILLED).days >= 14
    person = filled.scalars(select(Person).where(Person.email == "contributor@example.org")).one()
    client = sign_in(shown.test_client(), person)
    assert client.get(f"{url}/rate").status_code == 200
    sent = client.post(f"{url}/rate", data={"statement": "E1", "E1-value": "4"})
    assert sent.status_code == 303
    assert "13 people have answered." in client.get(url).text
