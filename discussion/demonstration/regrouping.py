"""A thread of the demonstration that was merged into another: its address leads there."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.demonstration.files import morning_of, read
from discussion.demonstration.people import Staff
from discussion.demonstration.threads import add_thread
from discussion.evidence.models import EvidenceItem
from discussion.series.models import Series
from discussion.threads.models import Thread
from discussion.threads.operations import merge_threads


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
