"""`comments.csv` of a round in the browser: what its snapshot shows, and nothing before."""

import csv
import io

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.polis.reading import read_comments
from discussion.records import dump
from discussion.weighing.findings.computing.groups import EVERYBODY
from discussion.weighing.findings.content.counted import Cell, NoNumbers, Numbers
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


def address(round: Round) -> str:
    return f"/rounds/{round.thread.slug}/{round.number}/comments.csv"


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


def test_there_is_nothing_before_the_close_even_for_moderators(
    session: Session, client: FlaskClient
) -> None:
    thread = make_thread(session, make_series(session))
    moderator = make_member(session, thread.series, role="moderator")
    round = make_round(session, thread, make_statement(session, thread), state="open")
    freeze(session, round, {"E1": Numbers((1, 2, 3, 4, 5), 0, 0, 0, 0)})
    assert client.get(address(round)).status_code == 404
    assert sign_in(client, moderator).get(address(round)).status_code == 404


def test_there_is_nothing_for_who_does_not_read_the_thread(
    session: Session, client: FlaskClient
) -> None:
    thread = make_thread(session, make_series(session, visibility="members"))
    round = make_round(session, thread, make_statement(session, thread))
    freeze(session, round, {})
    assert client.get(address(round)).status_code == 404
    member = make_member(session, thread.series)
    assert sign_in(client, member).get(address(round)).status_code == 200
