"""The commands, typed."""

import os
import shutil
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from discussion import clock
from discussion.cli import main
from discussion.cli.commands import COMMANDS
from discussion.cli.site import open_engine
from discussion.db import transaction
from discussion.jobs.standings import note_trouble
from discussion.mail.queue import promise_mail
from tests.cli.running import environment, fetch, free_port, run, served
from tests.conftest import SECRET
from tests.mail.servers import a_postman

pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings for commands that run within the test's own process."""
    for name in [name for name in os.environ if name.startswith("DISCUSSION_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DISCUSSION_SECRET_KEY", SECRET)
    monkeypatch.setenv("DISCUSSION_BASE_URL", "https://talk.example.org")
    monkeypatch.setenv("DISCUSSION_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.name.split(), "--help"])  # type: ignore[attr-defined]
    assert ended.value.code == 0
    assert command.says.split()[0] in capsys.readouterr().out  # type: ignore[attr-defined]


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    code = (
        "import sys; from discussion.cli.commands import make_parser; make_parser();"
        "print([m for m in ('flask', 'sqlalchemy', 'alembic', 'numpy') if m in sys.modules])"
    )
    import subprocess
    import sys

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_init_without_a_secret_suggests_one(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISCUSSION_SECRET_KEY")
    assert main(["init"]) == 1
    assert "export DISCUSSION_SECRET_KEY=" in capsys.readouterr().err


def test_a_command_on_an_old_database_says_what_to_do(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["person", "confirm", "anna@example.org"]) == 1
    assert "Run `discussion init` first" in capsys.readouterr().err


def test_a_person_is_made_with_a_link_that_sets_the_password(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init"])
    assert main(["person", "create", "Anna@Example.org", "Anna", "--administrator"]) == 0
    assert "/accounts/reset/" in capsys.readouterr().out
    assert main(["person", "create", "anna@example.org", "Anna"]) == 1
    assert "already" in capsys.readouterr().err
    for name in ("The moderators", "Ann\u0430", "\u3164", "talk.example.org", "x" * 81):
        assert main(["person", "create", "other@example.org", name]) == 1
        assert "name" in capsys.readouterr().err
    assert main(["person", "reset-link", "anna@example.org"]) == 0
    assert main(["person", "confirm", "nobody@example.org"]) == 1
    assert main(["person", "make-administrator", "anna@example.org"]) == 0
    capsys.readouterr()
    assert main(["audit", "verify"]) == 0  # whoever runs the site has power, and leaves links too
    assert capsys.readouterr().out.startswith("3 rows. The head is row 3: ")


def test_doctor_says_in_sentences_what_is_wrong(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init"])
    (here / "data").chmod(0o755)
    capsys.readouterr()
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    for word in ("MAIL_URL", "TRUSTED_PROXIES", "administrator", "worker", "chmod 700"):
        assert word in said, word


def test_doctor_says_since_when_mail_is_down_and_how_old_the_last_backup_is(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["init"])
    main(["person", "create", "anna@example.org", "Anna", "--administrator"])
    now, late = clock.now(), clock.now() + timedelta(days=3)
    with open_engine() as engine, transaction(engine) as session:
        row = note_trouble(session, "mail", "ConnectionRefusedError", now)
        row.since = now
        promise_mail(session, template="accounts/confirm", now=now, run_after=now)
    capsys.readouterr()
    main(["doctor"])
    assert "backup" not in capsys.readouterr().out  # a site of today has had no night
    monkeypatch.setattr(clock, "now", lambda: late)
    main(["doctor"])
    said = capsys.readouterr().out
    assert f"since {now:%d.%m.%Y %H:%M} UTC (ConnectionRefusedError)" in said
    assert "1 letters wait, the oldest for 3 days" in said
    assert "No backup was ever made" in said
    assert main(["backup", str(here / "one.zip")]) == 0
    main(["doctor"])
    assert "backup" not in capsys.readouterr().out.replace("DISCUSSION_BACKUP", "")
    monkeypatch.setattr(clock, "now", lambda: late + timedelta(days=3))
    main(["doctor"])
    assert "The last backup was made on" in capsys.readouterr().out


def test_a_letter_is_tried_from_the_command_line_and_its_end_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["mail", "test", "jörg@example.org"]) == 2
    assert main(["mail", "test", "anna@example.org"]) == 0
    assert "the letter lies in" in capsys.readouterr().out
    ends = [({}, 0, "has taken"), ({"RCPT": "550 5.1.1 no"}, 1, "refused"),
            ({"HELLO": "554 no"}, 1, "cannot be used"), ({"RCPT": "450 4.7.1"}, 1, "later"),
            ({"DOT": ""}, 1, "may have arrived"), ({"RCPT": ""}, 1, "in the middle")]  # fmt: skip
    for answers, code, says in ends:
        with a_postman(**answers) as postman:
            monkeypatch.setenv("DISCUSSION_MAIL_URL", postman.url)
            assert main(["mail", "test", "anna@example.org"]) == code
            said = capsys.readouterr()
        assert says in said.out + said.err


def test_doctor_lists_the_settings_when_one_is_unknown(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCUSSION_SECRT", "x")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "DISCUSSION_SECRT" in said
    assert "DISCUSSION_SECRET_KEY: " in said


@pytest.mark.slow
def test_a_second_serving_process_is_refused_on_sqlite_and_told_why(tmp_path: Path) -> None:
    env = environment(tmp_path, PORT=free_port())
    assert run("init", env=env).returncode == 0
    with served("serve", env=env) as (address, _process):
        second = run("serve", "--port", free_port(), env=env)
        assert second.returncode == 1
        assert "SQLite keeps one writer" in second.stderr
        assert run("backup", str(tmp_path / "beside.zip"), env=env).returncode == 0
        refused = run("restore", str(tmp_path / "beside.zip"), "--replace", env=env)
        assert refused.returncode == 1
        assert "Another process" in refused.stderr
        assert '"migrations":"ok"' in fetch(f"{address}/readyz").replace(" ", "")
        assert '"worker":{' in fetch(f"{address}/statusz").replace(" ", "")


@pytest.mark.slow
def test_a_port_in_use_is_said_plainly_before_anything_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "kept.txt").touch()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        second = run("demo", "--port", port, "--data-dir", str(tmp_path), "--fresh",
                     env=dict(os.environ))  # fmt: skip
    assert second.returncode == 1
    assert "Choose another port" in second.stderr
    assert (tmp_path / "kept.txt").exists()


@pytest.mark.slow
def test_the_demonstration_prints_sign_ins_ends_cleanly_and_keeps_what_was_written(
    demonstration: Path, tmp_path: Path
) -> None:
    shutil.copytree(demonstration, tmp_path, dirs_exist_ok=True)  # filled already, to save time
    words = ("demo", "--port", free_port(), "--data-dir", str(tmp_path))
    with served(*words, env=dict(os.environ)) as (address, process):
        first = fetch(f"{address}/")
        for word in ("/static/site-", "<h1"):
            assert word in first
        (tmp_path / "mail").mkdir(exist_ok=True)
        (tmp_path / "mail" / "kept.txt").touch()
    assert process.returncode == 0
    with served(*words, env=dict(os.environ)):
        assert (tmp_path / "mail" / "kept.txt").exists()
    with served(*words, "--fresh", env=dict(os.environ)):
        assert not (tmp_path / "mail" / "kept.txt").exists()
