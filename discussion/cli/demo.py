"""The demonstration: made once, kept between runs, and only ever on this machine."""

import argparse
import secrets
import shutil
from dataclasses import replace
from pathlib import Path

from flask import Flask
from werkzeug.serving import is_running_from_reloader

from discussion.cli.commands import CommandError
from discussion.cli.progress import progress
from discussion.cli.running import prepared_app, refuse_taken_port, run_until_stopped
from discussion.cli.site import open_engine, say
from discussion.config import Settings
from discussion.db import OWNER_ALONE
from discussion.serving import LOCK, application, the_lock

SECRET = "secret"  # noqa: S105  # the name of the file
KEPT = (SECRET, LOCK)
FOLDER = "var/demonstration"


def demo(typed: argparse.Namespace) -> int:
    """Fill the demonstration if it is empty, print how to come in, and serve it."""
    folder = Path(typed.data_dir)
    _refuse_anothers(folder)
    settings = demonstration_settings(folder, typed.port)
    with the_lock(settings):
        refuse_taken_port(settings)
        if typed.fresh:
            clear(settings.data_dir)
        fill_if_empty(settings)
        app = prepared_app(settings)
        say(*welcome(settings))
        run_until_stopped(app, settings)
    say("", "The demonstration has ended. What was written is kept for the next time.")
    return 0


def developing(port: int = 8000, data_dir: str = FOLDER) -> Flask:
    """The demonstration with debug on, for `flask run --debug`: see `make dev`.

    Flask loads it twice: in the process that watches the files, which fills it, and in the one that
    serves, which alone holds the lock and has the worker.
    """
    folder = Path(data_dir)
    _refuse_anothers(folder)
    settings = replace(demonstration_settings(folder, port), debug=True)
    if is_running_from_reloader():
        return application(settings)
    with the_lock(settings):
        fill_if_empty(settings)
    say(*welcome(settings))
    return prepared_app(settings)


def _refuse_anothers(folder: Path) -> None:
    """A folder that holds something else is neither filled nor cleared."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SECRET).is_file():
        raise CommandError(
            f"{folder} holds something else than a demonstration. Name another"
            " folder with --data-dir: one that is new, or empty."
        )


def demonstration_settings(data_dir: Path, port: int) -> Settings:
    """The settings of a demonstration: those of the environment do not touch it."""
    return Settings(
        environment="demonstration",
        site_name="Mapping the Way",
        data_dir=data_dir,
        port=port,
        base_url=f"http://127.0.0.1:{port}",
        secret_key=_own_secret(data_dir),
        log_level="WARNING",
    )


def fill_if_empty(settings: Settings) -> None:
    """Make the tables and the demonstration's content, once."""
    from discussion import clock, demonstration
    from discussion.app import create_app
    from discussion.db import transaction
    from discussion.migrations import upgrade
    from discussion.web.site import raters_secret, site

    with open_engine(settings) as engine:
        upgrade(engine)
        app = create_app(settings)
        with (
            progress("Filling the demonstration", demonstration.count_steps()) as tell,
            app.test_request_context(base_url=settings.public_url),
            transaction(engine) as session,
        ):
            demonstration.fill(
                session,
                clock.now(),
                secret=raters_secret(app),
                site_url=site(app).settings.public_url,
                tell=tell,
            )
        site(app).engine.dispose()


def welcome(settings: Settings) -> list[str]:
    """The address, the sign-ins, and where mail is read."""
    from discussion.demonstration import SIGN_INS

    widest = max(len(email) for _role, email, _password in SIGN_INS)
    lines = [f"  {role:<12} {email:<{widest}}   {password}" for role, email, password in SIGN_INS]
    return [
        "",
        f"The demonstration is at {settings.public_url}",
        "",
        "Sign in as:",
        *lines,
        "",
        f"Mail that the site sends is at {settings.public_url}/dev/mail",
        "Ctrl-C ends it; the next `make demo` keeps what was written, `make demo-fresh` does not.",
        "",
    ]


def clear(data_dir: Path) -> None:
    """Throw away everything the demonstration wrote, but for its secret."""
    for path in data_dir.iterdir():
        if path.name in KEPT:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _own_secret(data_dir: Path) -> str:
    """A secret of this demonstration alone, so that sign-ins last from one run to the next."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data_dir / SECRET
    if not path.is_file():
        path.touch(mode=OWNER_ALONE)
        path.chmod(OWNER_ALONE)  # the umask may have left nothing, not even to its owner
        path.write_text(secrets.token_urlsafe(48))
    path.chmod(OWNER_ALONE)
    return path.read_text()
