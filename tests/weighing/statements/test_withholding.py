"""A statement's words can be withheld: from every surface and round, and its numbers stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.db import Base
from discussion.debate.threads.models import ThreadSummary
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.reports.models import Report
from discussion.oversight.rights.queries.own import Asked
from discussion.oversight.rights.queries.own.answers import ratings
from discussion.people.accounts.models import Person
from discussion.problems import Refused
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating
from discussion.weighing.rounds.queries.finding import list_latest
from discussion.weighing.rounds.queries.rating import count_own
from discussion.weighing.statements.models import Statement, StatementVersion
from discussion.weighing.statements.operations.withholding import show_statement, withhold_statement
from discussion.weighing.statements.tasks import fair
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
)
from tests.weighing.findings.worlds import KEY, Weighed, weighed

WORDS = "Zebedee Quirk of Northmoor should run the club"
WHY = "It names somebody."
HIDDEN = "[words hidden by the moderators]"


@pytest.fixture
def world(session: Session) -> Weighed:
    """Weighed, found, summed up: one statement, in two wordings, is of nobody's to read."""
    world = weighed(session)
    statement = world.statements["M1"]
    statement.versions[0].written = f"{WORDS}."
    session.flush()
    world.compute()
    world.thread.outcome = f"Nearly all say: “{WORDS}”."
    session.add(ThreadSummary(thread_id=world.thread.id, version=1, html=f"<p>{WORDS}.</p>",
                              text=f"Common ground: {WORDS}.", written_at=NOW,
                              written_by_id=world.moderator.id))  # fmt: skip
    session.flush()
    return world


def withhold(world: Weighed, why: str = WHY) -> Decision:
    moderator = world.as_moderator
    return withhold_statement(world.session, moderator, world.statements["M1"], why=why, now=NOW)


def show_again(world: Weighed) -> None:
    show_statement(world.session, world.as_moderator, world.statements["M1"],
                   now=NOW)  # fmt: skip


def run_worker(app: Flask, session: Session) -> None:
    from discussion.jobs.registry import collect
    from discussion.oversight.redactions import tasks as redactions_tasks

    tasks = collect(redactions_tasks).tasks
    with app.test_request_context():
        for job in session.scalars(
            select(Job).where(Job.name.startswith("redactions.")).where(Job.done_at.is_(None))
        ).all():
            tasks[job.name](session, job.payload, NOW)
            job.done_at = NOW
            session.flush()


def surfaces(client: FlaskClient, world: Weighed) -> dict[str, str]:
    """Everything that a reader, signed in or not, can open about the thread and its series."""
    slug, series, number = world.thread.slug, world.series.slug, world.round.number
    addresses = [
        f"/threads/{slug}", f"/threads/{slug}.json", f"/threads/{slug}/history",
        f"/findings/{slug}", f"/findings/{slug}.json", f"/findings/{slug}/1",
        f"/findings/{slug}?between=leans:M1", f"/series/{series}", f"/series/{series}.json",
        f"/rounds/{slug}/{number}", f"/rounds/{slug}/{number}.json",
        f"/rounds/{slug}/{number}/comments.csv", f"/rounds/{slug}/{number}/comment-groups.csv",
        f"/rounds/{slug}/statements",
        f"/rounds/{slug}/statements.json", f"/rounds/{slug}/{number}/mine",
        f"/transparency/{series}/log", f"/series/{series}/themes/{world.thread.themes[0].slug}",
    ]  # fmt: skip
    found = {address: client.get(address, follow_redirects=True) for address in addresses}
    return {address: page.text for address, page in found.items() if page.status_code == 200}


def test_nobody_can_read_the_words_anywhere_and_the_numbers_stay(
    client: FlaskClient, app: Flask, session: Session, world: Weighed
) -> None:
    before = surfaces(client, world)
    assert sum("Zebedee" in said for said in before.values()) >= 9, [*before]
    cells = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]["kinds"]
    withhold(world)
    run_worker(app, session)
    for reader in (None, world.leaders[0]):
        if reader is not None:
            sign_in(client, reader)
        after = surfaces(client, world)
        assert {*before} <= {*after}
        assert [address for address, said in after.items() if "Zebedee" in said] == []
        assert HIDDEN in after[f"/findings/{world.thread.slug}"]
        assert WHY in after[f"/threads/{world.thread.slug}/history"]
    now = json_of(client.get(f"/findings/{world.thread.slug}.json"))["found"]["kinds"]
    assert _numbers(now) == _numbers(cells)


def _numbers(kinds: Any) -> Any:
    return [[(row["code"], row["cells"], row["gap"]) for row in kind["rows"]] for kind in kinds]


def test_they_are_in_no_copy_and_no_letter_either(session: Session, world: Weighed) -> None:
    """Nor in a reminder, a question to an author, or what somebody takes of their own answers."""
    statement = world.statements["M1"]
    author = world.leaders[0]
    position = make_position(session, world.thread, author=author)
    _draw(session, statement, position, author)
    withhold(world)
    asked = {"person_id": author.id, "ids": {"thread": world.thread.id}}
    assert fair(session, asked) is None
    own = list(ratings(session, Asked(author, KEY, NOW)))
    assert HIDDEN in [one["statement"] for one in own]
    assert "Zebedee" not in repr(own)


