"""imaplib's one home: what is new in a mailbox, a message at a time."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from discussion.config import LOOPBACK
from discussion.mail.bounces import LARGEST
from discussion.mail.post import context_for

SECONDS = 30.0  # for one answer
MOST = 1_000  # messages in one run
INBOX = "INBOX"
_WRONG = (OSError, imaplib.IMAP4.error)


class MailboxError(Exception):
    """The mailbox could not be read; says why, without anybody's words or the password."""


@dataclass(frozen=True)
class Mailbox:
    """Messages that nobody has read, opened without marking them."""

    _server: imaplib.IMAP4
    uids: tuple[str, ...]

    def read(self) -> Iterator[bytes]:
        """The beginning of each, oldest first. Raises MailboxError."""
        for uid in self.uids:
            with _told():
                _kind, found = self._server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
            yield next((bytes(one[1]) for one in found if isinstance(one, tuple)), b"")

    def mark(self) -> None:
        """All of them were read. Raises MailboxError."""
        for uid in self.uids:
            with _told():
                self._server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """What is new at `imaps://user:password@host/folder`; `imap://` turns to TLS first.

    Only a server on this machine need not speak TLS. Raises MailboxError.
    """
    with _told():
        server = _connect(url)
    try:
        with _told():
            parts = urlsplit(url)
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            folder = unquote(parts.path.strip("/")) or INBOX
            kind, _said = server.select(f'"{folder}"')
            if kind != "OK":
                raise MailboxError(f"it has no folder {folder}")
            _kind, found = server.uid("SEARCH", "UNSEEN")
        uids = (found[0] or b"").decode("ascii").split() if found else []
        yield Mailbox(server, tuple(uids[:MOST]))
    finally:
        with suppress(*_WRONG):
            server.logout()


def _connect(url: str) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    context = context_for(host)
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=SECONDS)
    server = imaplib.IMAP4(host, parts.port or 143, timeout=SECONDS)
    if host not in LOOPBACK or "STARTTLS" in server.capabilities:
        server.starttls(context)
    return server


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _WRONG as error:
        raise MailboxError(type(error).__name__) from None
