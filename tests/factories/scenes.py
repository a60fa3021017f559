"""A series, and in it whoever and whatever a test asks for."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)


class Scene:
    """An open series; each row of it is made when it is first asked for, and kept.

    A file whose tests do the same again and again adds its own verbs in a class of its own, and
    rows that are like none here; a thread is made as `thread` says, all else as `changes` do.
    """

    def __init__(
        self, session: Session, *, thread: Mapping[str, Any] | None = None, **changes: Any
    ) -> None:
        self.session = session
        self._thread_is = dict(thread or {})
        self.series: Series = make_series(session, **changes)

    @cached_property
    def thread(self) -> Thread:
        return make_thread(self.session, self.series, **self._thread_is)

    @cached_property
    def item(self) -> EvidenceItem:
        return make_item(self.session, self.series)

    @cached_property
    def position(self) -> Position:
        """By somebody else than the member, the moderator and the convener."""
        return make_position(self.session, self.thread)

    @cached_property
    def member(self) -> Person:
        return make_member(self.session, self.series)

    @cached_property
    def moderator(self) -> Person:
        return make_member(self.session, self.series, role="moderator")

    @cached_property
    def convener(self) -> Person:
        return make_member(self.session, self.series, role="convener")

    @cached_property
    def administrator(self) -> Person:
        return make_person(self.session, is_administrator=True)

    @property
    def author(self) -> Person:
        """Of the position."""
        return self.position.author

    def as_(self, person: Person, now: datetime = NOW) -> Viewer:
        """Somebody as rules see them, read from the rows as they stand."""
        return viewer(self.session, person, now)

    @property
    def as_moderator(self) -> Viewer:
        return self.as_(self.moderator)

    @property
    def as_convener(self) -> Viewer:
        return self.as_(self.convener)

    @property
    def as_administrator(self) -> Viewer:
        return self.as_(self.administrator)

    def membership_of(self, person: Person) -> Membership:
        return self.session.scalars(
            select(Membership)
            .where(Membership.series_id == self.series.id)
            .where(Membership.person_id == person.id)
        ).one()

    def value(self, slug: str) -> Value:
        return next(one for one in self.series.values if one.slug == slug)
