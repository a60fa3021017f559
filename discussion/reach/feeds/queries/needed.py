"""Questions of information as entries: one for each thing that moderators did with them.

Their words are the moderators' own. What a question came from is told by its page alone, so that
nothing of a contributor stands in what others keep.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, selectinload

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.visibility import listed_series
from discussion.reach.feeds.queries.shapes import Entry, Feed
from discussion.reach.feeds.words import ENTRIES
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.asking import is_told_coarsely
from discussion.reach.needed.queries.finding import (
    Leads,
    find_question,
    is_shown,
    list_standing,
    read_leads,
)
from discussion.reach.needed.words import STEPS
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series


def needed_feed(session: Session, slug: str, now: datetime) -> Feed | None:
    """What was done with every question that visitors read."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    rows = list_standing(session, series, selectinload(Question.steps))
    leads = read_leads(session, None, series, rows)
    title = _("What we need to know: %(series)s", series=series.title)
    entries = [one for row in rows if is_shown(row, leads) for one in _entries(row, leads, now)]
    return _feed(f"needed/{series.public_id}", title, paths.needed(slug), series, entries)


def question_feed(session: Session, slug: str, public_id: str, now: datetime) -> Feed | None:
    """What was done with one of them; what was merged has the feed of the other."""
    found = find_question(session, None, slug, public_id)
    if found is None:
        return None
    row, leads = found
    url = paths.needed_question(slug, row.public_id)
    entries = list(_entries(row, leads, now))
    return _feed(f"question/{row.public_id}", row.text, url, row.series, entries)


def mapped_questions() -> Select[str, str]:
    """Series and id of every question that stands in a listed series, for the map of the site."""
    return (
        select(Series.slug, Question.public_id)
        .join(Question, Question.series_id == Series.id)
        .where(listed_series(None))
        .where(Question.removed_at.is_(None))
        .where(Question.merged_into_id.is_(None))
        .order_by(Series.slug, Question.public_id)
    )


def keep_shown(
    session: Session, named: Sequence[Row[*tuple[Any, ...]]], now: datetime
) -> list[Row[*tuple[Any, ...]]]:
    """Those that visitors read, a few statements a series; coarse ones from the next day on."""
    morning = clock.morning(clock.day(now))
    shown: set[str] = set()
    for slug in dict.fromkeys(slug for slug, _public_id in named):
        series = find_series(session, None, slug)
        if series is None:
            continue
        rows = list_standing(session, series)
        leads = read_leads(session, None, series, rows)
        shown.update(
            row.public_id
            for row in rows
            if is_shown(row, leads) and (row.made_at < morning or not is_told_coarsely(row, leads))
        )
    return [one for one in named if one.public_id in shown]


def _feed(key: str, title: str, url: str, series: Series, entries: list[Entry]) -> Feed:
    entries.sort(key=lambda one: one.key)
    newest = sorted(entries, key=lambda one: one.updated, reverse=True)[:ENTRIES]
    return Feed(
        key=key,
        title=title,
        says=_("What people would have to find out, and who looks into it"),
        language=series.language,
        url=url,
        since=clock.morning(clock.day(series.created_at).replace(day=1)),
        entries=tuple(newest),
    )


def _entries(row: Question, leads: Leads, now: datetime) -> Iterator[Entry]:
    """Of each its day; names of who looks into it stand on the page alone, and go with them.

    Where it comes from what is under the Chatham House Rule, of each the month, from the next day.
    """
    is_coarse = is_told_coarsely(row, leads)
    for number, step in enumerate(row.steps, start=1):
        day = clock.day(step.at)
        if is_coarse and day >= clock.day(now):
            continue
        on = clock.morning(day.replace(day=1) if is_coarse else day)
        yield Entry(
            key=f"question/{row.public_id}/{number}",
            title=row.text,
            language=row.language,
            url=paths.needed_question(row.series.slug, row.public_id),
            published=on,
            updated=on,
            words=" ".join(filter(None, (f"{STEPS[step.kind]}.", step.reason))),
        )
