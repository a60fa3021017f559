"""create_app: the only wiring; a table of contents."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from discussion import clock, language
from discussion.config import PUBLISHED_KEY, Settings, from_environment
from discussion.db import make_engine, session_for, transaction
from discussion.jobs import clockwork
from discussion.people.accounts.words import LASTS_AT_MOST
from discussion.web import (
    assets,
    caching,
    compression,
    doorway,
    errors,
    faces,
    fragments,
    headers,
    health,
    logs,
    nearness,
    tidying,
    words,
)
from discussion.web.site import Site

ROOMS = (
    "series.about",
    "people.accounts",
    "series.series",
    "series.values",
    "debate.threads",
    "debate.positions",
    "debate.responses",
    "debate.evidence",
    "weighing.rounds",
    "weighing.findings",
    "oversight.moderation",
    "oversight.reports",
    "oversight.appeals",
    "oversight.sanctions",
    "oversight.redactions",
    "debate.mutes",
    "oversight.transparency",
    "oversight.duties",
    "oversight.rights",
    "mail",
)


def register_rooms() -> None:
    """What higher rooms answer to lower ones: the one list of them; see `registers.py`."""
    from discussion.debate.positions.queries import higher as of_positions
    from discussion.debate.threads.queries import reasons
    from discussion.oversight.redactions.queries.reasons import list_withheld
    from discussion.weighing.rounds.queries.asked import list_asked
    from discussion.weighing.rounds.queries.reading_statements import list_drawing_on

    of_positions.DRAWN_ON.add(list_drawing_on)
    of_positions.ASKED.add(list_asked)
    reasons.WITHHELD.add(list_withheld)


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings, or for those of the environment."""
    settings = settings or from_environment()
    register_rooms()
    clock.keep_time_in(settings.time_zone)
    folder = _folder("templates"), _folder("static")
    app = Flask(
        "discussion",
        template_folder=str(folder[0]),
        static_folder=str(folder[1]),
        static_url_path="/static",
    )
    _configure(app, settings)
    engine = make_engine(
        settings.sqlalchemy_url, threads=settings.threads, synchronous=settings.sqlite_synchronous
    )
    app.extensions["site"] = Site(
        settings=settings,
        engine=engine,
        open_session=lambda writes: session_for(engine, writes=writes),
        unnoticed=lambda: transaction(engine),  # until pages are kept
        assets=assets.install(app, folder[1]),
    )
    for part in (
        logs,
        compression,
        headers,
        language,
        doorway,
        caching,
        faces,
        fragments,
        errors,
        words,
        tidying,
        health,
        clockwork,
    ):
        part.install(app)
    for room in ROOMS:
        _open_room(app, room)
    nearness.install(app)  # last, so that it is asked first
    return app


def _configure(app: Flask, settings: Settings) -> None:
    secure = not settings.is_loopback
    app.config.update(
        SECRET_KEY=settings.secret_key or PUBLISHED_KEY,
        DEBUG=settings.debug,
        TESTING=settings.environment == "test",
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=2_000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SECURE=secure,
        REMEMBER_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LASTS_AT_MOST,  # the row says when it ends before
        SEND_FILE_MAX_AGE_DEFAULT=0 if settings.debug else 86_400,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        count = settings.trusted_proxies
        # Not X-Forwarded-Host: a proxy that says nothing of it passes on whatever a reader claims.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count
        )


def _open_room(app: Flask, room: str) -> None:
    from importlib import import_module

    app.register_blueprint(import_module(f"discussion.{room}.views").blueprint)


def _folder(name: str) -> Path:
    """templates/ and static/ stand beside the package in a checkout, and inside it in a wheel."""
    inside = Path(__file__).parent / f"_{name}"
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
