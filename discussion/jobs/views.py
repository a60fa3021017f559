"""How the process and the site are.

/healthz: the process lives. /readyz: it can serve, that is read and write its database. /statusz
and /metrics: how all else stands, for this machine or with a token; elsewhere they do not exist.
"""

import hmac
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from sqlalchemy import text

from discussion import clock
from discussion.db import random_id
from discussion.jobs.queries import Part, how_it_stands
from discussion.jobs.standings import note_well
from discussion.web import doorway
from discussion.web.errors import NotFound
from discussion.web.headers import private
from discussion.web.nearness import is_at_this_machine
from discussion.web.site import site

WROTE, ROOMY = "readiness", "room on the disk"
AGAIN = timedelta(seconds=30)  # a write that went well is believed for as long
SOON = timedelta(seconds=5)  # and so is room on the disk
ROOM = 256 * 1024  # a disk without this much is full


def install(app: Flask) -> None:
    for name, view in VIEWS.items():
        app.add_url_rule(f"/{name}", name, view)


def healthz() -> Response:
    """Whether the process answers; asks neither database nor disk."""
    return jsonify({"process": "ok"})


def readyz() -> tuple[Response, int]:
    """Whether this process can serve; 503 when not. Worker and mail are no part of that."""
    said = {name: _tried(check) for name, check in CHECKS.items()}
    is_ready = all(state == "ok" for state in said.values())
    return jsonify(said), 200 if is_ready else 503


def statusz() -> Response:
    """Each part, its state, since when, and its numbers; 200 whatever they are."""
    return private(jsonify({name: _said(part) for name, part in _parts().items()}))


def metrics() -> Response:
    """The same numbers for Prometheus."""
    if not site().settings.metrics:
        raise NotFound
    from discussion.jobs.metrics import told

    return private(Response(told(_parts()), mimetype="text/plain; version=0.0.4"))


VIEWS: dict[str, Callable[[], Any]] = {
    "healthz": healthz, "readyz": readyz, "statusz": statusz, "metrics": metrics,
}  # fmt: skip


def _parts() -> dict[str, Part]:
    if not _may_watch():
        raise NotFound
    with doorway.separate_session(writes=False) as reading:
        return how_it_stands(reading, site().settings, clock.now())


def _may_watch() -> bool:
    """At this machine, or with the token of those who watch the site."""
    token = site().settings.status_token
    said = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return True
    return is_at_this_machine(request.environ)


def _said(part: Part) -> dict[str, Any]:
    since = part.since.isoformat() if part.since else None
    kind = {"last_error": part.kind} if part.kind else {}
    return {"state": part.state, "since": since, **kind, **part.numbers}


def _tried(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        return type(error).__name__


def _database() -> str:
    with doorway.separate_session(writes=False) as reading:
        reading.execute(text("SELECT 1"))
    return "ok"


def _writes() -> str:
    """A write that is really kept, at most twice a minute: a full disk shows in nothing less."""
    assets, now = site().assets, clock.now()
    if WROTE in assets and assets[WROTE] > now - AGAIN:
        return "ok"
    doorway.keep_aside(lambda writing: note_well(writing, WROTE, now))
    assets[WROTE] = now
    return "ok"


def _disk() -> str:
    """Write-ahead files are used again, so that a database may write a little on a full disk.

    Anybody may ask, so what went well is believed for a moment: no disk is kept busy by asking.
    """
    folder, assets, now = site().settings.data_dir, site().assets, clock.now()
    if ROOMY in assets and now - SOON < assets[ROOMY] <= now:
        return "ok"
    probe = folder / f".readiness-{os.getpid()}-{random_id()}"
    try:
        said = _written(probe)
    finally:
        probe.unlink(missing_ok=True)
    assets[ROOMY] = now
    return said


def _written(probe: Path) -> str:
    with probe.open("wb") as file:
        file.write(bytes(ROOM))
        file.flush()
        os.fsync(file.fileno())
    return "ok"


def _migrations() -> str:
    from discussion.migrations import is_current

    return "ok" if is_current(site().engine) else "behind"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database, "writes": _writes, "disk": _disk, "migrations": _migrations,
}  # fmt: skip
