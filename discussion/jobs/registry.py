"""What the rooms can do later: the tasks, letters and regular work of every `tasks.py`.

A room's `tasks.py` may hold these tables, each keyed by a name such as `"moderation.tell_author"`:

* `TASKS`: name → `function(session, payload, now)`. It runs in one transaction together with
  marking the job done: killed in the middle, it did nothing. It re-reads what the ids in the
  payload name, and returns quietly when that is no longer there.
* `MAILS`: template → `function(session, payload)` giving a `MailText`, or None to send nothing.
* `PERIODIC`: name of a task, or of work outside → how often; its payload is empty.
* `OUTSIDE`: name → `function(session, job, now)` giving what is to be done afterwards, outside any
  transaction, or None. That may in turn give what is to be written of its outcome, as
  `function(session, now)`, together with marking the job done. For mail, for asking servers
  elsewhere, and for what takes long to read or count; see `discussion.mail.tasks`,
  `discussion.debate.evidence.tasks` and `discussion.weighing.findings.tasks`.
* `LAST`: name → why. What is done when nothing else waits, and holds nothing else up.
* `ENDED`: name → `function(session, job, error, now)`, what is kept of a job that failed, in the
  transaction that marks it so; a moment that is given back puts it off until then, uncounted.
* `SUMMARIES`: template → what it sums up. Such a letter is written from all that waits when it goes
  out, so none is written where one went to the same person after it was promised.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.mail.letters import MailText

Payload = dict[str, Any]
Task = Callable[[Session, Payload, datetime], None]
Letter = Callable[[Session, Payload], MailText | None]
Afterwards = Callable[[Session, datetime], None]
Effect = Callable[[], Afterwards | None]
Outside = Callable[[Session, Job, datetime], Effect | None]
Ended = Callable[[Session, Job, Exception, datetime], datetime | None]

ALWAYS = ("jobs",)  # rooms without a page, and so without a blueprint


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


def rooms_of(app: Flask) -> list[str]:
    """The rooms that an application has opened: `people.accounts`, `mail`."""
    places = [blueprint.import_name for blueprint in app.blueprints.values()]
    return [place.removeprefix("discussion.").removesuffix(".views") for place in places]


def collect(rooms: Iterable[str]) -> Registry:
    """The tables of these rooms together; a name given twice is an error."""
    found = Registry()
    for room in sorted({*rooms, *ALWAYS}):
        name = f"discussion.{room}.tasks"
        if find_spec(f"discussion.{room}") is None or find_spec(name) is None:
            continue
        module = import_module(name)
        _add(found.tasks, getattr(module, "TASKS", {}), name)
        _add(found.outside, getattr(module, "OUTSIDE", {}), name)
        _add(found.mails, getattr(module, "MAILS", {}), name)
        _add(found.periodic, getattr(module, "PERIODIC", {}), name)
        _add(found.last, getattr(module, "LAST", {}), name)
        _add(found.ended, getattr(module, "ENDED", {}), name)
        _add(found.summaries, getattr(module, "SUMMARIES", {}), name)
    return found


def _add(table: dict[str, Any], given: dict[str, Any], module: str) -> None:
    if twice := table.keys() & given.keys():
        raise ValueError(f"{module} names {', '.join(sorted(twice))} a second time")
    table.update(given)
