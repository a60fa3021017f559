"""docs/open-data.md says of every table and column what the code says."""

from pathlib import Path

from discussion.reach.packages.queries.tables import all_tables, dictionary

DOCUMENT = Path("docs/open-data.md")
MARK = "<!-- dictionary: discussion/reach/packages/queries/tables.py -->"
CURE = (
    "paste what `python -c 'from discussion.reach.packages.queries.tables import dictionary;"
    " print(dictionary())'` prints below the mark in docs/open-data.md"
)


def test_the_document_is_the_dictionary_of_the_code() -> None:
    _before, _mark, said = DOCUMENT.read_text().partition(MARK)
    assert said.strip() == dictionary().strip(), CURE


def test_names_are_told_once_and_point_at_what_is_there() -> None:
    tables = {table.name: table for table in all_tables()}
    assert len(tables) == len(all_tables()) > 17
    for table in tables.values():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        assert set(table.key) <= set(names), table.name
        for key in table.refers:
            assert set(key.columns) <= set(names), table.name
            assert set(key.to) <= {column.name for column in tables[key.table].columns}
