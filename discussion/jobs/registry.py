"""What the rooms can do later: the tasks, letters and regular work of every `tasks.py`.

A room's `tasks.py` may hold these tables, each keyed by a name such as `"moderation.tell_author"`:

* `TASKS`: name → `function(session, payload, now)`. It runs in one transaction together with
  marking the job done: killed in the middle, it did nothing. It re-reads what the ids in the
  payload name, and returns quietly when that is no longer there.
* `MAILS`: template → `function(session, payload)` giving what is mailed, or None to send nothing.
* `PERIODIC`: name of a task, or of work outside → how often; its payload is empty.
* `OUTSIDE`: name → `function(session, job, now)` giving what is to be done afterwards, outside any
  transaction, or None. That may in turn give what is to be written of its outcome, as
  `function(session, now)`, together with marking the job done. For mail, for asking servers
  elsewhere, and for what takes long to read or count; see `discussion.mail.tasks`.
* `LAST`: name → why. What is done when nothing else waits, and holds nothing else up.
* `ENDED`: name → `function(session, job, error, now)`, what is kept of a job that failed, in the
  transaction that marks it so; a moment that is given back puts it off until then, uncounted.
* `SUMMARIES`: template → what it sums up. Such a letter is written from all that waits when it goes
  out, so none is written where one went to the same person after it was promised.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any, Protocol

from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.registers import Only


class Mail(Protocol):
    """One letter to one address, as a room wrote it."""

    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def unsubscribe(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def thread(self) -> str: ...


Payload = dict[str, Any]
Task = Callable[[Session, Payload, datetime], None]
Letter = Callable[[Session, Payload], Mail | None]
Afterwards = Callable[[Session, datetime], None]
Errand = Callable[[], Afterwards | None]
Outside = Callable[[Session, Job, datetime], Errand | None]
Ended = Callable[[Session, Job, Exception, datetime], datetime | None]


@dataclass(frozen=True)
class Registry:
    """Every name that a job, a letter or the clock may use."""

    tasks: dict[str, Task] = field(default_factory=dict)
    outside: dict[str, Outside] = field(default_factory=dict)
    mails: dict[str, Letter] = field(default_factory=dict)
    periodic: dict[str, timedelta] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    ended: dict[str, Ended] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)


# Everything that rooms can do later: what does it asks once, so that nobody else imports it.
WORK: Only[Callable[[], Registry]] = Only("what rooms can do later")


def collect(*rooms: ModuleType) -> Registry:
    """The tables of these `tasks.py` together. Raises ValueError for a name that is given twice."""
    found = Registry()
    for room in rooms:
        for table in fields(Registry):
            given = getattr(room, table.name.upper(), {})
            _add(getattr(found, table.name), given, room.__name__)
    return found


def _add(table: dict[str, Any], given: dict[str, Any], module: str) -> None:
    if twice := table.keys() & given.keys():
        raise ValueError(f"{module} names {', '.join(sorted(twice))} a second time")
    table.update(given)
