"""Finding a thread by its address, present or former, as far as the viewer may see it."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager, raiseload, selectinload

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread, thread_scale, thread_theme
from discussion.permissions.facts import SHOWN_STATES, Viewer
from discussion.permissions.visibility import (
    WHOEVER,
    visible_positions,
    visible_series,
    visible_threads,
    who_asks,
)
from discussion.series.series.models import Scale, Series, Theme


def find_thread(session: Session, viewer: Viewer | None, slug: str) -> Thread | None:
    """The thread, to do something with."""
    return session.scalar(_TO_ACT_ON, {"slug": slug, **who_asks(viewer)})


_TO_ACT_ON = (
    select(Thread)
    .join(Thread.series)
    .where(Thread.slug == bindparam("slug"))
    .where(visible_threads(WHOEVER))
    .options(contains_eager(Thread.series))
)
# Each table is joined by itself: of two that are joined first, SQLite reads every row there is.
_TO_SHOW = (
    select(Thread)
    .join(Thread.series)
    .outerjoin(thread_theme, thread_theme.c.thread_id == Thread.id)
    .outerjoin(Theme, Theme.id == thread_theme.c.theme_id)
    .outerjoin(thread_scale, thread_scale.c.thread_id == Thread.id)
    .outerjoin(Scale, Scale.id == thread_scale.c.scale_id)
    .where(Thread.slug == bindparam("slug"))
    .where(visible_threads(WHOEVER))
    .options(
        contains_eager(Thread.series),
        contains_eager(Thread.themes),
        contains_eager(Thread.scales),
        raiseload("*"),
    )
    .order_by(
        thread_theme.c.order,
        Theme.order,
        Theme.id,
        thread_scale.c.order,
        Scale.order,
        Scale.id,
    )
)


def find_thread_to_show(session: Session, viewer: Viewer | None, slug: str) -> Thread | None:
    """The thread with its series, themes and scales in one statement, and nothing beyond them."""
    rows = session.scalars(_TO_SHOW, {"slug": slug, **who_asks(viewer)})
    return rows.unique().one_or_none()


def find_position_in(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> Position | None:
    """A position of this thread, shown as text or as a tombstone."""
    return session.scalar(
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.public_id == public_id)
        .where(Thread.slug == slug)
        .where(visible_positions(viewer))
        .where(Position.state.in_(SHOWN_STATES))
        .options(contains_eager(Position.thread).contains_eager(Thread.series))
    )


def find_series_to_propose_in(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """The series of this slug with its themes and scales, if the viewer may see it."""
    return session.scalar(
        select(Series)
        .where(Series.slug == slug)
        .where(visible_series(viewer))
        .options(selectinload(Series.themes), selectinload(Series.scales))
    )
