"""GET /healthz says that the process lives; GET /readyz that it can serve."""

from datetime import timedelta

from flask import Flask, Response, jsonify
from sqlalchemy import func, select, text

from discussion import clock
from discussion.jobs.models import Heartbeat
from discussion.web import doorway
from discussion.web.site import site

WORKER_SILENCE = timedelta(minutes=2)


def install(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def healthz() -> Response:
    return jsonify({"process": "ok"})


def readyz() -> tuple[Response, int]:
    """Database, migrations and the worker's heartbeat; 503 when one of them fails."""
    checks = {"database": _database(), "migrations": _migrations(), "worker": _worker()}
    is_ready = all(state == "ok" for state in checks.values())
    return jsonify(checks), 200 if is_ready else 503


def _database() -> str:
    try:
        doorway.session().execute(text("SELECT 1"))
    except Exception:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    from discussion.migrations import is_current

    try:
        return "ok" if is_current(site().engine) else "behind"
    except Exception:
        return "unknown"


def _worker() -> str:
    try:
        last = doorway.session().scalar(select(func.max(Heartbeat.at)))
    except Exception:
        return "unknown"
    if last is None:
        return "never seen"
    return "ok" if clock.now() - last < WORKER_SILENCE else "silent"
