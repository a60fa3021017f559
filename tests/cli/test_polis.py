"""`discussion import polis` and `export polis`, as somebody types them."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.analysis.clustering import adjusted_rand_index
from discussion.cli import main
from discussion.db import transaction
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import Statement
from tests.cli.running import ROOT, environment
from tests.databases import opened
from tests.factories import make_member, make_person, make_series, make_thread
from tests.polis.conversations import FOLDER, path_of

OWED = ["--attribution", "Scoop, CC BY 4.0"]
STATEMENTS = "comment-id,moderated,comment-body\n0,1,a\n1,-1,=b\n"
VOTES = "timestamp,comment-id,voter-id,vote\n1569214726309,0,x,1\n1569214726309,1,y,-1\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a command finds around it, with a database that has one series and its convener."""
    folder = tmp_path_factory.mktemp("site")
    env = environment(folder, ENVIRONMENT="test")
    with pytest.MonkeyPatch.context() as patched:
        for name, value in env.items():
            patched.setenv(name, value)
        assert main(["init"]) == 0
        with rows_of(env) as session:
            make_member(session, make_series(session, slug="series"), role="convener")
            make_member(session, make_series(session, slug="other"), role="convener")
            make_person(session, email="nobody@example.org")
        yield env


threads = count(1)


@pytest.fixture
def thread(site: dict[str, str]) -> str:
    """A thread that nothing was imported into."""
    from discussion.series.series.models import Series

    slug = f"thread-{next(threads)}"
    with rows_of(site) as session:
        series = session.scalars(select(Series).where(Series.slug == "series")).one()
        make_thread(session, series, slug=slug)
    return slug


@contextmanager
def rows_of(env: dict[str, str]) -> Iterator[Session]:
    with (
        opened(f"sqlite:///{env['DISCUSSION_DATA_DIR']}/discussion.sqlite") as engine,
        transaction(engine) as session,
    ):
        yield session


def counted(env: dict[str, str]) -> list[int]:
    with rows_of(env) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0
                for table in (Statement, Round, Rating)]  # fmt: skip


def into(thread: str) -> list[str]:
    return ["--series", "series", "--thread", thread]


def folder_of(path: Path, comments: str = STATEMENTS, votes: str = VOTES) -> str:
    path.mkdir(exist_ok=True)
    (path / "comments.csv").write_text(comments, encoding="utf-8")
    (path / "votes.csv").write_text(votes, encoding="utf-8")
    return str(path)


