"""What one process of the bench serves: `app`, as the BENCH_ variables of its environment say."""

import os
from pathlib import Path
from typing import Any

from flask import Flask, Response

from bench.servers import settings_of


def _site(folder: Path, url: str) -> Any:
    from discussion.app import create_app

    return create_app(settings_of(folder, url))


def _unkept(folder: Path, url: str) -> Any:
    from bench.bypassing import without_pages

    return without_pages(_site(folder, url))


def _cold(folder: Path, url: str) -> Any:
    from bench.bypassing import without_anything

    return without_anything(_site(folder, url))


def _ready(folder: Path, _url: str) -> Any:
    """Views that return each page's bytes ready-made, compressed or not as the site sent them."""
    app = Flask("ready")

    @app.get("/")
    def home() -> str:
        return "ready"

    @app.get("/<name>")
    def ready(name: str) -> Response:
        return Response(bodies[name], mimetype="text/html", headers={"Content-Encoding": "gzip"})

    bodies = {path.stem: path.read_bytes() for path in folder.glob("*.gz")}
    return app


def _plain(folder: Path, _url: str) -> Any:
    from bench.plain import plain_app

    return plain_app(folder, (folder / "thread.html").stat().st_size)


KINDS = {"site": _site, "unkept": _unkept, "cold": _cold, "ready": _ready, "plain": _plain}

if kind := os.environ.get("BENCH_KIND"):
    app = KINDS[kind](Path(os.environ["BENCH_FOLDER"]), os.environ.get("BENCH_DATABASE", ""))
