"""A series in which two positions say what would change them, and a moderator who asks."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from discussion import paths
from discussion.debate.positions.models import Position
from discussion.reach.needed.drafts import LookingDraft, QuestionDraft
from discussion.reach.needed.models import Looking, Question
from discussion.reach.needed.operations.looking import enter_looking, say_looking
from discussion.reach.needed.operations.wording import make_question
from tests.conftest import sign_in
from tests.factories import NOW, make_person, make_position
from tests.factories.scenes import Scene

MIND = "Wards that stopped and came to regret it."
CLAIM = "Visit each ward twice a year."
ASKED = "Do wards that stop come to regret it?"
TEAM = "The night team of Hexham"
HOW = "We count for a year."


class Asking(Scene):
    """Questions are made by the moderator, from what `source` says would change it."""

    def minded(self, words: str = MIND, **changes: Any) -> Position:
        revision = {"claim": CLAIM, "change_mind": ["evidence"], "change_mind_text": words}
        return make_position(self.session, self.thread, revision=revision, **changes)

    @property
    def source(self) -> Position:
        if not hasattr(self, "_source"):
            self._source = self.minded()
        return self._source

    @property
    def question(self) -> Question:
        if not hasattr(self, "_question"):
            self._question = self.ask(ASKED, self.source)
        return self._question

    def ask(self, text: str, *sources: Position, **draft: Any) -> Question:
        origins = tuple(f"mind/{one.public_id}" for one in sources)
        made = QuestionDraft(text, origins=origins, **draft)
        return make_question(self.session, self.as_moderator, self.series, made, now=NOW)

    def look(self, question: Question | None = None) -> Looking:
        """The member says that they look into it; it waits."""
        draft = LookingDraft(TEAM, "https://example.org/count", HOW, "May 2027")
        who = self.as_(self.member)
        return say_looking(self.session, who, question or self.question, draft, now=NOW)

    def name(self) -> Looking:
        draft = LookingDraft(TEAM, "https://example.org/count", HOW, "2027-05")
        return enter_looking(self.session, self.as_moderator, self.question, draft, now=NOW)

    @property
    def page(self) -> str:
        return paths.needed(self.series.slug)

    @property
    def own_page(self) -> str:
        return paths.needed_question(self.series.slug, self.question.public_id)

    @property
    def curate(self) -> str:
        return paths.curate_needed(self.series.slug)

    @property
    def edit(self) -> str:
        return paths.edit_needed(self.series.slug, self.question.public_id)

    @property
    def faces(self) -> tuple[str, ...]:
        """Everywhere where readers may meet a question."""
        slug, id = self.series.slug, self.question.public_id
        return (
            self.page, f"{self.page}.json", f"{self.page}?status=open", self.own_page,
            f"{self.own_page}.json", paths.needed_csv(slug), paths.needed_csv(slug, id),
            paths.needed_feed(slug), paths.needed_question_feed(slug, id),
            f"{paths.needed_feed(slug)}.json", f"{paths.needed_question_feed(slug, id)}.json",
        )  # fmt: skip

    def readers(self, app: Flask) -> Iterator[tuple[str, FlaskClient]]:
        """One of every kind of viewer."""
        people = {
            "member": self.member, "moderator": self.moderator, "convener": self.convener,
            "author": self.source.author, "stranger": make_person(self.session),
            "administrator": self.administrator,
        }  # fmt: skip
        yield "visitor", app.test_client()
        for who, person in people.items():
            yield who, sign_in(app.test_client(), person)
