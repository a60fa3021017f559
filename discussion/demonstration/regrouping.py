"""A thread of the demonstration that was merged into another: its address leads there."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import merge_threads
from discussion.demonstration.files import morning_of, read
from discussion.demonstration.people import Staff
from discussion.demonstration.threads import add_thread
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


def add_merged(
    session: Session,
    series: Series,
    *,
    people: Mapping[str, Person],
    items: Mapping[str, EvidenceItem],
    staff: Staff,
    now: datetime,
) -> None:
    """With what was written in it; the history of the other thread says when, and why."""
    content = read("merged.toml")
    merged = add_thread(session, series, content, people=people, items=items, staff=staff, now=now)
    into = session.scalars(select(Thread).where(Thread.slug == content["into"])).one()
    at = morning_of(content["merged_on"])
    actor = staff.viewer(session, "moderator", at)
    merge_threads(session, actor, merged, into, why=content["why"], now=at)
