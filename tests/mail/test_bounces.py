"""Letters that come back: only with their own sign, only for good, and each once."""

import io
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.cli import bounces as command
from discussion.config import Settings
from discussion.jobs.models import Job
from discussion.jobs.worker import Worker
from discussion.mail.bounces import read_report
from discussion.mail.envelope import envelope
from discussion.mail.letters import MailText
from discussion.mail.operations import note_bounce
from discussion.mail.queries import MOST_BOUNCED, paused_since
from discussion.mail.queue import promise_mail
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.factories import NOW, make_person

TO = "ada@example.org"
SETTINGS = Settings(environment="test", secret_key=SECRET, mail_from="no-reply@talk.example.org")


def letter(number: int = 1, to: str = TO) -> EmailMessage:
    """As it went out."""
    said = MailText(to=to, subject="Somebody answered", body="Read it on the site.\n")
    return envelope(said, Job(id=number, created_at=NOW), SETTINGS, NOW)


def report(
    returned: bytes, *, action: str = "failed", status: str = "5.1.1", whole: bool = False,
    kind: str = "delivery-status",
) -> bytes:  # fmt: skip
    """As Postfix and Exim write them."""
    back = "message/rfc822" if whole else "text/rfc822-headers"
    head = returned if whole else returned.partition(b"\r\n\r\n")[0] + b"\r\n"
    return b"\r\n".join([
        b"From: MAILER-DAEMON@mail.example.org", b"To: no-reply@talk.example.org",
        b"Subject: Undelivered Mail Returned to Sender", b"MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="B"'.encode(), b"",
        b"--B", b"Content-Type: text/plain", b"", b"I'm sorry to have to inform you.", b"",
        b"--B", b"Content-Type: message/delivery-status", b"",
        b"Reporting-MTA: dns; mail.example.org", b"",
        b"Final-Recipient: rfc822; " + TO.encode(),
        f"Action: {action}".encode(), f"Status: {status}".encode(),
        b"Diagnostic-Code: smtp; 550 no such user here", b"",
        b"--B", f"Content-Type: {back}".encode(), b"", head, b"", b"--B--", b"",
    ])  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_names_the_letter_and_its_address(whole: bool) -> None:
    found = read_report(report(letter().as_bytes(), whole=whole), SETTINGS)
    assert found is not None
    assert (found.to, found.status) == (TO, "5.1.1")
    assert letter()["Message-ID"].startswith(f"<{found.letter}@")


def _changed(name: str, value: str) -> bytes:
    changed = letter()
    changed.replace_header(name, value)
    return changed.as_bytes()


def _without(name: str) -> bytes:
    changed = letter()
    del changed[name]
    return changed.as_bytes()


# what comes → nothing of it counts
NOTHING: dict[str, bytes] = {
    "a delay": report(letter().as_bytes(), action="delayed", status="4.4.1"),
    "a full mailbox": report(letter().as_bytes(), status="4.2.2"),
    "a letter that went on": report(letter().as_bytes(), action="relayed", status="2.0.0"),
    "a note that it was read": report(letter().as_bytes(), kind="disposition-notification"),
    "another address": report(_changed("To", "grace@example.org")),
    "another letter": report(_changed("Message-ID", "<20261123T120000.0@talk.example.org>")),
    "another sign": report(_changed("X-Letter", "0" * 20)),
    "a sign that is no letter": report(_changed("X-Letter", "ünfair")),
    "no sign": report(_without("X-Letter")),
    "no address": report(_without("To")),
    "a letter of somebody": b"From: a@b.example\r\nSubject: Hello\r\n\r\nStatus: 5.1.1\r\n",
    "our own letter": letter().as_bytes(),
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "half a report": report(letter().as_bytes())[:700],
}


@pytest.mark.parametrize("what", NOTHING)
def test_what_is_not_a_final_report_of_a_letter_of_ours_counts_nothing(what: str) -> None:
    assert read_report(NOTHING[what], SETTINGS) is None


def test_the_sign_of_another_site_is_worth_nothing() -> None:
    other = Settings(environment="test", secret_key="another" * 8, mail_from=SETTINGS.mail_from)
    assert read_report(report(letter().as_bytes()), other) is None


def bounce(session: Session, *numbers: int, to: str = TO) -> list[bool]:
    noted = []
    for number in numbers:
        found = read_report(report(letter(number, to).as_bytes()), SETTINGS)
        assert found is not None
        noted.append(note_bounce(session, found, NOW))
    return noted


def test_each_letter_counts_once_and_three_hold_the_rest_back(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    person = make_person(session, email=TO)
    assert bounce(session, 1, 1, 1) == [True, False, False]
    assert paused_since(session, TO) is None
    bounce(session, *range(2, 1 + MOST_BOUNCED))
    assert paused_since(session, TO) == NOW
    assert paused_since(session, "grace@example.org") is None

    sign_in(client, person)
    page = client.get("/accounts/profile").text
    assert "We have stopped writing to you." in page
    assert "we have stopped writing to you" in client.get("/positions/mine").text
    client.post("/accounts/letters")
    assert paused_since(session, TO) is None
    assert "We have stopped writing to you." not in client.get("/accounts/profile").text


@pytest.mark.parametrize(
    ("template", "goes"), [("moderation/due", False), ("accounts/known", True)]
)
def test_while_an_address_is_paused_only_what_is_asked_for_in_person_goes_out(
    app: Flask, session: Session, template: str, goes: bool
) -> None:
    make_person(session, email=TO)
    bounce(session, *range(1, 1 + MOST_BOUNCED))
    worker = Worker(app)
    said = MailText(to=TO, subject="Said", body="Said.\n")
    worker._registry.mails[template] = lambda _session, _payload: said  # the letter alone is ours
    promise_mail(session, template=template, now=NOW)
    session.commit()
    folder = site(app).settings.mail_folder
    before = set(folder.glob("*.eml"))
    worker.sweep()
    assert bool(set(folder.glob("*.eml")) - before) is goes
    assert session.query(Job).filter(Job.done_at.is_(None)).count() == 0


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    return tmp_path / "box"


def test_a_mailbox_is_read_once_and_a_message_may_be_piped_in(
    own_settings: None, maildir: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (maildir / "new" / "1").write_bytes(report(letter(1).as_bytes()))
    (maildir / "new" / "2").write_bytes(NOTHING["a letter of somebody"])
    typed = SimpleNamespace(folder=str(maildir))
    command.read(typed)  # type: ignore[arg-type]
    assert "2 messages were read; 1 letters" in capsys.readouterr().out
    assert sorted(path.name for path in (maildir / "cur").iterdir()) == ["1:2,S", "2:2,S"]
    command.read(typed)  # type: ignore[arg-type]
    assert "0 messages were read" in capsys.readouterr().out
    piped = io.TextIOWrapper(io.BytesIO(report(letter(2).as_bytes())))
    monkeypatch.setattr(sys, "stdin", piped)
    command.read(SimpleNamespace(folder=""))  # type: ignore[arg-type]
    assert "1 messages were read; 1 letters" in capsys.readouterr().out


def test_a_letter_that_is_read_back_from_the_folder_has_the_same_sign() -> None:
    kept = message_from_bytes(letter().as_bytes(), policy=policy.default)
    assert kept["X-Letter"] == letter()["X-Letter"]
