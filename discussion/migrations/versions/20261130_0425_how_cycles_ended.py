"""How cycles ended: kept from now on, and brought back from the chain for what was reopened before.

Where words were taken out of a thread, its earlier outcome stays out of sight: the chain holds it
whole.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261130_0425_how_cycles_ended"
down_revision = "20261130_0421_voices_that_stay_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_table()
    _bring_back()


def _make_table() -> None:
    op.create_table(
        "thread_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_html", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("summary_version", sa.Integer(), nullable=True),
        sa.Column("entered", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_cycle_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_cycle")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_thread_cycle_thread_id_number")),
    )
    with op.batch_alter_table("thread_cycle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_cycle_thread_id"), ["thread_id"], unique=False)


CYCLE = sa.table(
    "thread_cycle",
    *(sa.column(name) for name in ("thread_id", "number", "stage", "outcome", "outcome_html")),
    sa.column("review_on", sa.Date),
    sa.column("summary"),
    sa.column("entered", sa.JSON),
    sa.column("ended_at", sa.DateTime(timezone=True)),
)
EVENT = sa.table(
    "audit_event",
    *(sa.column(name) for name in ("number", "verb", "subject_kind", "subject_id")),
    sa.column("details", sa.JSON),
    sa.column("at", sa.DateTime(timezone=True)),
)
THREAD = sa.table("thread", sa.column("id"), sa.column("public_id"))
MOVE = sa.table(
    "stage_move",
    *(sa.column(name) for name in ("id", "thread_id", "cycle", "after")),
    sa.column("at", sa.DateTime(timezone=True)),
)
REDACTION = sa.table(
    "redaction", *(sa.column(name) for name in ("subject_kind", "subject_id", "undone_at"))
)


def _bring_back() -> None:
    bind = op.get_bind()
    redacted = set(
        bind.scalars(
            sa.select(REDACTION.c.subject_id)
            .where(REDACTION.c.subject_kind == "thread")
            .where(REDACTION.c.undone_at.is_(None))
        )
    )
    reopened = bind.execute(
        sa.select(EVENT.c.subject_id, EVENT.c.details, EVENT.c.at, THREAD.c.id)
        .join(THREAD, THREAD.c.public_id == EVENT.c.subject_id)
        .where(EVENT.c.verb == "reopen")
        .where(EVENT.c.subject_kind == "thread")
        .order_by(EVENT.c.number)
    ).all()
    for subject, details, at, thread_id in reopened:
        number = int(details.get("cycle", 0)) - 1
        if number >= 1:
            outcome = "" if subject in redacted else str(details.get("outcome", ""))
            bind.execute(CYCLE.insert().values(_row(bind, thread_id, number, outcome, details, at)))


def _row(
    bind: sa.Connection, thread_id: int, number: int, outcome: str, details: dict[str, Any], at: Any
) -> dict[str, Any]:
    from discussion import text

    entered: dict[str, str] = {}
    for after, moved_at in bind.execute(
        sa.select(MOVE.c.after, MOVE.c.at)
        .where(MOVE.c.thread_id == thread_id)
        .where(MOVE.c.cycle == number)
        .order_by(MOVE.c.id)
    ):
        entered.setdefault(after, moved_at.date().isoformat())
    review_on = str(details.get("review_on", "None"))
    return {
        "thread_id": thread_id,
        "number": number,
        "stage": str(details.get("before", "closed")),
        "outcome": outcome,
        "outcome_html": str(text.render(outcome)) if outcome else "",
        "review_on": None if review_on == "None" else date.fromisoformat(review_on),
        "summary": "",
        "entered": entered,
        "ended_at": at,
    }
