"""Flask-Babel's one home: every visible sentence passes through here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from flask_babel.speaklater import LazyString

from discussion import clock

Phrase = LazyString  # a sentence that is translated when somebody reads it

LANGUAGES = ("en-GB",)
HOUR, WITH_ZONE = "HH", " z"


def _(said: str, **given: Any) -> str:
    """The sentence in the reader's language, with what is given put into it."""
    found: str = _told_in().catalogue.gettext(said)
    return found % given if given else found


def _n(one: str, many: str, num: int, **given: Any) -> str:
    """The sentence for so many, `%(num)s` of them."""
    found: str = _told_in().catalogue.ngettext(one, many, num)
    return found % {"num": num, **given}


def _l(said: str, **given: Any) -> Any:
    """A sentence that is translated only when somebody reads it."""
    return LazyString(_, said, **given)


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Say what follows in the language of a text, where the site speaks it, not in the reader's."""
    if tag not in LANGUAGES or not has_app_context():
        yield
        return
    readers = g.pop("told_in", None)
    try:
        with force_locale(tag.replace("-", "_")):
            yield
    finally:
        g.pop("told_in", None)
        if readers is not None:
            g.told_in = readers


def install(app: Flask) -> None:
    """Bind translation to the application and to its templates."""
    app.config["BABEL_DEFAULT_LOCALE"] = "en_GB"
    Babel(app, locale_selector=_chosen_locale)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda said: _told_in().catalogue.gettext(said),
        ngettext=lambda one, many, num: _told_in().catalogue.ngettext(one, many, num),
        newstyle=True,
    )
    # Else `_` looks `gettext` up at each of its calls.
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]


def locale() -> Locale:
    """The reader's locale, or British English outside a request."""
    return _told_in().locale


def language_tag() -> str:
    """The language of the page's own words, as HTML wants it."""
    return _told_in().tag


def in_words(value: Any, form: str = "d MMMM y") -> str:
    """A date or a moment as "23 November 2026"; a moment in the site's zone, said with its time."""
    if hasattr(value, "hour"):
        form += WITH_ZONE if HOUR in form else ""
        return format_datetime(value, form, tzinfo=clock.zone(), locale=locale())
    return format_date(value, form, locale=locale())


def zone_in_words() -> str:
    """In which time the site's days begin and end: "London time"."""
    name = clock.zone().key
    if "/" not in name:
        return name
    city = format_datetime(clock.now(), "VVV", tzinfo=clock.zone(), locale=locale())
    return _("%(city)s time", city=city)


def number_in_words(num: int) -> str:
    """Numbers up to twelve in words, as a sentence begins with them; larger ones in figures."""
    words = (
        _("No"),
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
        _("Ten"),
        _("Eleven"),
        _("Twelve"),
    )
    return words[num] if 0 <= num < len(words) else str(num)


@dataclass(frozen=True)
class _Told:
    """In which language this request is answered, found once: a page has a hundred sentences."""

    catalogue: Any
    locale: Locale
    tag: str


def _told_in() -> _Told:
    try:
        return g.told_in  # type: ignore[no-any-return]
    except RuntimeError:  # outside any request
        return _find_told()
    except AttributeError:
        g.told_in = found = _find_told()
        return found


def _find_told() -> _Told:
    spoken = get_locale() or Locale("en", "GB")
    return _Told(get_domain().get_translations(), spoken, str(spoken).replace("_", "-"))


def _chosen_locale() -> str:
    if not has_request_context():
        return "en_GB"
    return (request.accept_languages.best_match(LANGUAGES) or "en-GB").replace("-", "_")
