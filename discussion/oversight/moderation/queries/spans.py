"""Times of the desk in words: how long something waits, and when it is due."""

from datetime import datetime, timedelta

from discussion import clock
from discussion.language import _, _n, in_words

DAY = timedelta(days=1)
NAMED_DAYS = 6  # so many days ahead, the name of a weekday says which


def span_in_words(span: timedelta) -> str:
    """A length of time in its largest whole unit: minutes, hours (to three days), days."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return _n("%(num)s minute", "%(num)s minutes", minutes)
    hours = minutes // 60
    if hours < 72:
        return _n("%(num)s hour", "%(num)s hours", hours)
    return days_in_words(span)


def days_in_words(span: timedelta) -> str:
    """A length of time in whole days, which tells nothing of the hour."""
    days = max(0, span.days)
    if days == 0:
        return _("less than a day")
    return _n("%(num)s day", "%(num)s days", days)


def due_in_words(due: datetime, now: datetime, *, is_coarse: bool = False) -> str:
    """When something is due, on its own: "1 hour late", "in 6 hours", "tomorrow", "Friday"."""
    if due < now:
        return _late_in_words(now - due, is_coarse=is_coarse)
    days = (clock.day(due) - clock.day(now)).days
    if days == 0:
        return _("today") if is_coarse else _("in %(span)s", span=span_in_words(due - now))
    if days == 1:
        return _("tomorrow")
    return in_words(due, "EEEE" if days <= NAMED_DAYS else "d MMMM")


def due_in_full(due: datetime, now: datetime, *, is_coarse: bool = False) -> str:
    """The same within a sentence: "1 hour late", "due today at 14:32", "due on Friday"."""
    if due < now:
        return _late_in_words(now - due, is_coarse=is_coarse)
    days = (clock.day(due) - clock.day(now)).days
    at = in_words(due, "HH:mm")
    if days == 0:
        return _("due today") if is_coarse else _("due today at %(time)s", time=at)
    if days == 1:
        return _("due tomorrow") if is_coarse else _("due tomorrow at %(time)s", time=at)
    return _("due on %(day)s", day=in_words(due, "EEEE" if days <= NAMED_DAYS else "d MMMM"))


def _late_in_words(span: timedelta, *, is_coarse: bool) -> str:
    if is_coarse and span < DAY:
        return _("late")
    return _("%(span)s late", span=days_in_words(span) if is_coarse else span_in_words(span))
