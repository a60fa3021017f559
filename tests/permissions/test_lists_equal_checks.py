"""One truth, twice spoken: the SQL of the reading rules lists exactly what the rules allow."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from discussion.db import random_id
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions import visibility
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import READ_POSITION_TEXT, allowed
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series
from tests.factories import NOW, make_member, make_person, make_series, viewer
from tests.permissions.expected import STATES, STATUSES, VISIBILITIES
from tests.permissions.people import LETTERS

THREADS = (("proposed", False), ("proposed", True), ("open", False), ("closed", True))
WITH_RESPONSES = {("open", "public"), ("open", "members"), ("draft", "public")}


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    """One person of every kind; where they belong, they belong to every series."""
    everybody = {letter: make_person(session) for letter in "uscnabmkexrl"}
    everybody["u"].email_confirmed_at = None
    everybody["x"].is_administrator = True
    return everybody


@pytest.fixture
def viewers(session: Session, people: dict[str, Person]) -> dict[str, Viewer | None]:
    fill(session, people)
    return {"v": None} | {letter: viewer(session, person) for letter, person in people.items()}


Statement = tuple[Any, tuple[Any, ...], Callable[[visibility.Asking], ColumnElement[bool]], Any]
LISTS: dict[str, Statement] = {
    "series": (Series, (), visibility.visible_series, May.READ_SERIES),
    "threads": (Thread, (Thread.series,), visibility.visible_threads, May.READ_THREAD),
    "positions": (
        Position,
        (Position.thread, Thread.series),
        visibility.visible_positions,
        May.READ_POSITION,
    ),
    "responses": (
        Response,
        (Response.position, Position.thread, Thread.series),
        visibility.visible_responses,
        May.READ_RESPONSE,
    ),
    "publications": (
        Publication,
        (Publication.series,),
        visibility.visible_publications,
        May.READ_PUBLICATION,
    ),
    "items": (
        EvidenceItem,
        (EvidenceItem.series,),
        visibility.visible_items,
        May.READ_ITEM,
    ),
}


def test_lists_hold_exactly_what_the_rules_allow(
    session: Session, viewers: dict[str, Viewer | None]
) -> None:
    for name, (model, joins, condition, right) in LISTS.items():
        rows = session.scalars(select(model)).all()
        assert len(rows) >= 12, name
        for letter, who in viewers.items():
            query = select(model.id)
            for each in joins:
                query = query.join(each)
            listed = set(session.scalars(query.where(condition(who))))
            made_once = query.where(condition(visibility.WHOEVER))
            assert set(session.scalars(made_once, visibility.who_asks(who))) == listed
            may = {row.id for row in rows if allowed(who, right, row)}
            assert listed == may, f"{name} for {letter}: {len(listed ^ may)} differ"


def test_published_positions_are_those_whose_text_a_stranger_may_read(
    session: Session, viewers: dict[str, Viewer | None]
) -> None:
    rows = session.scalars(select(Position)).all()
    assert len(viewers) == len(LETTERS)
    assert rows
    for letter, who in viewers.items():
        listed = set(
            session.scalars(
                select(Position.id)
                .join(Position.thread)
                .join(Thread.series)
                .where(visibility.published_positions(who))
            )
        )
        may = {row.id for row in rows if row.state == "published"} & {
            row.id for row in rows if READ_POSITION_TEXT(who, row)
        }
        assert listed == may, letter


def test_an_unlisted_series_is_listed_to_its_members_only(
    session: Session, viewers: dict[str, Viewer | None]
) -> None:
    rows = session.scalars(select(Series)).all()
    assert len(viewers) == len(LETTERS)
    assert {"unlisted"} < {row.visibility for row in rows}
    for letter, who in viewers.items():
        listed = set(session.scalars(select(Series.id).where(visibility.listed_series(who))))
        hidden = {row.id for row in rows if row.visibility == "unlisted"}
        readable = {row.id for row in rows if allowed(who, May.READ_SERIES, row)}
        assert listed == (readable if letter in "ncabmke" else readable - hidden), letter


def fill(session: Session, people: dict[str, Person]) -> None:
    """Every combination of states, each with rows of every kind of author."""
    other, guest = make_person(session), make_person(session, is_guest=True)
    writers: list[tuple[int, int | None]] = [(people[one].id, None) for one in "abl"]
    writers += [(other.id, None), (guest.id, people["e"].id)]
    revision = _some_revision(session, other)
    for status, seen in product(STATUSES, VISIBILITIES):
        series = make_series(session, status=status, visibility=seen)
        _belong(session, series, people)
        _add_items(session, series, [people["a"].id, other.id])
        threads = _add_threads(session, series, [people["a"].id, people["b"].id, other.id])
        positions = _add_positions(session, threads, writers)
        _add_publications(session, series, threads)
        if (status, seen) in WITH_RESPONSES:
            _add_responses(session, positions, [people["a"].id, other.id], revision)
    session.expire_all()


def _belong(session: Session, series: Series, people: dict[str, Person]) -> None:
    roles = {"m": "moderator", "b": "moderator", "k": "convener", "e": "convener"}
    for letter in "ncabmkerl":
        make_member(
            session,
            series,
            people[letter],
            role=roles.get(letter, "contributor"),
            admitted_at=None if letter == "n" else NOW,
            removed_at=NOW if letter in "rl" else None,
        )


def _add_items(session: Session, series: Series, adders: list[int]) -> None:
    for is_listed, is_hidden, adder in product((True, False), (True, False), adders):
        session.add(
            EvidenceItem(
                series_id=series.id, title="A study", title_folded="a study", kind="survey",
                question_type="what_is_happening", is_listed=is_listed, is_hidden=is_hidden,
                added_by_id=adder, created_at=NOW,
            )
        )  # fmt: skip


def _add_threads(session: Session, series: Series, proposers: list[int]) -> list[int]:
    """One thread for each stage, hiding, state of its positions; proposers take turns."""
    rows = [
        {
            "public_id": random_id(), "slug": random_id(20), "series_id": series.id,
            "question": "Should it?", "stage": stage, "is_hidden": is_hidden,
            "proposed_by_id": proposers[number % len(proposers)], "levels": [],
            "created_at": NOW, "changed_at": NOW,
        }
        for number, (_state, (stage, is_hidden)) in enumerate(product(STATES, THREADS))
    ]  # fmt: skip
    return list(session.scalars(insert(Thread).returning(Thread.id), rows))


def _add_publications(session: Session, series: Series, threads: list[int]) -> None:
    """About each thread, and about the series; published and begun."""
    rows: list[dict[str, Any]] = [
        {
            "public_id": random_id(), "slug": random_id(20), "series_id": series.id,
            "thread_id": thread, "title": "What was found", "published_at": published,
            "sections": {}, "made_at": NOW, "changed_at": NOW,
        }
        for thread, published in product([*threads[:8], None], (NOW, None))
    ]  # fmt: skip
    session.execute(insert(Publication), rows)


def _add_positions(
    session: Session, threads: list[int], writers: list[tuple[int, int | None]]
) -> list[int]:
    states = [state for state, _thread in product(STATES, THREADS)]
    rows = [
        {
            "public_id": random_id(), "thread_id": thread, "author_id": author,
            "entered_by_id": entered, "attribution": "role", "state": state,
            "created_at": NOW, "changed_at": NOW,
        }
        for (thread, state), (author, entered) in product(
            zip(threads, states, strict=True), writers
        )
    ]  # fmt: skip
    return list(session.scalars(insert(Position).returning(Position.id), rows))


def _add_responses(
    session: Session, positions: list[int], authors: list[int], revision: Revision
) -> None:
    rows = [
        {
            "public_id": random_id(), "position_id": position, "revision_id": revision.id,
            "author_id": author, "type": "asks", "attribution": "role", "state": state,
            "created_at": NOW, "changed_at": NOW,
        }
        for position, state, author in product(positions, STATES, authors)
    ]  # fmt: skip
    session.execute(insert(Response), rows)


def _some_revision(session: Session, author: Person) -> Revision:
    from tests.factories import make_position, make_thread

    position = make_position(session, make_thread(session, make_series(session)), author)
    return position.revisions[0]
