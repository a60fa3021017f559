"""In which thread to write: those that take positions by theme, and why the others do not."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.moving import LIVE_STATES
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import closed_in_words, voices_among
from discussion.language import _, in_words
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_threads
from discussion.series.members.queries.joining import Joining, find_joining
from discussion.series.series.models import Series, Theme
from discussion.series.series.queries.reading import find_series
from discussion.weighing.overview.queries.homes import (
    Home,
    choose_homes,
    list_leading,
    takes_positions,
)
from discussion.weighing.overview.queries.rating import offer_rating
from discussion.weighing.overview.queries.route import (
    Listed,
    last_day,
    list_threads,
    live_themes,
    open_rounds,
)
from discussion.weighing.overview.queries.shapes import (
    ClosedLine,
    WriteChoice,
    WriteLine,
    WriteTheme,
)

OF_A_THEME = 12  # threads in which one can write; the rest are on the theme's own page
CLOSED_ONES = 20


def write_choice(session: Session, viewer: Viewer | None, slug: str) -> WriteChoice | None:
    """Every thread that the viewer may read, once, as it stands to somebody who would write."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    themes = live_themes(session, series)
    takes = _takes(session, viewer, series)
    homes = choose_homes(session, viewer, series, OF_A_THEME, takes)
    closed = _choose_closed(session, viewer, series, takes)
    ids = [id for home in homes.values() for id in home.thread_ids]
    listed = list_threads(session, viewer, series, [*ids, *closed])
    asked = list(listed.threads.values())
    leading = list_leading(session, viewer, series)
    rated = [thread for thread in leading if thread.stage == "weighing"]
    own, kept = _own(session, viewer, asked), _kept(session, viewer, asked)
    can_propose = allowed(viewer, May.PROPOSE_THREAD, series)
    here = paths.choose_thread(series.slug)
    joining = find_joining(session, viewer, series, here, clock.now())
    return WriteChoice(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        language=series.language,
        themes=_by_theme(series, themes, listed, homes, own, kept),
        closed=tuple(_closed(one) for one in asked if one.id in closed),
        closed_count=_count_closed(session, viewer, series, takes),
        needs=_needs(viewer, series, joining),
        joining=joining,
        rating=offer_rating(viewer, rated, open_rounds(session, rated).values()),
        propose_url=paths.propose_thread(series.slug) if can_propose else "",
    )


def _takes(session: Session, viewer: Viewer | None, series: Series) -> ColumnElement[bool]:
    """Whether new positions are taken; while it is closed to new voices, from who has one."""
    if series.status != "open":
        return false()
    voices = _voices(session, viewer, series)
    is_unguarded = or_(Thread.closed_to != "new_voices", Thread.id.in_(voices))
    return and_(*takes_positions(), is_unguarded)


def _voices(session: Session, viewer: Viewer | None, series: Series) -> frozenset[int]:
    if viewer is None:
        return frozenset()
    guarded = session.scalars(
        select(Thread.id)
        .where(Thread.series_id == series.id)
        .where(Thread.closed_to == "new_voices")
    ).all()
    return voices_among(session, viewer.person_id, guarded) if guarded else frozenset()


def _closed_ones(
    viewer: Viewer | None, series: Series, takes: ColumnElement[bool], *columns: Any
) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .where(Thread.stage != "proposed")
        .where(not_(takes))
    )


def _choose_closed(
    session: Session, viewer: Viewer | None, series: Series, takes: ColumnElement[bool]
) -> Sequence[int]:
    asked = _closed_ones(viewer, series, takes, Thread.id)
    return session.scalars(asked.order_by(Thread.created_at, Thread.id).limit(CLOSED_ONES)).all()


def _count_closed(
    session: Session, viewer: Viewer | None, series: Series, takes: ColumnElement[bool]
) -> int:
    return session.scalar(_closed_ones(viewer, series, takes, func.count())) or 0


def _needs(viewer: Viewer | None, series: Series, joining: Joining | None) -> str:
    """What is still needed before a position can be handed in; empty for who may."""
    if series.status != "open":
        return "over" if series.status in facts.OVER_STATUSES else "draft"
    if viewer is None:
        return "sign_in"
    if not viewer.is_confirmed:
        return "confirm"
    if series.id in viewer.paused_in:
        return "paused"
    if facts.may_contribute(viewer, series):
        return ""
    return "join" if joining and joining.url else "invitation"


def _own(session: Session, viewer: Viewer | None, asked: Sequence[Thread]) -> dict[int, str]:
    """By thread's id, the address of one's own position there."""
    if viewer is None:
        return {}
    rows = session.execute(
        select(Position.thread_id, Position.public_id)
        .where(Position.thread_id.in_([thread.id for thread in asked]))
        .where(Position.author_id == viewer.person_id)
        .where(Position.state.in_(LIVE_STATES))
        .where(Position.is_second.is_(False))
    )
    return {thread_id: paths.position(public_id) for thread_id, public_id in rows}


def _kept(session: Session, viewer: Viewer | None, asked: Sequence[Thread]) -> frozenset[str]:
    """Public ids of the threads in which a draft is kept."""
    if viewer is None:
        return frozenset()
    rows = session.scalars(
        select(KeptDraft.subject_id)
        .where(KeptDraft.person_id == viewer.person_id)
        .where(KeptDraft.kind == "position")
        .where(KeptDraft.subject_id.in_([thread.public_id for thread in asked]))
    )
    return frozenset(rows)


def _by_theme(
    series: Series,
    themes: Sequence[Theme],
    listed: Listed,
    homes: Mapping[int | None, Home],
    own: dict[int, str],
    kept: frozenset[str],
) -> tuple[WriteTheme, ...]:
    """Each thread under the first of its themes that is still used; those of none come last."""

    def under(id: int | None, slug: str = "", question: str = "") -> WriteTheme:
        threads = [listed.threads[each] for each in homes[id].thread_ids if each in listed.threads]
        lines = tuple(_line(thread, own, kept) for thread in threads)
        url = paths.theme(series.slug, slug) if slug else ""
        return WriteTheme(slug, question, lines, homes[id].count - len(lines), url)

    found = [under(theme.id, theme.slug, theme.question) for theme in themes if theme.id in homes]
    return (*found, under(None)) if None in homes else tuple(found)


def _line(thread: Thread, own: dict[int, str], kept: frozenset[str]) -> WriteLine:
    state = "yours" if thread.id in own else "kept" if thread.public_id in kept else "open"
    return WriteLine(
        question=thread.question,
        language=thread.language,
        url=own.get(thread.id) or paths.write(thread.slug),
        state=state,
        until=last_day(thread),
    )


def _closed(thread: Thread) -> ClosedLine:
    return ClosedLine(
        question=thread.question,
        language=thread.language,
        url=paths.thread(thread.slug),
        why=_why(thread),
    )


def _why(thread: Thread) -> str:
    if thread.stage == "open" and thread.series.status == "open":
        return closed_in_words(thread)
    if thread.series.status in facts.OVER_STATUSES:
        return _("The series is over.")
    if thread.stage == "open":
        return _("The series is not open yet.")
    if thread.stage == "weighing":
        return _("People are rating statements drawn from its positions.")
    if thread.stage == "making_sense":
        return _("Its findings are being discussed.")
    if thread.closed_on is not None:
        return _("Closed on %(date)s.", date=in_words(thread.closed_on))
    return _("Closed.")
