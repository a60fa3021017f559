"""What a person answered by name, where the viewer may find it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.people.accounts.shapes import Reply
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import listed_series, visible_responses
from discussion.series.series.models import Series


def list_replies_by_name(
    session: Session, viewer: Viewer | None, person: Person
) -> tuple[Reply, ...]:
    """Their responses, the newest first."""
    rows = session.execute(
        select(Response, Position.public_id, Thread)
        .join(Position, Position.id == Response.position_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Response.author_id == person.id)
        .where(visible_responses(viewer))
        .where(listed_series(viewer))
        .where(Response.state.in_(TEXT_STATES))
        .where(Response.attribution == "named")
        .order_by(Response.first_published_at.desc(), Response.id.desc())
    )
    return tuple(
        Reply(
            type=response.type,
            url=paths.response(position_id, response.public_id),
            thread=thread.question,
            thread_url=paths.thread(thread.slug),
            published_at=response.first_published_at,
        )
        for response, position_id, thread in rows
    )
