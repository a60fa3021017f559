"""How soon moderators mean to decide: hours, or working days from Monday to Friday."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from discussion import clock
from discussion.language import _n

HOURS, WORKING_DAYS = "hours", "working_days"
UNITS = (HOURS, WORKING_DAYS)
WEEK, FRIDAY = 5, 4  # working days of a week; Monday is 0


@dataclass(frozen=True)
class Target:
    """A time within which something is decided."""

    number: int
    unit: str  # of UNITS


# What holds until the conveners say otherwise.
DEFAULT_TARGETS = {
    "contribution": Target(48, HOURS),
    "report": Target(1, WORKING_DAYS),
    "urgent": Target(4, HOURS),
    "appeal": Target(5, WORKING_DAYS),
    "upkeep": Target(10, WORKING_DAYS),
}
LONGEST = {HOURS: 720, WORKING_DAYS: 60}
LONGEST_URGENT = 48  # hours; a weekend must not lie between a report and its answer

_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) (hours?|working days?)")


class HasTargets(Protocol):
    """What a series says of its times."""

    @property
    def targets(self) -> Mapping[str, Any]: ...

    @property
    def decides_within_hours(self) -> int: ...


def target_of(series: HasTargets, name: str) -> Target:
    """How soon a series means to decide on a contribution, report, urgent, appeal or upkeep.

    Before its conveners said so, a series had one number of hours, for contributions.
    """
    said = (series.targets or {}).get(name)
    if said is not None:
        return Target(int(said[0]), str(said[1]))
    if name == "contribution":
        return Target(series.decides_within_hours, HOURS)
    return DEFAULT_TARGETS[name]


def due_at(since: datetime, target: Target) -> datetime:
    """When the time is over for what began to wait; the hour of the day stays."""
    if target.unit == HOURS:
        return since + timedelta(hours=target.number)
    since = clock.here(since)  # whose week and whose hour of the day it is
    from_day = since - timedelta(days=max(0, since.weekday() - FRIDAY))  # a weekend is a Friday
    weeks, days = divmod(target.number, WEEK)
    over_a_weekend = 2 if from_day.weekday() + days > FRIDAY else 0
    return (from_day + timedelta(days=7 * weeks + days + over_a_weekend)).astimezone(UTC)


def in_words(target: Target) -> str:
    """The target as the end of a sentence: within 2 working days."""
    if target.unit == HOURS:
        return _n("within %(num)s hour", "within %(num)s hours", target.number)
    return _n("within %(num)s working day", "within %(num)s working days", target.number)


def is_possible(name: str, target: Target) -> bool:
    """Whether a series may set this; what is urgent is promised in hours."""
    if name == "urgent":
        return target.unit == HOURS and 1 <= target.number <= LONGEST_URGENT
    return target.unit in UNITS and 1 <= target.number <= LONGEST[target.unit]


def written(target: Target) -> str:
    """The target as a series file says it: 2 working days."""
    unit = "hour" if target.unit == HOURS else "working day"
    return f"{target.number} {unit}{'' if target.number == 1 else 's'}"


def read(words: str) -> Target | None:
    """What a series file says, or None where that is no target."""
    found = _WRITTEN.fullmatch(words)
    if found is None:
        return None
    return Target(int(found[1]), HOURS if found[2].startswith("hour") else WORKING_DAYS)
