"""The words of the sector that a page or a letter speaks of, for templates and for forms."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Flask, g, has_app_context, request
from werkzeug.local import LocalProxy

from discussion.vocabulary import Vocabulary, of_series, of_site
from discussion.web.words import GLOSSES

_KEPT = "vocabulary"


def install(app: Flask) -> None:
    """Let templates say `sector.level_labels[…]`, and what the site means by its words."""
    app.jinja_env.globals.update(
        sector=LocalProxy(sector), glosses=LocalProxy(lambda: GLOSSES()(sector()))
    )


def sector() -> Vocabulary:
    """The words of the series that is spoken of; the site's own where it is none."""
    chosen: Vocabulary | None = g.get(_KEPT) if has_app_context() else None
    return chosen or of_site()


def speak_of(slug: str) -> None:
    """From now on this page is about a series."""
    g.vocabulary = of_series(slug)


def speaks_of_its_series(blueprint: Blueprint) -> None:
    """Each address of this room that names a series, as `slug`, is about that series."""

    @blueprint.before_request
    def begin() -> None:
        if slug := (request.view_args or {}).get("slug"):
            speak_of(slug)


@contextmanager
def speaking_of(slug: str) -> Iterator[None]:
    """While a letter about a series is written; the empty text for none."""
    before = g.pop(_KEPT, None)
    if slug:
        speak_of(slug)
    try:
        yield
    finally:
        g.pop(_KEPT, None)
        if before is not None:
            g.vocabulary = before
