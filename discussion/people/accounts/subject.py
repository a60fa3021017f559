"""A person's page as a piece of writing: what they say of themselves by name."""

from typing import ClassVar

from sqlalchemy import literal, null, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _l, _n
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries import person_page
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Beside, Excerpt, KindWords, Passage


class PersonSubject(Subject):
    kind = "person"
    plural = "people"
    model = Person
    reads = May.READ_PERSON
    is_somebody = True
    answers = ("keep",)
    answers_hidden = ("keep",)
    told_actions = ("keep",)  # what is asked of somebody may hang on what they did not sign
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

    def beside_words(self) -> Beside:
        return Beside(interests=self.row.interests)

    def found_under(self, session: Session, viewer: Viewer | None) -> str:
        """Of what their page lists; nothing where the page does not exist for the viewer.

        Not of the series that they belong to: that somebody does is not for everybody to know.
        """
        page = person_page(session, viewer, self.id)
        if page is None:
            return ""
        urls = [*(one.thread_url for one in page.claims), *(one.thread_url for one in page.replies)]
        return urls[0].rpartition("/")[2] if urls else ""

    def passages(self) -> tuple[Passage, ...]:
        """A name is found where what was written by it is, and not by itself."""
        return ()
