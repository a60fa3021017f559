"""A round as files of Polis in the browser: what its snapshot shows, and nothing before."""

import csv
import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.polis.reading import read_comments
from discussion.records import dump
from discussion.weighing.findings.computing.groups import EVERYBODY
from discussion.weighing.findings.content.counted import Cell, CountedGroup, NoNumbers, Numbers
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_round,
    make_series,
    make_statement,
    make_thread,
)
from tests.weighing.findings.worlds import content_of_nobody


def freeze(session: Session, round: Round, cells: dict[str, Cell]) -> None:
    """A snapshot with these cells of everybody, by code."""
    content = content_of_nobody({code: {EVERYBODY: cell} for code, cell in cells.items()})
    session.add(
        FindingSnapshot(thread_id=round.thread_id, round_id=round.id, version=1,
                        because="round_closed", inputs_hash="x", code_version="1", made_at=NOW,
                        results=dump(content))
    )  # fmt: skip
    session.flush()


FILES = ("comments.csv", "summary.csv", "comment-groups.csv")


def address(round: Round, name: str = FILES[0]) -> str:
    return f"/rounds/{round.thread.slug}/{round.number}/{name}"


def test_it_has_the_counts_of_the_snapshot_and_no_others(
    session: Session, client: FlaskClient
) -> None:
    thread = make_thread(session, make_series(session))
    statements = [
        make_statement(session, thread, kind="", text=words) for words in ("=a", "b", "c")
    ]
    statements[2].retired_at = NOW
    round = make_round(session, thread, *statements, imported_from="polis", made_at=NOW,
                       attribution="Scoop, CC BY 4.0")  # fmt: skip
    assert client.get(address(round)).status_code == 404
    freeze(session, round, {"S1": Numbers((3, 4, 5, 6, 7), 0, 0, 2, 0),
                            "S2": NoNumbers("few", dont_know=0)})  # fmt: skip
    answered = client.get(address(round))
    assert answered.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answered.text, newline="")))
    assert [(row["agrees"], row["disagrees"]) for row in rows] == [("13", "7"), ("", "")]
    assert {row["attribution"] for row in rows} == {"Scoop, CC BY 4.0"}
    assert rows[0]["comment-body"] == "'=a"
    read = read_comments(io.StringIO(answered.text, newline=""))
    assert [comment.body for comment in read.comments] == ["=a", "b"]


def test_groups_have_the_columns_of_polis_and_only_the_numbers_that_are_shown(
    session: Session, client: FlaskClient
) -> None:
    thread = make_thread(session, make_series(session), question="What =matters?", context="=x")
    round = make_round(session, thread, make_statement(session, thread, text="=a"),
                       make_statement(session, thread, text="b"))  # fmt: skip
    cells: dict[str, dict[str, Cell]] = {
        "E1": {EVERYBODY: Numbers((3, 4, 5, 6, 7), 0, 0, 2, 1),
               "inferred:0": Numbers((1, 1, 1, 1, 6), 0, 0, 0, 0), "inferred:1": NoNumbers("few")},
        "E2": {EVERYBODY: NoNumbers("few", dont_know=0)},
    }  # fmt: skip
    content = content_of_nobody(cells)
    groups = {"inferred:0": CountedGroup(10), "inferred:1": CountedGroup(None, "few")}
    content = replace(content, ratings=replace(content.ratings, groups=groups))
    session.add(
        FindingSnapshot(thread_id=thread.id, round_id=round.id, version=1, because="round_closed",
                        inputs_hash="x", code_version="1", made_at=NOW, results=dump(content))
    )  # fmt: skip
    session.flush()
    rows = list(csv.reader(io.StringIO(client.get(address(round, FILES[2])).text, newline="")))
    assert rows[0] == [
        "comment-id", "comment", "agrees", "disagrees", "passes", "votes", "comment-extremity",
        "group-aware-consensus",
        "group-0-agrees", "group-0-disagrees", "group-0-passes", "group-0-votes",
        "group-1-agrees", "group-1-disagrees", "group-1-passes", "group-1-votes",
    ]  # fmt: skip
    assert rows[1] == ["0", "'=a", "13", "7", "8", "28", "", "",
                       "7", "2", "1", "10", "", "", "", ""]  # fmt: skip
    assert rows[2] == ["1", "b", *[""] * 14]
    summed = dict(csv.reader(io.StringIO(client.get(address(round, FILES[1])).text, newline="")))
    assert list(summed)[:8] == ["topic", "url", "voters", "voters-in-conv", "commenters",
                                "comments", "groups", "conversation-description"]  # fmt: skip
    assert (summed["groups"], summed["comments"]) == ("2", "2")
    assert (summed["conversation-description"], summed["group-0"]) == ("'=x", "inferred:0")


@pytest.mark.parametrize("name", FILES)
def test_there_is_nothing_before_the_close_even_for_moderators(
    session: Session, client: FlaskClient, name: str
) -> None:
    thread = make_thread(session, make_series(session))
    moderator = make_member(session, thread.series, role="moderator")
    round = make_round(session, thread, make_statement(session, thread), state="open")
    freeze(session, round, {"E1": Numbers((1, 2, 3, 4, 5), 0, 0, 0, 0)})
    assert client.get(address(round, name)).status_code == 404
    assert sign_in(client, moderator).get(address(round, name)).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_there_is_nothing_for_who_does_not_read_the_thread(
    session: Session, client: FlaskClient, name: str
) -> None:
    thread = make_thread(session, make_series(session, visibility="members"))
    round = make_round(session, thread, make_statement(session, thread))
    freeze(session, round, {})
    assert client.get(address(round, name)).status_code == 404
    member = make_member(session, thread.series)
    assert sign_in(client, member).get(address(round, name)).status_code == 200
