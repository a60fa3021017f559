"""What commands share: the settings, the database that is up to date, and one transaction."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from discussion.cli.commands import CommandError
from discussion.config import Settings, from_environment
from discussion.db import make_engine, transaction

BEHIND = "The database is not up to date. Run `discussion init` first."


@contextmanager
def open_engine(settings: Settings | None = None) -> Iterator[Engine]:
    """The database of the settings, whatever state it is in."""
    settings = settings or from_environment()
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(
        settings.sqlalchemy_url, threads=2, synchronous=settings.sqlite_synchronous
    )
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def current_engine(settings: Settings | None = None) -> Iterator[Engine]:
    """The database, refused unless every migration was run."""
    from discussion.migrations import is_current

    with open_engine(settings) as engine:
        if not is_current(engine):
            raise CommandError(BEHIND)
        yield engine


@contextmanager
def one_transaction(settings: Settings | None = None) -> Iterator[tuple[Session, Flask]]:
    """One unit of work in the application's surroundings: the commit door of commands."""
    from discussion.app import create_app
    from discussion.web.site import site

    settings = settings or from_environment()
    app = create_app(settings)
    surroundings = app.test_request_context(base_url=settings.public_url)
    try:
        with current_engine(settings) as engine, surroundings:
            with transaction(engine) as session:
                yield session, app
                has_jobs = session.info.pop("has_jobs", False)
            if has_jobs:
                site(app).wake()
    finally:
        site(app).engine.dispose()


def answer(typed: argparse.Namespace, found: Any, *lines: Any) -> None:
    """What was found: as JSON where it was asked for, otherwise in these lines."""
    if typed.json:
        say(json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False))
    elif lines:
        say(*lines)


def say(*lines: Any) -> None:
    """Print, a line each."""
    print(*lines, sep="\n", flush=True)
