"""Who reaches a mirror: its coordinators, and whoever holds the link that was sent to them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.weighing.practice.keys import LINK_LENGTH, hash_of
from discussion.weighing.practice.models import Run, RunInvitation


def mirrored_run(session: Session, viewer: Viewer | None, public_id: str) -> Run | None:
    """The run whose mirror a coordinator of its organisation asks for; else it is not there."""
    run = session.scalar(select(Run).where(Run.public_id == public_id))
    return run if run is not None and allowed(viewer, May.READ_MIRROR, run) else None


def run_of_link(session: Session, viewer: Viewer | None, link: str) -> Run | None:
    """The run to which a link invites: it went to the owner of an address, and to nobody else."""
    if len(link) != LINK_LENGTH:
        return None
    row = session.scalar(select(RunInvitation).where(RunInvitation.link_hash == hash_of(link)))
    return row.run if row is not None and allowed(viewer, May.READ_MIRROR, row) else None
