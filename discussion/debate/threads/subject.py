"""A thread as a piece of writing: what its proposer and the moderators wrote of it themselves."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self

from sqlalchemy import null, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.positions.models import EditorsNote
from discussion.debate.threads.models import (
    Heading,
    RelatedThread,
    Steelman,
    Thread,
    ThreadCycle,
    ThreadSummary,
)
from discussion.language import _, _l, _n
from discussion.permissions.may import May
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Excerpt, InThread, KindWords, Passage, PublicReasons, Waits
from discussion.subjects.texts import MARKDOWN, PLAIN, Text, Typed, texts_of

THREADS = Typed(
    Thread,
    {
        "question": PLAIN,
        "context": MARKDOWN,
        "use_of_result": PLAIN,
        "summary": PLAIN,
        "outcome": MARKDOWN,
        "question_source": PLAIN,
    },
    html={"context": "context_html", "outcome": "outcome_html"},
)
NOTES = Typed(EditorsNote, {"text": PLAIN}, {"text": "note"})
CYCLES = Typed(
    ThreadCycle, {"outcome": MARKDOWN, "summary": PLAIN}, html={"outcome": "outcome_html"}
)
SUMMARIES = Typed(ThreadSummary, {"text": MARKDOWN}, {"text": "summary"}, {"text": "html"})
HEADINGS = Typed(Heading, {"text": PLAIN}, {"text": "heading"})
RELATED = Typed(RelatedThread, {"why": PLAIN})
STEELMEN = Typed(Steelman, {"text": PLAIN, "said": PLAIN}, {"text": "steelman"})  # of a position


class ThreadSubject(Subject):
    kind = "thread"
    plural = "threads"
    model = Thread
    beside = (joinedload(Thread.series),)
    typed = (THREADS, NOTES, CYCLES, SUMMARIES, HEADINGS, RELATED)
    reads = May.READ_THREAD
    is_logged_in_thread = True
    waits = Waits(Thread.created_at, ("open", "decline"))
    words: ClassVar[KindWords] = KindWords(
        name=_l("Thread"),
        logged=_l("Thread"),
        waits=_l("Proposed thread"),
        waiting=_l("Proposed threads"),
        report=_l("Report a thread"),
        reported=_l("The moderators have your report of a thread."),
        redact=_l("Take words out of a thread’s own texts"),
        author=_l("The person who proposed this thread"),
        about=_l("It is about the thread you proposed, “%(title)s”."),
        headlines={
            "open": _l("Your thread is open"),
            "decline": _l("Your thread was not opened"),
            "hide": _l("The thread you proposed is hidden"),
            "restore": _l("The thread you proposed is back as it was"),
            "redact": _l("Some words were taken out of the thread you proposed"),
            "unredact": _l("Some words were put back into the thread you proposed"),
            "merge": _l("The thread you proposed was merged into another"),
            "undo_merge": _l("The thread you proposed is separate again"),
        },
    )
    row: Thread

    @classmethod
    def standing(cls) -> Standing:
        return select(
            Thread.public_id, Thread.id, Thread.attribution, Thread.proposed_by_id, null()
        )

    @classmethod
    def in_thread(cls, session: Session, thread_id: int, limit: int) -> Sequence[Self]:
        return [cls(session.get_one(Thread, thread_id))]

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s proposed thread", "%(num)s proposed threads", count)

    @property
    def label(self) -> str:
        return _("The thread’s own texts")

    @property
    def url(self) -> str:
        return paths.thread(self.row.slug)

    @property
    def desk_url(self) -> str:
        return paths.curate_thread(self.row.slug)

    @property
    def thread(self) -> InThread:
        return stand_in(self.row)

    @property
    def slug(self) -> str:
        return self.row.slug

    @property
    def author_id(self) -> int | None:
        return self.row.proposed_by_id

    @property
    def attribution(self) -> str:
        return self.row.attribution

    @property
    def is_hidden(self) -> bool:
        return self.row.is_hidden

    def excerpt(self, number: int | None = None) -> Excerpt:
        return Excerpt(self.row.question, self.row.language)

    def html(self, session: Session, version_id: int | None = None) -> str:
        return self.row.context_html

    def passages(self) -> tuple[Passage, ...]:
        row = self.row
        if row.is_hidden or row.merged_into_id is not None or row.stage == "proposed":
            return ()
        said = {
            "question": row.question,
            "context": text.plain(row.context),
            "summary": row.summary,
            "outcome": text.plain(row.outcome) if row.stage == "closed" else "",
        }
        return tuple(Passage(name, words, row.language) for name, words in said.items() if words)

    def texts(self, session: Session) -> Iterator[Text]:
        language, id = self.row.language, self.row.id
        yield from texts_of(THREADS, [self.row], language)
        for typed, table in (
            (NOTES, EditorsNote),
            (CYCLES, ThreadCycle),
            (SUMMARIES, ThreadSummary),
            (HEADINGS, Heading),
            (RELATED, RelatedThread),
        ):
            hang: Any = select(table).where(table.thread_id == id).order_by(table.id)
            yield from texts_of(typed, session.scalars(hang), language)

    @property
    def public_reasons(self) -> PublicReasons:
        return PublicReasons(self.key)


def stand_in(thread: Thread) -> InThread:
    return InThread(thread.id, thread.question, thread.slug, paths.thread(thread.slug))
