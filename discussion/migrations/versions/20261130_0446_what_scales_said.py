"""What scales said: earlier wordings, and in each version the words in which it was placed.

Of versions that are there already nobody kept the words; those of today are the nearest.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "20261130_0446_what_scales_said"
down_revision = "20261130_0456_ends_of_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scale_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("low", sa.String(length=60), nullable=False),
        sa.Column("high", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.String(length=300), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["scale_id"], ["scale.id"], name=op.f("fk_scale_wording_scale_id_scale")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_wording")),
    )
    with op.batch_alter_table("scale_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scale_wording_scale_id"), ["scale_id"], unique=False)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("place_words", sa.JSON(), nullable=False, server_default="{}")
        )

    with op.batch_alter_table("scale", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces", sa.JSON(), nullable=False, server_default="[]"))
    _fill()


REVISION = sa.table(
    "revision",
    *(sa.column(name) for name in ("id", "position_id")),
    sa.column("placements", sa.JSON),
    sa.column("place_words", sa.JSON),
)
POSITION = sa.table("position", *(sa.column(name) for name in ("id", "thread_id")))
THREAD = sa.table("thread", *(sa.column(name) for name in ("id", "series_id")))
SCALE = sa.table(
    "scale", *(sa.column(name) for name in ("series_id", "slug")), sa.column("steps", sa.JSON)
)


def _fill() -> None:
    bind = op.get_bind()
    steps = {
        (series_id, slug): words
        for series_id, slug, words in bind.execute(
            sa.select(SCALE.c.series_id, SCALE.c.slug, SCALE.c.steps)
        )
    }
    rows = bind.execute(
        sa.select(REVISION.c.id, REVISION.c.placements, THREAD.c.series_id)
        .join(POSITION, POSITION.c.id == REVISION.c.position_id)
        .join(THREAD, THREAD.c.id == POSITION.c.thread_id)
    ).all()
    for id, placements, series_id in rows:
        words = _words(series_id, placements or {}, steps)
        if words:
            bind.execute(REVISION.update().where(REVISION.c.id == id).values(place_words=words))


def _words(
    series_id: int,
    placements: Mapping[str, float | None],
    steps: Mapping[tuple[int, str], Sequence[str]],
) -> dict[str, str]:
    return {
        slug: steps[series_id, slug][round(float(at) * 4)]
        for slug, at in placements.items()
        if at is not None and len(steps.get((series_id, slug), ())) == 5
    }
