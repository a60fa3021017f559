"""series: loading, dumping and listing."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.cli.commands import CommandError
from discussion.cli.series_changes import Change, content, find_changes, retired, used
from discussion.cli.site import answer, one_transaction, say
from discussion.series.series.models import Series

KEPT = "Nothing was written"


def load(typed: argparse.Namespace) -> int:
    """Say what the file would add, change and retire, ask, and do it; all of it or nothing."""
    text = _read(typed.file)
    slug, changes = _load(typed, text, confirmed=None)
    said = [str(change) for change in changes] or ["Nothing would change."]
    head = [f"Loading {typed.file} into the series {slug} would:"] if changes else []
    found = {"series": slug, "is_dry_run": typed.dry_run, "changes": [*map(asdict, changes)]}
    answer(typed, found, *head, *said)
    if typed.dry_run:
        _aside(f"{KEPT}, since this was a dry run.")
    elif changes:
        _ask(typed)
        _load(typed, text, confirmed=changes)
        _aside(f"Loaded the series {slug}.")
    return 0


def dump(typed: argparse.Namespace) -> int:
    """Print a series as its file. Raises CommandError where there is none of that slug."""
    from discussion.series.series.exchange import dump_series

    with one_transaction() as (session, _app):
        series = _find(session, typed.slug)
        if series is None:
            raise CommandError(f"There is no series {typed.slug}; `discussion series list`.")
        say(dump_series(session, series).rstrip("\n"))
    return 0


def list_series(typed: argparse.Namespace) -> int:
    """Print slug, status and title of every series, one a line."""
    with one_transaction() as (session, _app):
        rows = session.execute(
            select(Series.slug, Series.status, Series.title).order_by(Series.slug)
        ).all()
    answer(typed, [row._asdict() for row in rows], *("\t".join(row) for row in rows))
    return 0


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} cannot be read: it is not UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def _load(
    typed: argparse.Namespace, text: str, *, confirmed: tuple[Change, ...] | None
) -> tuple[str, tuple[Change, ...]]:
    """Load the file and say what that changed; kept only if it is what was confirmed."""
    from discussion.people.accounts.operations.entering import find_by_address
    from discussion.series.series.exchange import SeriesFileError, load_series, read_series

    with one_transaction() as (session, _app):
        convener = find_by_address(session, typed.convener.strip().lower())
        if convener is None:
            raise CommandError("There is no account with the convener's address.")
        try:
            slug = read_series(text).slug
            series = _find(session, slug)
            before, uses = content(session, series), used(session, series)
            earlier = retired(session, series)
            series = load_series(session, convener, text, clock.now())
        except SeriesFileError as error:
            raise CommandError(f"{typed.file}:\n{error}") from error
        changes = find_changes(before, content(session, series), uses=uses, earlier=earlier)
        if confirmed is None:
            session.rollback()
            session.info.pop("has_jobs", None)
        elif changes != confirmed:
            raise CommandError(f"{KEPT}: somebody changed the series meanwhile. Run it again.")
    return slug, changes


def _find(session: Session, slug: str) -> Series | None:
    return session.scalar(select(Series).where(Series.slug == slug))


def _ask(typed: argparse.Namespace) -> None:
    """Go on only with a yes: said on a terminal, or with --yes."""
    if typed.yes:
        return
    if not sys.stdin.isatty():
        raise CommandError(f"{KEPT}. If this is what you mean, say --yes.")
    print("Is this what you mean? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CommandError(f"{KEPT}.")


def _aside(*lines: str) -> None:
    """Beside the answer, which a script may read."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)
