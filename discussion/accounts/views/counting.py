"""Throttling: a form that was sent too often comes back with how long to wait."""

from math import ceil

from flask import Response
from wtforms import Field

from discussion import clock
from discussion.accounts.operations.attempts import count_attempt, forgive_account
from discussion.accounts.views.cookies import client_address, secret
from discussion.language import _n
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
    """Its owner came in: begin counting anew."""
    with aside() as session:
        forgive_account(session, kind, account, secret=secret())
        session.commit()


def say_wait(field: Field, seconds: int) -> None:
    """Put beside the field how long to wait."""
    minutes = ceil(seconds / 60)
    field.errors = [
        *field.errors,
        _n(
            "Too many attempts. Wait %(num)s minute, then try again.",
            "Too many attempts. Wait %(num)s minutes, then try again.",
            minutes,
        ),
    ]


def with_wait(response: Response, seconds: int) -> Response:
    response.headers["Retry-After"] = str(seconds)
    return response
