"""What findings wait for, what changes between rounds, and answers that were imported."""

from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.operations import compute_findings, promise_findings
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import Statement
from tests.conftest import json_of
from tests.factories import NOW, make_round, make_series, make_statement, make_thread
from tests.weighing.findings.worlds import KEY, WORKED, weighed

WAITS = [(None, "none"), ("planned", "none"), ("open", "open"), ("closed", "computing")]


@pytest.mark.parametrize(("state", "waits"), WAITS)
def test_a_page_says_what_it_waits_for(
    client: FlaskClient, session: Session, state: str | None, waits: str
) -> None:
    thread = make_thread(session, make_series(session))
    if state:
        make_round(session, thread, make_statement(session, thread), state=state)
    page = json_of(client.get(f"/findings/{thread.slug}.json"))
    assert (page["waiting"]["state"], page["found"]) == (waits, None)
    assert page["waiting"]["says"] in client.get(f"/findings/{thread.slug}").text
    assert client.get(f"/findings/{thread.slug}/1").status_code == 404
    assert client.get(f"/findings/{thread.slug}?round=1").status_code == 404
    assert client.get(f"/findings/{thread.slug}/{10**30}").status_code == 404
    assert client.get("/findings/nowhere").status_code == 404


def test_a_second_round_tells_what_moved_and_the_first_stays(
    client: FlaskClient, session: Session
) -> None:
    world = weighed(session, stop_rule={"kind": "stable"}, number=1)
    world.compute()
    first = world.round
    world.round = make_round(session, world.thread, *world.statements.values(), number=2,
                             stop_rule={"kind": "stable"})  # fmt: skip
    for code, (_kind, _text, a, b) in WORKED.items():
        for people, values in ((world.leaders, a), (world.teachers, b)):
            for person, value in zip(people, values, strict=True):
                world.rate(code, person, "5" if code == "E2" else value)
    world.compute()
    page = json_of(client.get(f"/findings/{world.thread.slug}.json"))
    change = page["found"]["change"]
    assert (change["before"], change["is_stable"]) == (1, True)
    moved = {row["code"]: (row["before"], row["after"]) for row in change["rows"]}
    assert moved["E2"] == (3.5, 5.0)
    assert not next(row for row in change["rows"] if row["code"] == "E2")["has_settled"]
    assert any("no further round is needed" in said for said in change["says"])
    assert [each["round_number"] for each in page["editions"]] == [2, 1]
    old = json_of(client.get(f"/findings/{world.thread.slug}.json?round={first.number}"))
    assert (old["round_number"], old["found"]["sentence"]["verdict"]) == (1, "partly_known")
    assert old["found"]["change"] is None


@pytest.mark.parametrize(
    ("again", "said"),
    [(True, "another round follows"), (False, "this was the last round"), (None, "")],
)
def test_the_rule_is_told_as_it_was_kept(
    client: FlaskClient, session: Session, again: bool | None, said: str
) -> None:
    """Not stable, and yet the last one where the rule allows no more rounds."""
    rule = {"kind": "stable", "rounds": 2}
    world = weighed(session, stop_rule=rule, number=1)
    world.round = make_round(session, world.thread, *world.statements.values(), number=2,
                             stop_rule=rule, counted={"again": again})  # fmt: skip
    for code in WORKED:
        for person in world.leaders + world.teachers:
            world.rate(code, person, "1")
    world.compute()
    says = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]["change"]["says"]
    assert [one for one in says if "The rule set" in one] == (
        [f"The rule set before the round says that {said}."] if said else []
    )


def test_a_reworded_statement_is_not_compared_with_what_it_was(session: Session) -> None:
    world = weighed(session, number=1)
    world.compute()
    statement = world.statements["E1"]
    version = statement.versions[-1]
    statement.versions.append(
        type(version)(version=2, written="Access matters.", written_by_id=version.written_by_id,
                      written_at=NOW)
    )  # fmt: skip
    session.flush()
    world.round = make_round(session, world.thread, *world.statements.values(), number=2)
    for code in WORKED:
        for person in world.leaders:
            world.rate(code, person, 3)
    change = world.compute().content.change
    assert change is not None
    assert change.rows
    assert "E1" not in [row.code for row in change.rows]


def test_the_worker_makes_what_was_promised_once(app: Flask, session: Session) -> None:
    from discussion.jobs.registry import collect
    from discussion.weighing.findings import tasks as findings_tasks

    world = weighed(session)
    promise_findings(session, world.thread.id, "round_closed", now=NOW)
    job = session.scalars(select(Job).where(Job.name == "findings.compute")).one()
    prepare = collect(findings_tasks).outside["findings.compute"]
    with app.test_request_context():
        effects = [prepare(session, job, NOW) for _twice in range(2)]
    for effect in effects:
        assert effect is not None
        afterwards = effect()
        assert afterwards is not None
        afterwards(session, NOW)
    rows = session.scalars(select(FindingSnapshot)).all()
    assert [(row.version, row.because) for row in rows] == [(1, "round_closed")]


