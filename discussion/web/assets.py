"""The style sheets and the scripts, with hashed names, put together at start-up.

A page that people mostly read has one sheet; every other page has the second one too.

While debug is on they are put together anew for each request, so that a change is seen at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort

from discussion.web.shrinking import shrink_css, shrink_script
from discussion.web.site import site

FIRST = ("tokens", "base", "parts")
# The rooms whose pages are read most; what their templates draw is in the first sheet whole.
READING = ("evidence", "findings", "front", "kept", "mutes", "positions", "redactions",
           "sanctions", "series", "sharing", "threads", "values",
           "viewpoints")  # fmt: skip
YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """What browsers get, and the hashes that its addresses carry."""

    css: bytes
    more_css: bytes  # what pages for writing, moderating and the like need besides
    scripts: dict[str, bytes]  # by the name of the file

    @cached_property
    def css_version(self) -> str:
        return _short_hash(self.css)

    @cached_property
    def more_css_version(self) -> str:
        return _short_hash(self.more_css)

    @cached_property
    def js_version(self) -> str:
        return _short_hash(b"".join(self.scripts.values()))

    @property
    def addresses(self) -> dict[str, str]:
        return {
            "css_url": f"/static/site-{self.css_version}.css",
            "more_css_url": f"/static/more-{self.more_css_version}.css",
            "js_url": f"/static/js-{self.js_version}/enhance.js",
        }


def install(app: Flask, static: Path) -> dict[str, str]:
    """Serve /static/site-<hash>.css, more-… and js-<hash>/…; returns their addresses."""
    kept = read(static)

    def stylesheet(digest: str) -> Response:
        if digest != kept.css_version:
            abort(404)
        return _kept(kept.css, "text/css")

    def more(digest: str) -> Response:
        if digest != kept.more_css_version:
            abort(404)
        return _kept(kept.more_css, "text/css")

    def script(version: str, name: str) -> Response:
        if version != kept.js_version or name not in kept.scripts:
            abort(404)
        return _kept(kept.scripts[name], "text/javascript")

    def read_again() -> None:
        nonlocal kept
        kept = read(static)
        site().assets.update(kept.addresses)

    app.add_url_rule("/static/site-<digest>.css", "stylesheet", stylesheet)
    app.add_url_rule("/static/more-<digest>.css", "more_styles", more)
    app.add_url_rule("/static/js-<version>/<name>", "script", script)
    if app.debug:
        app.before_request(read_again)
    return kept.addresses


def read(static: Path) -> Assets:
    """The files as they are now, in the order in which browsers are to read them."""
    first, more = shrink_css(*map(_together, sheets(static / "css")))
    scripts = {path.name: served_script(path) for path in sorted((static / "js").glob("*.js"))}
    return Assets(first.encode(), more.encode(), scripts)


def sheets(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of the first sheet, and of the second, in their order."""
    paths = {path.stem: path for path in folder.glob("*.css")}
    first = [name for name in (*FIRST, *READING) if name in paths]
    return [paths[name] for name in first], [
        paths[name] for name in sorted(set(paths) - set(first))
    ]


def _together(paths: Sequence[Path]) -> str:
    return "\n".join(path.read_text() for path in paths)


def _short_hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _kept(content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = YEAR
    return response


def served_script(path: Path) -> bytes:
    """A script as browsers get it."""
    return shrink_script(path.read_text()).encode()
