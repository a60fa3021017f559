"""What waits for a moderator, oldest due first."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion import paths
from discussion.language import _, _n
from discussion.moderation.queries.shapes import Waiting
from discussion.permissions.facts import Viewer
from discussion.positions.models import Position, Response, ResponseText, Revision
from discussion.positions.queries.naming import label_in_words
from discussion.series.models import Membership, Series
from discussion.series.queries.cells import count_cells, ladder_step
from discussion.threads.models import Thread
from discussion.values.models import ValueProposal


def count_waiting(session: Session, viewer: Viewer | None) -> int:
    """How many items wait in the series that the viewer moderates; one statement."""
    ids = _moderated(viewer)
    if not ids:
        return 0
    parts = [
        select(func.count()).select_from(_pending_positions(ids).subquery()).scalar_subquery(),
        select(func.count()).select_from(_pending_responses(ids).subquery()).scalar_subquery(),
        select(func.count()).select_from(_proposed_threads(ids).subquery()).scalar_subquery(),
        select(func.count()).select_from(_proposed_values(ids).subquery()).scalar_subquery(),
    ]
    return sum(session.execute(select(*parts)).one())


def list_waiting(session: Session, viewer: Viewer | None, now: datetime) -> list[Waiting]:
    """The queue of every series the viewer moderates, the item that is due first at the top."""
    ids = _moderated(viewer)
    if not ids or viewer is None:
        return []
    labels = _Labels(session)
    lines = [
        *(_position_line(row, labels, viewer, now) for row in session.scalars(_with_position(ids))),
        *(_response_line(row, labels, viewer, now) for row in session.scalars(_with_response(ids))),
        *(
            _thread_line(row, viewer, now)
            for row in session.scalars(_proposed_threads(ids).options(joinedload(Thread.series)))
        ),
        *(
            _value_line(proposal, series, viewer, now)
            for proposal, series in session.execute(
                _proposed_values(ids).join(Series, Series.id == ValueProposal.series_id)
                .add_columns(Series)
            )
        ),
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.due, line.id))


def find_waiting(session: Session, item: Position | Response) -> Revision | ResponseText | None:
    """The version that waits for a decision, if there is one."""
    if item.state not in ("draft", "published"):
        return None
    if isinstance(item, Position):
        return session.scalar(
            select(Revision)
            .where(Revision.position_id == item.id)
            .where(Revision.status == "pending")
            .order_by(Revision.id.desc())
        )
    return session.scalar(
        select(ResponseText)
        .where(ResponseText.response_id == item.id)
        .where(ResponseText.status == "pending")
        .order_by(ResponseText.id.desc())
    )


def label_of(session: Session, item: Position | Response) -> str:
    """How the author will be shown, without a letter until one is drawn."""
    return _Labels(session).of(item, _thread(item))


class _Labels:
    """Labels of authors, with the cells of each series counted once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cells: dict[int, Any] = {}

    def of(self, item: Position | Response, thread: Thread) -> str:
        if item.attribution == "chatham_house":
            return _("Contributor")
        if item.first_published_at is not None:
            return label_in_words(item.label_role, item.label_phase, item.label_step)
        own = self._session.scalar(
            select(Membership)
            .where(Membership.series_id == thread.series_id)
            .where(Membership.person_id == item.author_id)
        )
        role, phase = (own.posting_role, own.posting_phase) if own else ("", "")
        if thread.series_id not in self._cells:
            self._cells[thread.series_id] = count_cells(self._session, thread.series)
        step = ladder_step(self._cells[thread.series_id], role, phase, thread.series.min_group)
        return label_in_words(role, phase, step)


def _position_line(row: Revision, labels: _Labels, viewer: Viewer, now: datetime) -> Waiting:
    position = row.position
    return _line(
        "positions",
        position.public_id,
        paths.curate_position(position.public_id),
        position.thread.question,
        labels.of(position, position.thread),
        row.submitted_at,
        position.thread.series,
        now,
        is_revision=position.first_published_at is not None,
        is_own=viewer.person_id in (position.author_id, position.entered_by_id),
    )


