"""Carrying letters to real SMTP servers, good and bad."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from discussion.config import Settings
from discussion.mail.post import (
    ComeAgainError,
    CutOffError,
    Patience,
    PostError,
    RefusedError,
    ServerTroubleError,
    UnsureError,
    deliver,
)
from tests.conftest import SECRET
from tests.mail.servers import a_postman, within
from tests.mail.test_letters import written

SHORT = Patience(until_said=0.5, until_answered=0.5, until_gone=0.2)


class Postbox:
    def __init__(self) -> None:
        self.arrived: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.arrived.append(message_from_bytes(envelope.content))
        return "250 OK"


def test_a_letter_arrives_as_it_was_written() -> None:
    with a_server("127.0.0.1") as (postbox, port):
        deliver(written(), settings(f"smtp://127.0.0.1:{port}"))
    (message,) = postbox.arrived
    assert message["To"] == "anna@example.org"
    assert bytes(message.get_payload(decode=True)).decode().strip() == "Good morning, Änna."


def test_the_name_and_password_of_the_settings_are_used() -> None:
    seen: list[Any] = []

    def check(_server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        seen.append(given)
        return AuthResult(success=isinstance(given, LoginPassword))

    with a_server("127.0.0.1", authenticator=check, auth_require_tls=False) as (_postbox, port):
        deliver(written(), settings(f"smtp://anna:p%40ss@127.0.0.1:{port}"))
    assert seen == [LoginPassword(b"anna", b"p@ss")]


def test_a_server_elsewhere_without_encryption_gets_nothing() -> None:
    with a_server("127.0.0.2") as (postbox, port), pytest.raises(ServerTroubleError):
        deliver(written(), settings(f"smtp://127.0.0.2:{port}"))
    assert postbox.arrived == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"HELLO": None}, ServerTroubleError),
        ({"HELLO": ""}, ServerTroubleError),
        ({"HELLO": "554 go away"}, ServerTroubleError),
        ({"EHLO": None}, ServerTroubleError),
        ({"MAIL": "550 5.7.1 not this sender"}, ServerTroubleError),
        ({"RCPT": "530 5.7.0 sign in first"}, ServerTroubleError),
        ({"RCPT": "451 4.7.1 greylisted"}, ComeAgainError),
        ({"RCPT": "452 4.2.2 full"}, ComeAgainError),
        ({"RCPT": "421 4.3.0 closing"}, CutOffError),
        ({"RCPT": ""}, CutOffError),
        ({"RCPT": None}, CutOffError),
        ({"DATA": ""}, CutOffError),
        ({"DOT": ""}, UnsureError),
        ({"DOT": None}, UnsureError),
        ({"RCPT": "550 5.1.1 nobody of that name"}, RefusedError),
        ({"DATA": "554 5.7.1 looks like advertising"}, RefusedError),
        ({"DOT": "554 5.7.1 looks like advertising"}, RefusedError),
    ],
    ids=str,
)
def test_what_a_server_does_says_whether_and_when_to_try_again(
    answers: dict[str, str | None], expected: type[PostError]
) -> None:
    with a_postman(**answers) as postman:
        error = within(4, lambda: caught(postman.url))
    assert type(error) is expected
    assert "example" not in error.kind
    assert "name" not in error.kind


@pytest.mark.parametrize(
    ("said", "about"),
    [("550 5.1.1 nobody", "address"), ("550 nobody", "address"), ("550 5.2.1 closed", "address"),
     ("550 5.7.1 policy", "letter"), ("554 5.6.0 content", "letter")],
)  # fmt: skip
def test_a_refusal_is_of_the_address_or_of_the_letter(said: str, about: str) -> None:
    with a_postman(RCPT=said) as postman:
        error = caught(postman.url)
    assert isinstance(error, RefusedError)
    assert error.about == about


@pytest.mark.parametrize("way", [{"drip": 0.3}, {"pause": 0.4}], ids=str)
def test_a_conversation_ends_however_it_is_drawn_out(way: dict[str, float]) -> None:
    with a_postman(**way) as postman:
        error = within(3, lambda: caught(postman.url))
        assert isinstance(error, ServerTroubleError | CutOffError)
        assert error.kind == "TimeoutError"
        assert postman.arrived == []


def test_a_server_that_never_finishes_its_handshake_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtps://127.0.0.1:{silent.getsockname()[1]}"
        error = within(4, lambda: caught(url))
    assert isinstance(error, ServerTroubleError)


def test_a_server_that_thinks_long_about_a_letter_gets_it_once() -> None:
    slow = Patience(2.0, 6.0, 0.2)
    with a_postman(pause=0.25) as postman:  # five answers before the end are all but too slow
        deliver(written(), settings(postman.url), slow)
        assert len(postman.arrived) == 1
    with a_postman(QUIT=None) as postman:
        within(8, lambda: deliver(written(), settings(postman.url), slow))
        assert len(postman.arrived) == 1
    with a_postman(QUIT="500 no goodbye") as postman:
        deliver(written(), settings(postman.url), slow)


def test_an_international_domain_travels_in_plain_letters_to_any_server() -> None:
    with a_postman() as postman:
        deliver(written(to="ada@bücher.example"), settings(postman.url))
    assert "rcpt to:<ada@xn--bcher-kva.example>" in [line.lower() for line in postman.said]
    assert "To: ada@xn--bcher-kva.example\r\n" in postman.arrived[0]


def test_an_old_address_with_letters_that_a_server_does_not_take_is_refused_once() -> None:
    with a_postman() as postman:
        error = caught(postman.url, to="jörg@example.org")
    assert isinstance(error, RefusedError)
    assert (error.about, postman.arrived) == ("address", [])


def test_a_line_that_is_a_dot_ends_no_letter() -> None:
    with a_server("127.0.0.1") as (postbox, port):
        message = written()
        message.set_content("One.\n.\n..two\n.three\n")
        deliver(message, settings(f"smtp://127.0.0.1:{port}"))
    (arrived,) = postbox.arrived
    said = bytes(arrived.get_payload(decode=True)).decode().splitlines()
    assert said == ["One.", ".", "..two", ".three"]


def caught(url: str, **changes: str) -> PostError:
    with pytest.raises(PostError) as error:
        deliver(written(**changes), settings(url), SHORT)
    return error.value


def settings(mail_url: str) -> Settings:
    return Settings(environment="test", secret_key=SECRET, mail_url=mail_url)


@contextmanager
def a_server(host: str, **options: Any) -> Iterator[tuple[Postbox, int]]:
    with socket.socket() as free:
        free.bind((host, 0))
        port = free.getsockname()[1]
    postbox = Postbox()
    controller = Controller(postbox, hostname=host, port=port, **options)
    controller.start()
    try:
        yield postbox, port
    finally:
        controller.stop()
