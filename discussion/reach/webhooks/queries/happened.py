"""What happened in a series that a visitor may read: by kind, the ids of rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from discussion import clock
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import StageMove, Thread
from discussion.permissions.facts import READABLE_STATUSES
from discussion.permissions.visibility import (
    published_positions,
    visible_publications,
    visible_threads,
)
from discussion.reach.publications.models import Publication
from discussion.reach.webhooks.models import Telling, Webhook
from discussion.reach.webhooks.words import LOOKS_BACK, MOST_WAITING, WAITING
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

CHATHAM_HOUSE = "chatham_house"


@dataclass(frozen=True)
class Asked:
    """Of which series, from when, and until when acts under the Chatham House Rule are told."""

    series_id: int
    since: datetime
    morning: datetime


def is_told_of(series: Series) -> bool:
    """Only a public series is: neither for members alone nor unlisted, neither draft nor gone."""
    return series.visibility == "public" and series.status in READABLE_STATUSES


def list_untold(session: Session, webhook: Webhook, now: datetime) -> list[tuple[str, int]]:
    """What it was not told yet, as kind and id; at most so much that not too much waits.

    Found by the state of things and not by their order, so that nothing is missed or told twice,
    whatever became of the worker meanwhile.
    """
    if not webhook.is_on or not is_told_of(webhook.series):
        return []
    waiting = session.scalar(
        select(func.count()).where(Telling.webhook_id == webhook.id).where(Telling.state == WAITING)
    )
    room = MOST_WAITING - (waiting or 0)
    since = max(webhook.since, now - LOOKS_BACK)
    morning = clock.morning(clock.day(now))
    found: list[tuple[str, int]] = []
    for kind in webhook.kinds:
        if (left := room - len(found)) > 0:
            told = select(Telling.subject_id).where(
                Telling.webhook_id == webhook.id, Telling.kind == kind
            )
            asked = Asked(webhook.series_id, max(since, _chosen_at(webhook, kind)), morning)
            rows = HAPPENED[kind](asked)
            [id] = rows.selected_columns
            found += [
                (kind, one) for one in session.scalars(rows.where(id.not_in(told)).limit(left))
            ]
    return found


def _chosen_at(webhook: Webhook, kind: str) -> datetime:
    """From when something of this kind is told."""
    later = webhook.kinds_since.get(kind)
    return datetime.fromisoformat(later) if later else webhook.since


def _moves(asked: Asked) -> Select[int]:
    return (
        select(StageMove.id)
        .join(Thread, Thread.id == StageMove.thread_id)
        .join(Thread.series)
        .where(Thread.series_id == asked.series_id)
        .where(StageMove.at >= asked.since)
        .where(visible_threads(None))
        .order_by(StageMove.id)
    )


def _opened(asked: Asked) -> Select[int]:
    return _moves(asked).where(StageMove.before == "proposed")


def _moved(asked: Asked) -> Select[int]:
    return _moves(asked).where(StageMove.before != "proposed")


def _rounds(asked: Asked) -> Select[int]:
    return (
        select(Round.id)
        .join(Round.thread)
        .join(Thread.series)
        .where(Thread.series_id == asked.series_id)
        .where(Round.state == "open")
        .where(Round.opened_at >= asked.since)
        .where(visible_threads(None))
        .order_by(Round.id)
    )


def _findings(asked: Asked) -> Select[int]:
    """The first of each round: what is made anew of the same is not news."""
    before = aliased(FindingSnapshot)
    is_again = (
        select(before.id)
        .where(before.round_id == FindingSnapshot.round_id)
        .where(before.id < FindingSnapshot.id)
    )
    return (
        select(FindingSnapshot.id)
        .join(FindingSnapshot.thread)
        .join(Thread.series)
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(Thread.series_id == asked.series_id)
        .where(Round.state == "closed")
        .where(FindingSnapshot.made_at >= asked.since)
        .where(visible_threads(None))
        .where(~is_again.exists())
        .order_by(FindingSnapshot.id)
    )


def _published(asked: Asked) -> Select[int]:
    return (
        select(Publication.id)
        .join(Publication.series)
        .where(Publication.series_id == asked.series_id)
        .where(Publication.published_at >= asked.since)
        .where(visible_publications(None))
        .order_by(Publication.id)
    )


def _positions(asked: Asked) -> Select[int]:
    """Under the Chatham House Rule on the next day, with all else of its day, in a random order."""
    return (
        select(Position.id)
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == asked.series_id)
        .where(Position.first_published_at >= asked.since)
        .where(published_positions(None))
        .where(
            or_(
                Position.attribution != CHATHAM_HOUSE,
                Position.first_published_at < asked.morning,
            )
        )
        .order_by(Position.public_id)
    )


HAPPENED: dict[str, Callable[[Asked], Select[int]]] = {
    "thread.opened": _opened,
    "thread.moved": _moved,
    "round.opened": _rounds,
    "findings.ready": _findings,
    "publication.published": _published,
    "position.published": _positions,
}
