"""A form that was sent too often waits: its page says for how long, and what to do meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from flask import Response

from discussion import clock
from discussion.language import _n
from discussion.web.faces import answer

TOO_MANY = 429


@dataclass(frozen=True)
class Wait:
    """How long, in words, and until when; it comes with the form, and everything typed in it."""

    time: str
    until: datetime


def wait_page(
    template: str,
    page: Any,
    form: Any,
    seconds: int,
    *,
    series: tuple[str, str] | None = None,
) -> Response:
    """The page of the form, which says first how long to wait: 429, and `Retry-After`."""
    form.wait = Wait(_in_words(seconds), clock.now() + timedelta(seconds=seconds))
    response = answer(template, page, form=form, status=TOO_MANY, series=series)
    response.headers["Retry-After"] = str(seconds)
    return response


def _in_words(seconds: int) -> str:
    minutes, hours = ceil(seconds / 60), ceil(seconds / 3600)
    if minutes > 90:
        return _n("%(num)s hour", "%(num)s hours", hours)
    return _n("%(num)s minute", "%(num)s minutes", minutes)
