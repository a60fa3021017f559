"""Every table of the data, in the order of the files."""

from discussion.reach.packages.queries.of_rounds import WEIGHED
from discussion.reach.packages.queries.of_series import DECISIONS, OF_SERIES
from discussion.reach.packages.queries.of_threads import OF_THREADS
from discussion.reach.packages.queries.positions_tables import OF_POSITIONS
from discussion.reach.packages.queries.tabling import MORE, DataTable


def all_tables() -> tuple[DataTable, ...]:
    """Those of this room, and those that rooms beside it add."""
    return (*OF_SERIES, *OF_THREADS, *OF_POSITIONS, *WEIGHED, *DECISIONS, *MORE)
