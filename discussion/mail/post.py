"""smtplib's one home: carrying a message to a server, or into a folder.

A conversation with a server has one end, however it is drawn out: a minute until the whole letter
is said, and then four more for the answer, since a server that has the letter and is cut off would
be given it again. What went wrong is one of four things, and each has its own cure: see the errors.
"""

import os
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from time import monotonic
from typing import Literal
from urllib.parse import unquote, urlsplit

from discussion.config import LOOPBACK, Settings
from discussion.jobs.claims import Hopeless
from discussion.mail.envelope import file_name

KEPT = {"*.eml": timedelta(days=30), "*.part": timedelta(days=1)}
STEP_SECONDS = 30.0  # for one answer
NEEDS_A_PASSWORD = (530, 534, 535, 538)
_OF_THE_ADDRESS = re.compile(r"[45]\.(?:1|2\.[016])\.?")  # no such mailbox, moved, closed
_STATUS = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Patience:
    """For how many seconds a conversation may last."""

    until_said: float = 60.0
    until_answered: float = 240.0
    until_gone: float = 5.0


PATIENCE = Patience()


class PostError(Exception):
    """A letter was not delivered; `kind` says why, without anybody's words."""

    to = ""  # as the letter's room wrote it

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class ServerTroubleError(PostError):
    """Nothing was said of this letter yet, so that the next one would fare no better."""


class CutOffError(PostError):
    """The conversation broke off in the middle of this letter: it is tried again."""


class ComeAgainError(PostError):
    """The server will not have this letter now, but may later: a full mailbox, a greylist."""


class UnsureError(PostError):
    """The whole letter was said, and no answer came: it may have arrived, so seldom again."""

    most_attempts = 3


class RefusedError(PostError, Hopeless):
    """The server will not have this letter, now or later."""

    def __init__(self, kind: str, about: Literal["address", "letter"]) -> None:
        super().__init__(kind)
        self.about = about


def deliver(message: EmailMessage, settings: Settings, patience: Patience = PATIENCE) -> None:
    """Carry the message to the SMTP server of the settings, or into the mail folder."""
    if settings.mail_url:
        _send(message, settings, patience)
        return
    try:
        _keep(message, settings.mail_folder)
    except OSError as error:
        raise ServerTroubleError(type(error).__name__) from None


def _send(message: EmailMessage, settings: Settings, patience: Patience) -> None:
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    with _conversation(patience.until_said, sender) as (server, watch):
        try:
            _open(server, settings)
            code, _said = server.mail(sender, _options(server, to))
        except (OSError, smtplib.SMTPException) as error:
            raise ServerTroubleError(_kind(error, watch)) from None
        if code != 250:
            raise ServerTroubleError(f"SMTPSenderRefused {code}")
        try:
            _judge(*server.rcpt(to), about="address")
            _judge(*server.docmd("DATA"), about="letter", wanted=354)
            server.send(_in_lines(message, is_plain=to.isascii()))
        except (OSError, smtplib.SMTPException) as error:
            raise CutOffError(_kind(error, watch)) from None
        watch.put_off(patience.until_answered)
        try:
            code, said = server.wait(patience.until_answered)
        except (OSError, smtplib.SMTPException) as error:
            raise UnsureError(_kind(error, watch)) from None
        _judge(code, said, about="letter")
        watch.put_off(patience.until_gone)
        with _whatever_comes():  # it has the letter, and how it says goodbye changes nothing
            server.quit()


def _options(server: smtplib.SMTP, to: str) -> list[str]:
    """A letter to an address with letters of its own before the @ needs a server that takes it."""
    if to.isascii():
        return []
    if not server.has_extn("smtputf8"):
        raise RefusedError("SMTPNotSupportedError", "address")
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _judge(
    code: int, said: bytes, *, about: Literal["address", "letter"], wanted: int = 250
) -> None:
    """Go on, come back later, or never again, by what the server answered."""
    if code == wanted or (wanted == 250 and code == 251):
        return
    found = _STATUS.match(said.decode("ascii", "replace"))
    status = found[1] if found else ""
    kind = f"{code} {status}".strip()
    if code in NEEDS_A_PASSWORD:
        raise ServerTroubleError(kind)
    if code == 421:  # it goes away
        raise CutOffError(kind)
    if code < 500:
        raise ComeAgainError(kind)
    is_of_address = bool(_OF_THE_ADDRESS.match(status)) if status else about == "address"
    raise RefusedError(kind, "address" if is_of_address else "letter")


