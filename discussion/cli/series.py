"""series: loading, dumping and listing."""

import argparse
from pathlib import Path

from sqlalchemy import select

from discussion import clock
from discussion.cli.commands import CommandError
from discussion.cli.site import one_transaction, say
from discussion.series.models import Series


def load(typed: argparse.Namespace) -> int:
    """Load a file into a series that its convener owns; nothing is kept when a line is wrong."""
    from discussion.accounts.operations.entering import find_by_address
    from discussion.series.exchange import SeriesFileError, load_series

    try:
        text = Path(typed.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{typed.file} cannot be read: {error}") from error
    with one_transaction() as (session, _app):
        convener = find_by_address(session, typed.convener.strip().lower())
        if convener is None:
            raise CommandError("There is no account with the convener's address.")
        try:
            series = load_series(session, convener, text, clock.now())
        except SeriesFileError as error:
            raise CommandError(f"{typed.file}:\n{error}") from error
        slug = series.slug
    say(f"Loaded the series {slug}.")
    return 0


def dump(typed: argparse.Namespace) -> int:
    from discussion.series.exchange import dump_series

    with one_transaction() as (session, _app):
        series = session.scalar(select(Series).where(Series.slug == typed.slug))
        if series is None:
            raise CommandError(f"There is no series {typed.slug}; `discussion series list`.")
        say(dump_series(session, series).rstrip("\n"))
    return 0


def list_series(_typed: argparse.Namespace) -> int:
    with one_transaction() as (session, _app):
        for series in session.scalars(select(Series).order_by(Series.slug)):
            say(f"{series.slug}\t{series.status}\t{series.title}")
    return 0
