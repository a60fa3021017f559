"""What the desk lists of appeals: each until somebody who did not decide it has looked again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.queries.labels import list_labels
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Asked, Bare, Described, SeriesIds, Tally
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.reports.models import Report
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import find_places, find_subjects, kind_named
from discussion.subjects.kinds import Subject
from discussion.subjects.shapes import Key, Place


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
    places = _find_places(session, [(row.subject_kind, row.subject_id) for row in rows])
    return [
        Bare(
            kind="appeals",
            id=row.public_id,
            series_id=row.series_id,
            thread_id=places.get((row.subject_kind, row.subject_id), Place()).thread_id,
            since=row.at,
            target="appeal",
            own_ids=(row.made_by_id, row.decided_by_id, *reporters[row.id]),
            is_coarse=places.get((row.subject_kind, row.subject_id), Place()).attribution
            == "chatham_house",
        )
        for row in rows
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """Public id → the line of the desk, for appeals, with what each decision was about."""
    rows = session.scalars(
        select(Appeal)
        .where(Appeal.public_id.in_([bare.id for bare in bares]))
        .options(joinedload(Appeal.decision).joinedload(Decision.decided_by))
    ).all()
    keys = {row.id: (row.decision.subject_kind, row.decision.subject_id) for row in rows}
    found = find_subjects(session, keys.values())
    labels = list_labels(session, [one.voiced for one in found.values() if one.voiced])
    return {row.public_id: _described(viewer, row, found.get(keys[row.id]), labels) for row in rows}


def tally(series_ids: SeriesIds) -> Tally:
    """As SQL: how many appeals wait in these series, and since when the first does."""
    return _waiting(select(func.count(), func.min(Appeal.at)), series_ids)


def _waiting(asked: Asked, series_ids: SeriesIds) -> Asked:
    return (
        asked.select_from(Appeal)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(AppealOutcome, AppealOutcome.appeal_id == Appeal.id)
        .where(AppealOutcome.id.is_(None))
        .where(Appeal.series_id.in_(series_ids))
    )


def _described(
    viewer: Viewer, appeal: Appeal, about: Subject | None, labels: dict[str, str]
) -> Described:
    """Who decided is told to those who decide; who wrote it is shown by label only."""
    decision = appeal.decision
    name = decision.decided_by.display_name
    is_decider = viewer.person_id == decision.decided_by_id
    return Described(
        url=paths.review_appeal(appeal.public_id),
        subject=_subject(about),
        label=labels.get(decision.subject_id, "") or _("A contributor"),
        title=_("Appeal: %(action)s", action=str(ACTIONS[decision.action]).lower()),
        note="" if is_decider else _("%(name)s decided it, so not %(name)s", name=name),
    )


def _subject(about: Subject | None) -> str:
    """A person is not named: what is asked of them hangs on what they wrote."""
    if about is None:
        return ""
    return _("What was asked of a member") if about.is_somebody else about.title


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


def _find_places(session: Session, keys: Iterable[Key]) -> dict[Key, Place]:
    """Where that stands which stands in a thread under somebody's voice."""
    ids: dict[str, list[str]] = defaultdict(list)
    for name, public_id in keys:
        kind = kind_named(name)
        if kind is not None and kind.is_logged_in_thread:
            ids[name].append(public_id)
    return find_places(session, ids)