def _in_lines(message: EmailMessage, *, is_plain: bool) -> bytes:
    """The message as it is said: a line that begins with a dot has two, and one alone ends it."""
    policy = SMTP.clone(max_line_length=message.policy.max_line_length, utf8=not is_plain)
    said = message.as_bytes(policy=policy)
    return re.sub(rb"(?m)^\.", b"..", said).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _open(server: "_Server", settings: Settings) -> None:
    """`smtp://` turns to TLS before anything is said; only a server on this machine need not."""
    parts = urlsplit(settings.mail_url)
    host = parts.hostname or "localhost"
    is_smtps, context = parts.scheme == "smtps", context_for(host)
    server.context = context if is_smtps else None
    code, said = server.connect(host, parts.port or (465 if is_smtps else 587))
    if code != 220:
        raise smtplib.SMTPConnectError(code, said)
    server.ehlo_or_helo_if_needed()
    if not is_smtps and (host not in LOOPBACK or server.has_extn("starttls")):
        server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


class _Server(smtplib.SMTP):
    """A server whose connection is watched from its first moment, in TLS or not."""

    context: ssl.SSLContext | None = None

    def __init__(self, watch: "_Watch", name: str) -> None:
        super().__init__(local_hostname=name, timeout=STEP_SECONDS)
        self._watch = watch

    def wait(self, seconds: float) -> tuple[int, bytes]:
        """The next answer, however long this step takes."""
        if self.sock:
            self.sock.settimeout(seconds)
        return self.getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        self._host = host  # what a certificate is compared with after STARTTLS
        found = socket.create_connection((host, port), self._watch.seconds(timeout / 3))
        found.settimeout(timeout)
        self._watch.hold(found)
        if self.context is None:
            return found
        return self.context.wrap_socket(found, server_hostname=host)


class _Watch:
    """Ends a connection when its time is over, whoever is waiting for what at that moment."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._end = monotonic() + seconds
        self._wire: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def seconds(self, most: float) -> float:
        return max(0.1, min(most, self._end - monotonic()))

    def hold(self, found: socket.socket) -> None:
        """Watch this connection; a handle of its own outlasts the turn to TLS."""
        self._wire = found.dup()
        self._wind()

    def put_off(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self._wind()

    def let_go(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._wire:
            self._cut()
            self._wire.close()

    def _wind(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(max(0.0, self._end - monotonic()), self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        self.is_over = True
        self._cut()

    def _cut(self) -> None:
        if self._wire:
            with _whatever_comes():
                self._wire.shutdown(socket.SHUT_RDWR)


@contextmanager
def _conversation(seconds: float, sender: str) -> Iterator[tuple[_Server, _Watch]]:
    watch = _Watch(seconds)
    server = _Server(watch, sender.rpartition("@")[2])
    try:
        yield server, watch
    finally:
        watch.let_go()
        server.close()


@contextmanager
def _whatever_comes() -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException):
        return


def _kind(error: Exception, watch: _Watch) -> str:
    """The name of an error, and the number a server gave with it; never what it said."""
    if watch.is_over:
        return "TimeoutError"
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()


def context_for(host: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if host in LOOPBACK:  # a server on this machine seldom has a certificate for its name
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _keep(message: EmailMessage, folder: Path) -> None:
    """Write the whole file, then give it its name: a reader never sees half a message."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / file_name(message)
    half = target.with_suffix(f".{os.getpid()}.part")
    half.write_bytes(message.as_bytes())
    half.replace(target)


def forget_old_letters(folder: Path, now: datetime) -> None:
    """The folder keeps letters for as long as the outbox remembers them, and half ones a day."""
    for path, kept in ((path, kept) for end, kept in KEPT.items() for path in folder.glob(end)):
        with _whatever_comes():  # somebody else has deleted it
            if path.stat().st_mtime < (now - kept).timestamp():
                path.unlink()
