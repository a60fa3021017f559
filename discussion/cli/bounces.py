"""bounces: reports that letters did not arrive, from a mailbox or from a mail server itself."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discussion import clock
from discussion.cli.commands import BadInputError
from discussion.cli.site import one_transaction, say
from discussion.mail.bounces import LARGEST, read_report
from discussion.mail.operations import note_bounce
from discussion.web.site import site

SEEN = ":2,S"  # as Maildir marks what was read


def read(typed: argparse.Namespace) -> int:
    """Take every new message of a Maildir, or the one that is piped in; nothing else is kept of it.

    A message counts once, however often it is read, so that a run that breaks off loses nothing.
    """
    counted = read_all = 0
    with one_transaction() as (session, app), _messages(typed.folder) as messages:
        for raw in messages:
            read_all += 1
            bounce = read_report(raw, site(app).settings)
            if bounce is not None:
                counted += note_bounce(session, bounce, clock.now())
    say(f"{read_all} messages were read; {counted} letters of this site did not arrive for good.")
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
