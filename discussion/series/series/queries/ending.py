"""When a series closes by itself, and how its conveners are told so."""

from datetime import date, timedelta

from discussion import clock
from discussion.language import _, in_words
from discussion.series.series.models import Series
from discussion.series.series.words import ASKED_DAYS, LEAST_ASKED_DAYS


def closes_on(series: Series) -> date | None:
    """The day after its last one, and never sooner than a week after its conveners were asked."""
    if series.ends_on is None:
        return None
    after = series.ends_on + timedelta(days=1)
    asked = clock.today()
    if series.end_asked_for == series.ends_on and series.end_asked_at is not None:
        asked = clock.day(series.end_asked_at)
    return max(after, asked + timedelta(days=LEAST_ASKED_DAYS))


def ending_in_words(series: Series, today: date) -> str:
    """What its settings say of its last day; empty where it has none, or is not open."""
    day = closes_on(series)
    if series.status != "open" or series.ends_on is None or day is None:
        return ""
    said = {"last": in_words(series.ends_on), "day": in_words(day), "days": ASKED_DAYS}
    if series.ends_on < today:
        return _(
            "Its last day was %(last)s. It closes by itself on %(day)s, with every round that is "
            "open. To go on, choose a later day under “Ends on”, or none.",
            **said,
        )
    return _(
        "Its last day is %(last)s. It closes by itself on %(day)s, with every round that is open; "
        "conveners are asked %(days)s days before. To go on for longer, choose a later day under "
        "“Ends on”, or none.",
        **said,
    )
