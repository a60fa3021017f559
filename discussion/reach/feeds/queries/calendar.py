"""The dates of a series: its own, the planned stages of its threads, its rounds and reviews."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import STAGES, TRACK
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_threads
from discussion.reach.feeds.queries.shapes import Calendar, Occasion
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.rounds.models import Round

_DATES = (*(f"{stage}_on" for stage in TRACK), "review_on")


def series_calendar(session: Session, slug: str) -> Calendar | None:
    """As a visitor may read it; None where there is nothing to read."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    threads = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(None))
        .where(or_(*(getattr(Thread, name).is_not(None) for name in _DATES)))
        .order_by(Thread.public_id)
    ).all()
    return Calendar(
        title=series.title,
        language=series.language,
        url=paths.series(series.slug),
        made_at=series.created_at,
        occasions=(
            *_of_series(series),
            *(one for thread in threads for one in _of_thread(thread)),
            *_of_rounds(session, series),
        ),
    )


def _of_series(series: Series) -> Iterator[Occasion]:
    url = paths.series(series.slug)
    for name, title, on in (
        ("starts", _("%(series)s begins", series=series.title), series.starts_on),
        ("ends", _("%(series)s ends", series=series.title), series.ends_on),
    ):
        if on is not None:
            yield Occasion(f"series/{series.public_id}/{name}", title, url, on, None)


def _of_thread(thread: Thread) -> Iterator[Occasion]:
    url, key = paths.thread(thread.slug), f"thread/{thread.public_id}/{thread.cycle}"
    for stage in TRACK:
        on = getattr(thread, f"{stage}_on")
        if on is not None:
            title = _("%(stage)s: %(question)s", stage=STAGES[stage], question=thread.question)
            yield Occasion(f"{key}/{stage}", title, url, on, None)
    if thread.review_on is not None and thread.stage == "closed":
        title = _("The outcome is looked at again: %(question)s", question=thread.question)
        yield Occasion(f"{key}/review", title, url, thread.review_on, None)


def _of_rounds(session: Session, series: Series) -> Iterator[Occasion]:
    rows = session.scalars(
        select(Round)
        .join(Round.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(None))
        .where(Round.imported_from == "")
        .order_by(Round.public_id)
        .options(contains_eager(Round.thread).contains_eager(Thread.series))
    )
    for row in rows:
        if allowed(None, May.READ_ROUND, row):
            title = _("Rate the statements: %(question)s", question=row.thread.question)
            url = paths.round(row.thread.slug, row.number)
            begins, ends = row.opened_at or row.opens_at, row.closed_at or row.closes_at
            yield Occasion(f"round/{row.public_id}", title, url, begins, ends)
