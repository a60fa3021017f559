"""Keep briefings and essays."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1705_keep_briefings_and"
down_revision = "20261130_1738_tallies_of_threads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("tells_until", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_publication_series_id_series")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_publication_theme_id_theme")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_publication_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_publication_slug")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_theme_id"), ["theme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_publication_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "publication_essay",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("standfirst", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("life", sa.String(length=400), nullable=False),
        sa.Column("portrait", sa.String(length=300), nullable=False),
        sa.Column("provenance", sa.String(length=300), nullable=False),
        sa.Column("provenance_url", sa.String(length=500), nullable=False),
        sa.Column("led_to_id", sa.Integer(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["led_to_id"], ["thread.id"], name=op.f("fk_publication_essay_led_to_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_essay_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_essay")),
    )
    op.create_table(
        "publication_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=12), nullable=False),
        sa.Column("doi", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_publication_version_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_version_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_version")),
        sa.UniqueConstraint(
            "publication_id", "number", name=op.f("uq_publication_version_publication_id_number")
        ),
    )
    with op.batch_alter_table("publication_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_version_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "publication_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["publication_version.id"],
            name=op.f("fk_publication_file_version_id_publication_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_file")),
        sa.UniqueConstraint(
            "version_id", "format", name=op.f("uq_publication_file_version_id_format")
        ),
    )
    with op.batch_alter_table("publication_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_file_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "publication_quoting",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=600), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_publication_quoting_position_id_position"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_quoting_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_publication_quoting_response_id_response"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_quoting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_quoting_public_id")),
        sa.UniqueConstraint(
            "publication_id",
            "position_id",
            "response_id",
            name=op.f("uq_publication_quoting_publication_id_position_id_response_id"),
        ),
    )
    with op.batch_alter_table("publication_quoting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_quoting_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_quoting_publication_id"), ["publication_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_quoting_response_id"), ["response_id"], unique=False
        )

    op.create_table(
        "publication_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("shown_as", sa.String(length=300), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["evidence_item.id"],
            name=op.f("fk_publication_source_item_id_evidence_item"),
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_publication_source_position_id_position"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_source_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_publication_source_response_id_response"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_publication_source_revision_id_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["finding_snapshot.id"],
            name=op.f("fk_publication_source_snapshot_id_finding_snapshot"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["response_text.id"],
            name=op.f("fk_publication_source_text_id_response_text"),
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_publication_source_thread_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["publication_version.id"],
            name=op.f("fk_publication_source_version_id_publication_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_source")),
        sa.UniqueConstraint(
            "publication_id",
            "version_id",
            "mark",
            name=op.f("uq_publication_source_publication_id_version_id_mark"),
        ),
    )
    with op.batch_alter_table("publication_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_source_item_id"), ["item_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_source_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_source_publication_id"), ["publication_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_source_response_id"), ["response_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_source_version_id"), ["version_id"], unique=False
        )
