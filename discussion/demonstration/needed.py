"""What we need to know: questions and barriers, worded as a moderator would."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.demonstration.files import read
from discussion.demonstration.people import Staff
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.reach.needed.drafts import LookingDraft, QuestionDraft
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.looking import enter_looking
from discussion.reach.needed.operations.marking import answer_question
from discussion.reach.needed.operations.wording import make_question
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.queries.gathering.said import quotation_of
from discussion.reach.needed.words import SAID
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Statement, StatementVersion

Items = Mapping[str, EvidenceItem]


def add_needed(session: Session, series: Series, items: Items, staff: Staff, now: datetime) -> None:
    """Word every question, name who looks into one, mark one as answered."""
    said = read("needed.toml")
    then = now - timedelta(days=said["made_days_ago"])
    actor = viewer_of(session, staff.moderator, now)
    for kind, entries in (("question", said["questions"]), ("barrier", said["barriers"])):
        for entry in entries:
            draft = QuestionDraft(
                entry["text"],
                kind=kind,
                level=entry.get("level", ""),
                origins=tuple(_origins(session, series, items, actor, entry)),
            )
            row = make_question(session, actor, series, draft, now=then)
            _mark(session, actor, row, items, entry, then)


def _mark(
    session: Session,
    actor: Viewer,
    row: Question,
    items: Items,
    entry: Mapping[str, Any],
    now: datetime,
) -> None:
    if looking := entry.get("looking"):
        enter_looking(session, actor, row, LookingDraft(**looking), now=now)
    if answered := entry.get("answered"):
        answer_question(session, actor, row, items[answered["by"]], says=answered["says"], now=now)


def _origins(
    session: Session, series: Series, items: Items, actor: Viewer, entry: Mapping[str, Any]
) -> Iterator[str]:
    for reason in ("crux", "unknown"):
        for named in entry.get(reason, ()):
            yield f"{reason}/{_statement(session, named)}"
    for named in entry.get("study", ()):
        yield f"study/{items[named].public_id}"
    for named in entry.get("mind", ()):
        yield f"mind/{_position(session, named).public_id}"
    if quoted := entry.get("said"):
        yield f"{SAID}/{_quoted(Asked(session, actor, series), quoted)}"


def _position(session: Session, named: str) -> Position:
    slug, _slash, number = named.partition("/")
    return session.scalars(
        select(Position).join(Position.thread)
        .where(Thread.slug == slug).where(Position.number == int(number))
    ).one()  # fmt: skip


def _statement(session: Session, named: str) -> str:
    """The public id of a statement, by the code that it had in the newest round of its thread."""
    slug, _slash, code = named.partition("/")
    return session.scalars(
        select(Statement.public_id)
        .join(StatementVersion, StatementVersion.statement_id == Statement.id)
        .join(RoundStatement, RoundStatement.version_id == StatementVersion.id)
        .join(Round, Round.id == RoundStatement.round_id)
        .join(Thread, Thread.id == Round.thread_id)
        .where(Thread.slug == slug).where(RoundStatement.code == code)
        .order_by(Round.number.desc())
    ).first() or ""  # fmt: skip


def _quoted(asked: Asked, quoted: Mapping[str, str]) -> str:
    """Words of the position, or of a response to it."""
    row = _position(asked.session, quoted["in"])
    places = [paths.position(row.public_id)]
    places += [paths.response(row.public_id, one.public_id) for one in row.responses]
    found = (quotation_of(asked, place, quoted["words"]) for place in places)
    return next(one for one in found if one)
