"""Which threads use a scale once another took its place."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread, thread_scale
from discussion.series.series.models import Scale

WRITTEN_IN = ("proposed", "open")  # stages in which a thread takes another scale


def swap_scale(session: Session, scale: Scale, new: Scale) -> None:
    """Let threads in which people still write use the new scale; others keep what they used."""
    threads = (
        select(Thread.id)
        .where(Thread.series_id == scale.series_id)
        .where(Thread.stage.in_(WRITTEN_IN))
        .where(Thread.merged_into_id.is_(None))
    )
    session.execute(
        update(thread_scale)
        .where(thread_scale.c.scale_id == scale.id)
        .where(thread_scale.c.thread_id.in_(threads))
        .values(scale_id=new.id)
    )
    session.expire_all()
