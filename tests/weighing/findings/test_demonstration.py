"""The demonstration as it is filled: one thread was weighed, and another is being weighed now."""

import shutil
from collections.abc import Iterator
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
from discussion.weighing.findings.queries.due import find_stale
from discussion.weighing.rounds.keys import rater_key, rater_secret
from discussion.weighing.rounds.models import Rating, Round
from tests.conftest import FILLED, json_of, sign_in

pytestmark = pytest.mark.xdist_group("findings")
WEIGHED, WEIGHING = "compel-enrichment", "tutoring-or-the-classroom"
GAPS = {"E1": 0.0, "E2": 0.55, "F1": 0.15, "F2": 0.15, "M1": 0.8, "M2": 0.15}  # insight.md 5.9
STATES = {"E1": "same_side", "E2": "apart", "F1": "unclear", "F2": "unclear", "F3": "unknown",
          "M1": "apart", "M2": "unclear"}  # fmt: skip
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


def findings(app: Flask, query: str = "") -> Any:
    return json_of(app.test_client().get(f"/findings/{WEIGHED}.json{query}"))


def rows_of(page: Any) -> dict[str, Any]:
    return {row["code"]: row for kind in page["found"]["kinds"] for row in kind["rows"]}


def test_its_first_sentence_alone_says_what_parts_people(shown: Flask) -> None:
    page = findings(shown)
    sentence = page["found"]["sentence"]
    assert sentence["verdict"] == "partly_known"
    assert "they differ over an end: 2 of 18 school leaders and 15 of 16" in sentence["heading"]
    assert sentence["heading"].endswith("one of more than 0.31 of the scale is ruled out.")
    said = shown.test_client().get(f"/findings/{WEIGHED}").text
    head = said[said.index("<h1") : said.index("</h1>")]
    assert "they differ over an end" in head
    assert "On the facts no difference was found" in head
    assert page["found"]["lede"].startswith(
        "40 answered. Among those who gave their role are 18 school leaders and "
        "16 sixth-form teachers"
    )


def test_its_gaps_are_those_of_the_worked_example(shown: Flask) -> None:
    rows = rows_of(findings(shown))
    assert {code: round(rows[code]["gap"], 2) for code in GAPS} == GAPS
    assert {code: rows[code]["state"] for code in STATES} == STATES
    assert rows["F3"]["gap"] is None
    assert rows["F3"]["dont_know"] == "28"
    assert {row["code"]: row["is_respected"] for row in findings(shown)["found"]["meta"]["rows"]
            if row["code"] in ("E2", "M2", "F1", "M1")} == {
        "E2": True, "M2": True, "F1": False, "M1": False}  # fmt: skip


def test_the_live_factual_crux_is_named_with_both_sides(shown: Flask) -> None:
    found = findings(shown)["found"]
    assert [(row["code"], row["pairs"], row["possible"]) for row in found["crux_rows"]] == [
        ("F1", 25, 255)
    ]
    assert "5 school leaders who disagree" in found["crux_rows"][0]["says"]
    assert any("F1" in said and "evidence" in said for said in found["ask_next"])
    page = shown.test_client().get(f"/findings/{WEIGHED}").text
    assert "5 sixth-form teachers who agree with" in page


def test_no_number_is_of_fewer_than_five(shown: Flask) -> None:
    first = findings(shown)
    pages = [first, *(findings(shown, f"?as={lens['key']}") for lens in first["lenses"])]
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


def test_who_rated_are_admitted_and_invented_and_declared_what_they_do(
    shown: Flask, filled: Session
) -> None:
    round = filled.scalars(select(Round).join(Thread).where(Thread.slug == WEIGHED)).one()
    keys = set(filled.scalars(select(Rating.rater_key).where(Rating.round_id == round.id)))
    secret = rater_secret("", str(shown.secret_key))
    known = {
        rater_key(secret, round.public_id, person.public_id): (person, member)
        for person, member in filled.execute(select(Person, Membership).join(Membership))
    }
    assert len(keys) == 40
    assert all(known[key][0].is_invented and known[key][1].admitted_at for key in keys)
    assert all(known[key][1].posting_role and known[key][1].posting_phase for key in keys)


def test_its_one_snapshot_is_there_before_any_worker_and_nothing_lies_ahead(
    shown: Flask, filled: Session
) -> None:
    assert filled.scalar(select(func.count()).select_from(FindingSnapshot)) == 1
    secret = rater_secret("", str(shown.secret_key))
    assert list(find_stale(filled, secret=secret, now=clock.now())) == []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, DateTime) and column.name not in MAY_LIE_AHEAD:
                latest = filled.scalar(select(func.max(column)))
                assert latest is None or latest <= clock.now(), f"{table.name}.{column.name}"


def test_its_snapshot_is_written_as_it_was_kept(filled: Session) -> None:
    kept = filled.scalars(select(FindingSnapshot)).one()
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
