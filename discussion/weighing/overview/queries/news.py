"""What is new in a series, with dates as coarse as the attribution of each thing allows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.mutes.queries import MUTED, mute_of
from discussion.debate.positions.models import EditorsNote, Position, Response, Revision
from discussion.debate.positions.queries.naming import coarse_day
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.newest import Newest
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import (
    WHOEVER,
    published_positions,
    visible_threads,
    who_asks,
)
from discussion.weighing.overview.queries.shapes import NewsLine

LINES = 6
LOOKED_AT = 200  # of each kind: far more than are shown, so that the choice tells no order
LINK_LENGTH = 120
_SERIES = "series"

Dated = tuple[str, str, NewsLine]  # coarse date, a random id, the line


def list_news(session: Session, viewer: Viewer | None, series_id: int) -> tuple[NewsLine, ...]:
    """The newest positions, responses and notes, in three statements.

    They are sorted by the date that is shown and, within one date, by a random id: the list says
    no more about when something was written than its date does. A month stands after its days.
    """
    given = {_SERIES: series_id, **who_asks(viewer)}
    dated = [*_positions(session, given), *_responses(session, given), *_notes(session, given)]
    dated.sort(key=lambda one: one[1])
    dated.sort(key=lambda one: one[0], reverse=True)
    return tuple(line for _on, _id, line in dated[:LINES])


@cache
def _of_positions() -> Newest:
    asked = (
        select(
            Position.public_id,
            Position.attribution,
            Position.first_published_at,
            Revision.claim,
            Revision.language,
            mute_of(WHOEVER, Position),
        )
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Thread.series_id == bindparam(_SERIES))
        .where(published_positions(WHOEVER))
        .where(Position.first_published_at.is_not(None))
    )
    return Newest.of(asked, Position.id, Position.first_published_at, LOOKED_AT)


def _positions(session: Session, given: Mapping[str, Any]) -> Iterable[Dated]:
    for public_id, attribution, at, claim, language, muted in _of_positions().read(session, given):
        on = _coarse(at, attribution)
        url = paths.position(public_id)
        yield on, public_id, NewsLine(on, _("A position:"), url, _words(claim, language, muted))


@cache
def _of_responses() -> Newest:
    asked = (
        select(
            Response.public_id,
            Response.attribution,
            Response.first_published_at,
            Response.type,
            Position.public_id,
            Revision.claim,
            Revision.language,
            mute_of(WHOEVER, Position),
        )
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Thread.series_id == bindparam(_SERIES))
        .where(published_positions(WHOEVER))
        .where(Response.state == "published")
        .where(Response.first_published_at.is_not(None))
    )
    return Newest.of(asked, Response.id, Response.first_published_at, LOOKED_AT)


def _responses(session: Session, given: Mapping[str, Any]) -> Iterable[Dated]:
    said = {
        "asks": _("A question on:"),
        "adds_evidence": _("Evidence added to:"),
        "questions_evidence": _("Evidence questioned on:"),
        "names_value": _("A value named on:"),
        "shares_practice": _("Practice shared on:"),
        "offers_alternative": _("An alternative to:"),
        "restates": _("Restated by somebody who disagrees:"),
        "says_what_follows": _("What would follow from:"),
    }
    rows = _of_responses().read(session, given)
    for public_id, attribution, at, type_, position_id, claim, language, muted in rows:
        on = _coarse(at, attribution)
        url = paths.response(position_id, public_id)
        yield on, public_id, NewsLine(on, said[type_], url, _words(claim, language, muted))


@cache
def _of_notes() -> Select[*tuple[Any, ...]]:
    """Notes on what can be read: on a thread, or on a position that is published in one."""
    return (
        select(
            EditorsNote.id,
            EditorsNote.written_on,
            Thread.slug,
            Thread.question,
            Thread.language,
            Position.public_id,
            Revision.claim,
            Revision.language,
            mute_of(WHOEVER, Position),
        )
        .outerjoin(Position, Position.id == EditorsNote.position_id)
        .outerjoin(Revision, Revision.id == Position.live_revision_id)
        .join(Thread, (Thread.id == EditorsNote.thread_id) | (Thread.id == Position.thread_id))
        .join(Thread.series)
        .where(Thread.series_id == bindparam(_SERIES))
        .where(visible_threads(WHOEVER))
        .where(EditorsNote.removed_at.is_(None))
        .where(Position.id.is_(None) | (Position.state == "published"))
        .order_by(EditorsNote.written_on.desc(), EditorsNote.id.desc())
        .limit(LOOKED_AT)
    )


def _notes(session: Session, given: Mapping[str, Any]) -> Iterable[Dated]:
    rows = session.execute(_of_notes(), given)
    for id, written_on, slug, question, near, position_id, claim, own, muted in rows:
        on = written_on.isoformat()
        url = paths.position(position_id) if position_id else paths.thread(slug)
        words = _words(claim or question, own if claim else near, muted)
        yield on, str(id), NewsLine(on, _("A moderators’ note on:"), url, words)


def _words(claim: str, language: str, muted: str | None) -> str:
    """The claim that a line leads to, or that the reader muted its voice."""
    if muted:
        return str(MUTED)
    return text.Spoken(text.excerpt(claim, LINK_LENGTH), language)


def _coarse(at: datetime | None, attribution: str) -> str:
    return coarse_day(at, attribution) if at else ""