def test_a_conversation_comes_out_with_the_groups_that_it_went_in_with(
    site: dict[str, str], thread: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "polis", str(FOLDER / "biodiversity"), *into(thread), *OWED]) == 0
    said = capsys.readouterr().out
    for words in ("316 statements and 29,802 votes of 536 participants", "83 votes were changed",
                  "162 statements were moderated out", "Attribution: Scoop", "Round 1 of",
                  "29,719 ratings"):  # fmt: skip
        assert words in said, words
    out = tmp_path / "out"
    assert main(["export", "polis", str(out), "--thread", thread, "--round", "1"]) == 0
    assert "Attribution: Scoop, CC BY 4.0" in (out / "README.txt").read_text(encoding="utf-8")
    found = []
    for files in ([str(path_of("biodiversity", name)) for name in
                   ("participants-votes", "comments")],
                  [str(out / "participants-votes.csv"), str(out / "comments.csv")],
                  [str(out / "votes.csv"), str(out / "comments.csv")]):  # fmt: skip
        capsys.readouterr()
        assert main(["analyse", files[0], "--comments", files[1], "--json"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    first, second, third = found
    assert second == third
    assert first["statements"] == second["statements"]
    assert list(first["groups"].values()) == list(second["groups"].values())
    assert adjusted_rand_index(list(first["groups"].values()), list(second["groups"].values())) == 1
    again = ["import", "polis", str(out), *into(thread), "--again", "--json"]
    assert main(again) == 0  # the README that was written says whom it is owed to
    report = json.loads(capsys.readouterr().out)
    assert report["attribution"] == "Scoop, CC BY 4.0"
    assert (report["round"], report["kept_from_before"]) == (2, 154)
    text = (ROOT / "docs" / "importing-and-exporting.md").read_text(encoding="utf-8")
    for name in [*report, *report["votes"], *report["files"][0]]:
        assert f"`{name}`" in text, name


def test_a_dry_run_tells_all_and_writes_nothing(
    site: dict[str, str], thread: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = counted(site)
    folder = folder_of(tmp_path / "in", votes=VOTES + "1569214726309,0,z,9\n1,1,,1\n1,5,x,0\n")
    assert main(["import", "polis", folder, *into(thread), *OWED, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "votes.csv: 1 × a cell is neither 1, 0 nor -1; skipped (line 4)." in said
    assert "votes.csv: 1 × no voter or no statement; the vote was skipped (line 5)." in said
    assert "Statement 5 (1) without words" in said
    assert "Nothing was written" in said
    assert counted(site) == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--series", "series", "--thread", "none", *OWED], 2, "no thread none in the series"),
        (["--series", "none", "--thread", "thread", *OWED], 2, "There is no series none"),
        (["--series", "other", "--thread", "thread", *OWED], 2, "no thread thread-"),
        (["--series", "series", "--thread", "thread"], 2, "--attribution"),
        (["--series", "series", "--thread", "thread", *OWED, "--by", "x@y"], 2, "no account x@y"),
        (["--series", "series", "--thread", "thread", *OWED, "--by", "nobody@example.org"], 1,
         "Plan, open and close a round"),
        (["--series", "series", "--thread", "thread", *OWED, "--strict"], 2, "with --strict"),
        (["--series", "series", "--thread", "thread", "--attribution", "x" * 601], 2, "600"),
    ],
)  # fmt: skip
def test_what_is_refused_is_said_in_a_sentence_and_leaves_nothing(
    words: list[str], code: int, says: str, site: dict[str, str], thread: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before = counted(site)
    folder = folder_of(tmp_path / "in", votes=VOTES + "late,0,x,1\n")
    named = [thread if word == "thread" else word for word in words]
    assert main(["import", "polis", folder, *named]) == code
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert counted(site) == before


def test_a_file_that_breaks_off_late_leaves_nothing(
    site: dict[str, str], thread: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = counted(site)
    folder = Path(folder_of(tmp_path / "in"))
    (folder / "votes.csv").unlink()
    whole = path_of("biodiversity", "votes").read_bytes()
    (folder / "votes.csv.gz").write_bytes(whole[:-100])
    assert main(["import", "polis", str(folder), *into(thread), *OWED]) == 2
    assert "votes.csv.gz cannot be read" in capsys.readouterr().err
    (folder / "votes.csv.gz").write_bytes(gzip.compress(VOTES.encode()))
    assert main(["import", "polis", str(folder), *into(thread), *OWED]) == 0
    assert counted(site) == [before[0] + 2, before[1] + 1, before[2] + 2]
    assert main(["import", "polis", str(folder), *into(thread), *OWED]) == 2
    assert "With --again" in capsys.readouterr().err
    assert counted(site) == [before[0] + 2, before[1] + 1, before[2] + 2]


def test_a_process_that_is_killed_while_it_writes_leaves_nothing(
    site: dict[str, str], thread: str, tmp_path: Path
) -> None:
    before = counted(site)
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(path_of("biodiversity", "comments"), folder / "comments.csv.gz")
    text = gzip.decompress(path_of("biodiversity", "votes").read_bytes()).decode()
    head, *rows = [line.split(",") for line in text.splitlines()]
    people = [
        [at, what, f"{copy}-{who}", said] for copy in range(3) for at, what, who, said in rows
    ]
    (folder / "votes.csv").write_text("\n".join(",".join(row) for row in [head, *people]))
    command = [sys.executable, "-m", "discussion", "import", "polis", str(folder), *into(thread)]
    process = subprocess.Popen([*command, *OWED], env=site, cwd=ROOT, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert process.stderr is not None
    assert any("Writing 89,157 ratings" in line for line in process.stderr)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert counted(site) == before


def test_an_export_writes_into_a_new_folder_or_not_at_all(
    site: dict[str, str], thread: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", "polis", str(out), "--thread", thread]) == 2
    assert "no such round that is closed" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    folder = folder_of(tmp_path / "in")
    assert main(["import", "polis", folder, *into(thread), "--attribution", ""]) == 0
    assert main(["export", "polis", str(out), "--thread", thread, "--round", "7"]) == 2
    assert main(["export", "polis", folder, "--thread", thread]) == 2
    assert "is there already" in capsys.readouterr().err
    out.mkdir()
    capsys.readouterr()
    assert main(["export", "polis", str(out), "--thread", thread, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "folder": str(out), "round": 1, "statements": 2, "participants": 2, "votes": 2,
    }  # fmt: skip
    assert sorted(path.name for path in out.iterdir()) == [
        "README.txt", "comments.csv", "participants-votes.csv", "votes.csv",
    ]  # fmt: skip
    assert (out / "comments.csv").read_text().splitlines()[2].split(",", 7)[7] == "'=b,S1,,1"
    assert out.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