def _response_line(row: ResponseText, labels: _Labels, viewer: Viewer, now: datetime) -> Waiting:
    response = row.response
    thread = response.position.thread
    return _line(
        "responses",
        response.public_id,
        f"/moderation/responses/{response.public_id}",
        thread.question,
        labels.of(response, thread),
        row.submitted_at,
        thread.series,
        now,
        is_revision=response.first_published_at is not None,
        is_own=response.author_id == viewer.person_id,
    )


def _thread_line(thread: Thread, viewer: Viewer, now: datetime) -> Waiting:
    return _line(
        "threads",
        thread.public_id,
        paths.curate_thread(thread.slug),
        thread.question,
        _("A contributor"),
        thread.created_at,
        thread.series,
        now,
        is_own=thread.proposed_by_id == viewer.person_id,
    )


def _value_line(proposal: ValueProposal, series: Series, viewer: Viewer, now: datetime) -> Waiting:
    return _line(
        "values",
        proposal.public_id,
        f"/values/{series.slug}/proposals",
        f"“{proposal.label}”",
        _("A contributor"),
        proposal.created_at,
        series,
        now,
        is_own=proposal.proposed_by_id == viewer.person_id,
    )


def _line(
    kind: str,
    public_id: str,
    url: str,
    subject: str,
    label: str,
    since: datetime,
    series: Series,
    now: datetime,
    *,
    is_revision: bool = False,
    is_own: bool = False,
) -> Waiting:
    due = since + timedelta(hours=series.decides_within_hours)
    return Waiting(
        kind=kind,
        id=public_id,
        url=url,
        is_revision=is_revision,
        subject=subject,
        label=label,
        since=since,
        due=due,
        waited=span_in_words(now - since),
        due_words=_due_in_words(due, now),
        is_late=due < now,
        is_own=is_own,
        is_open=False,
    )


def span_in_words(span: timedelta) -> str:
    """A length of time in its largest whole unit: minutes, hours (to three days), days."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return _n("%(num)s minute", "%(num)s minutes", minutes)
    hours = minutes // 60
    if hours < 72:
        return _n("%(num)s hour", "%(num)s hours", hours)
    return _n("%(num)s day", "%(num)s days", hours // 24)


def _due_in_words(due: datetime, now: datetime) -> str:
    if due < now:
        return _("%(span)s late", span=span_in_words(now - due))
    return _("in %(span)s", span=span_in_words(due - now))


def _pending_positions(ids: tuple[int, ...]) -> Any:
    return (
        select(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .where(Revision.status == "pending")
        .where(Position.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(ids))
    )


def _with_position(ids: tuple[int, ...]) -> Any:
    return (
        _pending_positions(ids)
        .join(Thread.series)
        .options(
            contains_eager(Revision.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series)
        )
    )


def _pending_responses(ids: tuple[int, ...]) -> Any:
    return (
        select(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .where(ResponseText.status == "pending")
        .where(Response.state.in_(("draft", "published")))
        .where(Thread.series_id.in_(ids))
    )


def _with_response(ids: tuple[int, ...]) -> Any:
    return (
        _pending_responses(ids)
        .join(Thread.series)
        .options(
            contains_eager(ResponseText.response)
            .contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series)
        )
    )


def _proposed_threads(ids: tuple[int, ...]) -> Any:
    return (
        select(Thread)
        .where(Thread.stage == "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.series_id.in_(ids))
    )


def _proposed_values(ids: tuple[int, ...]) -> Any:
    return (
        select(ValueProposal)
        .where(ValueProposal.state == "waiting")
        .where(ValueProposal.series_id.in_(ids))
    )


def _moderated(viewer: Viewer | None) -> tuple[int, ...]:
    return () if viewer is None else viewer.series_as("moderator", "convener")


def _thread(item: Position | Response) -> Thread:
    return item.thread if isinstance(item, Position) else item.position.thread
