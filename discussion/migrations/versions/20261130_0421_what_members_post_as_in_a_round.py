"""What members post as, kept by each round as it found it."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0421_what_members_post_"
down_revision = "20261130_0416_remember_devices"
branch_labels = None
depends_on = None

# Of rounds that opened before, what members post as now is the best that is known.
_FOR_THOSE_THAT_ARE_OPEN = """
INSERT INTO round_post (round_id, person_id, posting_role, posting_phase, is_late)
SELECT round.id, membership.person_id, membership.posting_role, membership.posting_phase,
    membership.admitted_at > round.opened_at
FROM round
JOIN thread ON thread.id = round.thread_id
JOIN membership ON membership.series_id = thread.series_id
WHERE round.state = 'open' AND round.opened_at IS NOT NULL
    AND membership.admitted_at IS NOT NULL AND membership.removed_at IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "round_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("posting_role", sa.String(length=40), nullable=False),
        sa.Column("posting_phase", sa.String(length=40), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_round_post_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_post_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_post")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_round_post_round_id_person_id")),
    )
    with op.batch_alter_table("round_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_post_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_post_round_id"), ["round_id"], unique=False)
    op.execute(_FOR_THOSE_THAT_ARE_OPEN)
