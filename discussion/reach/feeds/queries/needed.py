"""Questions of information as entries: one for each thing that moderators did with them.

Their words are the moderators' own. What a question came from is told by its page alone, so that
nothing of a contributor stands in what others keep.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.language import _
from discussion.reach.feeds.queries.shapes import Entry, Feed
from discussion.reach.feeds.words import ENTRIES
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.finding import (
    find_question,
    is_shown,
    list_standing,
    read_leads,
)
from discussion.reach.needed.words import STEPS
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series


def needed_feed(session: Session, slug: str) -> Feed | None:
    """What was done with every question that visitors read."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    rows = list_standing(session, series)
    leads = read_leads(session, None, series, rows)
    shown = [row for row in rows if is_shown(row, leads)]
    return _feed(
        f"needed/{series.public_id}",
        _("What we need to know: %(series)s", series=series.title),
        paths.needed(slug),
        series,
        shown,
    )


def question_feed(session: Session, slug: str, public_id: str) -> Feed | None:
    """What was done with one of them; what was merged has the feed of the other."""
    found = find_question(session, None, slug, public_id)
    if found is None:
        return None
    row = found[0]
    url = paths.needed_question(slug, row.public_id)
    return _feed(f"question/{row.public_id}", row.text, url, row.series, [row])


def _feed(key: str, title: str, url: str, series: Series, rows: list[Question]) -> Feed:
    entries = sorted((one for row in rows for one in _entries(row)), key=lambda one: one.key)
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


def _entries(row: Question) -> Iterator[Entry]:
    """Of each its day; names of who looks into it stand on the page alone, and go with them."""
    for number, step in enumerate(row.steps, start=1):
        on = clock.morning(clock.day(step.at))
        yield Entry(
            key=f"question/{row.public_id}/{number}",
            title=row.text,
            language=row.language,
            url=paths.needed_question(row.series.slug, row.public_id),
            published=on,
            updated=on,
            words=" ".join(filter(None, (f"{STEPS[step.kind]}.", step.reason))),
        )
