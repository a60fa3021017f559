"""Everything that matches, as short rows: what is counted and what is ordered."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import Typed
from discussion.reach.search.queries.asking import (
    ENTRIES,
    clauses_of,
    fit,
    fresh,
    matched,
    readable,
)
from discussion.reach.search.queries.hits import Asks
from discussion.reach.search.queries.hits_higher import MAKES, readable_questions
from discussion.reach.search.queries.looking import Look
from discussion.reach.search.words import PERSON, QUESTION
from discussion.series.series.models import Series

# Whose right to be read is asked row by row, so that no more are looked at: there are few of them.
MOST_ASKED = 200


class Match(NamedTuple):
    """One entry, with what lists are narrowed by; see models.SearchEntry."""

    kind: str
    row_id: int
    series_id: int | None
    thread_id: int | None
    level: str
    answered: str
    role: str
    phase: str
    tags: str
    items: str
    shown_on: str
    place: str
    fit: int


MATCH_COLUMNS = tuple(ENTRIES.c[name] for name in Match._fields[:-1])


class Sought(NamedTuple):
    """Who looks for what, and where."""

    viewer: Viewer | None
    typed: Typed
    languages: tuple[str, ...]
    series: Series | None = None
    kinds: Collection[str] = ()  # empty: all of them


def list_matches(session: Session, sought: Sought) -> list[Match]:
    """All that the viewer may find; in no order."""
    asked = select(*MATCH_COLUMNS, fit(session, sought.typed, sought.languages)).where(
        _condition(session, sought)
    )
    return [Match._make(row) for row in session.execute(asked)]


def list_first(session: Session, sought: Sought, limit: int, offset: int = 0) -> list[Match]:
    """Those that fit best, in order: without reading the rest."""
    number = fit(session, sought.typed, sought.languages)
    asked = (
        select(*MATCH_COLUMNS, number)
        .where(_condition(session, sought))
        .order_by(number.desc(), ENTRIES.c.place, ENTRIES.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [Match._make(row) for row in session.execute(asked)]


def count_first(session: Session, sought: Sought, limit: int) -> tuple[list[Match], int]:
    """Those that fit best, in order, and how many there are: one statement."""
    number = fit(session, sought.typed, sought.languages)
    asked = (
        select(func.count().over(), *MATCH_COLUMNS, number)
        .where(_condition(session, sought))
        .order_by(number.desc(), ENTRIES.c.place, ENTRIES.c.id)
        .limit(limit)
    )
    rows = session.execute(asked).all()
    return [Match._make(row[1:]) for row in rows], rows[0][0] if rows else 0


def _condition(session: Session, sought: Sought) -> ColumnElement[bool]:
    holds: list[ColumnElement[bool]] = []
    if sought.typed.wanted:
        clauses = clauses_of(sought.typed.terms, sought.languages)
        holds.append(ENTRIES.c.id.in_(matched(session, clauses)))
    if sought.kinds:
        holds.append(ENTRIES.c.kind.in_(sought.kinds))
    own = readable(sought.viewer, sought.series)
    questions = _asked_one_by_one(session, sought, QUESTION, holds)
    plain = and_(own, or_(ENTRIES.c.kind != QUESTION, ENTRIES.c.row_id.in_(questions)))
    people = _asked_one_by_one(session, sought, PERSON, holds)
    if not people:
        return and_(plain, *holds)
    by_name = and_(ENTRIES.c.kind == PERSON, ENTRIES.c.row_id.in_(people))
    return and_(or_(plain, by_name), *holds)


def _asked_one_by_one(
    session: Session, sought: Sought, kind: str, holds: Sequence[ColumnElement[Any]]
) -> list[int]:
    """Ids of those that match and that the viewer may read.

    People are in no series, so they are looked for everywhere alone, and by words.
    """
    is_person = kind == PERSON
    if is_person and (sought.series is not None or not sought.typed.wanted):
        return []
    asked = select(ENTRIES.c.row_id).where(ENTRIES.c.kind == kind, *holds, fresh())
    if not is_person:
        asked = asked.where(readable(sought.viewer, sought.series))
    ids = session.scalars(asked.order_by(ENTRIES.c.place).limit(MOST_ASKED)).all()
    if not ids:
        return []
    if is_person:
        look = Look(sought.typed, sought.languages)
        return sorted(MAKES[kind](Asks(session, sought.viewer, look), ids))
    return sorted(readable_questions(session, sought.viewer, ids))
