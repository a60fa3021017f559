"""Every table of the data, in the order of the files. A new one joins `all_tables`."""

from discussion.reach.packages.queries.of_lines import SETTLING
from discussion.reach.packages.queries.of_needed import NEEDED
from discussion.reach.packages.queries.of_practice import PRACTICE
from discussion.reach.packages.queries.of_rounds import WEIGHED
from discussion.reach.packages.queries.of_series import DECISIONS, OF_SERIES
from discussion.reach.packages.queries.of_threads import OF_THREADS
from discussion.reach.packages.queries.positions_tables import OF_POSITIONS
from discussion.reach.packages.queries.tabling import DataTable


def all_tables() -> tuple[DataTable, ...]:
    """What a package holds."""
    return (
        *OF_SERIES,
        *OF_THREADS,
        *OF_POSITIONS,
        *WEIGHED,
        SETTLING,
        PRACTICE,
        *NEEDED,
        *DECISIONS,
    )


def dictionary() -> str:
    """Every table and column in Markdown, as docs/open-data.md has them."""
    said = []
    for table in all_tables():
        key = ", ".join(f"`{name}`" for name in table.key) or "none"
        rows = [
            f"| `{one.name}` | {one.type} | {one.says}{_among(one.among)} |"
            for one in table.columns
        ]
        head = "| column | type | what it holds |\n|---|---|---|"
        said.append(
            "\n".join((f"### {table.name}", "", f"{table.says} Key: {key}.", "", head, *rows))
        )
    return "\n\n".join(said)


def _among(values: tuple[str, ...]) -> str:
    return f" ({', '.join(values)})" if values else ""
