"""Whatever is typed, a command answers in sentences: no traceback, and nothing half done."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest
from sqlalchemy import text

from discussion.cli import main
from discussion.cli.commands import COMMANDS, Argument, Command
from discussion.db import make_engine, transaction
from tests.cli.running import ROOT, environment, free_port
from tests.cli.test_backup_both_ways import FIRST
from tests.databases import contents
from tests.factories import make_member, make_person, make_series, make_thread

ENDLESS = ("serve", "worker", "demo")  # with good arguments these go on until they are stopped
AWKWARD = ("", " ", "-", "no-such-thing", "ä/../..", "x" * 5_000, "'; --", "9" * 30)
GOOD = {"--thread": "a-thread", "--series": "a-series", "--by": "anna@example.org",
        "--convener": "anna@example.org"}  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site with somebody and something in it, and files of every wrong kind beside it."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "a-folder").mkdir()
    (folder / "empty").touch()
    (folder / "not-utf-8").write_bytes(b'[series]\nslug = "\xff\xfe"')
    (folder / "broken.toml").write_text("[series\n= ]")
    (folder / "deep.toml").write_text("a = " + "[" * 5_000)
    (folder / "wrong.zip").write_bytes(b"PK\x03\x04 and then something else")
    (folder / "binary").write_bytes(bytes(range(256)) * 50)
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("DISCUSSION_")]:
            patched.delenv(name)
        for name, value in environment(folder / "data", ENVIRONMENT="test").items():
            patched.setenv(name, value)
        assert main(["init"]) == 0
        engine = make_engine(f"sqlite:///{folder}/data/discussion.sqlite")
        with transaction(engine) as session:
            anna = make_person(session, email="anna@example.org")
            series = make_series(session, slug="a-series")
            make_member(session, series, anna, role="convener")
            make_thread(session, series, slug="a-thread")
        engine.dispose()
        yield folder


def words_of(command: Command, awkward: str) -> list[str]:
    """The command with this for everything that it takes."""
    words = command.name.split()
    for argument in command.arguments:
        if _takes_a_word(argument):
            name = [argument.name] if argument.name.startswith("-") else []
            words += [*name, awkward]
    return words


def one_awkward(command: Command, awkward: str) -> list[str]:
    """The same, but for what is known to be there: so that the rest is reached."""
    words = command.name.split()
    for argument in command.arguments:
        if argument.name.startswith("-") and argument.name in GOOD:
            words += [argument.name, GOOD[argument.name]]
        elif not argument.name.startswith("-"):
            words.append(awkward)
    return words


def _takes_a_word(argument: Argument) -> bool:
    return dict(argument.options).get("action") != "store_true"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_no_command_ends_in_a_traceback_for_what_was_typed(
    command: Command, places: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(places)
    if command.name == "init" or (command.name in ENDLESS and not command.arguments):
        return
    files = ("a-folder", "empty", "not-utf-8", "broken.toml", "deep.toml", "wrong.zip", "binary",
             "empty/below", "/proc/nothing/here", "data")  # fmt: skip
    tried = [words_of(command, each) for each in AWKWARD]
    if command.name not in ENDLESS:
        tried += [one_awkward(command, each) for each in (*AWKWARD, *files)]
    assert len(tried) >= len(AWKWARD)
    for words in {tuple(words): words for words in tried}.values():
        try:
            code = main(words)
        except SystemExit as ended:  # argparse says what is wrong, with 2
            code = int(ended.code or 0)
        said = capsys.readouterr()
        assert code in (0, 1, 2), words
        assert code == 0 or (said.err + said.out).strip(), words
        assert "Traceback" not in said.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize(
    "state", ["none", "behind", "broken", "newer", "unreachable", "no address"]
)
def test_no_command_ends_in_a_traceback_for_the_state_of_the_database(
    state: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if command.name == "demo" or (command.name == "init" and state in ("none", "behind")):
        return
    for name, value in environment(tmp_path, ENVIRONMENT="test").items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "discussion.sqlite"
    if state in ("behind", "newer"):
        engine = make_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            has = FIRST if state == "behind" else "29991231_2359_not_yet"
            connection.execute(text("INSERT INTO alembic_version VALUES (:has)"), {"has": has})
        engine.dispose()
    if state == "broken":
        path.write_bytes(b"this is no database " * 500)
    if state == "unreachable":
        url = f"postgresql://somebody:hidden-word@127.0.0.1:{free_port()}/nowhere"
        monkeypatch.setenv("DISCUSSION_DATABASE_URL", url)
    if state == "no address":
        monkeypatch.setenv("DISCUSSION_DATABASE_URL", "mysql+nothing://somebody:hidden-word@h/x")
    try:
        main(one_awkward(command, "no-such-thing"))
    except SystemExit as ended:
        if ended.code != 2:
            raise
    said = capsys.readouterr()
    assert (said.out + said.err).strip()
    assert "hidden-word" not in said.out + said.err


def test_settings_that_no_site_can_have_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("PORT", "99999"), ("THREADS", "0"), ("TRUSTED_PROXIES", "-1")):
        with monkeypatch.context() as patched:
            patched.setenv("DISCUSSION_ENVIRONMENT", "test")
            patched.setenv(f"DISCUSSION_{name}", value)
            assert main(["series", "list"]) == 1
        assert f"DISCUSSION_{name} must be a number from" in capsys.readouterr().err


@pytest.mark.slow
def test_a_port_or_a_host_that_cannot_be_had_is_said(places: Path) -> None:
    env = environment(places / "data", ENVIRONMENT="test")
    with closing(create_server(("127.0.0.1", 0))) as other:
        taken = str(other.getsockname()[1])
        for words in (["--port", taken], ["--host", "no.such.host.invalid"]):
            ended = typed("serve", *words, env=env)
            assert (ended.returncode, "Cannot listen at" in ended.stderr) == (1, True)
            assert "Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["series dump", "backup", "analyse"])
def test_a_name_that_is_not_utf_8_is_no_traceback(command: str, places: Path) -> None:
    ended = typed(*command.split(), "\udcff/\udcff", env=environment(places / "data"))
    assert ended.returncode in (1, 2)
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_a_pipe_that_closes_and_a_disk_that_is_full_are_no_tracebacks(places: Path) -> None:
    env = environment(places / "data", ENVIRONMENT="test")
    piped = typed("permissions", env=env, then="| head -1")
    assert (piped.stdout, piped.stderr) == ("# Who may do what\n", "")
    full = typed("permissions", env=env, then="> /dev/full")
    assert (full.returncode, full.stderr) == (1, "No space left on device.\n")
    before = sorted(places.iterdir())
    small = typed("backup", str(places / "full.zip"), env=env, first="ulimit -f 4;")
    assert (small.returncode, "Traceback" in small.stderr) == (1, False)
    assert small.stderr.strip()
    assert sorted(places.iterdir()) == before


@pytest.mark.parametrize(
    "words",
    [["doctor"], ["series", "list"], ["audit", "verify"], ["settings"], ["permissions"],
     ["backup", "made.zip"], ["restore", "kept.zip", "--replace"]],
    ids=" ".join,
)  # fmt: skip
def test_a_script_reads_the_answer_as_json(
    words: list[str], places: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(places)
    if words[0] == "restore":
        main(["backup", "kept.zip"])
        capsys.readouterr()
    code = main([*words, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found
    assert code == (1 if words == ["doctor"] else 0)
    for name in ("made.zip", "kept.zip"):
        (places / name).unlink(missing_ok=True)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_completes_every_command_and_the_names_of_files(
    shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for command in COMMANDS:
        assert command.name.split()[-1] in script, command.name
    if shell == "bash":  # and it is one that bash takes
        asked = "\n".join([script, "COMP_WORDS=(discussion ser); COMP_CWORD=1",
                           "_shtab_discussion; echo ${COMPREPLY[@]}"])  # fmt: skip
        said = subprocess.run(["bash"], input=asked, text=True, capture_output=True, check=True)
        assert said.stdout.split() == ["serve", "series"]


def test_a_database_that_holds_something_is_left_as_it_is_by_all_of_that(places: Path) -> None:
    engine = make_engine(f"sqlite:///{places}/data/discussion.sqlite")
    assert len(contents(engine)["series"]) == 1
    engine.dispose()


def typed(
    *words: str, env: dict[str, str], first: str = "", then: str = ""
) -> subprocess.CompletedProcess[str]:
    """One command as a shell runs it."""
    line = f'{first} "$@" {then}'
    return subprocess.run(
        ["bash", "-c", line, "bash", sys.executable, "-m", "discussion", *words], env=env, cwd=ROOT,
        text=True, capture_output=True, timeout=90, check=False,
    )  # fmt: skip
