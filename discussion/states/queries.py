"""The state of something, as a column of whatever statement asks for more."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from discussion.states.models import StateNumber
from discussion.states.words import SCOPES, WHOLE_SITE

_ROWS = StateNumber.__table__.c


def state_of(scope: str, subject: ColumnElement[int] | int = WHOLE_SITE) -> ScalarSelect[Any]:
    """A number that is another one after every commit that changed what it is about.

    Read it before what is to be kept under it: then what is kept is never older than its state.
    """
    return _sum(scope, _ROWS.subject == subject)


def state_of_all(scope: str, subjects: Select[int]) -> ScalarSelect[Any]:
    """The same of several together, which a query finds."""
    return _sum(scope, _ROWS.subject.in_(subjects))


def _sum(scope: str, which: ColumnElement[bool]) -> ScalarSelect[Any]:
    if scope not in SCOPES:
        raise ValueError(f"nothing keeps the state of {scope}")
    changes = select(func.coalesce(func.sum(_ROWS.changes), 0))
    return changes.where(_ROWS.scope == scope).where(which).scalar_subquery()
