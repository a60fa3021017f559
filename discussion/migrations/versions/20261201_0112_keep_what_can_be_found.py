"""Keep what can be found."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0112_keep_what_can_be_f"
down_revision = "20261201_0136_keep_which_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("shown_on", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("answered", sa.String(length=3), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "row_id", name=op.f("uq_search_entry_kind_row_id")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_series", ["series_id", "kind"], unique=False)
        batch_op.create_index("ix_search_entry_thread", ["thread_id"], unique=False)

    op.create_table(
        "search_stale",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_in", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "row_id", "made_in", name=op.f("pk_search_stale")),
    )
    op.create_table(
        "search_text",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["search_entry.id"],
            name=op.f("fk_search_text_entry_id_search_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_search_text")),
    )
    for kind, table in _TABLES.items():
        op.execute(
            "INSERT INTO search_stale (kind, row_id, made_in) "  # noqa: S608
            f"SELECT '{kind}', id, -1 FROM {table}"
        )


# What is there already is read by the worker, some at a time.
_TABLES = {
    "position": "position",
    "response": "response",
    "thread": "thread",
    "item": "evidence_item",
    "theme": "theme",
    "value": "value",
    "statement": "statement",
    "finding": "thread",
    "publication": "publication",
    "question": "needed_question",
    "person": "person",
}
