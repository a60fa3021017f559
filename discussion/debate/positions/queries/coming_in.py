"""Whether somebody can hand in what they write in a thread, why not, and in which role."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import why_closed, why_over
from discussion.language import _
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.series.members.queries.joining import Joining, find_joining


def why_not(viewer: Viewer | None, thread: Thread) -> str:
    """Why the viewer cannot publish here now, and what to do; empty when they can.

    Somebody signed out is asked to sign in instead, and may write until then.
    """
    if over := why_over(thread):
        return over
    if not facts.takes_positions(viewer, thread):
        return _("This thread does not take new positions now. What you wrote can be kept.")
    if viewer is None or facts.may_contribute(viewer, thread):
        return ""
    return why_not_in(viewer, thread)


def why_not_in(viewer: Viewer, thread: Thread) -> str:
    """What somebody signed in, who may not write in the series, does first."""
    if not viewer.is_confirmed:
        return _("Confirm your e-mail address first: follow the link in the e-mail we sent you.")
    if thread.series_id in viewer.paused_in:
        return _(
            "You are paused from posting in this series. You can write and keep a draft."
            " The note above says until when, and how to appeal."
        )
    return _must_join()


def besides_joining(why: str, joining: Joining | None) -> str:
    """Why nothing can be published, where the note on joining does not say it already."""
    return "" if joining is not None and why == _must_join() else why


def joining_to_write(
    session: Session, viewer: Viewer | None, thread: Thread, here: str, now: datetime
) -> Joining | None:
    """How to join, where one has to: in a series that is open to all, writing joins."""
    is_removed = viewer is not None and thread.series_id in viewer.removed_from
    if thread.series.who_may_post == "open" and not is_removed:
        return None
    return find_joining(session, viewer, thread.series, here, now)


def why_closed_for(
    session: Session, viewer: Viewer | None, thread: Thread, kind: str, position: Position | None
) -> str:
    """Why the thread is closed for now to whoever would speak by this; empty when it is not.

    A guest of a round table is new; who revises has a voice already, whoever holds the pen.
    """
    speaker = position.author_id if position else viewer.person_id if viewer else None
    return why_closed(session, None if kind == "behalf" else speaker, thread)


def asks_posting_role(viewer: Viewer | None, thread: Thread) -> bool:
    """Whether somebody signed in has not said yet in which role and phase they post.

    Who signs up says so there; only members of old are asked, and only once.
    """
    return viewer is not None and not any(
        given for given in (_posting_here(viewer, thread), viewer.posts_as[0])
    )


def posting_given(
    viewer: Viewer | None, thread: Thread, typed: tuple[str, str]
) -> tuple[str, str] | None:
    """As what somebody comes to post in the series; None where it knows already, or signed out."""
    if viewer is None or _posting_here(viewer, thread):
        return None
    return viewer.posts_as if viewer.posts_as[0] else typed


def _posting_here(viewer: Viewer, thread: Thread) -> str:
    own = viewer.belongings.get(thread.series_id)
    return own.posting_role if own else ""


def _must_join() -> str:
    return _("Join the series to publish here. You can write, and keep a draft.")
