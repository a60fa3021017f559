"""The only reader of time, and the one that knows in which zone the site's days begin."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

USUAL = "Europe/London"
_ZONES = [ZoneInfo(USUAL)]


def keep_time_in(zone: str) -> None:
    """From now on this process's days begin and end in this zone; create_app says which."""
    _ZONES[:] = [ZoneInfo(zone)]


def zone() -> ZoneInfo:
    """The site's time zone; moments are kept in UTC all the same."""
    return _ZONES[0]


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def here(moment: datetime) -> datetime:
    """A moment as the clocks of the site's zone show it."""
    return moment.astimezone(zone())


def day(moment: datetime) -> date:
    """The day of a moment in the site's zone."""
    return here(moment).date()


def today() -> date:
    """The present day in the site's zone."""
    return day(now())


def morning(day: date, at: time = time()) -> datetime:
    """When a day of the site's zone begins, or a time of it, in UTC."""
    return datetime.combine(day, at, zone()).astimezone(UTC)


def evening(day: date) -> datetime:
    """The last minute of a day of the site's zone, in UTC."""
    return morning(day + timedelta(days=1)) - timedelta(minutes=1)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return name in available_timezones()


def day_in(zone_name: str, moment: datetime) -> date:
    """The day of a moment in a zone; an empty name is the site's."""
    return moment.astimezone(_named(zone_name)).date()


def moment_in(zone_name: str, day: date, minutes: int) -> datetime:
    """So many minutes after midnight by the clocks of a zone, in UTC."""
    told = time(minutes // 60, minutes % 60)
    return datetime.combine(day, told, _named(zone_name)).astimezone(UTC)


def _named(name: str) -> ZoneInfo:
    return ZoneInfo(name) if name else zone()


def shifts(since: datetime, until: datetime) -> list[tuple[int, int]]:
    """Since which second of 1970 the zone's clocks are how many seconds from UTC, in order."""
    found: list[tuple[int, int]] = []
    moment = since
    while moment <= until:
        offset = here(moment).utcoffset() or timedelta()
        if not found or found[-1][1] != offset.total_seconds():
            found.append((int(moment.timestamp()), int(offset.total_seconds())))
        moment += timedelta(hours=1)
    return found


def iso(moment: datetime, length: int) -> str:
    """The day (10) or the month (7) of a moment in the site's zone, as ISO 8601 has it."""
    return day(moment).isoformat()[:length]


def first_day(iso: str) -> date:
    """The day of an ISO day, or the first one of an ISO month; ValueError for anything else."""
    return date.fromisoformat(iso if len(iso) > 7 else f"{iso}-01")
