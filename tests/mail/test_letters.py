"""A letter's headers cannot be added to, and the same job makes the same letter."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussion.config import Settings
from discussion.jobs.models import Job
from discussion.mail.envelope import BadAddressError, envelope, file_name
from discussion.mail.letters import MailText
from discussion.mail.post import deliver
from tests.conftest import SECRET
from tests.factories import NOW

SETTINGS = Settings(
    environment="test", secret_key=SECRET, mail_from="Discussion <no-reply@example.org>"
)


@pytest.mark.parametrize(
    "said",
    [
        "Mapping the Way, Zoë & Co <talk@example.org>",
        '"Mapping the Way, Zoë & Co" <talk@example.org>',
    ],
)
def test_a_sender_is_named_whole_however_it_is_quoted(said: str) -> None:
    """Read as a list of addresses it would be "Mapping the Way", and somebody called Zoë."""
    settings = Settings(environment="test", secret_key=SECRET, mail_from=said)
    message = envelope(
        MailText(to="anna@example.org", subject="Hello", body="."),
        Job(id=1, created_at=NOW),
        settings,
        NOW,
    )
    read = message_from_bytes(message.as_bytes(), policy=default)
    [sender] = read["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (
        "Mapping the Way, Zoë & Co",
        "talk@example.org",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\0"])
def test_a_name_with_line_ends_adds_no_header(end: str) -> None:
    message = written(subject=f"Anna{end}Bcc: thief@example.org{end}{end}Text")
    assert message["Bcc"] is None
    assert "Bcc: thief@example.org" in str(message["Subject"])
    assert b"\nBcc:" not in message.as_bytes().replace(b"\r", b"\n")


@given(st.text())
def test_whatever_a_subject_says_the_letter_has_the_same_headers(subject: str) -> None:
    encodable = subject.encode("utf-8", "ignore").decode()
    assert written(subject=encodable).keys() == written(subject="Plain").keys()


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "Anna <a@example.org>",
     "", "nobody", "a@b@example.org"],
)  # fmt: skip
def test_an_address_that_is_more_than_one_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddressError):
        written(to=address)


@pytest.mark.parametrize("length", [20, 400])
def test_a_letter_that_can_be_ended_says_where_in_a_header_that_is_not_folded(length: int) -> None:
    url = f"https://example.org/{'a' * length}"
    ended = MailText("anna@example.org", "A subject", "Text\n", unsubscribe=url)
    message = envelope(ended, job(1), SETTINGS, NOW)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in message.as_bytes()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert written()["List-Unsubscribe"] is None


def test_a_job_tried_again_sends_the_same_message_id() -> None:
    assert written()["Message-ID"] == written()["Message-ID"]


def test_two_jobs_and_two_sites_never_share_a_message_id() -> None:
    other_site = Settings(environment="test", secret_key=SECRET[::-1])
    ids = {
        str(written()["Message-ID"]),
        str(envelope(letter(), job(2), SETTINGS, NOW)["Message-ID"]),
        str(envelope(letter(), job(1), other_site, NOW)["Message-ID"]).replace(
            "localhost", "example.org"
        ),
    }
    assert len(ids) == 3


def test_no_absence_note_answers_a_letter() -> None:
    assert written()["Auto-Submitted"] == "auto-generated"


def test_a_letter_put_into_the_folder_twice_is_there_once(tmp_path: Path) -> None:
    settings = Settings(environment="test", secret_key=SECRET, data_dir=tmp_path)
    for _time in range(2):
        deliver(written(), settings)
    assert [path.name for path in settings.mail_folder.iterdir()] == [file_name(written())]


def job(number: int = 1) -> Job:
    return Job(id=number, created_at=NOW)


def letter(to: str = "anna@example.org", subject: str = "Hello") -> MailText:
    return MailText(to=to, subject=subject, body="Good morning, Änna.\n")


def written(**changes: str) -> EmailMessage:
    return envelope(letter(**changes), job(), SETTINGS, NOW)
