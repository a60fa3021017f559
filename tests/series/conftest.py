"""People around a series: its convener, a moderator, an administrator."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from tests.factories import make_member, make_person, make_series, viewer


@dataclass
class Scene:
    """A series with its people; `as_…` are viewers read from the rows as they stand."""

    session: Session
    series: Series
    convener: Person
    moderator: Person
    administrator: Person

    def as_(self, person: Person) -> Viewer:
        return viewer(self.session, person)

    @property
    def as_convener(self) -> Viewer:
        return self.as_(self.convener)

    @property
    def as_administrator(self) -> Viewer:
        return self.as_(self.administrator)


@pytest.fixture
def scene(session: Session) -> Scene:
    series = make_series(session)
    return Scene(
        session=session,
        series=series,
        convener=make_member(session, series, role="convener"),
        moderator=make_member(session, series, role="moderator"),
        administrator=make_person(session, is_administrator=True),
    )
