"""The chain of acts: what was changed, taken out or moved shows, and nothing else does."""

import argparse
import gc
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from discussion.audit.chain import Break, digest, find_breaks
from discussion.audit.models import AuditEvent
from discussion.audit.operations import append_event
from discussion.audit.queries import stream_links
from discussion.cli.archive import read_manifest
from discussion.cli.audit import verify
from discussion.cli.commands import CommandError
from discussion.cli.database import keep_copy
from discussion.cli.restoring import bring_back
from discussion.db import make_engine, session_for, transaction
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.recording import write_decision
from discussion.decisions.queries.chained import find_altered, find_unchained
from tests.databases import KINDS, empty_database, made_database, migrated_database, opened
from tests.factories import NOW, make_member, make_series, viewer
from tests.journeys.together import together


@pytest.fixture(params=KINDS, scope="module")
def chain(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A chain of nine rows in a database of its own, without the triggers that guard it."""
    with made_database(request.param, tmp_path_factory.mktemp("chain")) as url:
        engine = make_engine(url, threads=8)
        with transaction(engine) as session:
            for number in range(1, 10):
                append(session, number)
        yield engine
        engine.dispose()


def append(session: Session, number: int, **more: Any) -> AuditEvent:
    given = {"details": {"naïve": [number, "“x”"], "at": 0.1 * number}} | more
    return append_event(session, series_id=None, actor_id=None, verb="approve",
                        subject=("position", f"number{number}"), now=NOW, **given)  # fmt: skip


def breaks(engine: Engine, *damages: str) -> list[Break]:
    """Where the chain breaks after these statements, which are then undone."""
    with Session(engine) as session:
        for statement in damages:
            session.execute(text(statement))
        return list(find_breaks(stream_links(session, chunk=4)))


def damage(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_whole_chain_holds(chain: Engine) -> None:
    assert breaks(chain) == []


@pytest.mark.parametrize(
    "change",
    [
        "why = 'x'", "verb = 'hide'", "series_id = NULL, subject_id = ''", "hash = 'x'",
        "details = '{\"at\": 0.5}'", "previous = 'x'", "at = '2026-11-23 12:00:00.000001'",
    ],
)  # fmt: skip
def test_a_changed_row_is_named(chain: Engine, change: str) -> None:
    found = breaks(chain, f"UPDATE audit_event SET {change} WHERE number = 4")
    assert found == [Break(4, "changed")]


def test_a_row_that_was_changed_together_with_its_hash_is_named(chain: Engine) -> None:
    with Session(chain) as session:
        link = list(stream_links(session))[3]
    made = digest(replace(link.entry, why="x"), link.previous)
    found = breaks(chain, f"UPDATE audit_event SET why = 'x', hash = '{made}' WHERE number = 4")
    assert found == [Break(4, "changed")]


def test_missing_rows_are_named(chain: Engine) -> None:
    found = breaks(chain, "DELETE FROM audit_event WHERE number IN (1, 5, 6)")
    assert found == [Break(1, "missing", 1), Break(5, "missing", 6)]


def test_a_row_that_was_moved_is_named(chain: Engine) -> None:
    found = breaks(chain, "UPDATE audit_event SET id = -1 WHERE number = 4")
    assert found == [Break(4, "reordered")]


def test_rows_that_changed_their_numbers_are_named(chain: Engine) -> None:
    swap = [f"UPDATE audit_event SET number = {to} WHERE number = {was}"
            for was, to in ((3, 100), (4, 3), (100, 4))]  # fmt: skip
    found = breaks(chain, *swap)
    assert {each for each in found if each.problem == "changed"} == {
        Break(3, "changed"), Break(4, "changed"),
    }  # fmt: skip


def test_a_walk_holds_no_more_objects_the_further_it_comes(tmp_path: Path) -> None:
    """What the collector looks through again and again is what a long walk would drown in."""
    with made_database("sqlite", tmp_path) as url:
        engine = make_engine(url, threads=1)
        with transaction(engine) as session:
            for number in range(1, 301):
                append(session, number)
        with transaction(engine, writes=False) as session:
            assert not list(find_breaks(stream_links(session)))  # statements are compiled
            held = [_objects()]
            for link in stream_links(session):
                if link.entry.number % 100 == 50:
                    held.append(_objects())
        engine.dispose()
    assert len(held) == 4
    assert max(held) - held[0] < 300, "fewer than one of each row"


def _objects() -> int:
    """How many the collector looks through, when it has let go what it can."""
    gc.collect()
    return len(gc.get_objects())


@pytest.mark.parametrize("kind", KINDS)
def test_many_who_append_at_once_leave_numbers_without_gaps(kind: str, tmp_path: Path) -> None:
    with made_database(kind, tmp_path) as url:
        engine = make_engine(url, threads=8)
        append_together(engine)
        with Session(engine) as session:
            numbers = session.scalars(select(AuditEvent.number).order_by(AuditEvent.id)).all()
        assert numbers == list(range(1, 36))
        assert breaks(engine) == []
        engine.dispose()


def append_together(engine: Engine) -> None:
    """Seven who add five rows each, and one who changes their mind."""

    def act(mine: int) -> None:
        for each in range(5):
            with transaction(engine) as session:
                append(session, 100 * mine + each)

    def give_up() -> None:
        with session_for(engine, writes=True) as session:
            append(session, 1000)
            session.rollback()

    assert together([*[partial(act, mine) for mine in range(7)], give_up]) == [None] * 8


def find_head(session: Session) -> tuple[int, str]:
    """The number and the hash of the newest row."""
    newest = select(AuditEvent.number, AuditEvent.hash).order_by(AuditEvent.number.desc()).limit(1)
    number, hash = session.execute(newest).one()
    return number, hash


@pytest.mark.parametrize(("here", "there"), [KINDS, KINDS[::-1]])
def test_a_backup_brings_the_chain_and_its_head_back(here: str, there: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    with migrated_database(here, tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            for number in range(1, 8):
                append(session, number)
            before = find_head(session)
        keep_copy(engine, path, now=NOW)
    with empty_database(there, tmp_path) as url, opened(url) as engine:
        bring_back(engine, path, read_manifest(path))
        assert breaks(engine) == []
        with transaction(engine) as session:
            assert find_head(session) == before == (7, before[1])
            append(session, 8)
        assert breaks(engine) == []


def test_the_command_names_what_is_broken_and_misses_a_cut_end_only_without_a_noted_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        monkeypatch.setenv("DISCUSSION_DATABASE_URL", url)
        monkeypatch.setenv("DISCUSSION_SECRET_KEY", "a key that is long enough for these tests")
        monkeypatch.setenv("DISCUSSION_BASE_URL", "https://talk.example.org")
        with transaction(engine) as session:
            for number in range(1, 8):
                append(session, number)
            noted = find_head(session)[1]

        def say(expect: str = "") -> tuple[int, str]:
            code = verify(argparse.Namespace(expect=expect, json=False))
            return code, capsys.readouterr().out

        assert say() == say(noted) == (0, f"7 rows. The head is row 7: {noted}\n"
                                          "The chain holds.\n")  # fmt: skip
        with pytest.raises(CommandError):
            say("nonsense")
        damage(engine, "DROP TRIGGER audit_event_never_delete",
               "DROP TRIGGER audit_event_never_update",
               "DELETE FROM audit_event WHERE number = 7")  # fmt: skip
        assert say()[0] == 0
        code, said = say(noted)
        assert (code, "its end was cut off" in said) == (1, True)
        damage(engine, "DELETE FROM audit_event WHERE number IN (2, 3)",
               "UPDATE audit_event SET why = 'x' WHERE number = 5")  # fmt: skip
        code, said = say()
        assert code == 1
        assert "Rows 2 to 3 are missing." in said
        assert "Row 5 was changed. It now says: approve, position number5, 23 November 2026" in said
        with Session(engine) as session:
            assert session.scalar(select(func.count()).select_from(AuditEvent)) == 4


def test_a_decision_whose_words_were_changed_or_that_is_gone_is_named(tmp_path: Path) -> None:
    with made_database("sqlite", tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            series = make_series(session)
            decider = viewer(session, make_member(session, series, role="moderator"))
            for each in ("first", "second", "third"):
                write_decision(
                    session,
                    decider,
                    Case("position", each, series),
                    Ruling("hide", why="Because."),
                    now=NOW,
                )
        with Session(engine) as session:
            assert list(find_altered(session, chunk=2)) == []
        damage(engine, "UPDATE decision SET why = 'x' WHERE subject_id = 'second'",
               "DELETE FROM decision WHERE subject_id = 'third'")  # fmt: skip
        with Session(engine) as session:
            assert [number for number, _id in find_altered(session, chunk=2)] == [2, 3]


def test_decisions_without_their_rows_tell_that_the_end_was_cut_off(tmp_path: Path) -> None:
    with made_database("sqlite", tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            series = make_series(session)
            decider = viewer(session, make_member(session, series, role="moderator"))
            made = [
                write_decision(
                    session, decider, Case("position", each, series), Ruling("hide"), now=NOW
                ).public_id
                for each in ("first", "second", "third")
            ]
        with Session(engine) as session:
            assert list(find_unchained(session)) == []
        damage(engine, "DELETE FROM audit_event WHERE number > 1")
        with Session(engine) as session:
            assert list(find_breaks(stream_links(session))) == []
            assert list(find_unchained(session)) == made[1:]
        damage(engine, "DELETE FROM audit_event")
        with Session(engine) as session:
            assert list(find_unchained(session)) == made
