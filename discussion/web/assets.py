"""The one stylesheet and the scripts, with hashed names, put together at start-up."""

import re
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort

FIRST = ("tokens", "base", "parts")
YEAR = "public, max-age=31536000, immutable"


def install(app: Flask, static: Path) -> dict[str, str]:
    """Serve /static/site-<hash>.css and /static/js/…; returns their addresses."""
    css = "\n".join(path.read_text() for path in _in_order(static / "css")).encode()
    css_name = f"site-{_short_hash(css)}.css"
    scripts = {path.name: served_script(path) for path in sorted((static / "js").glob("*.js"))}
    js_version = _short_hash(b"".join(scripts.values()))

    def stylesheet(digest: str) -> Response:
        if f"site-{digest}.css" != css_name:
            abort(404)
        return _kept(css, "text/css")

    def script(version: str, name: str) -> Response:
        if version != js_version or name not in scripts:
            abort(404)
        return _kept(scripts[name], "text/javascript")

    app.add_url_rule("/static/site-<digest>.css", "stylesheet", stylesheet)
    app.add_url_rule("/static/js-<version>/<name>", "script", script)
    return {
        "css_url": f"/static/{css_name}",
        "js_url": f"/static/js-{js_version}/enhance.js",
    }


def _in_order(folder: Path) -> list[Path]:
    paths = {path.stem: path for path in folder.glob("*.css")}
    names = [*FIRST, *sorted(set(paths) - set(FIRST))]
    return [paths[name] for name in names if name in paths]


def _short_hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _kept(content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = YEAR
    return response


def served_script(path: Path) -> bytes:
    """A script as browsers get it: without the lines that only explain it, and without layout.

    Lines are put together only where a line cannot end by itself; text over several lines would
    suffer, so there is none in scripts.
    """
    told = re.sub(rb"(?m)^[ \t]*(//.*)?\n?|(?<=;) // .*$", b"", path.read_bytes())
    return re.sub(rb"(?<=[;{,(])\n|\n(?=[.}?:|&)])", b"", told)
