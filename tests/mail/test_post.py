"""Carrying letters to a real SMTP server."""

import smtplib
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
from discussion.mail.post import deliver
from tests.conftest import SECRET
from tests.mail.test_letters import written


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
    with a_server("127.0.0.2") as (postbox, port), pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(written(), settings(f"smtp://127.0.0.2:{port}"))
    assert postbox.arrived == []


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
