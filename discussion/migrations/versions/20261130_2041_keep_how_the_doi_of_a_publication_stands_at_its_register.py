"""Keep how the DOI of a publication stands at its register."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2041_keep_how_the_doi_o"
down_revision = "20261130_2018_find_the_newest_by"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("publication_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("doi_state", sa.String(length=12), nullable=False, server_default="")
        )
        batch_op.create_index(
            batch_op.f("ix_publication_version_doi_state"), ["doi_state"], unique=False
        )
