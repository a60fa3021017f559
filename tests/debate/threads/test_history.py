"""A thread's history: what moderators did in it, for everybody, and nothing of the authors."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.operations import (
    close_thread,
    edit_thread,
    hide_thread,
    mark_position,
    merge_threads,
    move_position,
    move_stage,
    note_on_thread,
    restore_thread,
    split_thread,
    take_note_away,
    undo_regrouping,
)
from discussion.debate.threads.queries import history_page
from discussion.debate.threads.queries.history import HistoryPage, Line
from discussion.decisions.drafts import Ruling
from discussion.oversight.moderation.operations import decide
from discussion.permissions.facts import Viewer
from tests.conftest import json_of
from tests.debate.threads.test_curating import edit_of
from tests.debate.threads.test_regrouping import split_of
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

WHY = "Because it is clearer."


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session), question="Should clubs be free?")


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


def history(session: Session, thread: Thread, who: Viewer | None = None) -> HistoryPage:
    session.flush()
    page = history_page(session, who, thread.slug)
    assert page is not None
    return page


def lines(session: Session, thread: Thread) -> list[Line]:
    return list(history(session, thread).lines)


def test_what_was_done_to_a_thread_is_told_newest_first_with_role_and_reason(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    edit_thread(
        session, moderator, thread,
        edit_of(thread, question="Should clubs be free of charge?", summary="Some agree."), now=NOW,
    )  # fmt: skip
    hide_thread(session, moderator, thread, why=WHY, now=NOW + timedelta(hours=1))
    restore_thread(session, moderator, thread, now=NOW + timedelta(days=1))
    convener = viewer(session, make_member(session, thread.series, role="convener"))
    move_stage(session, convener, thread, "weighing", why="It is time.", now=NOW + timedelta(2))
    session.add(StageMove(thread_id=thread.id, cycle=1, before="weighing", after="making_sense",
                          at=NOW + timedelta(days=3)))  # fmt: skip
    close_thread(session, moderator, thread, outcome="**Both.**", review_on=date(2027, 5, 1),
                 now=NOW + timedelta(days=4))  # fmt: skip
    told = [(line.what, line.role, line.why, line.on[-2:]) for line in lines(session, thread)]
    assert told == [
        ("Moved from “Weighing” to “Closed”", "moderator", "Both.", "27"),
        ("Moved from “Weighing” to “Making sense”", "", "", "26"),
        ("Moved from “Open” to “Weighing”", "convener", "It is time.", "25"),
        ("Restored", "moderator", "", "24"),
        ("Hidden", "moderator", WHY, "23"),
        ("Edited", "moderator", "", "23"),
    ]
    assert lines(session, thread)[-1].changed == ("the question", "the moderators’ summary")


def test_a_note_that_was_taken_away_is_not_repeated(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    note = note_on_thread(session, moderator, thread, "Maria said so.", now=NOW)
    session.flush()
    take_note_away(session, moderator, thread, note.id, now=NOW)
    told = lines(session, thread)
    assert {line.action for line in told} == {"note", "unnote"}
    assert not any("Maria" in str(line) for line in told)


def test_what_can_be_seen_to_be_done_to_positions_is_told_and_the_rest_is_counted(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    pending = {"status": "pending", "version": None, "live_at": None}
    new = make_position(session, thread, state="draft", number=None, first_published_at=None,
                        revision=pending)  # fmt: skip
    sent_back = make_position(session, thread, state="draft", number=None, first_published_at=None,
                              revision=pending)  # fmt: skip
    shown, other = make_position(session, thread), make_position(session, thread)
    answer = make_response(session, shown)
    decide(session, moderator, new, Ruling("approve", version_id=new.revisions[0].id), now=NOW)
    decide(
        session,
        moderator,
        sent_back,
        Ruling("send_back", reason="unclear", version_id=sent_back.revisions[0].id),
        now=NOW,
    )
    for one in (shown, other):
        mark_position(session, moderator, one, "pin", now=NOW)
    decide(
        session, moderator, shown, Ruling("hide", reason="unclear", why="You name Maria."), now=NOW
    )
    decide(session, moderator, shown, Ruling("restore"), now=NOW)
    decide(
        session, moderator, answer, Ruling("remove", reason="unclear", why="You name her."), now=NOW
    )
    page = history(session, thread)
    told = {line.action: line for line in page.lines}
    assert set(told) == {"pin", "hide", "restore", "remove"}
    assert {one.words for one in told["pin"].about} == {
        f"position {shown.number}", f"position {other.number}",
    }  # fmt: skip
    assert told["hide"].why == "It is unclear"
    [about] = told["remove"].about
    assert about.words == f"a response to position {shown.number}"
    assert [(one.action, one.positions, one.responses) for one in page.counted] == [
        ("approve", 1, 0)
    ]
    assert sent_back.public_id not in str(page)
    assert "You name" not in str(page)


@pytest.mark.parametrize(
    ("attribution", "on"),
    [("named", "2026-11-23"), ("role", "2026-11-23"), ("chatham_house", "2026-11")],
)
def test_what_concerns_a_position_is_dated_as_its_attribution_allows(
    session: Session, thread: Thread, moderator: Viewer, attribution: str, on: str
) -> None:
    thread.attribution = "named"
    other = make_thread(session, thread.series, attribution="named")
    position = make_position(session, other, attribution=attribution)
    move_position(session, moderator, position, thread, why=WHY, now=NOW)
    decide(session, moderator, position, Ruling("hide", reason="unclear"), now=NOW)
    assert {(line.action, line.on) for line in lines(session, thread)} == {
        ("move", on), ("hide", on),
    }  # fmt: skip
    assert {line.on for line in lines(session, other)} == {on}


def test_within_one_date_the_order_of_positions_tells_nothing(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    orders = set()
    for _each in range(6):
        own = make_thread(session, thread.series)
        rows = [make_position(session, own) for _ in range(4)]
        actions = ("hide", "remove", "feature", "pin")
        for minute, (row, action) in enumerate(zip(rows, actions, strict=True)):
            at = NOW + timedelta(minutes=minute)
            if action in ("hide", "remove"):
                decide(session, moderator, row, Ruling(action, reason="unclear"), now=at)
            else:
                mark_position(session, moderator, row, action, now=at)
        orders.add(tuple(line.action for line in lines(session, own)))
    assert len(orders) > 1


def test_merges_splits_and_moves_are_told_on_both_sides_and_so_is_their_undoing(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_thread(session, thread.series, question="Should clubs be required?")
    rows = [make_position(session, other) for _ in range(3)]
    waiting = make_position(session, other, state="draft", number=None, first_published_at=None)
    move_position(session, moderator, waiting, thread, why="Secret.", now=NOW)
    move_position(session, moderator, rows[0], thread, why="It moved.", now=NOW)
    split = split_thread(session, moderator, other, split_of(other), chosen=[rows[1].public_id],
                         why="It was split.", now=NOW + timedelta(days=1))  # fmt: skip
    merge = merge_threads(session, moderator, other, thread, why=WHY, now=NOW + timedelta(days=2))
    told = [(line.what, line.why, [one.words for one in line.about], line.where)
            for line in lines(session, thread)]  # fmt: skip
    assert told == [
        (f"“{other.question}” was merged into this thread", WHY,
         [f"position {rows[2].number}"], ""),
        (f"Positions were split off into “{split.target.question}”", "It was split.",
         [split.target.question], other.question),
        (f"A position came from “{other.question}”", "It moved.",
         [f"position {rows[0].number}"], ""),
    ]  # fmt: skip
    new = lines(session, split.target)
    assert new[0].what == f"Split off from “{other.question}”"
    undo_regrouping(session, moderator, merge, why="They differ.", now=NOW + timedelta(days=2.5))
    here, there = lines(session, thread), lines(session, other)
    assert here[0].what == f"The merge with “{other.question}” was undone"
    assert here[0].why == there[0].why == "They differ."
    assert there[1].what == f"Merged into “{thread.question}”"


def test_the_history_of_what_was_merged_goes_along_but_not_that_of_a_proposal(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_thread(session, thread.series, question="Should clubs be required?")
    proposal = make_thread(session, thread.series, question="Qqq?", stage="proposed", slug="qqq")
    hide_thread(session, moderator, other, why=WHY, now=NOW)
    restore_thread(session, moderator, other, now=NOW)
    edit_thread(session, moderator, proposal, edit_of(proposal), now=NOW)
    for one in (other, proposal):
        merge_threads(session, moderator, one, thread, why=WHY, now=NOW)
    told = lines(session, thread)
    assert [line.where for line in told if line.action == "hide"] == [other.question]
    assert "Qqq" not in str(told)
    assert "qqq" not in str(told)
    assert "Another thread was merged into this thread" in {line.what for line in told}


def test_a_thread_that_is_hidden_since_is_not_named_to_others(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_thread(session, thread.series, question="Should clubs be required?")
    position = make_position(session, other)
    move_position(session, moderator, position, thread, why=WHY, now=NOW)
    other.is_hidden = True
    assert "required" not in str(lines(session, thread))
    assert "required" in str(history(session, thread, moderator))


def test_everybody_reads_it_from_the_thread_as_page_and_as_json(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer
) -> None:
    note_on_thread(session, moderator, thread, "Mind.", now=NOW)
    session.flush()
    path = f"/threads/{thread.slug}/history"
    assert f'href="{path}"' in client.get(f"/threads/{thread.slug}").text
    shown = client.get(path)
    assert (shown.status_code, "by a moderator" in shown.text) == (200, True)
    assert moderator.name not in shown.text
    [line] = json_of(client.get(f"{path}.json"))["lines"]
    assert (line["action"], line["role"]) == ("note", "moderator")
    assert client.get("/threads/nowhere/history").status_code == 404
