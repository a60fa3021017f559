"""Find the newest by their moment."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2018_find_the_newest_by"
down_revision = "20261130_2013_keep_packages_of_o"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_state"))
        batch_op.create_index(
            batch_op.f("ix_position_first_published_at"), ["first_published_at"], unique=False
        )
        batch_op.create_index("uq_position_live_revision", ["live_revision_id"], unique=True)

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_state"))
        batch_op.create_index(
            batch_op.f("ix_response_first_published_at"), ["first_published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_response_item_id"), ["item_id"], unique=False)
        batch_op.create_index("uq_response_live_text", ["live_text_id"], unique=True)

    with op.batch_alter_table("response_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_text_live_at"), ["live_at"], unique=False)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_live_at"), ["live_at"], unique=False)

    op.add_column(
        "value_tag", sa.Column("place", sa.String(length=12), server_default="", nullable=False)
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    drawn = "lower(hex(randomblob(5)))" if is_sqlite else "substr(md5(random()::text || id), 1, 10)"
    op.execute(sa.text(f"UPDATE value_tag SET place = {drawn}"))  # noqa: S608 -- no input
    with op.batch_alter_table("value_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_value_tag_value_id"))
        batch_op.create_index(batch_op.f("ix_value_tag_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(
            "ix_value_tag_value", ["value_id", "is_outweighed", "place"], unique=False
        )
    op.create_index(
        "ix_tallied_thread_apart",
        "tallied_thread",
        ["series_id"],
        sqlite_where=sa.text("is_summed IS 0"),
        postgresql_where=sa.text("is_summed IS false"),
    )
