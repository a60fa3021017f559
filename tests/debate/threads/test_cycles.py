"""Reopening a thread keeps how its cycle ended: at an address, and under “Earlier cycles”."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.drafts_arranging import SummaryDraft
from discussion.debate.threads.models import Thread, ThreadCycle
from discussion.debate.threads.operations import close_thread, keep_outcome, reopen_thread
from discussion.debate.threads.operations.summarising import write_summary
from discussion.debate.threads.queries import thread_page
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.operations import redact
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import subject_of
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.findings.queries.stale import find_stale
from discussion.weighing.overview.queries.theme import theme_page
from tests.conftest import json_of
from tests.factories import NOW, make_cycle, make_member, make_position, make_thread, viewer
from tests.weighing.findings.worlds import KEY, Weighed, weighed

OUTCOME = "A place for everybody by default.\n\n" + "And what follows from that. " * 40
WHY = "A trial has reported."
LATER = NOW + timedelta(days=100)


@pytest.fixture
def world(session: Session) -> Weighed:
    made = weighed(session)
    made.compute()
    return made


@pytest.fixture
def moderator(world: Weighed) -> Viewer:
    return viewer(world.session, make_member(world.session, world.series, role="moderator"))


def end_and_reopen(world: Weighed, moderator: Viewer) -> Thread:
    """The thread is summarised, closed with an outcome and reopened; it is in its second cycle."""
    session, thread = world.session, world.thread
    position = make_position(session, thread)
    thread.summary = "Most want a default."
    put = {position.public_id: "Everybody should be offered a place."}
    draft = SummaryDraft(text="Two roads are open.", steelmen=put)
    write_summary(session, moderator, thread, draft, seen=0, now=NOW)
    close_thread(session, moderator, thread, outcome=OUTCOME,
                 review_on=NOW.date() + timedelta(days=90), now=NOW)  # fmt: skip
    return reopen_thread(session, moderator, thread, why=WHY, now=LATER)


def test_how_a_cycle_ended_stays_whole_at_an_address(
    world: Weighed, moderator: Viewer, client: FlaskClient
) -> None:
    thread = end_and_reopen(world, moderator)
    world.session.flush()
    thread.summary = "Nobody knows yet."  # what is written later is not of that cycle
    page = client.get(f"/threads/{thread.slug}/cycles/1")
    assert page.status_code == 200
    for words in (OUTCOME.split("\n\n")[0], OUTCOME[-29:].strip(), WHY, "Most want a default.",
                  "Two roads are open.", "Everybody should be offered a place.",
                  "they differ over an end: all 5 sixth-form teachers"):  # fmt: skip
        assert words in page.text, words
    assert "Nobody knows yet." not in page.text
    told = json_of(client.get(f"/threads/{thread.slug}/cycles/1.json"))
    assert (told["number"], told["stage"]) == (1, "closed")
    assert told["finding"]["url"] == f"/findings/{thread.slug}/1"


def test_the_thread_leads_to_its_earlier_cycles(
    world: Weighed, moderator: Viewer, client: FlaskClient
) -> None:
    thread = end_and_reopen(world, moderator)
    page = client.get(f"/threads/{thread.slug}").text
    assert f'href="/threads/{thread.slug}/cycles/1"' in page
    assert "A place for everybody by default." in page
    [line] = json_of(client.get(f"/threads/{thread.slug}.json"))["earlier"]
    assert (line["number"], line["stage"]) == (1, "closed")


def test_findings_of_an_earlier_cycle_say_so_and_lead_nowhere_else(
    world: Weighed, moderator: Viewer, client: FlaskClient
) -> None:
    thread = end_and_reopen(world, moderator)
    says = "These findings are from cycle 1 of this thread."
    assert says in client.get(f"/findings/{thread.slug}").text
    assert says in client.get(f"/findings/{thread.slug}/1").text
    thread.stage = "closed"  # again, and nothing was weighed this time
    world.session.flush()
    page = thread_page(world.session, None, thread.slug)
    assert page is not None
    assert (page.finding, page.round) == (None, None)
    assert page.findings_url == f"/findings/{thread.slug}"
    assert find_headlines(world.session, [thread]) == {}
    theme = theme_page(world.session, None, world.series.slug, thread.themes[0].slug)
    assert theme is not None
    assert theme.threads[0].said_url == ""


def test_findings_of_the_cycle_of_today_say_nothing_of_cycles(
    world: Weighed, client: FlaskClient
) -> None:
    assert "These findings are from cycle" not in client.get(f"/findings/{world.thread.slug}").text


def test_what_a_cycle_found_is_not_found_again_from_what_is_written_later(
    world: Weighed, moderator: Viewer
) -> None:
    thread = end_and_reopen(world, moderator)
    make_position(world.session, thread)
    much_later = LATER + timedelta(days=30)
    assert list(find_stale(world.session, secret=KEY, now=much_later)) == []


def test_an_outcome_that_was_only_kept_for_later_stays_unread(
    world: Weighed, moderator: Viewer, client: FlaskClient
) -> None:
    thread = world.thread
    keep_outcome(world.session, moderator, thread, outcome="Not for anybody yet.",
                 review_on=NOW.date() + timedelta(days=90), now=NOW)  # fmt: skip
    reopen_thread(world.session, moderator, thread, why=WHY, now=LATER)
    for path in (f"/threads/{thread.slug}", f"/threads/{thread.slug}/cycles/1"):
        assert "Not for anybody yet." not in client.get(path).text
        assert "Not for anybody yet." not in client.get(f"{path}.json").text
    assert "making sense" in client.get(f"/threads/{thread.slug}").text.lower()


def test_words_taken_out_of_a_thread_go_from_its_earlier_outcome_too(
    world: Weighed, moderator: Viewer, client: FlaskClient
) -> None:
    session, thread = world.session, world.thread
    close_thread(session, moderator, thread, outcome="Rosalind Quenby had said it.",
                 review_on=NOW.date() + timedelta(days=90), now=NOW)  # fmt: skip
    reopen_thread(session, moderator, thread, why="As Rosalind Quenby asked.", now=LATER)
    draft = RedactionDraft(("Rosalind Quenby",), "name", "unclear", 0)
    redact(session, moderator, subject_of(thread), draft, close=str, now=LATER)
    for path in (f"/threads/{thread.slug}/cycles/1", f"/threads/{thread.slug}/cycles/1.json"):
        assert "Quenby" not in client.get(path).text


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_cycle_that_has_not_ended_has_no_page(
    world: Weighed, moderator: Viewer, client: FlaskClient, number: int
) -> None:
    thread = end_and_reopen(world, moderator)
    assert client.get(f"/threads/{thread.slug}/cycles/{number}").status_code == 404


def test_each_further_cycle_is_kept_beside_the_others(world: Weighed, moderator: Viewer) -> None:
    thread = end_and_reopen(world, moderator)
    close_thread(world.session, moderator, thread, outcome="Twice.",
                 review_on=LATER.date() + timedelta(days=90), now=LATER)  # fmt: skip
    reopen_thread(world.session, moderator, thread, why=WHY, now=LATER + timedelta(days=1))
    kept = world.session.scalars(select(ThreadCycle).order_by(ThreadCycle.number)).all()
    assert [(row.number, row.outcome.partition("\n")[0]) for row in kept] == [
        (1, "A place for everybody by default."), (2, "Twice."),
    ]  # fmt: skip
    page = thread_page(world.session, None, thread.slug)
    assert page is not None
    assert [line.number for line in page.earlier] == [2, 1]


def test_a_merged_threads_cycles_lead_on_with_it(world: Weighed, client: FlaskClient) -> None:
    other = make_thread(world.session, world.series, cycle=2)
    make_cycle(world.session, other)
    world.thread.merged_into_id = other.id
    world.session.flush()
    answered = client.get(f"/threads/{world.thread.slug}/cycles/1")
    assert (answered.status_code, answered.location) == (301, f"/threads/{other.slug}/cycles/1")
