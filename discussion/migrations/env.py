"""Read by Alembic for every command: it gets our connection, and batch mode for SQLite."""

from alembic import context

from discussion.migrations import every_table, is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=every_table(),
    render_as_batch=True,
    compare_type=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
