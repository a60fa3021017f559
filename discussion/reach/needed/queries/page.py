"""The page of a series: its questions, its barriers, and what nobody has made a question of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_series
from discussion.reach.needed.queries.asking import asking_of
from discussion.reach.needed.queries.finding import list_pending, list_standing
from discussion.reach.needed.queries.gathering import find_asked, gather
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.shapes import (
    Asking,
    Filters,
    Gathered,
    Group,
    Lead,
    NeededPage,
    Option,
    Tally,
)
from discussion.reach.needed.words import ASKED, MISSED, ON_A_PAGE, REASONS, SHOWN, STATUSES
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import of_series


@dataclass(frozen=True)
class Narrowed:
    """What an address asks for: of one level, one status, one reason, and which page."""

    level: str = ""
    status: str = ""
    why: str = ""
    number: int = 1

    def passes(self, one: Asking) -> bool:
        return (
            self.level in ("", one.level)
            and self.status in ("", one.status)
            and (not self.why or any(lead.reason == self.why for lead in one.origins))
        )


def needed_page(
    session: Session, viewer: Viewer | None, slug: str, narrowed: Narrowed
) -> NeededPage | None:
    """All that is asked, and what was gathered beside, each reason in brief or one alone."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    narrowed = _known(series, narrowed)
    whole = Asked(session, viewer, series)
    askings = list_asked(whole)
    questions = [one for one in askings if one.kind == "question"]
    taken = frozenset(lead.key for one in askings for lead in one.origins)
    asked = replace(whole, taken=taken)
    shown = list_gathered(asked, why=narrowed.why, number=narrowed.number)
    why = narrowed.why
    here = f"{paths.needed(slug)}?why={why}"
    has_more = bool(why) and shown[why].total > narrowed.number * ON_A_PAGE
    may_curate = allowed(viewer, May.CURATE_QUESTIONS, series)
    return NeededPage(
        series_slug=slug,
        series_title=series.title,
        series_url=paths.series(slug),
        url=paths.needed(slug),
        barriers=tuple(one for one in askings if one.kind == "barrier"),
        questions=tuple(one for one in questions if narrowed.passes(one)),
        tallies=tuple(_tallies(questions)),
        filters=_filters(series, narrowed),
        why=why,
        asked=tuple(shown[one] for one in ASKED if one in shown and shown[one].total),
        missed=tuple(shown[one] for one in MISSED if one in shown and shown[one].total),
        earlier_url=f"{here}&page={narrowed.number - 1}" if why and narrowed.number > 1 else "",
        later_url=f"{here}&page={narrowed.number + 1}" if has_more else "",
        csv_url=paths.needed_csv(slug),
        feed_url=paths.needed_feed(slug) if is_followed(session, series) else "",
        curate_url=paths.curate_needed(slug) if may_curate else "",
        pending=len(list_pending(session, series)) if may_curate else 0,
    )


def list_askings(session: Session, viewer: Viewer | None, series: Series) -> list[Asking]:
    """Every question and barrier of which something may be read, in the moderators' order."""
    return list_asked(Asked(session, viewer, series))


def list_asked(asked: Asked) -> list[Asking]:
    """The same, from what is read for a page."""
    rows = list_standing(asked.session, asked.series)
    leads = find_asked(asked, {origin.key for row in rows for origin in row.origins})
    found = (asking_of(row, leads, asked.viewer) for row in rows)
    return [one for one in found if one.is_shown]


def is_followed(session: Session, series: Series) -> bool:
    """Whether visitors may read the series: what they may not has no feed."""
    rows = select(Series.id).where(Series.id == series.id).where(visible_series(None))
    return session.scalar(rows) is not None


def list_gathered(asked: Asked, *, why: str, number: int) -> Mapping[str, Gathered]:
    """Each reason in brief; or one alone, a page of it."""
    return {
        reason: _gathered(asked, reason, why=why, number=number)
        for reason in REASONS
        if not why or reason == why
    }


def _gathered(asked: Asked, reason: str, *, why: str, number: int) -> Gathered:
    skip, limit = ((number - 1) * ON_A_PAGE, ON_A_PAGE) if why else (0, SHOWN)
    total, leads = gather(asked, reason, skip, limit)
    title, says = REASONS[reason]
    more = f"{paths.needed(asked.series.slug)}?why={reason}"
    return Gathered(
        reason=reason,
        title=str(title),
        says=str(says),
        total=total,
        groups=_grouped(leads),
        more_url=more if not why and total > len(leads) else "",
    )


def _grouped(leads: Sequence[Lead]) -> tuple[Group, ...]:
    """As they come, those of one thread and level together."""
    return tuple(
        Group(thread, level, level_words, tuple(several))
        for (thread, level, level_words), several in groupby(
            leads, lambda one: (one.thread, one.level, one.level_words)
        )
    )


def _known(series: Series, narrowed: Narrowed) -> Narrowed:
    """Without what there is no such thing as."""
    return Narrowed(
        level=narrowed.level if narrowed.level in of_series(series.slug).level_labels else "",
        status=narrowed.status if narrowed.status in STATUSES else "",
        why=narrowed.why if narrowed.why in REASONS else "",
        number=narrowed.number,
    )


def _tallies(questions: Sequence[Asking]) -> list[Tally]:
    counts = Counter(one.status for one in questions)
    return [
        Tally(status, str(words), counts[status])
        for status, words in STATUSES.items()
        if counts[status]
    ]


def _filters(series: Series, narrowed: Narrowed) -> Filters:
    levels = {slug: str(label) for slug, label in of_series(series.slug).level_labels.items()}
    reasons = {one: str(REASONS[one][0]) for one in ASKED}
    return Filters(
        levels=_options(_("All levels"), levels, narrowed.level),
        statuses=_options(
            _("Wherever they stand"),
            {slug: str(words) for slug, words in STATUSES.items()},
            narrowed.status,
        ),
        reasons=_options(_("For any reason"), reasons, narrowed.why),
        is_narrowed=bool(narrowed.level or narrowed.status or narrowed.why),
    )


def _options(every: str, words: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(
        Option(value, said, value == chosen) for value, said in {"": every, **words}.items()
    )
