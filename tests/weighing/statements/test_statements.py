"""Drafting statements: what is kept, what is refused, and what is never changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import merge_threads, undo_regrouping
from discussion.decisions.models import Decision
from discussion.oversight.rights.operations.leaving import ask_to_leave, carry_out
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.weighing.statements.drafts import Rewording, StatementDraft
from discussion.weighing.statements.models import Statement, StatementVersion
from discussion.weighing.statements.operations.asking import confirm_statement
from discussion.weighing.statements.operations.drafting import (
    RewordedMeanwhile,
    draft_statement,
    order_statement,
    redraw_statement,
    restore_statement,
    retire_statement,
    reword_statement,
    sort_statement,
)
from discussion.weighing.statements.queries.drafting import drafting_page
from discussion.weighing.statements.queries.finding import find_asked, newest_of
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
    viewer,
)

TODAY = NOW.date()
LATER = TODAY + timedelta(days=7)
TEXT = "Every pupil should have a hundred hours of enrichment a year."


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session))


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


@pytest.fixture
def position(session: Session, thread: Thread) -> Position:
    return make_position(session, thread)


def draft(session: Session, actor: Viewer, thread: Thread, *positions: Position,
          **changes: Any) -> Statement:  # fmt: skip
    fields: dict[str, Any] = {
        "kind": "end", "text": TEXT, "sources": tuple(row.public_id for row in positions),
        "is_moderators_own": not positions, "answer_by": LATER,
    }  # fmt: skip
    return draft_statement(session, actor, thread, StatementDraft(**fields | changes), now=NOW)


def reword(session: Session, actor: Viewer, row: Statement, text: str, *, seen: int = 1,
           answer_by: date | None = LATER, **changes: Any) -> StatementVersion:  # fmt: skip
    wording = Rewording(text=text, answer_by=answer_by, **changes)
    return reword_statement(session, actor, row, wording, seen=seen, now=NOW)


def say(session: Session, position: Position, row: Statement, answer: str, said: str = "",
        **changes: Any) -> None:  # fmt: skip
    asked = find_asked(session, position.author_id, row.public_id)
    assert asked is not None
    fields: dict[str, Any] = {"seen": asked.public_id, "now": NOW} | changes
    actor = viewer(session, position.author)
    confirm_statement(session, actor, asked, answer=answer, said=said, **fields)


def answers(row: Statement) -> list[str]:
    return [one.answer for one in newest_of(row).confirmations]


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(Decision.action).order_by(Decision.id)))


def test_a_statement_stands_with_its_sources_and_its_authors_are_asked(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    other = make_position(session, thread)
    row = draft(session, moderator, thread, position, other, text=f"  {TEXT}\n ")
    assert (row.kind, newest_of(row).text, newest_of(row).answer_by) == ("end", TEXT, LATER)
    assert {one.position_id for one in row.sources} == {position.id, other.id}
    assert {one.person_id for one in newest_of(row).confirmations} == {
        position.author_id, other.author_id,
    }  # fmt: skip
    assert (answers(row), actions(session)) == (["unanswered"] * 2, ["draft_statement"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "a" * 201}, "text"),
        ({"text": f"{TEXT.upper()} "}, "text"),  # another says so already
        ({"kind": ""}, "kind"),
        ({"kind": "value"}, "kind"),
        ({"answer_by": TODAY}, "answer_by"),
        ({"answer_by": None}, "answer_by"),
        ({"sources": ()}, "sources"),
        ({"sources": ("bcdfghjkmn",)}, "sources"),
        ({"is_moderators_own": True}, "is_moderators_own"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    session: Session, thread: Thread, moderator: Viewer, position: Position,
    changes: dict[str, Any], field: str,
) -> None:  # fmt: skip
    draft(session, moderator, thread, position)
    fields = {"text": "Music matters.", "is_moderators_own": False} | changes
    with pytest.raises(Invalid) as error:
        draft(session, moderator, thread, position, **fields)
    assert [problem.field for problem in error.value.problems] == [field]


def test_as_much_as_may_be_written_is_kept_and_hints_stop_nobody(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    row = draft(session, moderator, thread, text="é" * 200, answer_by=None)
    assert len(newest_of(row).text) == 200
    assert row.is_moderators_own
    draft(session, moderator, thread, text="Should schools not obviously pay because they must?")


def test_nobody_draws_on_their_own_position_or_on_one_elsewhere(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    author = make_member(session, thread.series, role="moderator")
    own = make_position(session, thread, author)
    with pytest.raises(Forbidden):
        draft(session, viewer(session, author), thread, own)
    elsewhere = make_position(session, make_thread(session, thread.series))
    hidden = make_position(session, thread, state="hidden")
    for row in (elsewhere, hidden):
        with pytest.raises(Invalid):
            draft(session, moderator, thread, row)
    drawn = draft(session, moderator, thread, own)
    with pytest.raises(Refused):
        reword(session, viewer(session, author), drawn, "Mine, as I would put it.")
    with pytest.raises(Forbidden):
        draft(session, viewer(session, make_member(session, thread.series)), thread)


@pytest.mark.parametrize("changes", [{"stage": "closed"}, {"stage": "proposed"},
                                     {"is_hidden": True}])  # fmt: skip
def test_statements_are_drafted_while_a_thread_lives(
    session: Session, thread: Thread, moderator: Viewer, changes: dict[str, Any]
) -> None:
    for name, value in changes.items():
        setattr(thread, name, value)
    session.flush()
    with pytest.raises(Refused):
        draft(session, moderator, thread)


def test_a_new_wording_asks_afresh_and_the_one_before_keeps_its_answers(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    row = draft(session, moderator, thread, position)
    say(session, position, row, "mend", "Say eighty.")
    first = newest_of(row)
    second = reword(session, moderator, row, "Every pupil should have eighty hours of it.")
    assert (second.version, second.is_editorial, answers(row)) == (2, False, ["unanswered"])
    assert (first.text, first.confirmations[0].said) == (TEXT, "Say eighty.")
    assert actions(session)[-1] == "reword_statement"


def test_an_editorial_change_carries_the_answers_over_and_needs_its_reason(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    other = make_position(session, thread)
    row = draft(session, moderator, thread, position, other)
    say(session, position, row, "fair")
    changed = TEXT.replace("year", "school year")
    with pytest.raises(Invalid) as error:
        reword(session, moderator, row, changed, is_editorial=True)
    assert [problem.field for problem in error.value.problems] == ["why"]
    version = reword(session, moderator, row, changed, is_editorial=True, why="To be plain.",
                     answer_by=None)  # fmt: skip
    assert (version.is_editorial, version.answer_by) == (True, LATER)
    assert sorted(answers(row)) == ["fair", "unanswered"]
    say(session, other, row, "fair")  # who had not answered can still
    assert answers(row) == ["fair", "fair"]


def test_of_two_who_reword_at_once_the_second_is_told(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    row = draft(session, moderator, thread, position)
    reword(session, moderator, row, "Theirs.")
    with pytest.raises(RewordedMeanwhile):
        reword(session, moderator, row, "Mine.", seen=1)
    with pytest.raises(Invalid):
        reword(session, moderator, row, " Theirs. ", seen=2)


@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_what_stands_in_a_round_stays_there_as_it_was(
    session: Session, thread: Thread, moderator: Viewer, position: Position, state: str
) -> None:
    row = draft(session, moderator, thread, position)
    round = make_round(session, thread, row, state=state)
    reword(session, moderator, row, "Another sentence.")
    session.expire_all()
    [held] = round.statements
    assert (held.version.text, held.version.version, held.code) == (TEXT, 1, "E1")
    with pytest.raises(Refused):
        sort_statement(session, moderator, row, "fact", now=NOW)
    other = make_position(session, thread)
    with pytest.raises(Refused):
        redraw_statement(session, moderator, row, [other.public_id], is_own=False, answer_by=LATER,
                         now=NOW)  # fmt: skip
    if state == "closed":
        retire_statement(session, moderator, row, why="Rated enough.", now=NOW)
    else:
        with pytest.raises(Refused):
            retire_statement(session, moderator, row, why="Rated enough.", now=NOW)


def test_an_imported_statement_is_sorted_without_a_new_version(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    row = make_statement(session, thread, kind="")
    make_round(session, thread, row, imported_from="polis")
    sort_statement(session, moderator, row, "means", now=NOW)
    sort_statement(
        session, moderator, row, "fact", now=NOW
    )  # and again, for it was rated elsewhere
    assert (row.kind, len(row.versions)) == ("fact", 1)
    with pytest.raises(Invalid):
        sort_statement(session, moderator, row, "", now=NOW)


def test_other_sources_ask_the_new_authors_alone(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    kept, added = make_position(session, thread), make_position(session, thread)
    row = draft(session, moderator, thread, position, kept)
    say(session, position, row, "fair")
    say(session, kept, row, "fair")
    ids = [kept.public_id, added.public_id]
    with pytest.raises(Invalid):
        redraw_statement(session, moderator, row, ids, is_own=False, answer_by=TODAY, now=NOW)
    redraw_statement(session, moderator, row, ids, is_own=False, answer_by=LATER, now=NOW)
    session.expire_all()
    [line] = drafting_page(session, moderator, thread, today=TODAY).groups[0].lines
    assert [(one.number, one.answer) for one in line.sources] == [
        (kept.number, "fair"), (added.number, "unanswered"),
    ]  # fmt: skip
    assert find_asked(session, position.author_id, row.public_id) is None


def test_statements_are_ordered_within_their_kind_and_retired_ones_come_back(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    first, second, third = (
        draft(session, moderator, thread, text=f"Statement {n} matters.") for n in range(3)
    )
    draft(session, moderator, thread, kind="fact", text="Facts are facts.")
    order_statement(session, moderator, third, "first", now=NOW)
    order_statement(session, moderator, first, "down", now=NOW)
    order_statement(session, moderator, third, "up", now=NOW)  # which it is already
    with pytest.raises(Invalid):
        retire_statement(session, moderator, second, why=" ", now=NOW)
    page = drafting_page(session, moderator, thread, today=TODAY)
    assert [line.id for line in page.groups[0].lines] == [
        third.public_id, second.public_id, first.public_id,
    ]  # fmt: skip
    retire_statement(session, moderator, second, why="Twice the same.", now=NOW)
    page = drafting_page(session, moderator, thread, today=TODAY)
    assert [line.id for line in page.retired] == [second.public_id]
    assert second.public_id not in [line.id for line in page.groups[0].lines]
    restore_statement(session, moderator, second, now=NOW)
    assert not drafting_page(session, moderator, thread, today=TODAY).retired
    assert actions(session)[-2:] == ["retire_statement", "restore_statement"]
    assert actions(session).count("order_statement") == 2


def test_an_author_answers_until_the_day_and_may_change_it(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    row = draft(session, moderator, thread, position)
    say(session, position, row, "mend", " Say more. ")
    assert newest_of(row).confirmations[0].said == "Say more."
    say(session, position, row, "fair", "Not kept with a fair.", now=NOW + timedelta(days=7))
    one = newest_of(row).confirmations[0]
    assert (one.answer, one.said) == ("fair", "")
    with pytest.raises(Refused):
        say(session, position, row, "fair", now=NOW + timedelta(days=8))
    for answer, said in (("", ""), ("unanswered", ""), ("mend", " "), ("mend", "a" * 401)):
        with pytest.raises(Invalid):
            say(session, position, row, answer, said)
    say(session, position, row, "mend", "a" * 400)


@pytest.mark.parametrize(("state", "is_shut"), [("planned", False), ("open", True),
                                                ("closed", True)])  # fmt: skip
def test_an_answer_stays_as_it_is_once_the_wording_is_rated(
    session: Session, thread: Thread, moderator: Viewer, position: Position, state: str,
    is_shut: bool,
) -> None:  # fmt: skip
    row = draft(session, moderator, thread, position)
    make_round(session, thread, row, state=state)
    if not is_shut:
        say(session, position, row, "fair")
        return
    with pytest.raises(Refused):
        say(session, position, row, "fair")


def test_nobody_answers_for_an_author_nor_to_what_was_reworded_meanwhile(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    author = make_member(session, thread.series, role="moderator")
    own = make_position(session, thread, author)
    row = draft(session, moderator, thread, own)
    asked = find_asked(session, author.id, row.public_id)
    assert asked is not None
    with pytest.raises(Forbidden):
        confirm_statement(session, moderator, asked, seen=asked.public_id, answer="fair", said="",
                          now=NOW)  # fmt: skip
    reword(session, moderator, row, "Another sentence.")
    with pytest.raises(Refused):
        confirm_statement(session, viewer(session, author), asked, seen=asked.public_id,
                          answer="fair", said="", now=NOW)  # fmt: skip
    say(session, own, row, "fair")  # a moderator who is an author answers as an author
    assert answers(row) == ["fair"]


def test_a_merge_carries_statements_and_its_undoing_leaves_what_is_rated(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    target = make_thread(session, thread.series)
    make_position(session, target)
    rated, free = (
        draft(session, moderator, thread, position, text=f"Statement {n} matters.")
        for n in range(2)
    )
    made = merge_threads(session, moderator, thread, target, why="The same question.", now=NOW)
    session.expire_all()
    assert (rated.thread_id, free.thread_id) == (target.id, target.id)
    say(session, position, free, "fair")  # it is still asked about
    page = drafting_page(session, moderator, target, today=TODAY)
    assert {one.gap for line in page.groups[0].lines for one in line.sources} == {""}
    make_round(session, target, rated, state="planned")
    undo_regrouping(session, moderator, made, why="They differ after all.", now=NOW)
    session.expire_all()
    assert (rated.thread_id, free.thread_id) == (target.id, thread.id)
    page = drafting_page(session, moderator, target, today=TODAY)
    [source] = page.groups[0].lines[0].sources
    assert (source.gap, source.number) == ("moved", position.number)


@pytest.mark.parametrize("choice", ["delete", "keep"])
def test_who_leaves_stays_as_a_count_without_words_and_is_not_asked_again(
    session: Session, thread: Thread, moderator: Viewer, position: Position, choice: str
) -> None:
    row = draft(session, moderator, thread, position, make_position(session, thread))
    say(session, position, row, "mend", "Say eighty.")
    leaving = ask_to_leave(session, viewer(session, position.author), choice, now=NOW)
    assert carry_out(session, leaving, secret="s" * 32, now=NOW + timedelta(days=30))
    session.expire_all()
    [line] = drafting_page(session, moderator, thread, today=TODAY).groups[0].lines
    assert (line.fairness.mend, line.fairness.unanswered) == (1, 1)
    assert "Say eighty." not in str(line)
    reword(session, moderator, row, "Another sentence.")
    assert len(newest_of(row).confirmations) == 1
