"""The one stylesheet and the scripts, with hashed names, put together at start-up.

While debug is on they are put together anew for each request, so that a change is seen at once.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort

from discussion.web.shrinking import shrink_css, shrink_script
from discussion.web.site import site

FIRST = ("tokens", "base", "parts")
YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """What browsers get, and the hashes that its addresses carry."""

    css: bytes
    scripts: dict[str, bytes]  # by the name of the file

    @cached_property
    def css_version(self) -> str:
        return _short_hash(self.css)

    @cached_property
    def js_version(self) -> str:
        return _short_hash(b"".join(self.scripts.values()))

    @property
    def addresses(self) -> dict[str, str]:
        return {
            "css_url": f"/static/site-{self.css_version}.css",
            "js_url": f"/static/js-{self.js_version}/enhance.js",
        }


def install(app: Flask, static: Path) -> dict[str, str]:
    """Serve /static/site-<hash>.css and /static/js-<hash>/…; returns their addresses."""
    kept = read(static)

    def stylesheet(digest: str) -> Response:
        if digest != kept.css_version:
            abort(404)
        return _kept(kept.css, "text/css")

    def script(version: str, name: str) -> Response:
        if version != kept.js_version or name not in kept.scripts:
            abort(404)
        return _kept(kept.scripts[name], "text/javascript")

    def read_again() -> None:
        nonlocal kept
        kept = read(static)
        site().assets.update(kept.addresses)

    app.add_url_rule("/static/site-<digest>.css", "stylesheet", stylesheet)
    app.add_url_rule("/static/js-<version>/<name>", "script", script)
    if app.debug:
        app.before_request(read_again)
    return kept.addresses


def read(static: Path) -> Assets:
    """The files as they are now, in the order in which browsers are to read them."""
    css = shrink_css("\n".join(path.read_text() for path in _in_order(static / "css"))).encode()
    scripts = {path.name: served_script(path) for path in sorted((static / "js").glob("*.js"))}
    return Assets(css, scripts)


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
    """A script as browsers get it."""
    return shrink_script(path.read_text()).encode()
