"""What the desk lists of appeals: each until somebody who did not decide it has looked again."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.labels import list_labels
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Bare, Described
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.subjects import find_row, thread_of, words_of
from discussion.permissions.facts import Viewer
from discussion.series.values.models import ValueProposal


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """Not for who decided, appealed, or reported what was decided on."""
    rows = session.execute(
        _waiting(
            select(
                Appeal.public_id,
                Appeal.series_id,
                Appeal.at,
                Appeal.made_by_id,
                Decision.id,
                Decision.decided_by_id,
                Decision.subject_kind,
                Decision.subject_id,
            ),
            series_ids,
        )
    ).all()
    reporters = _find_reporters(session, [row.id for row in rows])
    places = _find_places(session, [row.subject_id for row in rows])
    return [
        Bare(
            kind="appeals",
            id=row.public_id,
            series_id=row.series_id,
            thread_id=places.get((row.subject_kind, row.subject_id), (None, ""))[0],
            since=row.at,
            target="appeal",
            own_ids=(row.made_by_id, row.decided_by_id, *reporters[row.id]),
            is_coarse=places.get((row.subject_kind, row.subject_id), (None, ""))[1]
            == "chatham_house",
        )
        for row in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    rows = session.scalars(
        select(Appeal)
        .where(Appeal.public_id.in_([bare.id for bare in bares]))
        .options(joinedload(Appeal.decision).joinedload(Decision.decided_by))
    ).all()
    items = {
        row.id: find_row(session, row.decision.subject_kind, row.decision.subject_id)
        for row in rows
    }
    labels = list_labels(
        session, [item for item in items.values() if isinstance(item, Position | Response)]
    )
    return {row.public_id: _described(session, viewer, row, items[row.id], labels) for row in rows}


def tally(series_ids: Sequence[int], now: datetime) -> Any:
    return _waiting(select(func.count(), func.min(Appeal.at)), series_ids)


def _waiting(asked: Any, series_ids: Sequence[int]) -> Any:
    return (
        asked.select_from(Appeal)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(AppealOutcome, AppealOutcome.appeal_id == Appeal.id)
        .where(AppealOutcome.id.is_(None))
        .where(Appeal.series_id.in_(series_ids))
    )


def _described(
    session: Session, viewer: Viewer, appeal: Appeal, item: Any, labels: dict[str, str]
) -> Described:
    """Who decided is told to those who decide; who wrote it is shown by label only."""
    decision = appeal.decision
    thread = thread_of(item) if item is not None else None
    name = decision.decided_by.display_name
    is_decider = viewer.person_id == decision.decided_by_id
    return Described(
        url=paths.review_appeal(appeal.public_id),
        subject=thread.question if thread else _subject(session, decision, item),
        label=labels.get(decision.subject_id, "") or _("A contributor"),
        title=_("Appeal: %(action)s", action=str(ACTIONS[decision.action]).lower()),
        note="" if is_decider else _("%(name)s decided it, so not %(name)s", name=name),
    )


def _subject(session: Session, decision: Decision, item: Any) -> str:
    """A person is not named: what is asked of them hangs on what they wrote."""
    if decision.subject_kind == "value":
        label = session.scalar(
            select(ValueProposal.label).where(ValueProposal.public_id == decision.subject_id)
        )
        return f"“{label}”" if label else ""
    if decision.subject_kind == "person":
        return _("What was asked of a member")
    return words_of(item)[0] if item is not None else ""


def _find_reporters(session: Session, decision_ids: Sequence[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    if decision_ids:
        rows = session.execute(
            select(Report.decision_id, Report.reporter_id)
            .where(Report.decision_id.in_(decision_ids))
            .where(Report.reporter_id.is_not(None))
        )
        for decision_id, reporter_id in rows:
            if decision_id is not None and reporter_id is not None:
                found[decision_id].add(reporter_id)
    return found


def _find_places(
    session: Session, ids: Sequence[str]
) -> dict[tuple[str, str], tuple[int | None, str]]:
    """(kind, public id) → the thread, and how its author is named."""
    if not ids:
        return {}
    statements = {
        "position": select(Position.public_id, Position.thread_id, Position.attribution).where(
            Position.public_id.in_(ids)
        ),
        "response": select(Response.public_id, Position.thread_id, Response.attribution)
        .join(Response.position)
        .where(Response.public_id.in_(ids)),
        "thread": select(Thread.public_id, Thread.id, Thread.attribution).where(
            Thread.public_id.in_(ids)
        ),
    }
    return {
        (kind, public_id): (thread_id, attribution)
        for kind, asked in statements.items()
        for public_id, thread_id, attribution in session.execute(asked)
    }
