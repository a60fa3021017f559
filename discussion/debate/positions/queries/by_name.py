"""What a person published by name, where the viewer may find it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.people.accounts.shapes import Claim
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import listed_series, published_positions
from discussion.series.series.models import Series


def list_claims_by_name(
    session: Session, viewer: Viewer | None, person: Person
) -> tuple[Claim, ...]:
    """Their positions, the newest first."""
    rows = session.execute(
        select(Position, Revision, Thread)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Position.author_id == person.id)
        .where(published_positions(viewer))
        .where(listed_series(viewer))
        .where(Position.attribution == "named")
        .order_by(Position.first_published_at.desc(), Position.id.desc())
    )
    return tuple(
        Claim(
            text=revision.claim,
            language=revision.language,
            url=paths.position(position.public_id),
            thread=thread.question,
            thread_url=paths.thread(thread.slug),
            published_at=position.first_published_at,
        )
        for position, revision, thread in rows
    )
