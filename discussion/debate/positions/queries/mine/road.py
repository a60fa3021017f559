"""Where one's writing went in the debate itself: who answered, what changed, how a thread ended."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.positions.queries.higher import Own, Roads, Step
from discussion.debate.positions.queries.history import reason_in_words
from discussion.debate.positions.queries.mine.shapes import Answered, Answers, Changed
from discussion.debate.positions.queries.naming import byline, coarse_day, find_letters
from discussion.debate.positions.words import RESPONSE_TYPES, RESTATES
from discussion.debate.threads.models import StageMove, Thread
from discussion.language import _, _n
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Series

FIRST = 6  # responses that are named, of each position
NOT_STANDING = ("superseded", "retracted")


def list_answers(session: Session, rows: Sequence[Position]) -> Mapping[int, Answers]:
    """Published responses by position, by type and then by random id, as on the position's page."""
    ids = [row.id for row in rows]
    order = case({type: at for at, type in enumerate(RESPONSE_TYPES)}, value=Response.type)
    counted = (
        select(
            Response.id,
            func.row_number()
            .over(partition_by=Response.position_id, order_by=(order, Response.public_id))
            .label("at"),
            func.count().over(partition_by=Response.position_id).label("many"),
        )
        .where(Response.position_id.in_(ids))
        .where(Response.state == "published")
        .subquery()
    )
    found = session.execute(
        select(Response, counted.c.many)
        .join(counted, counted.c.id == Response.id)
        .where(counted.c.at <= FIRST)
        .order_by(Response.position_id, counted.c.at)
        .options(
            joinedload(Response.author), joinedload(Response.live), joinedload(Response.position)
        )
    ).all()
    letters = find_letters(session, {row.position.thread_id for row, _many in found})
    made: dict[int, Answers] = {}
    for row, many in found:
        at = (row.live.live_at if row.live else None) or row.created_at
        url = paths.response(row.position.public_id, row.public_id)
        one = Answered(row.type, url, byline(row, row.position.thread_id, letters, at))
        before = made.get(row.position_id, Answers())
        made[row.position_id] = Answers(many, (*before.first, one))
    return made


def list_changed(session: Session, rows: Sequence[Position]) -> Mapping[int, tuple[Changed, ...]]:
    """The sources of live versions that were retracted, or that something newer replaced."""
    found = session.execute(
        select(Revision.position_id, EvidenceItem, Series.slug)
        .join(EvidenceLink, EvidenceLink.revision_id == Revision.id)
        .join(EvidenceItem, EvidenceItem.id == EvidenceLink.item_id)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(Revision.id.in_([row.live_revision_id for row in rows if row.state == "published"]))
        .where(EvidenceItem.status.in_(NOT_STANDING))
        .where(EvidenceItem.is_hidden.is_(False))
        .order_by(EvidenceLink.order, EvidenceItem.id)
    )
    made: dict[int, tuple[Changed, ...]] = {}
    for position_id, item, slug in found:
        one = Changed(item.title, paths.item(slug, item.public_id), item.status)
        made[position_id] = tuple(dict.fromkeys((*made.get(position_id, ()), one)))
    return made


def new_versions(_session: Session, own: Own) -> Roads:
    """Of responses: that the position they answer has a newer version."""
    return {row.public_id: steps for row in own.responses if (steps := _newer(own.viewer, row))}


def _newer(viewer: Viewer, row: Response) -> tuple[Step, ...]:
    position, live = row.position, row.position.live
    is_read = position.state == "published" and allowed(viewer, May.READ_THREAD, position.thread)
    if live is None or not is_read or (live.version or 0) <= (row.revision.version or 0):
        return ()
    is_question = row.type == "asks"
    return (
        Step(
            _("Answered by a new version") if is_question else _("The position has a new version"),
            reason_in_words(live).lower(),
            url=paths.version(position.public_id, live.version or 0),
            on=coarse_day(live.live_at, position.attribution) if live.live_at else "",
        ),
    )


def cited_in(session: Session, own: Own) -> Roads:
    """Of sources: how many published positions cite them."""
    rows = session.execute(
        select(EvidenceItem.public_id, func.count(Position.id.distinct()))
        .join(EvidenceLink, EvidenceLink.item_id == EvidenceItem.id)
        .join(Position, Position.live_revision_id == EvidenceLink.revision_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(EvidenceItem.id.in_([row.id for row in own.items]))
        .where(published_positions(own.viewer))
        .group_by(EvidenceItem.public_id)
    )
    return {
        public_id: (Step(_n("Cited by %(num)s position", "Cited by %(num)s positions", many)),)
        for public_id, many in rows
    }


def ended(session: Session, own: Own) -> Roads:
    """How the thread ended in which it stands, or when it is to."""
    rows: list[Position | Response] = [*own.positions, *own.responses]
    threads = {row.thread_id: row.thread for row in rows}
    closed = _closed_on(session, threads)
    return {
        row.public_id: tuple(_ending(own, row, closed.get(row.thread_id, "")))
        for row in rows
        if allowed(own.viewer, May.READ_THREAD, row.thread)
    }


def _ending(own: Own, row: Position | Response, closed_on: str) -> Iterator[Step]:
    thread, today = row.thread, clock.day(own.now)
    if thread.stage == "closed" and thread.outcome:
        yield Step(_("The thread has its outcome"), url=paths.thread(thread.slug), on=closed_on)
    if row.state != "published" or thread.series.status != "open":
        return
    if thread.stage == "closed":
        if thread.review_on is not None and thread.review_on >= today:
            yield Step(_("Looked at again"), on=thread.review_on.isoformat(), is_ahead=True)
    elif thread.closed_on is not None and thread.closed_on >= today:
        yield Step(_("An outcome of the thread"), on=thread.closed_on.isoformat(), is_ahead=True)


def _closed_on(session: Session, threads: Mapping[int, Thread]) -> dict[int, str]:
    """The day on which each of those that are closed was closed."""
    rows = session.execute(
        select(StageMove.thread_id, func.max(StageMove.at))
        .where(
            StageMove.thread_id.in_([id for id, row in threads.items() if row.stage == "closed"])
        )
        .where(StageMove.after == "closed")
        .group_by(StageMove.thread_id)
    )
    return {id: clock.day(at).isoformat() for id, at in rows}


def list_restated(session: Session, rows: Sequence[Position]) -> dict[int, str]:
    """Where an author is asked whether they are restated fairly: one address a position."""
    ids = [row.id for row in rows if row.state in TEXT_STATES]
    asked = session.execute(
        select(Response.position_id, Position.public_id, Response.public_id)
        .join(Response.position)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .where(Response.position_id.in_(ids))
        .where(Response.type == RESTATES, Response.state == "published")
        .where(ResponseText.fair == "")
        .order_by(Response.public_id)
    )
    return {id: paths.is_restated_fairly(position, response) for id, position, response in asked}
