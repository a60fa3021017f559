"""The frame of every page of the desk: the queue beside the item, its filters and counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.decisions.shapes import Described, Filters
from discussion.language import _, _n, in_words, number_in_words
from discussion.oversight.moderation.queries.batches import find_strip
from discussion.oversight.moderation.queries.queue import Line, Queue, list_queue
from discussion.oversight.moderation.queries.shapes import Choice, DeskFrame, Waiting
from discussion.oversight.moderation.queries.sources import describe_lines, queue_words
from discussion.oversight.moderation.queries.spans import (
    days_in_words,
    due_in_full,
    due_in_words,
    span_in_words,
)
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series, Theme

PAGE = 50  # lines


def frame(
    session: Session,
    viewer: Viewer,
    *,
    open_kind: str = "",
    open_id: str = "",
    filters: Filters | None = None,
    now: datetime,
) -> DeskFrame:
    """The queue of the series that the viewer moderates, one page of it in words."""
    filters = filters or Filters()
    queue = list_queue(session, viewer, now)
    open_key = f"{open_kind}/{open_id}"
    found = queue.matching(filters)
    shown = found[(filters.page - 1) * PAGE : filters.page * PAGE]
    opened = [line for line in queue.lines if line.key == open_key]
    following = _following(queue, found, open_key)
    described = {
        line.key: line
        for line in _describe(session, queue, [*shown, *opened, *following], open_key, filters, now)
    }
    lines = [described[line.key] for line in shown if line.key in described]
    next_line = described.get(following[0].key) if following else None
    batch = find_strip(session, viewer, now)
    return DeskFrame(
        sentence=_sentence(queue),
        summary=_summary(queue, now),
        own=_own(queue),
        urgent=tuple(line for line in lines if line.is_urgent),
        queue=tuple(line for line in lines if not line.is_urgent),
        open=described.get(open_key),
        next_key=next_line.key if next_line else "",
        next_url=next_line.url if next_line else "",
        filters=filters,
        total=len(found),
        all_url="" if filters == Filters(page=filters.page) else paths.desk(),
        mine=_mine(queue, filters),
        kinds=_kinds(queue, filters),
        series=_series(queue, filters),
        only_series=next(iter(queue.series.values())).slug if len(queue.series) == 1 else "",
        themes=_themes(session, queue, filters),
        earlier_url=_page_url(filters, -1) if filters.page > 1 else "",
        later_url=_page_url(filters, 1) if len(found) > filters.page * PAGE else "",
        can_tick=any(line.version_id for line in lines) and not (batch and batch.undo_url),
        batch=batch,
        at=now,
    )


@dataclass(frozen=True)
class FoundLine:
    """One thing that waits: where it is decided, in which series, and whether by somebody else."""

    url: str
    series: Series
    is_own: bool


def find_line(
    session: Session, viewer: Viewer | None, kind: str, public_id: str, *, now: datetime
) -> FoundLine | None:
    """Something that waits in a series that the viewer moderates."""
    if viewer is None:
        return None
    queue = list_queue(session, viewer, now)
    line = next((line for line in queue.lines if line.key == f"{kind}/{public_id}"), None)
    if line is None:
        return None
    said = describe_lines(session, viewer, [line.bare], now).get((kind, public_id))
    if said is None:
        return None
    return FoundLine(said.url, queue.series[line.bare.series_id], queue.is_own(line))


def _following(queue: Queue, found: Sequence[Line], open_key: str) -> list[Line]:
    """The line that comes next after the open one, if there is one to decide."""
    keys = [line.key for line in found]
    start = keys.index(open_key) + 1 if open_key in keys else 0
    free = (
        line
        for line in [*found[start:], *found[:start]]
        if line.key != open_key and not queue.is_own(line) and not queue.is_taken(line)
    )
    return [line for line in (next(free, None),) if line is not None]


def _describe(
    session: Session,
    queue: Queue,
    lines: Sequence[Line],
    open_key: str,
    filters: Filters,
    now: datetime,
) -> Iterable[Waiting]:
    unique = {line.key: line for line in lines}.values()
    said = describe_lines(session, queue.viewer, [line.bare for line in unique], now)
    for line in unique:
        words = said.get((line.bare.kind, line.bare.id))
        if words is not None:
            made = _waiting(queue, line, words, filters, now)
            yield replace(made, is_open=True) if line.key == open_key else made


def _waiting(
    queue: Queue, line: Line, words: Described, filters: Filters, now: datetime
) -> Waiting:
    bare, held = line.bare, queue.held.get(line.key)
    span = now - bare.since
    kind_words = _("New version") if words.is_revision else str(queue_words()[bare.kind])
    is_mine = queue.is_mine(line)
    return Waiting(
        key=line.key,
        kind=bare.kind,
        id=bare.id,
        version_id=words.version_id if _can_tick(queue, line) else None,
        url=filters.on(words.url),
        title=words.title or kind_words,
        subject=words.subject,
        excerpt=words.excerpt,
        label=words.label,
        note=words.note,
        signs=() if queue.is_own(line) else words.signs,
        waited=days_in_words(span) if bare.is_coarse else span_in_words(span),
        due_words=due_in_words(line.due, now, is_coarse=bare.is_coarse),
        due_full=due_in_full(line.due, now, is_coarse=bare.is_coarse),
        is_late=line.due < now,
        is_urgent=bare.is_urgent,
        is_own=queue.is_own(line),
        is_open=False,
        holder=held.name if held and not is_mine else "",
        until=in_words(held.until, "HH:mm") if held else "",
        is_mine=is_mine,
    )


def _can_tick(queue: Queue, line: Line) -> bool:
    """Whether the viewer may approve it together with others, without opening it."""
    return not (line.bare.is_urgent or queue.is_own(line) or queue.is_taken(line))


def _sentence(queue: Queue) -> str:
    """ "Nine items wait. One is urgent." """
    total = len(queue.lines)
    if not total:
        return _("Nothing is waiting.")
    count = number_in_words(total)
    said = [_n("%(count)s item waits.", "%(count)s items wait.", total, count=count)]
    urgent = sum(line.bare.is_urgent for line in queue.lines)
    if urgent:
        said.append(
            _n(
                "%(count)s is urgent.",
                "%(count)s are urgent.",
                urgent,
                count=number_in_words(urgent),
            )
        )
    return " ".join(said)


def _summary(queue: Queue, now: datetime) -> tuple[tuple[int, str], ...]:
    """How many of the lines are urgent, late, due today, due later; none without any."""
    counts: Counter[str] = Counter()
    for line in queue.lines:
        if line.bare.is_urgent:
            counts["now"] += 1
        elif line.due < now:
            counts["late"] += 1
        else:
            counts["today" if clock.day(line.due) == clock.day(now) else "later"] += 1
    said = {
        "now": _("now"),
        "late": _n("past its time", "past their time", counts["late"]),
        "today": _("due today"),
        "later": _("due later"),
    }
    return tuple((counts[name], words) for name, words in said.items() if counts[name])


def _own(queue: Queue) -> str:
    own = sum(queue.is_own(line) for line in queue.lines)
    if not own:
        return ""
    return _n(
        "%(count)s is your own, so another moderator decides.",
        "%(count)s are your own, so another moderator decides.",
        own,
        count=number_in_words(own),
    )


def _mine(queue: Queue, filters: Filters) -> Choice:
    count = len(queue.matching(replace(filters, is_mine=True)))
    url = replace(filters, is_mine=not filters.is_mine, page=1).on(paths.desk())
    return Choice("1", _("Only mine"), count, url, filters.is_mine)


def _kinds(queue: Queue, filters: Filters) -> tuple[Choice, ...]:
    base = replace(filters, kind="", page=1)
    counts = Counter(line.bare.kind for line in queue.matching(base))
    return _choices(
        {kind: str(words) for kind, words in queue_words().items()},
        counts,
        filters.kind,
        lambda slug: replace(base, kind=slug),
    )


def _series(queue: Queue, filters: Filters) -> tuple[Choice, ...]:
    if len(queue.series) < 2:
        return ()
    base = replace(filters, series="", theme="", page=1)
    counts = Counter(queue.series[line.bare.series_id].slug for line in queue.matching(base))
    titles = {row.slug: row.title for row in queue.series.values()}
    return _choices(titles, counts, filters.series, lambda slug: replace(base, series=slug))


def _themes(session: Session, queue: Queue, filters: Filters) -> tuple[Choice, ...]:
    ids = {
        id: row
        for id, row in queue.series.items()
        if row.slug == filters.series or len(queue.series) == 1
    }
    if len(ids) != 1:
        return ()
    (series,) = ids.values()
    base = replace(filters, series=series.slug, theme="", page=1)
    counts = Counter(
        slug for line in queue.matching(base) for _id, slug in queue.themes_of(line.bare)
    )
    rows = session.execute(
        select(Theme.slug, Theme.question)
        .where(Theme.series_id == series.id)
        .order_by(Theme.order, Theme.id)
    )
    titles = {row.slug: row.question for row in rows}
    return _choices(titles, counts, filters.theme, lambda slug: replace(base, theme=slug))


def _choices(
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    chosen: str,
    filters_for: Callable[[str], Filters],
) -> tuple[Choice, ...]:
    """What something waits under, and what is chosen."""
    return tuple(
        Choice(slug, label, counts.get(slug, 0), filters_for(slug).on(paths.desk()), slug == chosen)
        for slug, label in labels.items()
        if counts.get(slug) or slug == chosen
    )


def _page_url(filters: Filters, step: int) -> str:
    return replace(filters, page=filters.page + step).on(paths.desk())
