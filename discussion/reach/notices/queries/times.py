"""When letters are due: slots in somebody's own zone, quiet hours, and the daily batch.

Nothing is kept of which letters went when: a slot is the last moment of its kind that has passed,
and what was due by then and is in no letter yet goes out. The next run makes up for a missed one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from discussion import clock
from discussion.mail.kinds import AT_ONCE, DAILY, WEEKLY
from discussion.reach.notices.models import NoticeHours
from discussion.reach.notices.words import MORNING

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """When somebody wants letters."""

    zone: str = ""
    weekday: int = 0
    quiet: tuple[int, int] | None = None  # minutes of the day, from and until
    nothing_until: date | None = None

    def day(self, moment: datetime) -> date:
        return clock.day_in(self.zone, moment)

    def at(self, day: date, minutes: int) -> datetime:
        """A time of a day by one's own clock, in UTC."""
        return clock.moment_in(self.zone, day, minutes)


def hours_of(row: NoticeHours | None) -> Hours:
    if row is None:
        return Hours()
    quiet = None
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = (row.quiet_from, row.quiet_until)
    return Hours(row.zone, row.weekday, quiet, row.nothing_until)


def slot(rhythm: str, hours: Hours, now: datetime) -> datetime | None:
    """Until when what happened is due in a letter of this rhythm; None for what is never told."""
    if rhythm == AT_ONCE:
        return now
    if rhythm not in (DAILY, WEEKLY):
        return None
    day = hours.day(now)
    minutes = MORNING.hour * 60 + MORNING.minute
    if hours.at(day, minutes) > now:
        day -= DAY
    if rhythm == WEEKLY:
        day -= timedelta(days=(day.weekday() - hours.weekday) % 7)
    return hours.at(day, minutes)


def quiet_until(hours: Hours, now: datetime) -> datetime | None:
    """When letters may go again; None where they may go now."""
    if hours.nothing_until is not None and hours.day(now) < hours.nothing_until:
        return hours.at(hours.nothing_until, 0)
    if hours.quiet is None or hours.quiet[0] == hours.quiet[1]:
        return None
    begins, ends = hours.quiet
    today = hours.day(now)
    for day in (today - DAY, today):
        since = hours.at(day, begins)
        until = hours.at(day if begins < ends else day + DAY, ends)
        if since <= now < until:
            return until
    return None


def batch(moment: datetime) -> datetime:
    """From when what was done at a moment under the Chatham House Rule may be told to others."""
    day = clock.day(moment)
    found = clock.morning(day, MORNING)
    return found if found >= moment else clock.morning(day + DAY, MORNING)