def _draw(session: Session, statement: Statement, position: Any, author: Person) -> None:
    from discussion.weighing.statements.models import Confirmation, StatementSource

    session.add(StatementSource(statement_id=statement.id, position_id=position.id))
    session.add(Confirmation(version_id=statement.versions[-1].id, person_id=author.id,
                             position_id=position.id))  # fmt: skip
    statement.versions[-1].answer_by = date(2030, 1, 1)
    session.flush()


def test_moderators_read_them_where_they_withhold_them_and_show_them_again(
    client: FlaskClient, app: Flask, session: Session, world: Weighed
) -> None:
    before = surfaces(client, world)
    withhold(world)
    run_worker(app, session)
    address = f"/rounds/{world.thread.slug}/statements/{world.statements['M1'].public_id}"
    sign_in(client, world.moderator)
    page = client.get(address).text
    assert WORDS in page
    assert "Show its words again" in page
    assert client.post(f"{address}/show").status_code == 303
    run_worker(app, session)
    after = surfaces(app.test_client(), world)
    shown = [address for address, said in before.items() if "Zebedee" in said]
    assert [address for address, said in after.items() if "Zebedee" in said] == shown
    actions = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert actions == ["withhold_statement", "show_statement"]


def test_every_wording_goes_and_a_reason_that_quotes_one_is_not_shown(
    client: FlaskClient, session: Session, world: Weighed
) -> None:
    from discussion.debate.threads.operations.record import record

    statement = world.statements["M1"]
    moderator = world.as_moderator
    record(session, moderator, world.thread, "retire_statement", why=f"Nobody says: {WORDS}.",
           now=NOW)  # fmt: skip
    statement.versions.append(
        StatementVersion(version=2, written="A club should be run.", written_at=NOW,
                         written_by_id=world.moderator.id)
    )  # fmt: skip
    session.flush()
    withhold(world)
    assert {row.text for row in statement.versions} == {HIDDEN}
    history = client.get(f"/threads/{world.thread.slug}/history").text
    assert "Zebedee" not in history
    assert "[reason removed by moderators]" in history
    show_again(world)
    assert "Zebedee" in client.get(f"/threads/{world.thread.slug}/history").text


def test_the_reason_does_not_repeat_them(
    client: FlaskClient, session: Session, world: Weighed
) -> None:
    sign_in(client, world.moderator)
    address = f"/rounds/{world.thread.slug}/statements/{world.statements['M1'].public_id}"
    typed = f"It says {WORDS.upper()}"
    came = client.post(f"{address}/withhold", data={"withhold-why": typed})
    assert came.status_code == 422
    assert "Your reason repeats the hidden words" in came.text
    assert typed in came.text
    assert session.scalar(select(func.count(Decision.id))) == 0
    withhold(world)
    with pytest.raises(Refused, match="hidden already"):
        withhold(world)


def test_nobody_is_asked_about_words_that_they_cannot_read(
    client: FlaskClient, session: Session
) -> None:
    later = NOW + timedelta(days=9000)
    world = weighed(session, state="open", closed_at=None, closes_at=later)
    world.thread.stage = "weighing"
    session.flush()
    withhold(world)
    member = make_member(session, world.series)
    key = rater_key(KEY, world.round.public_id, member.public_id)
    session.add(Rating(round_id=world.round.id, version_id=world.statements["M1"].versions[0].id,
                       rater_key=key, value="1"))  # fmt: skip
    session.flush()
    assert count_own(session, member.public_id, world.round, KEY) == 0, "of what is asked"
    sign_in(client, member)
    slug, number = world.thread.slug, world.round.number
    page = json_of(client.get(f"/rounds/{slug}/{number}/rate.json?all=1"))
    assert "M1" not in [one["asked"]["code"] for one in page["questions"]]
    assert page["statements"] == len(world.statements) - 1
    asked = json_of(client.get(f"/rounds/{slug}/{number}/rate.json?statement=M1"))
    assert "M1" not in [one["asked"]["code"] for one in asked["questions"]]
    latest = [row.statement for row in list_latest(session, world.thread)]
    assert world.statements["M1"] not in latest
    sent = {"statement": "M1", "M1-value": "3", "do": "next"}  # the page was open already
    address = f"/rounds/{slug}/{number}/rate"
    saved = client.post(address, data=sent, headers={"X-Fragment": "1"})
    assert saved.status_code == 409
    assert "were not kept" in saved.text
    assert "were not kept" in client.post(address, data=sent, follow_redirects=True).text


def report(client: FlaskClient, world: Weighed, reason: str) -> Report:
    address = f"/reports/statement/{world.statements['M1'].public_id}"
    sent = client.post(address, data={"cause": reason, "text": "Look.", "email": "", "version": ""})
    assert sent.status_code == 303, sent.text
    return world.session.scalars(select(Report).order_by(Report.id.desc())).first()  # type: ignore[return-value]


