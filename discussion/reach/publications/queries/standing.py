"""Whether what a version rests on may still be shown: asked whenever a page or a file is read.

So nothing has to be told to this room. Whatever is hidden, removed, redacted, moved or shown by
less anywhere stops the version at once; the worker then takes its files away and corrects it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision, ValueTag
from discussion.debate.positions.queries.naming import Letters, byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.oversight.redactions.models import Redaction
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.publications.drafts_marks import FINDING, QUESTION, REFERENCE
from discussion.reach.publications.models import PublicationSource, PublicationVersion
from discussion.subjects.finding import subject_of
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.statements.models import Statement, StatementVersion


@dataclass(frozen=True)
class Standing:
    """What became of a version since it was made."""

    faults: dict[str, str]  # mark → why it may not be shown any more, of words.GONE
    withdrawn: frozenset[str]  # marks of what its author has withdrawn since

    @property
    def why(self) -> str:
        """The first of the reasons; empty while it stands."""
        return next(iter(self.faults.values()), "")


@dataclass(frozen=True)
class _Changed:
    """What was changed elsewhere, read once for all that a version rests on."""

    letters: Letters
    statements: frozenset[tuple[int, str]]  # snapshot and code: words withheld or taken out
    redacted: frozenset[tuple[str, str]]  # kind and public id, since it was made


def standing_of(session: Session, version: PublicationVersion) -> Standing:
    """In a few statements, however much it rests on."""
    rows = session.scalars(
        select(PublicationSource)
        .where(PublicationSource.version_id == version.id)
        .order_by(PublicationSource.id)
        .options(
            joinedload(PublicationSource.thread).joinedload(Thread.series),
            joinedload(PublicationSource.position).joinedload(Position.author),
            joinedload(PublicationSource.revision)
            .selectinload(Revision.tags)
            .joinedload(ValueTag.proposal),
            joinedload(PublicationSource.response).joinedload(Response.author),
            joinedload(PublicationSource.text),
            joinedload(PublicationSource.item),
            joinedload(PublicationSource.question),
        )
    ).all()
    threads = {row.thread_id for row in rows if row.thread_id is not None}
    changed = _Changed(
        find_letters(session, threads),
        _changed_statements(session, rows),
        _redacted_since(session, version),
    )
    faults = {row.mark: why for row in rows if (why := _fault(row, changed))}
    faults |= _questions_gone(version, rows)
    gone = {row.mark for row in rows if row.mark not in faults and _is_withdrawn(row)}
    return Standing(faults, frozenset(gone))


def shown_as(row: Position | Response, letters: Letters) -> str:
    """As what its author is shown: what a version must not tell more than."""
    said = byline(row, row.position.thread_id, letters, row.first_published_at or row.created_at)
    return f"{said.mode}|{said.name}"


def hash_of(said: Revision | ResponseText) -> str:
    """Of everything in a version that may be quoted, and of the values that it names itself."""
    words = (
        (said.claim, said.reasoning, said.objection, said.change_mind_text, *_named(said))
        if isinstance(said, Revision)
        else (said.source,)
    )
    return sha256("\0".join(words).encode()).hexdigest()


def _named(said: Revision) -> list[str]:
    """The values that its author proposed, in their own words: they stand in a table."""
    return [tag.proposal.label for tag in said.tags if tag.proposal is not None]


def _questions_gone(
    version: PublicationVersion, rows: Sequence[PublicationSource]
) -> dict[str, str]:
    """Questions that moderators took away since, or whose words of then may be read no more."""
    asked = [(row, row.question) for row in rows if row.kind == QUESTION and row.question]
    gone = {row.mark: "removed" for row, question in asked if question.is_gone}
    unsaid = {
        row.mark: "redacted"
        for row, question in asked
        if question.unsaid_at is not None
        and question.unsaid_at >= version.made_at
        and question.words_hash != row.words_hash
    }
    return gone | unsaid


def _fault(row: PublicationSource, changed: _Changed) -> str:
    thread, item = row.thread, row.item
    if thread is not None and (thread.is_hidden or thread.stage == "proposed"):
        return "unread"
    if thread is not None and thread.merged_into_id is not None:
        return "moved"
    about = next((one for one in (item, thread) if one is not None), None)
    if about is not None and _key_of(about) in changed.redacted:
        return "redacted"
    if row.kind == FINDING:
        return "redacted" if (row.snapshot_id or 0, row.code) in changed.statements else ""
    if row.kind == REFERENCE:
        return "hidden" if item is None or item.is_hidden or not item.is_listed else ""
    said: Revision | ResponseText | None = row.text or row.revision
    if said is not None and not _words(said):
        return "erased"
    asked: list[Position | Response | None] = [row.position, row.response]
    for one in asked:
        if one is not None and (why := _writing_fault(one, row, changed.letters)):
            return why
    return "redacted" if said is not None and hash_of(said) != row.words_hash else ""


def _writing_fault(one: Position | Response, row: PublicationSource, letters: Letters) -> str:
    if one.position.thread_id != row.thread_id:
        return "moved"
    if one.state not in (*TEXT_STATES, "withdrawn"):
        return "removed" if one.state == "removed" else "hidden"
    is_named = one is (row.response or row.position)
    if is_named and shown_as(one, letters) != row.shown_as:
        return "erased" if one.author.left_at is not None else "label"
    return ""


def _words(said: Revision | ResponseText) -> str:
    return said.claim if isinstance(said, Revision) else said.source


def _is_withdrawn(row: PublicationSource) -> bool:
    asked: list[Position | Response | None] = [row.position, row.response]
    return any(one.state == "withdrawn" for one in asked if one is not None)


def _key_of(row: EvidenceItem | Thread) -> tuple[str, str]:
    return subject_of(row).key


def _redacted_since(session: Session, version: PublicationVersion) -> frozenset[tuple[str, str]]:
    rows = session.execute(
        select(Redaction.subject_kind, Redaction.subject_id)
        .where(Redaction.series_id == version.publication.series_id)
        .where(Redaction.made_at > version.made_at)
    )
    return frozenset((kind, public_id) for kind, public_id in rows)


def _changed_statements(
    session: Session, rows: Sequence[PublicationSource]
) -> frozenset[tuple[int, str]]:
    asked = [row for row in rows if row.kind == FINDING]
    if not asked:
        return frozenset()
    snapshots = session.scalars(
        select(FindingSnapshot).where(FindingSnapshot.id.in_({row.snapshot_id for row in asked}))
    ).all()
    withheld = session.execute(
        select(Statement.public_id, StatementVersion.version)
        .join(StatementVersion, StatementVersion.statement_id == Statement.id)
        .where(Statement.thread_id.in_({row.thread_id for row in asked}))
        .where(
            StatementVersion.withheld_at.is_not(None) | StatementVersion.redacted_at.is_not(None)
        )
    )
    gone = {(public_id, version) for public_id, version in withheld}
    return frozenset(
        (snapshot.id, one.code)
        for snapshot in snapshots
        for one in snapshot.content.ratings.statements
        if (one.id, one.version) in gone
    )
