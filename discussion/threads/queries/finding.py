"""Finding a thread by its address, present or former, as far as the viewer may see it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload

from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.threads.models import OldAddress, Thread


def find_thread(session: Session, viewer: Viewer | None, slug: str) -> Thread | None:
    """The thread with its series, themes and scales, in one statement: there are few of either."""
    return session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.slug == slug)
        .where(visible_threads(viewer))
        .options(
            contains_eager(Thread.series),
            joinedload(Thread.themes),
            joinedload(Thread.scales),
            raiseload("*"),
        )
    ).unique().one_or_none()  # fmt: skip


def find_new_slug(session: Session, viewer: Viewer | None, slug: str) -> str | None:
    """Where the thread that once had this slug lives now."""
    return session.scalar(
        select(Thread.slug)
        .join(Thread.series)
        .join(OldAddress, OldAddress.thread_id == Thread.id)
        .where(OldAddress.slug == slug)
        .where(visible_threads(viewer))
    )
