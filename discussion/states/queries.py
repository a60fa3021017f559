"""The state of something, as a column of whatever statement asks for more."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from discussion.states.models import StateNumber
from discussion.states.words import SCOPES, WHOLE_SITE

_ROWS = StateNumber.__table__.c


def state_of(scope: str, subject: ColumnElement[int] | int = WHOLE_SITE) -> ScalarSelect[Any]:
    """A number that is another one after every commit that changed what it is about.

    Read it before what is to be kept under it: then what is kept is never older than its state.
    """
    if scope not in SCOPES:
        raise ValueError(f"nothing keeps the state of {scope}")
    return (
        select(func.coalesce(func.sum(_ROWS.changes), 0))
        .where(_ROWS.scope == scope)
        .where(_ROWS.subject == subject)
        .scalar_subquery()
    )
