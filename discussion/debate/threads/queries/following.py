"""Where an address leads: through former slugs and merges, to the thread that stands there now."""

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session, aliased, joinedload

from discussion import paths
from discussion.debate.threads.models import OldAddress, Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_threads


def last_of(slug: str) -> ScalarSelect[int]:
    """The id of the thread that an address, present or former, leads to in the end.

    A slug names one thread for ever; a thread that was merged leads on to another, which may have
    been merged too. UNION ends the walk even if there were a circle, which merging refuses.
    """
    renamed = select(OldAddress.thread_id).where(OldAddress.slug == slug).scalar_subquery()
    walk = (
        select(Thread.id, Thread.merged_into_id)
        .where((Thread.slug == slug) | (Thread.id == renamed))
        .cte("walk", recursive=True)
    )
    after = aliased(Thread)
    walk = walk.union(
        select(after.id, after.merged_into_id).join(walk, after.id == walk.c.merged_into_id)
    )
    return select(walk.c.id).where(walk.c.merged_into_id.is_(None)).scalar_subquery()


def find_new_slug(session: Session, viewer: Viewer | None, slug: str) -> str | None:
    """Where the thread that once had this slug, or went into another, lives now."""
    return session.scalar(
        select(Thread.slug)
        .join(Thread.series)
        .where(Thread.id == last_of(slug))
        .where(Thread.slug != slug)
        .where(visible_threads(viewer))
    )


def find_merged(session: Session, slug: str) -> Thread | None:
    """The thread at this address, if it has been merged into another."""
    renamed = select(OldAddress.thread_id).where(OldAddress.slug == slug).scalar_subquery()
    return session.scalar(
        select(Thread)
        .where((Thread.slug == slug) | (Thread.id == renamed))
        .where(Thread.merged_into_id.is_not(None))
    )


def list_merged_into(session: Session, thread: Thread) -> list[Thread]:
    """Every thread that was merged into this one, or into one of those."""
    walk = select(Thread.id).where(Thread.merged_into_id == thread.id).cte("came", recursive=True)
    before = aliased(Thread)
    walk = walk.union(select(before.id).join(walk, before.merged_into_id == walk.c.id))
    return list(
        session.scalars(select(Thread).where(Thread.id.in_(select(walk.c.id))).order_by(Thread.id))
    )


def follow(session: Session, thread: Thread) -> Thread:
    """The thread itself, or the one that it was merged into in the end."""
    if thread.merged_into_id is None:
        return thread
    return session.scalars(
        select(Thread).where(Thread.id == last_of(thread.slug)).options(joinedload(Thread.series))
    ).one()


def name_for(
    session: Session, viewer: Viewer | None, thread: Thread, *, here: int
) -> tuple[str, str]:
    """What another thread is called, and its address, for a page of the thread with the id `here`.

    One that was merged is still called what it was, if that was ever there for all to read, and
    leads on; "" for the address where that is here, and for both where the viewer may know neither.
    """
    if allowed(viewer, May.READ_THREAD, thread):
        return thread.question, "" if thread.id == here else paths.thread(thread.slug)
    was_public = thread.stage != "proposed" and not thread.is_hidden
    if thread.merged_into_id is None or not was_public:
        return "", ""
    last = follow(session, thread)
    if not allowed(viewer, May.READ_THREAD, last):
        return "", ""
    return thread.question, "" if last.id == here else paths.thread(last.slug)
