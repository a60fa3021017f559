"""The ladders of a series together: which rungs are answered, and what its levels put first."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.words import CONSEQUENCES, SAYS_WHAT_FOLLOWS
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import (
    published_positions,
    visible_responses,
    visible_threads,
)
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import Vocabulary, of_series
from discussion.weighing.findings.queries.tagged import read_tags_of
from discussion.weighing.levels.queries.across import across_levels
from discussion.weighing.levels.queries.shapes import SeriesLevelsPage, ThreadLine

ON_A_PAGE = 25  # threads
LOOKED_AT = 400  # threads from whose positions the levels of a series are compared


def series_levels_page(
    session: Session, viewer: Viewer | None, slug: str, number: int = 1
) -> SeriesLevelsPage | None:
    """A page of its threads, those with the most answers first; None where it is not there."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    vocabulary = of_series(series.slug)
    by_thread = _counts(session, viewer, series)
    threads = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id, Thread.stage != "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(visible_threads(viewer))
        .options(joinedload(Thread.series))
    ).all()
    ordered = sorted(
        threads, key=lambda each: (-sum(by_thread.get(each.id, {}).values()), each.slug)
    )
    shown = ordered[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    tags = read_tags_of(session, ordered[:LOOKED_AT])
    labels = {slug: label for each in tags.values() for slug, label in each.values.items()}
    return SeriesLevelsPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        lines=tuple(_line(each, by_thread.get(each.id, {}), vocabulary) for each in shown),
        empty=sum(each.id not in by_thread for each in threads),
        total=sum(sum(counts.values()) for counts in by_thread.values()),
        kinds=tuple(
            (kind, CONSEQUENCES[kind], count)
            for kind, count in _kinds(session, viewer, series).items()
        ),
        across=across_levels(
            series.slug,
            [one for each in tags.values() for one in each.positions],
            labels,
            vocabulary,
            concludes=len(tags) == 1,
        ),
        earlier_url=paths.series_levels(slug, page=str(number - 1)) if number > 1 else "",
        later_url=paths.series_levels(slug, page=str(number + 1))
        if len(ordered) > number * ON_A_PAGE
        else "",
    )


def _line(thread: Thread, counts: Mapping[str, int], vocabulary: Vocabulary) -> ThreadLine:
    return ThreadLine(
        question=thread.question,
        language=thread.language,
        url=paths.ladder(thread.slug),
        thread_url=paths.thread(thread.slug),
        count=sum(counts.values()),
        rungs=tuple(
            (level, str(label), counts.get(level, 0))
            for level, label in vocabulary.level_labels.items()
        ),
    )


def _counts(session: Session, viewer: Viewer | None, series: Series) -> dict[int, dict[str, int]]:
    """By thread, how many answers speak of each level."""
    rows = session.execute(
        select(Position.thread_id, Response.speaks_of, func.count())
        .select_from(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(*_shown(viewer, series))
        .group_by(Position.thread_id, Response.speaks_of)
    )
    found: dict[int, dict[str, int]] = {}
    for thread_id, level, count in rows:
        found.setdefault(thread_id, {})[level] = count
    return found


def _kinds(session: Session, viewer: Viewer | None, series: Series) -> dict[str, int]:
    rows = session.execute(
        select(Response.consequence, func.count())
        .select_from(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(*_shown(viewer, series))
        .group_by(Response.consequence)
    )
    counts = {key: count for key, count in rows}  # noqa: C416
    return {kind: counts[kind] for kind in CONSEQUENCES if kind in counts}


def _shown(viewer: Viewer | None, series: Series) -> tuple[ColumnElement[bool], ...]:
    return (
        Thread.series_id == series.id,
        Response.type == SAYS_WHAT_FOLLOWS,
        Response.state.in_(TEXT_STATES),
        published_positions(viewer),
        visible_responses(viewer),
    )
