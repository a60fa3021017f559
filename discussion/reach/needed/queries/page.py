"""The page of a series: what its people would need to know."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.reach.needed.queries.gathering import gather
from discussion.reach.needed.shapes import Gathered, Group, Lead, NeededPage
from discussion.reach.needed.words import ASKED, MISSED, ON_A_PAGE, REASONS, SHOWN
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series


def needed_page(
    session: Session, viewer: Viewer | None, slug: str, *, why: str = "", number: int = 1
) -> NeededPage | None:
    """All that was gathered, each reason in brief; or one reason alone, page by page."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    why = why if why in REASONS else ""
    shown = {
        reason: _gathered(session, viewer, series, reason, why=why, number=number)
        for reason in REASONS
        if not why or reason == why
    }
    here = f"{paths.needed(series.slug)}?why={why}"
    has_more = bool(why) and shown[why].total > number * ON_A_PAGE
    return NeededPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        url=paths.needed(series.slug),
        why=why,
        asked=tuple(shown[one] for one in ASKED if one in shown and shown[one].total),
        missed=tuple(shown[one] for one in MISSED if one in shown and shown[one].total),
        earlier_url=f"{here}&page={number - 1}" if why and number > 1 else "",
        later_url=f"{here}&page={number + 1}" if has_more else "",
    )


def _gathered(
    session: Session, viewer: Viewer | None, series: Series, reason: str, *, why: str, number: int
) -> Gathered:
    skip, limit = ((number - 1) * ON_A_PAGE, ON_A_PAGE) if why else (0, SHOWN)
    total, leads = gather(session, viewer, series, reason, skip, limit)
    title, says = REASONS[reason]
    return Gathered(
        reason=reason,
        title=str(title),
        says=str(says),
        total=total,
        groups=_grouped(leads),
        more_url=f"{paths.needed(series.slug)}?why={reason}"
        if not why and total > len(leads)
        else "",
    )


def _grouped(leads: Sequence[Lead]) -> tuple[Group, ...]:
    """As they come, those of one thread and level together."""
    return tuple(
        Group(thread, level, level_words, tuple(several))
        for (thread, level, level_words), several in groupby(
            leads, lambda one: (one.thread, one.level, one.level_words)
        )
    )
