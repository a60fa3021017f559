"""serve and worker: processes that run until they are told to stop."""

import argparse
import signal
import socket
import sys
import threading
from dataclasses import replace
from types import FrameType
from typing import Any

from flask import Flask

from discussion.cli.commands import CommandError
from discussion.cli.site import BEHIND, say
from discussion.config import Settings, from_environment
from discussion.serving import start_worker, the_lock


def serve(typed: argparse.Namespace) -> int:
    """Serve with waitress until Ctrl-C or SIGTERM; requests in hand are answered first."""
    given = {name: getattr(typed, name) for name in ("host", "port") if getattr(typed, name)}
    settings = replace(from_environment(), **given)
    with the_lock(settings):
        app = prepared_app(settings)
        say(f"Serving {settings.public_url}, at {settings.own_url} – Ctrl-C ends it.")
        run_until_stopped(app, settings)
    return 0


def work(_typed: argparse.Namespace) -> int:
    """Do jobs until Ctrl-C or SIGTERM; the job in hand is finished first."""
    from discussion.jobs.clockwork import Clockwork

    settings = from_environment()
    app = prepared_app(settings)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    clockwork = Clockwork(app)
    clockwork.start()
    say(f"Worker {clockwork.worker.name} is ready – Ctrl-C ends it.")
    while not stopping.wait(1.0):
        continue
    clockwork.stop()
    return 0


def prepared_app(settings: Settings) -> Flask:
    """The application, with its logs; refused while migrations are outstanding."""
    from discussion.app import create_app
    from discussion.migrations import is_current
    from discussion.web import logs
    from discussion.web.site import site

    logs.set_up(settings.log_level)
    app = create_app(settings)
    if not is_current(site(app).engine):
        site(app).engine.dispose()
        raise CommandError(BEHIND)
    return app


def run_until_stopped(app: Flask, settings: Settings) -> None:
    """Serve, with the embedded worker if the settings ask for one, and end in good order."""
    from waitress import create_server

    from discussion.web.site import site

    try:
        server = create_server(app, **server_options(settings))
    except (OSError, ValueError) as error:  # the latter for a name that is nobody's
        raise _cannot_listen(settings, error) from error
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)  # also where a script in the background had it ignored
    clockwork = start_worker(app, settings)
    try:
        server.run()  # returns after Ctrl-C or SIGTERM
    finally:
        server.close()
        if clockwork is not None:
            clockwork.stop()
        site(app).engine.dispose()


def refuse_taken_port(settings: Settings) -> None:
    """Say so before anything is made or cleared for a server that could not listen."""
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        raise _cannot_listen(settings, error) from error


def _cannot_listen(settings: Settings, error: Exception) -> CommandError:
    why = getattr(error, "strerror", None) or error
    return CommandError(
        f"Cannot listen at {settings.host}:{settings.port} ({why})."
        " Is another program there? Choose another port with --port, or PORT= with make."
    )


def server_options(settings: Settings) -> dict[str, Any]:
    """What waitress is told; proxies are counted by the application, see `trusted_proxies`."""
    return {
        "host": settings.host,
        "port": settings.port,
        "threads": settings.threads,
        "ident": None,
        "clear_untrusted_proxy_headers": False,  # or /dev/mail could not tell a proxy
        "max_request_body_size": 4 * settings.max_body_bytes,  # the page for 413 is the site's own
        # Browsers keep idle connections; past the limit everybody else would wait for them.
        "connection_limit": 1_000,
        "cleanup_interval": 10,
        "channel_timeout": 30,
        "asyncore_use_poll": True,
    }


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
