"""What every kind of writing can be asked, over a site that holds all of them in many states."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from discussion.db import session_for
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.reach.needed.models import Looking, Question
from discussion.series.values.models import ValueProposal
from discussion.subjects.finding import (
    find_places,
    find_subject,
    find_subjects,
    kind_at,
    kind_named,
    kind_of,
    subject_of,
)
from discussion.subjects.kinds import KINDS, Subject
from tests.factories import NOW
from tests.permissions.world import MARK, World

KINDS_OF_WRITING = {
    "thread", "position", "response", "statement", "evidence", "value", "person", "looking",
}  # fmt: skip


@pytest.fixture
def here(walked_engine: Engine, world: World) -> Iterator[Session]:
    with session_for(walked_engine, writes=True) as session:
        series_id = world.series[0].id
        session.add(ValueProposal(series_id=series_id, label="Candour", created_at=NOW))
        asked = Question(series_id=series_id, text="Is it so?", made_at=NOW, changed_at=NOW)
        session.add(
            Looking(question=asked, who="A team", state="live", sent_at=NOW, decided_at=NOW)
        )
        session.flush()
        yield session


@pytest.fixture
def subjects(here: Session) -> list[Subject]:
    return [
        kind(row)
        for kind in KINDS
        for row in here.scalars(select(kind.model).where(kind.ever_shown()))
    ]


def test_every_kind_is_there_and_found_by_both_of_its_names(
    subjects: list[Subject], world: World
) -> None:
    assert {one.kind for one in subjects} == KINDS_OF_WRITING
    assert all(kind_named(kind.kind) is kind_at(kind.plural) is kind for kind in KINDS)
    assert all(kind_of(one.row) == one.kind for one in subjects)
    assert kind_named("sonnet") is kind_at("sonnets") is None
    with pytest.raises(LookupError):
        subject_of(world.series[0])


def test_many_are_found_in_one_statement_a_kind(here: Session, subjects: list[Subject]) -> None:
    keys = [one.key for one in subjects]
    here.expire_all()
    said: list[object] = []
    connection = here.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
    found = find_subjects(here, keys)
    assert all(one.thread is None or one.thread.question == one.title for one in found.values())
    assert (set(found), len(said)) == (set(keys), len(KINDS_OF_WRITING))
    assert all(find_subject(here, kind_named(kind), id) for kind, id in keys)


def test_where_something_stands_and_whose_it_is_is_the_same_for_one_and_for_many(
    here: Session, subjects: list[Subject]
) -> None:
    ids = {kind.kind: [one.id for one in subjects if one.kind == kind.kind] for kind in KINDS}
    places = find_places(here, ids)
    assert set(places) == {one.key for one in subjects}
    for one in subjects:
        place = places[one.key]
        assert set(place.own_ids) == one.own_ids
        assert place.attribution == one.attribution
        assert place.thread_id == (one.thread.id if one.thread else None)


def test_a_search_finds_nothing_that_whoever_may_read_it_may_not(
    world: World, subjects: list[Subject], viewers: dict[str, Viewer | None]
) -> None:
    """Every word of the passages of what was ever shown is for everybody who may read its words."""
    looked = 0
    for one in subjects:
        said = " ".join(passage.words for passage in one.passages())
        marked = {word for word in said.split() if word.startswith(MARK)} & set(world.marks)
        assert not world.never & set(said.split())
        for who in viewers.values():
            if marked and one.is_readable(who) and one.shows_words(who):
                looked += 1
                assert all(world.marks[word](who) for word in marked), one.key
    assert looked > 100


def test_what_is_hidden_is_searched_by_nobody(subjects: list[Subject]) -> None:
    hidden = [one for one in subjects if one.is_hidden]
    assert {one.kind for one in hidden} >= {"position", "response", "evidence", "thread"}
    assert all(one.state == "hidden" and not one.passages() for one in hidden)


def test_who_wrote_something_is_told_and_decides_nothing_about_it(
    subjects: list[Subject],
) -> None:
    told = [one for one in subjects if one.author_id is not None]
    assert {one.kind for one in told} >= {"position", "response", "person"}
    assert all(one.author_id in one.own_ids for one in told)
    assert isinstance(next(one.row for one in told if one.kind == "person"), Person)
