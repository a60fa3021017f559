"""A theme, its threads, and the values that each is argued from."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.queries.shapes import Headline
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Theme
from discussion.series.series.queries.reading import find_series
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.overview.queries.higher import PUBLISHED
from discussion.weighing.overview.queries.homes import takes_positions
from discussion.weighing.overview.queries.route import list_threads, live_themes
from discussion.weighing.overview.queries.served import most_served
from discussion.weighing.overview.queries.shapes import ThemePage, ThemeThread

SAID_LENGTH = 280
PAGE_SIZE = 20


def theme_page(
    session: Session,
    viewer: Viewer | None,
    slug: str,
    theme_slug: str,
    number: int = 1,
    *,
    has_published: bool = True,
) -> ThemePage | None:
    """A theme, a page of its threads, and the values that each is argued from."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    theme = session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == theme_slug)
    )
    if theme is None:
        return None
    ids = _page_of(session, viewer, theme, number)
    listed = list_threads(session, viewer, series, ids[:PAGE_SIZE])
    threads = listed.by_theme.get(theme.id, ())
    shares = most_served(session, viewer, series, ids[:PAGE_SIZE])
    here = paths.theme(series.slug, theme.slug)
    weighed = [thread for thread in threads if thread.stage in FOUND_STAGES]
    headlines = find_headlines(session, weighed) if weighed else {}
    urls = [paths.theme(series.slug, one.slug) for one in live_themes(session, series)]
    at = urls.index(paths.theme(series.slug, theme.slug)) if theme.retired_at is None else -1
    can_propose = theme.retired_at is None and allowed(viewer, May.PROPOSE_THREAD, series)
    may_compose = allowed(viewer, May.COMPOSE, series)
    return ThemePage(
        series_title=series.title,
        series_url=paths.series(series.slug),
        slug=theme.slug,
        url=paths.theme(series.slug, theme.slug),
        question=theme.question,
        language=series.language,
        summary=text.stored(theme.summary_html),
        provenance=theme.provenance,
        provenance_url=theme.provenance_url,
        is_retired=theme.retired_at is not None,
        threads=tuple(
            ThemeThread(listed.line(thread), shares.get(thread.id, ()), *_said(thread, headlines))
            for thread in threads
        ),
        count=_count(session, viewer, theme),
        earlier_url=f"{here}?page={number - 1}" if number > 1 else "",
        later_url=f"{here}?page={number + 1}" if len(ids) > PAGE_SIZE else "",
        published=PUBLISHED()(session, viewer, series, theme, limit=PAGE_SIZE)
        if has_published
        else (),
        compose_url=paths.begin_briefing(series.slug) if may_compose else "",
        essay_url=paths.new_essay(series.slug) if may_compose else "",
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        write_url=f"{paths.choose_thread(series.slug)}#theme-{theme.slug}"
        if series.status == "open" and _takes_any(session, viewer, theme)
        else "",
        previous_url=urls[at - 1] if at > 0 else "",
        next_url=urls[at + 1] if 0 <= at < len(urls) - 1 else "",
    )


def _threads(viewer: Viewer | None, theme: Theme, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Thread)
        .join(Thread.series)
        .join(thread_theme, thread_theme.c.thread_id == Thread.id)
        .where(thread_theme.c.theme_id == theme.id)
        .where(visible_threads(viewer))
    )


def _page_of(session: Session, viewer: Viewer | None, theme: Theme, number: int) -> Sequence[int]:
    """The ids of one page, and one more if there is another page."""
    rows = _threads(viewer, theme, Thread.id).order_by(Thread.created_at, Thread.id)
    return session.scalars(rows.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()


def _count(session: Session, viewer: Viewer | None, theme: Theme) -> int:
    return session.scalar(_threads(viewer, theme, func.count())) or 0


def _takes_any(session: Session, viewer: Viewer | None, theme: Theme) -> bool:
    found = _threads(viewer, theme, Thread.id).where(*takes_positions()).limit(1)
    return session.scalar(found) is not None


def _said(thread: Thread, headlines: Mapping[int, Headline]) -> tuple[str, str, str]:
    """The freshest sentence about a thread, where that was found, and by which rule if not by ours.

    Its outcome when closed, else what its ratings say, else the moderators' own.
    """
    if thread.stage == "closed" and thread.outcome:
        return outcome_of(thread), "", ""
    if found := headlines.get(thread.id):
        return found.text, found.url, found.rule
    return thread.summary, "", ""


def outcome_of(thread: Thread) -> str:
    """What moderators concluded, as far as a list has room for it."""
    return text.excerpt(text.sentences(thread.outcome), SAID_LENGTH)
