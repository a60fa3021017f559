"""In which language statements, summaries and notes are; what is there is in that of its letters.

What was written before nobody said the language of: it has the series' where its letters are
those of that language, and else that of its letters alone, as `und-Arab`.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from discussion.text.tongues import language_of

revision = "20261130_0712_languages_of_writi"
down_revision = "20261130_0449_addresses_that_cha"
branch_labels = None
depends_on = None

NEW = ("statement_version", "thread_summary", "editors_note")
# Of each table: its texts, and how its rows lead to the series and the thread they stand in.
_THREAD = "JOIN thread t ON t.id = {} JOIN series s ON s.id = t.series_id"
TEXTS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "thread": (("question", "context"), "JOIN series s ON s.id = x.series_id", "s.language"),
    "evidence_item": (("title",), "JOIN series s ON s.id = x.series_id", "x.language"),
    "revision": (
        ("claim", "reasoning"),
        "JOIN position p ON p.id = x.position_id " + _THREAD.format("p.thread_id"),
        "t.language",
    ),
    "response_text": (
        ("source",),
        "JOIN response r ON r.id = x.response_id JOIN position p ON p.id = r.position_id "
        + _THREAD.format("p.thread_id"),
        "t.language",
    ),
    "statement_version": (
        ("text",),
        "JOIN statement a ON a.id = x.statement_id " + _THREAD.format("a.thread_id"),
        "t.language",
    ),
    "thread_summary": (("text",), _THREAD.format("x.thread_id"), "t.language"),
    "editors_note": (
        ("text",),
        "LEFT JOIN position p ON p.id = x.position_id "
        + _THREAD.format("COALESCE(x.thread_id, p.thread_id)"),
        "t.language",
    ),
}


def upgrade() -> None:
    for table in NEW:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("language", sa.String(length=12), nullable=False, server_default="en-GB")
            )
    found = {table: list(_found(table)) for table in TEXTS}  # all of it before any is changed
    for table, tags in found.items():
        for id_, tag in tags:
            op.get_bind().execute(
                sa.text(f"UPDATE {table} SET language = :tag WHERE id = :id"),  # noqa: S608
                {"tag": tag, "id": id_},
            )


def _found(table: str) -> Iterator[tuple[int, str]]:
    texts, joins, usual = TEXTS[table]
    columns = ", ".join(f"x.{name}" for name in texts)
    rows = op.get_bind().execute(
        sa.text(  # names of this file alone, and nothing that anybody typed
            f"SELECT x.id, x.language, {usual}, s.language, {columns} FROM {table} x {joins}"  # noqa: S608
        )
    )
    for id_, was, *usuals_and_texts in rows:
        near, series, *said = usuals_and_texts
        tag = language_of("\n".join(said), "", (near, series))
        if tag != was:
            yield id_, tag
