"""Long commands say how far they are, and Ctrl-C in the middle leaves everything whole."""

import os
import pty
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from discussion.cli import progress as telling
from discussion.cli.progress import in_words, progress
from discussion.db import make_engine
from tests.cli.running import ROOT, environment
from tests.databases import contents
from tests.polis.conversations import FOLDER

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stopping")]

INTO = "--series mapping-the-way --attribution x --thread"
LONG = {  # what is said in the middle of each → the command; {here} is a folder beside the data
    "Backing up": "backup {here}/new.zip",
    "Restoring": "restore {here}/made.zip --replace",
    "Checking the backup": "restore {here}/made.zip --replace",
    "Walking the chain": "audit verify",
    "Writing ratings": f"import polis {FOLDER / 'biodiversity'} {INTO} grouping-by-attainment",
    "Reading": f"import polis {FOLDER / 'biodiversity'} {INTO} grouping-by-attainment",
    "Looking for groups": f"analyse {FOLDER / 'biodiversity' / 'participants-votes.csv.gz'}",
    "Writing": "export polis {here}/out --thread paying-for-slack",
    "Filling the demonstration": "demo --data-dir {here}/demo --port 0",
}  # fmt: skip


@pytest.fixture(scope="module")
def here(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with everything in it, and a backup of it beside."""
    folder = tmp_path_factory.mktemp("stopping")
    shutil.copytree(demonstration, folder / "data")
    for words in (f"import polis {FOLDER / 'land-bank'} {INTO} paying-for-slack",
                  f"backup {folder / 'made.zip'}"):  # fmt: skip
        code, said = stopped(folder, words.split(), at=None)
        assert code == 0, said
    return folder


@pytest.mark.parametrize("doing", LONG)
def test_ctrl_c_in_the_middle_leaves_everything_whole(doing: str, here: Path) -> None:
    files, before = names(here), held(here)
    words = LONG[doing].format(here=here).split()
    code, said = stopped(here, words, at=doing)
    assert doing in said
    assert "Traceback" not in said
    assert code in (130, 0), said  # what was done before the signal came is done
    if code == 130:
        assert "Stopped" in said
    shutil.rmtree(here / "out", ignore_errors=True)
    (here / "new.zip").unlink(missing_ok=True)
    assert held(here) == before or code == 0
    if words[0] == "demo":
        assert code == 130
        assert not any(contents_of(here / "demo" / "discussion.sqlite").values())
        shutil.rmtree(here / "demo")
    assert names(here) == files


def test_without_a_terminal_plain_lines_say_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress("Backing up", 4) as tell:
        tell(2)
    assert capsys.readouterr().err == ""  # nobody had to wait
    monkeypatch.setattr(telling, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    with progress("Backing up", 4) as tell:
        tell(0)
        tell(1)
        tell(9)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Backing up …"
    assert lines[1].startswith("Backing up: 25 %, about ")
    assert lines[2].startswith("Backing up: 100 %, ")
    assert [in_words(n) for n in (0.2, 5, 200)] == [
        "about 1 second", "about 5 seconds", "about 3 minutes",
    ]  # fmt: skip


def stopped(folder: Path, words: list[str], *, at: str | None) -> tuple[int, str]:
    """The command on a terminal of its own, sent Ctrl-C once it says what it is doing."""
    env = environment(folder / "data", ENVIRONMENT="test") | {"TERM": "xterm", "COLUMNS": "100"}
    own, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "discussion", *words], env=env, cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=theirs)  # fmt: skip
    os.close(theirs)
    said, is_sent = b"", False
    with suppress(OSError):  # the terminal has gone with the process
        while piece := os.read(own, 4096):
            said += piece
            if at is not None and not is_sent and at.encode() in said:
                process.send_signal(signal.SIGINT)
                is_sent = True
    os.close(own)
    return process.wait(timeout=90), said.decode(errors="replace")


def held(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    return contents_of(folder / "data" / "discussion.sqlite")


def contents_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    engine = make_engine(f"sqlite:///{path}")
    try:
        return contents(engine)
    finally:
        engine.dispose()


def names(folder: Path) -> list[str]:
    """Every file but SQLite's own beside its database."""
    own = ("-wal", "-shm", "wake.sqlite", "serving.lock")
    files = [path for path in folder.rglob("*") if not path.name.endswith(own)]
    return sorted(str(path.relative_to(folder)) for path in files)
