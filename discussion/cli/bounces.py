"""bounces: reports that letters did not arrive, from a mailbox or from a mail server itself."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from discussion import clock
from discussion.cli.commands import BadInputError
from discussion.cli.site import one_transaction, say
from discussion.config import from_environment
from discussion.mail.bounces import LARGEST, read_report
from discussion.mail.mailbox import MailboxError, opened
from discussion.mail.operations import note_bounce

SEEN = ":2,S"  # as Maildir marks what was read


def read(typed: argparse.Namespace) -> int:
    """Take every new message of a Maildir, or the one that is piped in; nothing else is kept of it.

    A message counts once, however often it is read, so that a run that breaks off loses nothing.
    """
    with _messages(typed.folder) as messages:
        return _take(messages)


def fetch(_typed: argparse.Namespace) -> int:
    """Take every new message of the mailbox of the settings, and mark it as read after that."""
    url = from_environment().bounces_url
    if not url:
        raise BadInputError("Set DISCUSSION_BOUNCES_URL first: imaps://user:password@host/folder.")
    try:
        with opened(url) as mailbox:
            done = _take(mailbox.read())
            mailbox.mark()
            return done
    except MailboxError as error:
        raise BadInputError(f"The mailbox could not be read: {error}.") from None


def _take(messages: Iterable[bytes]) -> int:
    """All are read before anything is written, so that nothing waits for a slow mailbox."""
    settings = from_environment()
    read = [read_report(raw, settings) for raw in messages]
    with one_transaction(settings) as (session, _app):
        counted = sum(note_bounce(session, one, clock.now()) for one in read if one is not None)
    say(f"{len(read)} messages were read; {counted} letters of this site did not arrive for good.")
    return 0


@contextmanager
def _messages(folder: str) -> Iterator[Iterator[bytes]]:
    """The messages; those of a folder are put among the read ones once all went well."""
    if not folder:
        yield iter([sys.stdin.buffer.read(LARGEST)])
        return
    new, read = Path(folder) / "new", Path(folder) / "cur"
    if not new.is_dir() or not read.is_dir():
        raise BadInputError(f"{folder} is no Maildir: it has no folders new and cur.")
    paths = sorted(path for path in new.iterdir() if path.is_file())
    yield (_start_of(path) for path in paths)
    for path in paths:
        path.rename(read / f"{path.name}{SEEN}")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)
