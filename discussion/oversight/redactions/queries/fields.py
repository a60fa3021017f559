"""Every text of a piece of writing, in all its versions: what a redaction looks through.

A test demands that each text column of these tables is either named here or excused.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, inspect, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.models import EvidenceItem, LinkCheck, found_by
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import texts_of
from discussion.debate.positions.models import (
    EditorsNote,
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.threads.models import (
    Heading,
    RelatedThread,
    Steelman,
    Thread,
    ThreadCycle,
    ThreadSummary,
)
from discussion.language import _
from discussion.oversight.redactions.words import STATUSES
from discussion.series.values.models import ValueProposal
from discussion.weighing.rounds.models import Confirmation, Statement, StatementVersion

Subject = Position | Response | EvidenceItem | Thread | Statement

PLAIN, MARKDOWN, LIST, ADDRESS = "plain", "markdown", "list", "address"


def _of_table(table: type[PositionDraft] | type[TagDraft] | type[LinkDraft]) -> dict[str, str]:
    """The texts of a version, as the table of its fields has them."""
    return {
        one.name: MARKDOWN if one.how.is_markdown else PLAIN
        for one in texts_of(table)
        if one.is_column
    }


# table → its text columns, how each is written, and what words.FIELDS calls it where not by itself
COLUMNS: dict[type[Any], dict[str, str]] = {
    Revision: _of_table(PositionDraft),
    ValueTag: _of_table(TagDraft),
    ValueProposal: {"label": PLAIN},
    EvidenceLink: _of_table(LinkDraft),
    EditorsNote: {"text": PLAIN},
    Steelman: {"text": PLAIN, "said": PLAIN},
    ResponseText: {"source": MARKDOWN},
    EvidenceItem: {
        "title": PLAIN, "authors": LIST, "publisher": PLAIN, "citation": PLAIN,
        "licence_note": PLAIN, "strength_note": PLAIN, "population": PLAIN, "context": PLAIN,
        "outcome": PLAIN, "effect": PLAIN, "cost": PLAIN, "limitations": PLAIN,
        "description": PLAIN, "status_note": PLAIN, "url": ADDRESS, "doi": ADDRESS,
        "archive_url": ADDRESS,
    },
    LinkCheck: {"url": ADDRESS, "leads_to": ADDRESS},
    Thread: {
        "question": PLAIN, "context": MARKDOWN, "use_of_result": PLAIN, "summary": PLAIN,
        "outcome": MARKDOWN, "question_source": PLAIN,
    },
    ThreadCycle: {"outcome": MARKDOWN, "summary": PLAIN},
    ThreadSummary: {"text": MARKDOWN},
    Heading: {"text": PLAIN},
    RelatedThread: {"why": PLAIN},
    StatementVersion: {"written": PLAIN, "why": PLAIN},
    Confirmation: {"said": PLAIN},
}  # fmt: skip
NAMES = {
    (EditorsNote, "text"): "note",
    (Steelman, "text"): "steelman",
    (ThreadSummary, "text"): "summary",
    (Heading, "text"): "heading",
    (StatementVersion, "why"): "reworded",
}

# source column → the column of its HTML, and how the ids in it begin
HTML: dict[tuple[type[Any], str], tuple[str, Callable[[Any], str]]] = {
    (Revision, "reasoning"): ("reasoning_html", lambda row: f"p{row.position.public_id}-"),
    (ResponseText, "source"): ("html", lambda row: f"r{row.response.public_id}-"),
    (Thread, "context"): ("context_html", lambda _row: ""),
    (Thread, "outcome"): ("outcome_html", lambda _row: ""),
    (ThreadCycle, "outcome"): ("outcome_html", lambda _row: ""),
    (ThreadSummary, "text"): ("html", lambda _row: ""),
}


@dataclass(frozen=True)
class Field:
    """One text of one row, and the version that it belongs to."""

    row: Any
    column: str
    form: str  # PLAIN, MARKDOWN, LIST, ADDRESS
    name: str  # of words.FIELDS
    version: str  # "Version 2, an earlier version"; empty where there is but one
    language: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written there; a list has several."""
        value = getattr(self.row, self.column) or ""
        return tuple(value) if self.form == LIST else (value,)

    @property
    def longest(self) -> int | None:
        """How many characters the column holds; None where there is no limit."""
        kind = inspect(type(self.row)).columns[self.column].type
        return kind.length if isinstance(kind, String) else None


