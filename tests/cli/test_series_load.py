"""`series load` says what it would do to a series, and does it only with a yes."""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.cli import main
from discussion.db import make_engine, transaction
from discussion.debate.positions.models import ValueTag
from discussion.migrations import upgrade
from discussion.people.accounts.models import Person
from discussion.series.series.exchange import dump_series
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from tests.cli.running import environment
from tests.databases import contents
from tests.factories import make_member, make_person, make_position, make_series, make_thread

CONVENER = ["--convener", "anna@example.org"]


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An open series in which a value, a scale and a theme are used."""
    for name in [name for name in os.environ if name.startswith("DISCUSSION_")]:
        monkeypatch.delenv(name)
    for name, value in environment(tmp_path, ENVIRONMENT="test").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    made = make_engine(f"sqlite:///{tmp_path}/discussion.sqlite")
    upgrade(made)
    with transaction(made) as session:
        anna = make_person(session, email="anna@example.org")
        series = make_series(session, slug="a-series", title="Before")
        make_member(session, series, anna, role="convener")
        make_position(session, make_thread(session, series))
    yield made
    made.dispose()


@pytest.fixture
def changed(engine: Engine, tmp_path: Path) -> str:
    """Its file, with another title."""
    with Session(engine) as session:
        series = session.scalars(select(Series)).one()
        text = dump_series(session, series)
    path = tmp_path / "series.toml"
    path.write_text(text.replace('title = "Before"', 'title = "After"'), encoding="utf-8")
    return str(path)


def used_value(engine: Engine) -> str:
    with Session(engine) as session:
        asked = select(Value.slug).join(ValueTag, ValueTag.value_id == Value.id)
        return str(session.scalars(asked.order_by(Value.order)).first())


def without(path: str, slug: str) -> None:
    """Take one entry out of the file, and put another in its place."""
    text = Path(path).read_text(encoding="utf-8")
    assert f'slug = "{slug}"' in text
    Path(path).write_text(text.replace(f'slug = "{slug}"', 'slug = "brand-new"'), encoding="utf-8")


def test_it_lists_what_it_would_add_change_and_retire_and_writes_nothing_unasked(
    engine: Engine, changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slug = used_value(engine)
    without(changed, slug)
    before = contents(engine)
    for more, code in ((["--dry-run"], 0), ([], 1)):
        assert main(["series", "load", changed, *CONVENER, *more]) == code
        said = capsys.readouterr()
        assert "into the series a-series would:" in said.out
        assert "change     series title: “Before” → “After”" in said.out
        assert "add        values brand-new: " in said.out
        assert f"retire     values {slug}: " in said.out
        assert "used by 1 position" in said.out
        assert "Nothing was written" in said.err
        assert contents(engine) == before


def test_it_does_so_with_a_yes_typed_or_said_and_then_has_nothing_to_do(
    engine: Engine, changed: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = contents(engine)
    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    assert main(["series", "load", changed, *CONVENER]) == 1
    assert contents(engine) == before
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert main(["series", "load", changed, *CONVENER]) == 0
    assert "Loaded the series a-series." in capsys.readouterr().err
    after = contents(engine)
    assert after != before
    assert main(["series", "load", changed, *CONVENER]) == 0
    assert capsys.readouterr().out == "Nothing would change.\n"
    assert contents(engine) == after


def test_a_script_reads_the_changes_and_what_was_retired_comes_back(
    engine: Engine, changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slug = used_value(engine)
    whole = Path(changed).read_text(encoding="utf-8")
    without(changed, slug)
    assert main(["series", "load", changed, *CONVENER, "--yes"]) == 0
    Path(changed).write_text(whole, encoding="utf-8")
    capsys.readouterr()
    assert main(["series", "load", changed, *CONVENER, "--dry-run", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["does"], each["what"]) for each in found["changes"]] == [
        ("bring back", f"values {slug}"), ("retire", "values brand-new"),
    ]  # fmt: skip


def test_a_new_series_is_listed_too_before_it_is_made(
    engine: Engine, changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(changed).read_text(encoding="utf-8")
    Path(changed).write_text(text.replace('slug = "a-series"', 'slug = "another"', 1))
    with transaction(engine) as session:
        found = select(Person).where(Person.email == "anna@example.org")
        session.scalars(found).one().is_administrator = True
    assert main(["series", "load", changed, *CONVENER]) == 1
    assert "add        series title: “After”" in capsys.readouterr().out
    assert main(["series", "load", changed, *CONVENER, "--yes"]) == 0
    with Session(engine) as session:
        assert set(session.scalars(select(Series.slug))) == {"a-series", "another"}
