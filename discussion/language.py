"""Flask-Babel's one home: every visible sentence passes through here."""

from collections.abc import Callable
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale
from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext as _lazy
from flask_babel import ngettext as _ngettext

LANGUAGES = ("en-GB",)

_: Callable[..., str] = _gettext
_n: Callable[..., str] = _ngettext
_l = _lazy


def install(app: Flask) -> None:
    """Bind translation to the application and to its templates."""
    app.config["BABEL_DEFAULT_LOCALE"] = "en_GB"
    Babel(app, locale_selector=_chosen_locale)


def locale() -> Locale:
    """The reader's locale, or British English outside a request."""
    return get_locale() or Locale("en", "GB")


def language_tag() -> str:
    """The language of the page's own words, as HTML wants it."""
    return str(locale()).replace("_", "-")


def in_words(value: Any, form: str = "d MMMM y") -> str:
    """A date or a moment as "23 November 2026"."""
    if hasattr(value, "hour"):
        return format_datetime(value, form, locale=locale())
    return format_date(value, form, locale=locale())


def _chosen_locale() -> str:
    if not has_request_context():
        return "en_GB"
    return (request.accept_languages.best_match(LANGUAGES) or "en-GB").replace("-", "_")
