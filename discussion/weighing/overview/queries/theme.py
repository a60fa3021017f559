"""A theme, its threads, and the values that each is argued from."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Headline
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer, takes_positions
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Theme
from discussion.series.series.queries.reading import find_series
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.overview.queries.route import list_threads, live_themes
from discussion.weighing.overview.queries.served import most_served
from discussion.weighing.overview.queries.shapes import ThemePage, ThemeThread

SAID_LENGTH = 280


def theme_page(
    session: Session, viewer: Viewer | None, slug: str, theme_slug: str
) -> ThemePage | None:
    """A theme, its threads, and the values that each is argued from."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    theme = session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == theme_slug)
    )
    if theme is None:
        return None
    listed = list_threads(session, viewer, series)
    threads = listed.by_theme.get(theme.id, ())
    shares = most_served(session, viewer, series)
    weighed = [thread for thread in threads if thread.stage in FOUND_STAGES]
    headlines = find_headlines(session, weighed) if weighed else {}
    urls = [paths.theme(series.slug, one.slug) for one in live_themes(session, series)]
    at = urls.index(paths.theme(series.slug, theme.slug)) if theme.retired_at is None else -1
    can_propose = theme.retired_at is None and allowed(viewer, May.PROPOSE_THREAD, series)
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
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        write_url=f"{paths.choose_thread(series.slug)}#theme-{theme.slug}"
        if series.status == "open" and any(takes_positions(None, one) for one in threads)
        else "",
        previous_url=urls[at - 1] if at > 0 else "",
        next_url=urls[at + 1] if 0 <= at < len(urls) - 1 else "",
    )


def _said(thread: Thread, headlines: Mapping[int, Headline]) -> tuple[str, str]:
    """The freshest sentence about a thread, and where that was found.

    Its outcome when closed, else what its ratings say, else the moderators' own.
    """
    if thread.stage == "closed" and thread.outcome:
        return outcome_of(thread), ""
    if found := headlines.get(thread.id):
        return found.text, found.url
    return thread.summary, ""


def outcome_of(thread: Thread) -> str:
    """What moderators concluded, as far as a list has room for it."""
    return text.excerpt(text.sentences(thread.outcome), SAID_LENGTH)
