"""What somebody says that they look into, as a piece of writing."""

from collections.abc import Iterator
from typing import ClassVar

from sqlalchemy import ColumnElement, literal, null, select
from sqlalchemy.orm import Session, joinedload, object_session

from discussion import paths, text
from discussion.language import _, _l, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Looking, Question
from discussion.reach.needed.queries.finding import is_shown, read_leads
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Excerpt, KindWords, Waits
from discussion.subjects.texts import ADDRESS, PLAIN, Text, Typed, texts_of

LABEL = 60
LOOKINGS = Typed(Looking, {"who": PLAIN, "how": PLAIN, "reason": PLAIN, "url": ADDRESS},
                 names={"reason": "note"})  # fmt: skip


class LookingSubject(Subject):
    kind = "looking"
    plural = "lookings"
    model = Looking
    beside = (joinedload(Looking.question).joinedload(Question.series),)
    typed = (LOOKINGS,)
    reads = May.READ_SERIES
    is_hidden_by_report = True
    waits = Waits(Looking.sent_at, ("approve", "decline"))
    told_actions = ("decline", "remove", "hide", "restore", "redact", "unredact")
    words: ClassVar[KindWords] = KindWords(
        name=_l("Looking into a question"),
        logged=_l("Looking into it"),
        waits=_l("Says that they look into a question"),
        waiting=_l("Say that they look into questions"),
        report=_l("Report who looks into a question"),
        reported=_l("The moderators have your report of who looks into a question."),
        hidden=_l("What you said you look into is hidden for now"),
        redact=_l("Take words out of who looks into a question"),
        author=_l("The person who says that they look into it"),
        about=_l("It is about what you said you look into, “%(title)s”."),
        kept=_l(
            "Readers do not see it. You find it on the page of the question, and can take it back "
            "there."
        ),
        headlines={
            "approve": _l("What you said you look into is shown"),
            "decline": _l("What you said you look into is not shown"),
            "remove": _l("What you said you look into is no longer shown"),
            "hide": _l("What you said you look into is hidden"),
            "restore": _l("What you said you look into is shown again"),
            "redact": _l("Some words were taken out of what you said you look into"),
            "unredact": _l("Some words were put back into what you said you look into"),
        },
    )
    row: Looking

    @classmethod
    def standing(cls) -> Standing:
        return select(Looking.public_id, null(), literal(""), Looking.person_id, null())

    @classmethod
    def ever_shown(cls) -> ColumnElement[bool]:
        return Looking.decided_at.is_not(None)

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s who looks into a question", "%(num)s who look into questions", count)

    @property
    def title(self) -> str:
        return self.row.question.text

    @property
    def label(self) -> str:
        asked = text.excerpt(self.row.question.text, LABEL)
        return _("Who looks into it: %(question)s", question=asked)

    @property
    def url(self) -> str:
        return f"{paths.needed_question(self.row.series.slug, self._leads_to.public_id)}#looking"

    @property
    def desk_url(self) -> str:
        return paths.edit_needed(self.row.series.slug, self._leads_to.public_id)

    @property
    def author_id(self) -> int | None:
        return self.row.person_id

    @property
    def is_hidden(self) -> bool:
        return self.row.is_hidden

    @property
    def state(self) -> str:
        if self.row.state != "live":
            return self.row.state
        return "hidden" if self.is_hidden else "published"

    def is_readable(self, viewer: Viewer | None) -> bool:
        """Beside its question, where every reader of the series finds that."""
        if not allowed(viewer, self.reads, self.row.series):
            return False
        if allowed(viewer, May.CURATE_QUESTIONS, self.row.series):
            return True
        return self.row.is_shown and self._is_asked(viewer)

    def shows_words(self, viewer: Viewer | None) -> bool:
        return allowed(viewer, May.REPORT, self.row) and self._is_asked(viewer)

    def excerpt(self, number: int | None = None) -> Excerpt:
        said = f"{self.row.who}: {self.row.how}" if self.row.how else self.row.who
        return Excerpt(said, self.row.question.language)

    def texts(self, session: Session) -> Iterator[Text]:
        yield from texts_of(LOOKINGS, [self.row], self.row.question.language)

    @property
    def _leads_to(self) -> Question:
        """The question, or the one that it was merged into."""
        return self.row.question.leads_to

    def _is_asked(self, viewer: Viewer | None) -> bool:
        session, question = object_session(self.row), self._leads_to
        if session is None or question.is_gone:
            return False
        return is_shown(question, read_leads(session, viewer, question.series, [question]))
