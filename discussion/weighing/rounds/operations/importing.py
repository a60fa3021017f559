"""Importing a conversation that was held elsewhere, as a closed round of a thread.

Everything is written in the caller's transaction, so that what fails leaves nothing behind. The
files were read before it began, and what ratings stand under was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.db import random_id
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.polis.conversation import EARLIEST, Conversation
from discussion.polis.reading import Comment
from discussion.problems import Refused
from discussion.series.series.words import thresholds_of
from discussion.weighing.findings.operations.promising import promise_findings
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.rounds.operations.import_ratings import (
    PreparedRatings,
    Tell,
    prepare_ratings,
    write_ratings,
)
from discussion.weighing.rounds.words import (
    CODES,
    MAX_ATTRIBUTION,
    MAX_IMPORTED,
    POLIS,
    POLIS_POINTS,
)
from discussion.weighing.statements.models import Statement, StatementVersion


@dataclass(frozen=True)
class ImportDraft:
    """What is to become a round."""

    conversation: Conversation
    attribution: str  # whom the data is owed to; shown wherever it is
    is_again: bool = False  # though the thread has an imported round already


@dataclass(frozen=True, eq=False)
class PreparedImport:
    """A draft with all that can be made of it before anybody has to wait: see `prepare_import`."""

    draft: ImportDraft
    round_public_id: str
    ratings: PreparedRatings


def prepare_import(draft: ImportDraft, secret: str) -> PreparedImport:
    """What the round will be called, and under which keys its ratings will stand."""
    public_id = random_id()
    ratings = prepare_ratings(draft.conversation, public_id, secret)
    return PreparedImport(draft, public_id, ratings)


@dataclass(frozen=True)
class Imported:
    """What came of it; statements by their numbers."""

    round: Round
    ratings: int
    hidden: tuple[str, ...]  # moderated out, or about the conversation
    wordless: tuple[str, ...]  # kept for their votes, and shown to nobody
    cut: tuple[str, ...]
    cleaned: tuple[str, ...]  # control characters and marks of direction taken out
    kept: int  # statements that the round before had in the same words


def check_import(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: ImportDraft,
) -> None:
    """Raise Refused when the conversation cannot be imported there; changes nothing."""
    require(actor, May.RUN_ROUND, thread)
    if not draft.conversation.n_votes:
        raise Refused(_("There is not one vote in it."))
    if text.count(draft.attribution) > MAX_ATTRIBUTION:
        raise Refused(
            _("The attribution is longer than %(most)s characters.", most=MAX_ATTRIBUTION)
        )
    if not draft.is_again and (earlier := _last_imported(session, thread)) is not None:
        raise Refused(
            _(
                "Round %(number)s of this thread was imported from Polis already. With --again"
                " this becomes another round.",
                number=earlier.number,
            )
        )


def import_round(
    session: Session,
    actor: Viewer,
    thread: Thread,
    prepared: PreparedImport,
    *,
    now: datetime,
    tell: Tell = lambda _more: None,
) -> Imported:
    """Make statements, one closed round and its ratings of the conversation.

    What was moderated out is retired from the beginning, and so shown to nobody, but its ratings
    are kept, since groups are found with them. Raises Refused.
    """
    draft = prepared.draft
    require(actor, May.RUN_ROUND, thread)
    lock_thread(session, thread)
    check_import(session, actor, thread, draft)
    conversation = draft.conversation
    earlier = _versions_of(session, _last_imported(session, thread))
    made = _make_round(session, actor, thread, prepared, now)
    writer = _Statements(session, actor, made, earlier, now)
    versions = [writer.write(comment, order) for order, comment in enumerate(conversation.comments)]
    session.flush()
    _bind(session, made, conversation.comments, versions)
    ids = {c.id: v.id for c, v in zip(conversation.comments, versions, strict=True)}
    columns = [ids[name] for name in conversation.columns]
    written = write_ratings(session, made.id, prepared.ratings, columns, tell)
    thread.changed_at = now
    record(
        session,
        actor,
        thread,
        "import_round",
        now=now,
        round=made.public_id,
        number=made.number,
        source=POLIS,
        statements=len(versions),
        ratings=written,
        participants=len(conversation.participants) - conversation.n_silent,
        why=draft.attribution,
    )
    promise_findings(session, thread.id, "round_closed", now=now)
    return writer.told(made, written)


def shown_text(comment: Comment) -> str:
    """The words as the site keeps them: as they were typed, in one form, not beyond a length."""
    said = text.normal(comment.body)
    if not text.line(said):
        return ""
    return said if len(said) <= MAX_IMPORTED else said[: MAX_IMPORTED - 1] + "…"


def _last_imported(session: Session, thread: Thread) -> Round | None:
    return session.scalar(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.imported_from == POLIS)
        .order_by(Round.number.desc())
        .limit(1)
    )


def _versions_of(session: Session, round: Round | None) -> dict[tuple[str, str], StatementVersion]:
    """Code and words → the version, of a round that was imported before, but for what is hidden."""
    if round is None:
        return {}
    rows = session.execute(
        select(RoundStatement.code, StatementVersion)
        .join(StatementVersion, StatementVersion.id == RoundStatement.version_id)
        .join(Statement, Statement.id == StatementVersion.statement_id)
        .where(RoundStatement.round_id == round.id)
        .where(Statement.retired_at.is_(None))
    )
    return {(code, version.written): version for code, version in rows}


def _make_round(
    session: Session,
    actor: Viewer,
    thread: Thread,
    prepared: PreparedImport,
    now: datetime,
) -> Round:
    """Closed from the beginning, and so never open: from the first vote until the last."""
    draft = prepared.draft
    began = _moment(draft.conversation.began, now, now)
    ended = max(began, _moment(draft.conversation.ended, now, now))
    number = session.scalar(
        select(func.coalesce(func.max(Round.number), 0)).where(Round.thread_id == thread.id)
    )
    made = Round(
        public_id=prepared.round_public_id,
        thread_id=thread.id,
        cycle=thread.cycle,
        number=(number or 0) + 1,
        state="closed",
        points=POLIS_POINTS,
        order_rule="fixed",
        seed=0,
        thresholds=thresholds_of(thread.series.thresholds or {}),
        min_group=thread.series.min_group,
        stop_rule={"kind": "rounds", "rounds": 1},
        who_may_rate="anybody",
        feedback="none",
        opens_at=began,
        closes_at=ended,
        opened_at=began,
        closed_at=ended,
        imported_from=POLIS,
        attribution=draft.attribution,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


class _Statements:
    """Writes statements with one version each, and remembers what was done to their words."""

    def __init__(
        self,
        session: Session,
        actor: Viewer,
        round: Round,
        earlier: Mapping[tuple[str, str], StatementVersion],
        now: datetime,
    ) -> None:
        self.session = session
        self.actor = actor
        self.round = round
        self.earlier = earlier
        self.now = now
        self.hidden: list[str] = []
        self.wordless: list[str] = []
        self.cut: list[str] = []
        self.cleaned: list[str] = []
        self.kept = 0

    def write(self, comment: Comment, order: int) -> StatementVersion:
        words = shown_text(comment)
        self._note(comment, words)
        is_out = comment.is_out or not words
        if before := self.earlier.get((_code(comment), words)):
            self.kept += 1
            if is_out:
                before.statement.retired_at = self.now
            return before
        written_at = _moment(comment.moment, self.round.opens_at, self.now)
        statement = Statement(
            thread_id=self.round.thread_id,
            kind="",
            order=order,
            made_by_id=self.actor.person_id,
            made_at=written_at,
            retired_at=self.now if is_out else None,
        )
        version = StatementVersion(
            version=1, written=words, written_by_id=self.actor.person_id, written_at=written_at
        )
        statement.versions.append(version)
        self.session.add(statement)
        return version

    def _note(self, comment: Comment, words: str) -> None:
        if not words:
            self.wordless.append(comment.id)
        elif comment.is_out:
            self.hidden.append(comment.id)
        if len(text.normal(comment.body)) > MAX_IMPORTED:
            self.cut.append(comment.id)
        if text.visible(comment.body) != comment.body and words:
            self.cleaned.append(comment.id)

    def told(self, round: Round, ratings: int) -> Imported:
        return Imported(
            round=round,
            ratings=ratings,
            hidden=tuple(self.hidden),
            wordless=tuple(self.wordless),
            cut=tuple(self.cut),
            cleaned=tuple(self.cleaned),
            kept=self.kept,
        )


def _bind(
    session: Session,
    round: Round,
    comments: tuple[Comment, ...],
    versions: list[StatementVersion],
) -> None:
    rows = [
        {"round_id": round.id, "version_id": version.id, "order": order, "code": _code(comment)}
        for order, (comment, version) in enumerate(zip(comments, versions, strict=True))
    ]
    session.execute(insert(RoundStatement), rows)


def _code(comment: Comment) -> str:
    return f"{CODES['']}{comment.id}"


def _moment(milliseconds: int | None, otherwise: datetime, latest: datetime) -> datetime:
    """The moment, unless it cannot be one."""
    if milliseconds is None or not EARLIEST <= milliseconds <= latest.timestamp() * 1000:
        return otherwise
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