def answered(client: FlaskClient, one: Report, action: str, **typed: str) -> int:
    data = {"action": action, "reason": "unclear", "why": "", "facts": "", "newest": one.public_id}
    return client.post(f"/reports/desk/{one.public_id}", data=data | typed).status_code


def test_a_reader_reports_a_statement_and_moderators_withhold_or_leave_it(
    client: FlaskClient, app: Flask, session: Session, world: Weighed
) -> None:
    one = report(client, world, "other")
    desk = app.test_client()
    sign_in(desk, world.moderator)
    shown = desk.get(f"/reports/desk/{one.public_id}").text
    assert WORDS in shown
    assert "/redactions/statements/" in shown
    assert answered(desk, one, "keep") == 303
    assert not world.statements["M1"].is_withheld
    again = report(client, world, "identifies")
    assert answered(desk, again, "hide", why=f"It says {WORDS}.") == 422
    assert answered(desk, again, "hide") == 303
    run_worker(app, session)
    session.expire_all()
    after = surfaces(app.test_client(), world)
    assert [address for address, said in after.items() if "Zebedee" in said] == []
    assert client.get(f"/reports/statement/{world.statements['M1'].public_id}").status_code == 404
    log = after[f"/transparency/{world.series.slug}/log"]
    assert "Statement" in log


def test_an_urgent_report_by_a_member_withholds_at_once_and_once(
    client: FlaskClient, app: Flask, session: Session, world: Weighed
) -> None:
    sign_in(client, world.leaders[0])
    one = report(client, world, "safeguarding")
    statement = world.statements["M1"]
    assert (one.has_hidden, statement.is_withheld) == (True, True)
    assert statement.versions[0].withheld_by_id is None
    desk = app.test_client()
    sign_in(desk, world.moderator)
    assert WORDS in desk.get(f"/reports/desk/{one.public_id}").text
    assert answered(desk, one, "restore") == 303
    assert not statement.is_withheld
    again = report(client, world, "safeguarding")
    assert (again.has_hidden, statement.is_withheld) == (False, False)


def test_a_statement_of_no_opened_round_is_nobodys_to_report(
    client: FlaskClient, session: Session
) -> None:
    thread = make_thread(session, make_series(session))
    statement = make_statement(session, thread)
    make_round(session, thread, statement, state="planned", opened_at=None, closed_at=None)
    assert client.get(f"/reports/statement/{statement.public_id}").status_code == 404


def test_a_name_is_taken_out_of_a_statement_and_put_back(
    client: FlaskClient, app: Flask, session: Session, world: Weighed
) -> None:
    """Snapshots never change, so findings read the words as they are now."""
    statement = world.statements["M1"]
    desk = app.test_client()
    sign_in(desk, world.moderator)
    address = f"/redactions/statements/{statement.public_id}"
    data = {"phrases": "Zebedee Quirk", "what": "name", "reason": "unclear", "days": "30",
            "why": ""}  # fmt: skip
    seen = desk.post(address, data=data).text.split('name="seen"')[1].split('value="')[1]
    sent = desk.post(address, data=data | {"do": "redact", "seen": seen.split('"')[0]})
    assert sent.status_code == 303, sent.text
    session.expire_all()
    assert statement.versions[0].written.startswith("[name removed by moderators] of Northmoor")
    slug, number = world.thread.slug, world.round.number
    for path in (f"/findings/{slug}", f"/findings/{slug}.json", f"/findings/{slug}/1",
                 f"/rounds/{slug}/{number}", f"/rounds/{slug}/{number}/comments.csv",
                 f"/rounds/{slug}/statements"):  # fmt: skip
        said = client.get(path).text
        assert "Zebedee" not in said, path
        assert "name removed by moderators" in said, path
    undo = next(iter(session.scalars(select(Redaction.public_id))))
    assert desk.post(f"/redactions/{undo}/undo").status_code == 303
    assert WORDS in client.get(f"/rounds/{slug}/statements").text


def test_no_text_is_read_around_the_mark() -> None:
    """Only what drafts, compares or redacts words may read them as they were written."""
    import ast
    from pathlib import Path

    import discussion

    allowed = {
        "findings/queries/inputs.py", "redactions/operations.py", "redactions/queries/fields.py",
        "rounds/models.py", "rounds/operations/importing.py", "rounds/operations/statements.py",
        "rounds/operations/withholding.py", "rounds/queries/drafting.py",
        "reports/queries/subjects.py", "demonstration/weighing.py",
    }  # fmt: skip
    root = Path(discussion.__file__).parent
    reading = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "written"
    }
    assert {one for one in reading if one.startswith(("rounds/", "findings/"))} <= allowed


def test_the_table_keeps_who_and_when(session: Session, world: Weighed) -> None:
    withhold(world)
    row = world.statements["M1"].versions[0]
    assert (row.withheld_at, row.withheld_by_id) == (NOW, world.moderator.id)
    assert "withheld_at" in Base.metadata.tables["statement_version"].c
