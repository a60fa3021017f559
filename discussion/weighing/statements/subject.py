"""A statement as a piece of writing."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.threads.models import Thread
from discussion.debate.threads.subject import ThreadSubject, stand_in
from discussion.language import _, _l, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Excerpt, InThread, KindWords, Passage, PublicReasons, Version
from discussion.subjects.texts import PLAIN, Text, Typed, texts_of
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Confirmation, Statement, StatementVersion

LABEL = 60
WORDINGS = Typed(StatementVersion, {"written": PLAIN, "why": PLAIN}, {"why": "reworded"})
CONFIRMATIONS = Typed(Confirmation, {"said": PLAIN})


class StatementSubject(Subject):
    """A statement, as any piece of writing is asked."""

    kind = "statement"
    plural = "statements"
    model = Statement
    beside = (joinedload(Statement.thread).joinedload(Thread.series),)
    typed = (WORDINGS, CONFIRMATIONS)
    reads = May.READ_THREAD
    leaves_line = True
    is_of_moderators = True
    is_hidden_by_report = True
    words: ClassVar[KindWords] = KindWords(
        name=_l("Statement"),
        logged=_l("Statement"),
        report=_l("Report a statement"),
        reported=_l("The moderators have your report of a statement."),
        redact=_l("Take words out of a statement"),
    )
    row: Statement

    @classmethod
    def standing(cls) -> Standing:
        return select(
            Statement.public_id,
            Statement.thread_id,
            literal(""),
            Statement.made_by_id,
            StatementVersion.written_by_id,
        ).join(Statement.versions)

    @classmethod
    def ever_shown(cls) -> ColumnElement[bool]:
        """It stands, or stood, in a round that has opened: before, nobody reads it."""
        opened = (
            select(RoundStatement.id)
            .join(RoundStatement.version)
            .join(RoundStatement.round)
            .where(StatementVersion.statement_id == Statement.id)
            .where(Round.state != "planned")
        )
        return opened.exists()

    @classmethod
    def in_thread(cls, session: Session, thread_id: int, limit: int) -> Sequence[Self]:
        rows = session.scalars(select(Statement).where(Statement.thread_id == thread_id))
        return [cls(row) for row in rows]

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s statement", "%(num)s statements", count)

    @property
    def label(self) -> str:
        newest = self.row.versions[-1]
        return _("The statement: %(words)s", words=text.excerpt(newest.written, LABEL))

    @property
    def url(self) -> str:
        return f"{paths.thread_statements(self.row.thread.slug)}#s-{self.id}"

    @property
    def desk_url(self) -> str:
        return paths.drafted_statement(self.row.thread.slug, self.id)

    @property
    def thread(self) -> InThread:
        return stand_in(self.row.thread)

    @property
    def author_id(self) -> None:
        """Moderators wrote it, as moderators."""
        return None

    @property
    def own_ids(self) -> frozenset[int]:
        return frozenset({self.row.made_by_id, *(one.written_by_id for one in self.row.versions)})

    @property
    def is_hidden(self) -> bool:
        return self.row.is_withheld

    def is_readable(self, viewer: Viewer | None) -> bool:
        """Its words may be withheld then."""
        return allowed(viewer, self.reads, self.row.thread)

    def excerpt(self, number: int | None = None) -> Excerpt:
        return Excerpt(self.row.versions[-1].written, self.row.thread.language)

    def versions(self) -> tuple[Version, ...]:
        language = self.row.thread.language
        return tuple(
            Version(
                id=row.id,
                number=row.version,
                status="live" if row is self.row.versions[-1] else "superseded",
                excerpt=Excerpt(row.written, language),
                html="",
            )
            for row in self.row.versions
        )

    @property
    def public_reasons(self) -> PublicReasons:
        """What is said of a statement is said of its thread."""
        return PublicReasons((ThreadSubject.kind, self.row.thread.public_id))

    def passages(self) -> tuple[Passage, ...]:
        newest = self.row.versions[-1]
        if self.row.is_withheld or self.row.retired_at is not None:
            return ()
        return (Passage("written", newest.written, newest.language),)

    def texts(self, session: Session) -> Iterator[Text]:
        language = self.row.thread.language
        for row in self.row.versions:
            version = _("Version %(number)s", number=row.version)
            yield from texts_of(WORDINGS, [row], language, version)
            yield from texts_of(CONFIRMATIONS, row.confirmations, language, version)
