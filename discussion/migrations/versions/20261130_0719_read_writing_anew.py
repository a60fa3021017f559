"""Writing read as it is read now, and what items of a library are found and told apart by."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261130_0719_read_writing_anew"
down_revision = "20261130_0712_languages_of_writi"
branch_labels = None
depends_on = None

AT_A_TIME = 200


def upgrade() -> None:
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("url_key", sa.String(length=64), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_evidence_item_series_id_url"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_evidence_item_series_id_url_key"), ["series_id", "url_key"]
        )
    tables = sa.MetaData()
    tables.reflect(op.get_bind())
    _find_anew(tables.tables["evidence_item"])
    for name, source, html, beginning in _WRITING:
        _render_anew(tables.tables, name, source, html, beginning)


def downgrade() -> None:
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_evidence_item_series_id_url_key"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_evidence_item_series_id_url"), ["series_id", "url"]
        )
        batch_op.drop_column("url_key")


# table, source, its HTML, and how ids in it begin: a letter, and whose public id follows
_WRITING = (
    ("revision", "reasoning", "reasoning_html", ("p", "position")),
    ("response_text", "source", "html", ("r", "response")),
    ("series", "rules", "rules_html", None),
    ("theme", "summary", "summary_html", None),
    ("thread", "context", "context_html", None),
    ("thread", "outcome", "outcome_html", None),
    ("thread_cycle", "outcome", "outcome_html", None),
    ("thread_summary", "text", "html", ("s", "thread")),
)


def _render_anew(
    tables: Any, name: str, source: str, html: str, beginning: tuple[str, str] | None
) -> None:
    """Records of duties are left as they are: no version of them is ever changed."""
    from discussion import text

    table = tables[name]
    public_id: Any = sa.literal("")
    rows: Any = table
    if beginning is not None:
        owner = tables[beginning[1]]
        public_id = owner.c.public_id
        rows = table.join(owner, owner.c.id == table.c[f"{beginning[1]}_id"])
    asked = sa.select(table.c.id, table.c[source], table.c[html], public_id.label("owner"))
    for row in _each(asked.select_from(rows), table):
        if not row[1] or not row[2] or len(row[1]) > text.MAX_SOURCE:
            continue
        prefix = f"{beginning[0]}{row.owner}-" if beginning is not None else ""
        changed: dict[str, Any] = {html: str(text.render(row[1], prefix=prefix))}
        if "renderer_version" in table.c:
            changed["renderer_version"] = text.RENDERER_VERSION
        op.get_bind().execute(table.update().where(table.c.id == row.id).values(changed))


def _find_anew(table: Any) -> None:
    """Of two items at one page's addresses, which are there already, the older one has the key."""
    from discussion.debate.evidence.addresses import url_key
    from discussion.debate.evidence.models import found_by

    known: set[tuple[int, str]] = set()
    for row in _each(sa.select(table), table):
        key = url_key(row.url) if row.url else ""
        is_first = bool(key) and (row.series_id, key) not in known
        known.add((row.series_id, key))
        folded = found_by(row.title, row.authors, row.year) if row.title_folded else ""
        changed = {"url_key": key if is_first else None, "title_folded": folded}
        op.get_bind().execute(table.update().where(table.c.id == row.id).values(changed))


def _each(asked: Any, table: Any) -> Iterator[Any]:
    last = 0
    while (
        rows := op.get_bind()
        .execute(asked.where(table.c.id > last).order_by(table.c.id).limit(AT_A_TIME))
        .all()
    ):
        yield from rows
        last = rows[-1].id
