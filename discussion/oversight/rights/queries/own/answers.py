"""What somebody answered: in private, and to those who drew statements from their positions."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.models import Part, Position, Response, ResponseText
from discussion.debate.threads.models import Steelman
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.weighing.rounds.models import Round, RoundPost
from discussion.weighing.rounds.queries.own import list_own_ratings
from discussion.weighing.statements.models import Confirmation


def private_answers(session: Session, asked: Asked) -> Iterator[Record]:
    rows = session.execute(
        select(Part, Position.public_id)
        .join(Position, Position.id == Part.position_id)
        .where(Part.person_id == asked.person.id)
        .order_by(Part.id)
    )
    for row, public_id in rows:
        yield {
            "about": paths.position(public_id),
            "part": row.stance,
            "over": row.over,
            **record_of(row, "reasonable", "answered_at"),
        }


def ratings(session: Session, asked: Asked) -> Iterator[Record]:
    for round, version, rating in list_own_ratings(session, asked.person, asked.secret):
        yield {
            "thread": round.thread.question,
            "round": round.number,
            "statement": version.text,
            "rating": rating.value,
            **record_of(rating, "reasonable", "is_crux", "reason", "settles", "may_show"),
        }


def posts(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(RoundPost)
        .where(RoundPost.person_id == asked.person.id)
        .order_by(RoundPost.id)
        .options(joinedload(RoundPost.round).joinedload(Round.thread))
    )
    for row in stream(session, rows):
        yield {
            "thread": row.round.thread.question,
            "round": row.round.number,
            **record_of(row, "posting_role", "posting_phase"),
        }


def confirmations(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Confirmation)
        .where(Confirmation.person_id == asked.person.id)
        .order_by(Confirmation.id)
        .options(joinedload(Confirmation.version), joinedload(Confirmation.position))
    )
    for row in stream(session, rows):
        yield {
            "about": paths.position(row.position.public_id),
            "statement": row.version.text,
            **record_of(row, "answer", "said", "answered_at"),
        }


def restatements(session: Session, asked: Asked) -> Iterator[Record]:
    """What they said of how others restate their positions, by no other name than a reader sees."""
    rows = (
        select(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .where(Position.author_id == asked.person.id)
        .where(ResponseText.fair != "")
        .order_by(ResponseText.id)
        .options(joinedload(ResponseText.response).joinedload(Response.position))
    )
    for row in stream(session, rows):
        yield {
            "about": paths.position(row.response.position.public_id),
            "statement": row.source,
            "answer": row.fair,
            "said": row.wants,
        }


def steelmen(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Steelman)
        .join(Steelman.position)
        .where(Position.author_id == asked.person.id)
        .order_by(Steelman.id)
        .options(joinedload(Steelman.position))
    )
    for row in stream(session, rows):
        yield {
            "about": paths.position(row.position.public_id),
            "statement": row.text,
            **record_of(row, "answer", "said", "answered_at"),
        }