def list_fields(session: Session, subject: Subject) -> list[Field]:
    """Every text of the subject: all versions, whatever became of them, and what hangs on them."""
    finders: dict[type, Callable[[Session, Any], Iterator[Field]]] = {
        Position: _of_position,
        Response: _of_response,
        EvidenceItem: _of_item,
        Thread: _of_thread,
        Statement: _of_statement,
    }
    return [field for field in finders[type(subject)](session, subject) if any(field.texts)]


def write_html(row: Any, column: str) -> None:
    """Make anew what follows from a column: its HTML, and what an item is found by."""
    if (type(row), column) in HTML:
        name, prefix_of = HTML[type(row), column]
        setattr(row, name, str(text.render(getattr(row, column), prefix=prefix_of(row))))
        if hasattr(row, "renderer_version"):
            row.renderer_version = text.RENDERER_VERSION
    if isinstance(row, EvidenceItem) and column in ("title", "authors"):
        row.title_folded = found_by(row.title, row.authors, row.year)


def _of_position(session: Session, position: Position) -> Iterator[Field]:
    for revision in position.revisions:
        version, language = _version(revision), revision.language
        yield from _of_row(revision, language, version)
        for tag in revision.tags:
            yield from _of_row(tag, language, version)
            if tag.proposal is not None:
                yield from _of_row(tag.proposal, language, version)
        for link in revision.links:
            yield from _of_row(link, language, version)
    language = position.thread.language
    yield from _of_rows(position.notes, language)
    yield from _of_rows(_rows(session, Steelman, Steelman.position_id == position.id), language)


def _of_response(_session: Session, response: Response) -> Iterator[Field]:
    for version in sorted(response.texts, key=lambda row: row.id):
        yield from _of_row(version, version.language, _version(version))


def _of_item(session: Session, item: EvidenceItem) -> Iterator[Field]:
    yield from _of_row(item, item.language)
    yield from _of_rows(_rows(session, LinkCheck, LinkCheck.item_id == item.id), item.language)


def _of_thread(session: Session, thread: Thread) -> Iterator[Field]:
    language = thread.language
    yield from _of_row(thread, language)
    for table, which in (
        (EditorsNote, EditorsNote.thread_id == thread.id),
        (ThreadCycle, ThreadCycle.thread_id == thread.id),
        (ThreadSummary, ThreadSummary.thread_id == thread.id),
        (Heading, Heading.thread_id == thread.id),
        (RelatedThread, RelatedThread.thread_id == thread.id),
    ):
        yield from _of_rows(_rows(session, table, which), language)


def _of_statement(_session: Session, statement: Statement) -> Iterator[Field]:
    language = statement.thread.language
    for row in statement.versions:
        version = _("Version %(number)s", number=row.version)
        yield from _of_row(row, language, version)
        for answer in row.confirmations:
            yield from _of_row(answer, language, version)


def _of_rows(rows: Sequence[Any], language: str) -> Iterator[Field]:
    for row in rows:
        yield from _of_row(row, language)


def _of_row(row: Any, language: str, version: str = "") -> Iterator[Field]:
    for column, form in COLUMNS[type(row)].items():
        name = NAMES.get((type(row), column), column)
        yield Field(row, column, form, name, version, language)


def _rows(session: Session, table: type[Any], which: Any) -> Sequence[Any]:
    return session.scalars(select(table).where(which).order_by(table.id)).all()


def _version(row: Revision | ResponseText) -> str:
    status = str(STATUSES.get(row.status, row.status))
    if row.version is None:
        return status[:1].upper() + status[1:]
    return _("Version %(number)s, %(status)s", number=row.version, status=status)
