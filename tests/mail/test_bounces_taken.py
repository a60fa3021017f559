"""Reports that are posted, and those that are fetched by IMAP: only with the sign of a letter."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.cli import bounces as command
from discussion.cli.commands import BadInputError
from discussion.mail.mailbox import MailboxError, opened
from discussion.mail.models import Bounced
from discussion.web.site import site
from tests.mail.test_bounces import (
    NOTHING,
    TO,
    letter,
    report,
)


@pytest.fixture(autouse=True)
def as_signed(request: pytest.FixtureRequest) -> None:
    """Letters of these tests are signed with the key of the application that takes reports."""
    if "app" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        from tests.conftest import SECRET

        assert site(app).settings.secret_key == SECRET


def _said(number: int = 1, **changes: str) -> dict[str, str]:
    made = letter(number)
    return {
        "message_id": made["Message-ID"], "to": TO, "x_letter": made["X-Letter"],
        "action": "failed", "status": "5.1.1",
    } | changes  # fmt: skip


def _counted(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Bounced.email)))


def test_a_posted_report_counts_once_in_either_shape(app: Flask, session: Session) -> None:
    client = app.test_client()
    raw = report(letter(2).as_bytes())
    for _time in range(2):
        assert client.post("/mail/bounces", json=_said()).status_code == 204
        answered = client.post("/mail/bounces", data=raw, content_type="message/rfc822")
        assert answered.status_code == 204
    assert _counted(session) == [TO, TO]


@pytest.mark.parametrize(
    "said",
    [
        _said(x_letter="0" * 20), _said(x_letter=""), _said(to="grace@example.org"),
        _said(message_id="<another@talk.example.org>"), _said(action="delayed"),
        _said(status="4.2.2"), _said(status="5.1.1.1"), _said(status="5.x"), {}, [], "5", None,
        {"message_id": {"a": 1}}, _said(to=""),
    ],
)  # fmt: skip
def test_what_is_forged_or_passing_is_answered_alike_and_counts_nothing(
    app: Flask, session: Session, said: object
) -> None:
    answered = app.test_client().post("/mail/bounces", json=said)
    assert (answered.status_code, answered.text) == (204, "")
    assert _counted(session) == []


@pytest.mark.parametrize("what", NOTHING)
def test_what_is_no_report_is_answered_alike_too(app: Flask, session: Session, what: str) -> None:
    client = app.test_client()
    answered = client.post("/mail/bounces", data=NOTHING[what], content_type="message/rfc822")
    assert answered.status_code == 204
    assert _counted(session) == []


@contextmanager
def a_mailbox(messages: list[bytes], folder: str = "INBOX") -> Iterator[tuple[str, set[int]]]:
    """A server that knows as much of IMAP as is asked of it; which messages were marked."""
    listening = socket.create_server(("127.0.0.1", 0))
    marked: set[int] = set()

    def answer(found: socket.socket) -> None:
        lines = found.makefile("rb")
        found.sendall(b"* OK here\r\n")
        for line in lines:
            tag, _space, rest = line.decode().strip().partition(" ")
            words = rest.split()
            word = " ".join(words[:2]).upper()
            said, ends = b"", "OK done"
            if word.startswith("CAPABILITY"):
                said = b"* CAPABILITY IMAP4rev1\r\n"
            elif word.startswith("LOGIN"):
                ends = "OK in" if "key" in rest else "NO never"
            elif word.startswith("SELECT"):
                ends = "OK here" if f'"{folder}"' in rest else "NO none"
                said = f"* {len(messages)} EXISTS\r\n".encode()
            elif word == "UID SEARCH":
                new = [str(at) for at in range(1, 1 + len(messages)) if at not in marked]
                said = f"* SEARCH {' '.join(new)}\r\n".encode()
            elif word == "UID FETCH":
                raw = messages[int(words[2]) - 1]
                said = f"* {words[2]} FETCH (UID {words[2]} BODY[]<0> {{{len(raw)}}}\r\n".encode()
                said += raw + b")\r\n"
            elif word == "UID STORE":
                marked.add(int(words[2]))
            elif word.startswith("LOGOUT"):
                said = b"* BYE\r\n"
            found.sendall(said + f"{tag} {ends}\r\n".encode())
            if word.startswith("LOGOUT"):
                return

    def serve() -> None:
        while True:
            try:
                found, _where = listening.accept()
            except OSError:
                return
            found.settimeout(10)
            with found, suppress(OSError):
                answer(found)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"imap://post:key@127.0.0.1:{listening.getsockname()[1]}/{folder}", marked
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(15)


def test_a_mailbox_is_fetched_once_and_marked_as_read(
    own_settings: None, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    raw = [report(letter(1).as_bytes()), NOTHING["a letter of somebody"], NOTHING["noise"]]
    with a_mailbox(raw) as (url, marked):
        monkeypatch.setenv("DISCUSSION_BOUNCES_URL", url)
        command.fetch(SimpleNamespace())  # type: ignore[arg-type]
        assert "3 messages were read; 1 letters" in capsys.readouterr().out
        assert marked == {1, 2, 3}
        command.fetch(SimpleNamespace())  # type: ignore[arg-type]
        assert "0 messages were read" in capsys.readouterr().out


def test_a_mailbox_that_cannot_be_read_says_so_without_its_password(
    own_settings: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(BadInputError, match="DISCUSSION_BOUNCES_URL"):
        command.fetch(SimpleNamespace())  # type: ignore[arg-type]
    with a_mailbox([]) as (url, _marked):
        with pytest.raises(MailboxError, match="no folder Other"), opened(f"{url[:-5]}Other"):
            pass
        monkeypatch.setenv("DISCUSSION_BOUNCES_URL", url.replace("key@", "secret@"))
        with pytest.raises(BadInputError) as told:
            command.fetch(SimpleNamespace())  # type: ignore[arg-type]
    assert "secret" not in str(told.value)
    monkeypatch.setenv("DISCUSSION_BOUNCES_URL", "imap://a:b@127.0.0.1:9/INBOX")
    with pytest.raises(BadInputError, match="could not be read"):
        command.fetch(SimpleNamespace())  # type: ignore[arg-type]
