"""Rest briefings on the questions that they tell of.

Versions that are there already rest on those whose words they have now.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261201_0035_rest_briefings_on_"
down_revision = "20261201_0036_a_rating_stands_un"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("needed_question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unsaid_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("publication_source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_publication_source_question_id"), ["question_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_publication_source_question_id_needed_question"),
            "needed_question",
            ["question_id"],
            ["id"],
        )
    fill(op.get_bind())


SOURCE = sa.table(
    "publication_source",
    *(sa.column(name) for name in ("publication_id", "version_id", "mark", "kind", "question_id")),
    *(sa.column(name) for name in ("shown_as", "words_hash", "code")),
)
VERSION = sa.table(
    "publication_version",
    *(sa.column(name) for name in ("id", "publication_id", "withdrawn_at")),
    sa.column("snapshot", sa.JSON),
)
PUBLICATION = sa.table("publication", sa.column("id"), sa.column("series_id"))
QUESTION = sa.table("needed_question", *(sa.column(name) for name in ("id", "series_id", "text")))


def fill(bind: sa.Connection) -> None:
    """Name the questions of every version that was not withdrawn, by their words."""
    asked = bind.execute(sa.select(QUESTION.c.series_id, QUESTION.c.id, QUESTION.c.text)).all()
    versions = bind.execute(
        sa.select(
            VERSION.c.id, VERSION.c.publication_id, VERSION.c.snapshot, PUBLICATION.c.series_id
        )
        .join(PUBLICATION, PUBLICATION.c.id == VERSION.c.publication_id)
        .where(VERSION.c.withdrawn_at.is_(None))
    ).all()
    for id, publication_id, snapshot, series_id in versions:
        told = set(_items(snapshot or {}))
        found = [one for one in asked if one.series_id == series_id and one.text in told]
        for number, (_series, question_id, words) in enumerate(found, start=1):
            row = {
                "publication_id": publication_id,
                "version_id": id,
                "mark": f"Q{number}",
                "kind": "Q",
                "question_id": question_id,
                "shown_as": "",
                "code": "",
                "words_hash": sha256(words.encode()).hexdigest(),
            }
            bind.execute(SOURCE.insert().values(row))


def _items(snapshot: Mapping[str, Any]) -> Iterator[str]:
    for section in snapshot.get("sections", ()):
        if section.get("purpose") == "needed":
            yield from (_said(block.get("sentences", ())) for block in section.get("blocks", ()))


def _said(sentences: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(str(one.get("text", "")) for one in sentences)
