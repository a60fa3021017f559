"""Voices that stay apart."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0421_voices_that_stay_a"
down_revision = "20261130_0421_what_members_post_"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mute", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("strand", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.drop_constraint(
            batch_op.f("uq_mute_person_id_muted_id_attribution_thread_id"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_mute_person_id_muted_id_attribution_thread_id_strand"),
            ["person_id", "muted_id", "attribution", "thread_id", "strand"],
        )

    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("strand", sa.String(length=40), nullable=False, server_default="")
        )

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("strand", sa.String(length=40), nullable=False, server_default="")
        )

    with op.batch_alter_table("voice", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("strand", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.drop_constraint(
            batch_op.f("uq_voice_thread_id_person_id_attribution"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_voice_thread_id_person_id_attribution_strand"),
            ["thread_id", "person_id", "attribution", "strand"],
        )
