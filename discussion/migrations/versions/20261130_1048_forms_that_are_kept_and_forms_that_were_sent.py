"""Forms that are kept, and forms that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1048_forms_that_are_kep"
down_revision = "20261130_0719_read_writing_anew"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=600), nullable=False),
        sa.Column("page", sa.String(length=600), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_form_public_id")),
    )
    with op.batch_alter_table("kept_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_form_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_form_network"), ["network"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_form_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_form_token_hash"), ["token_hash"], unique=False)

    op.create_table(
        "sent_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_sent_form_saved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_form")),
        sa.UniqueConstraint("key", name=op.f("uq_sent_form_key")),
    )
    with op.batch_alter_table("sent_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_form_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sent_form_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_sent_form_saved_by_id"), ["saved_by_id"], unique=False)