def imported(session: Session, kinds: tuple[str, ...], people: int = 60, out: int = 0) -> Any:
    """Two camps that answer opposite on most, from elsewhere, and agree on the first.

    The last `out` statements were moderated out there.
    """
    random = Random(4)
    series = make_series(session)
    thread = make_thread(session, series, stage="making_sense")
    statements = [make_statement(session, thread, kind=kind) for kind in kinds]
    for statement in statements[len(kinds) - out :]:
        statement.versions[0].written, statement.retired_at = "Quizzical words.", NOW
    round = make_round(session, thread, *statements, points=3, made_at=NOW, seed=4,
                       imported_from="polis",
                       attribution="Data: An Open Conversation, CC BY 4.0.")  # fmt: skip
    for person in range(people):
        camp = person % 2
        for number, statement in enumerate(statements):
            agrees = number == 0 or (number % 2 == camp) != (random.random() < 0.05)
            session.add(
                Rating(
                    round_id=round.id,
                    version_id=statement.versions[0].id,
                    rater_key=f"{person:064d}",
                    value="3" if agrees else "1",
                )
            )
    session.flush()  # fmt: skip
    snapshot = compute_findings(session, thread.id, "round_closed", secret=KEY, now=NOW)
    assert snapshot is not None
    return thread


def test_answers_from_elsewhere_fall_into_inferred_groups_and_say_whose_they_are(
    client: FlaskClient, session: Session
) -> None:
    thread = imported(session, ("",) * 10)
    found = json_of(client.get(f"/findings/{thread.slug}.json"))["found"]
    assert found["sentence"]["heading"].startswith("People fall into 2 groups by how they answer.")
    assert found["inferred_warning"]
    assert [group["size"] for group in found["groups"]] == [30, 30]
    assert found["provenance"]["attribution"] == "Data: An Open Conversation, CC BY 4.0."
    assert "Data: An Open Conversation" in client.get(f"/findings/{thread.slug}").text
    number = session.scalars(select(Round.number).where(Round.thread_id == thread.id)).one()
    held = json_of(client.get(f"/rounds/{thread.slug}/{number}.json"))
    assert held["answered"] == "60 people have answered."
    assert {each["side"] for each in found["representative"]} <= {"agree", "disagree"}
    assert found["representative"]


def test_where_they_come_from_stands_wherever_they_lead_a_page(
    client: FlaskClient, session: Session
) -> None:
    thread = imported(session, ("",) * 10)
    make_series(session)
    for path in ("/", f"/series/{thread.series.slug}", f"/series/{thread.series.slug}/findings"):
        shown = client.get(path).text
        assert "People fall into 2 groups by how they answer." in shown, path
        assert "30 in group 1" in shown, path
        assert "Data: An Open Conversation, CC BY 4.0." in shown, path
        assert "Nobody chose a group" in shown, path


def test_what_was_moderated_out_elsewhere_makes_groups_and_is_never_shown(
    client: FlaskClient, session: Session
) -> None:
    thread = imported(session, ("",) * 10, out=7)
    answered = client.get(f"/findings/{thread.slug}.json")
    found = json_of(answered)["found"]
    rows = [row["code"] for kind in found["kinds"] for row in kind["rows"]]
    assert rows == ["S1", "S2", "S3"]
    assert {each["code"] for each in found["representative"]} <= set(rows)
    assert [group["size"] for group in found["groups"]] == [30, 30]
    number = session.scalars(select(Round.number).where(Round.thread_id == thread.id)).one()
    pages = [
        f"/findings/{thread.slug}",
        f"/rounds/{thread.slug}/statements",
        f"/rounds/{thread.slug}/{number}",
    ]
    for path in (*pages, *(f"{page}.json" for page in pages),
                 f"/rounds/{thread.slug}/{number}/comments.csv",
                 f"/rounds/{thread.slug}/{number}/summary.csv"):  # fmt: skip
        shown = client.get(path)
        assert (shown.status_code, "Quizzical" in shown.text) == (200, False), path
        assert "Data: An Open Conversation, CC BY 4.0." in shown.text, path
    kept = session.scalars(select(FindingSnapshot)).one()
    assert "Quizzical" not in str(kept.results)


def test_many_threads_are_looked_at_in_as_many_statements_as_one(session: Session) -> None:
    seen: list[str] = []

    def count() -> int:
        session.expire_all()
        seen.clear()
        assert list(find_stale(session, secret=KEY, now=NOW)) == []
        return len(seen)

    event.listen(session.connection(), "before_cursor_execute", lambda *said: seen.append(said[2]))
    weighed(session).compute()
    once = count()
    for number in (2, 3):
        weighed(session, number=number).compute()
    assert count() == once > 0


def test_imported_statements_that_are_sorted_afterwards_get_a_verdict(
    client: FlaskClient, session: Session
) -> None:
    thread = imported(session, ("",) * 8)
    assert list(find_stale(session, secret=KEY, now=NOW)) == []
    kinds = ("end", "end", "end", "fact", "fact", "means", "means", "means")
    rows = session.scalars(select(Statement).where(Statement.thread_id == thread.id)
                           .order_by(Statement.id))  # fmt: skip
    for statement, kind in zip(rows, kinds, strict=True):
        statement.kind = kind
    session.flush()
    assert list(find_stale(session, secret=KEY, now=NOW)) == [thread.id]
    compute_findings(session, thread.id, "tags_changed", secret=KEY, now=NOW)
    page = json_of(client.get(f"/findings/{thread.slug}.json"))
    assert (page["version"], page["found"]["sentence"]["verdict"]) == (2, "about_ends_and_facts")
    assert list(find_stale(session, secret=KEY, now=NOW)) == []


def test_imported_statements_that_were_sorted_have_a_verdict(
    client: FlaskClient, session: Session
) -> None:
    thread = imported(session, ("end", "end", "end", "fact", "fact", "means", "means", "means"))
    found = json_of(client.get(f"/findings/{thread.slug}.json"))["found"]
    assert found["sentence"]["verdict"] == "about_ends_and_facts"
    shares = {row["code"]: row["measure"] for row in found["common_rows"]}
    assert shares["E1"] == 1.0
