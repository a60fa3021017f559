"""A person's page as a piece of writing: what they say of themselves by name."""

from typing import ClassVar

from sqlalchemy import literal, null, select

from discussion import paths
from discussion.language import _l, _n
from discussion.people.accounts.models import Person
from discussion.permissions.may import May
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Excerpt, KindWords, Passage


class PersonSubject(Subject):
    kind = "person"
    plural = "people"
    model = Person
    reads = May.READ_PERSON
    words: ClassVar[KindWords] = KindWords(
        name=_l("Person"),
        logged=_l("Member"),
        report=_l("Report somebody’s page"),
        reported=_l("The moderators have your report of somebody’s page."),
        headlines={
            "sanction_note": _l("A note to you from the moderators"),
            "pre_moderation": _l("For a while, what you write is read before it is shown"),
            "pause": _l("You are paused from posting for a while"),
            "removal": _l("You are removed from a series for a while"),
            "lift": _l("What was asked of you is lifted early"),
        },
    )
    row: Person

    @classmethod
    def standing(cls) -> Standing:
        return select(Person.public_id, null(), literal(""), Person.id, null())

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s person", "%(num)s people", count)

    @property
    def title(self) -> str:
        return self.row.display_name

    @property
    def url(self) -> str:
        return paths.person(self.id)

    @property
    def author_id(self) -> int:
        return self.row.id

    def excerpt(self, number: int | None = None) -> Excerpt:
        return Excerpt(self.row.display_name)

    def passages(self) -> tuple[Passage, ...]:
        """A name is found where what was written by it is, and not by itself."""
        return ()
