"""Throttling: a form that was sent too often comes back with how long to wait."""

from math import ceil

from flask import Response
from wtforms import Field

from discussion import clock
from discussion.accounts.operations.attempts import count_attempt
from discussion.accounts.operations.attempts import forgive as take_back
from discussion.accounts.views.cookies import client_address, secret
from discussion.language import _, _n
from discussion.web.doorway import aside

TOO_MANY = 429


def seconds_to_wait(kind: str, account: str) -> int:
    """Count an attempt, in a transaction that outlives a refusal; 0 lets it through."""
    with aside() as session:
        wait = count_attempt(
            session, kind, account, client_address(), secret=secret(), now=clock.now()
        )
        session.commit()
    return wait


def forgive(kind: str, account: str) -> None:
    """Its owner came in: only failures stay counted."""
    with aside() as session:
        take_back(session, kind, account, client_address(), secret=secret())
        session.commit()


def say_wait(field: Field, seconds: int, otherwise: str = "") -> None:
    """Put beside the field how long to wait, and what can be done meanwhile."""
    said = _("Too many attempts. Wait %(time)s, then try again.", time=_in_words(seconds))
    field.errors = [*field.errors, f"{said} {otherwise}".rstrip()]


def _in_words(seconds: int) -> str:
    minutes, hours = ceil(seconds / 60), ceil(seconds / 3600)
    if minutes > 90:
        return _n("%(num)s hour", "%(num)s hours", hours)
    return _n("%(num)s minute", "%(num)s minutes", minutes)


def with_wait(response: Response, seconds: int) -> Response:
    response.headers["Retry-After"] = str(seconds)
    return response
