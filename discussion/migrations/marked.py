"""Which change of which table makes what can be found stale: each kind, and the ids of its rows.

Each entry is SQL that gives the ids of what is to be read again as `i`, of a changed row `{r}`.
With `columns` a changed row counts only where one of these has become another. Visibility is not
in here where it is asked when somebody searches (discussion/reach/search/queries/asking.py): only
what an entry itself says.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """Rows of a kind that a change makes stale."""

    kind: str
    sql: str
    columns: tuple[str, ...] = ()


_OWN = "SELECT {r}.id AS i"
_OF_REVISION = "SELECT v.position_id AS i FROM revision v WHERE v.id = {r}.revision_id"
_STATEMENTS_OF_ROUND = (
    "SELECT v.statement_id AS i FROM round_statement x "
    "JOIN statement_version v ON v.id = x.version_id WHERE x.round_id = {r}.id"
)
_THREAD_OF_STATEMENT = "SELECT s.thread_id AS i FROM statement s WHERE s.id = {r}.statement_id"

# What a series holds is stemmed in its language; people are in none.
_OF_SERIES = ("position", "response", "thread", "item", "theme", "value", "statement", "finding",
              "publication", "question")  # fmt: skip


def _stemmed_anew(kind: str) -> Mark:
    """What is in the index of a series whose language became another."""
    sql = f"SELECT e.row_id AS i FROM search_entry e WHERE e.kind = '{kind}' AND e.series_id = "  # noqa: S608
    return Mark(kind, sql + "{r}.id", ("language",))


MARKED: Mapping[str, tuple[Mark, ...]] = {
    "position": (
        Mark("position", _OWN),
        Mark(
            "response",
            "SELECT a.id AS i FROM response a WHERE a.position_id = {r}.id",
            ("state", "thread_id"),
        ),
    ),
    "revision": (Mark("position", "SELECT {r}.position_id AS i"),),
    "value_tag": (Mark("position", _OF_REVISION),),
    "evidence_link": (Mark("position", _OF_REVISION),),
    "response": (
        Mark("response", _OWN),
        # Of a position only whether it was answered.
        Mark("answered", "SELECT {r}.position_id AS i", ("state", "position_id")),
    ),
    "response_text": (Mark("response", "SELECT {r}.response_id AS i"),),
    "thread": (
        Mark(
            "thread",
            _OWN,
            (
                "question",
                "context",
                "summary",
                "outcome",
                "stage",
                "is_hidden",
                "merged_into_id",
                "slug",
            ),
        ),
        Mark("finding", _OWN, ("question", "is_hidden", "merged_into_id", "cycle")),
    ),
    "series": tuple(map(_stemmed_anew, _OF_SERIES)),
    "theme": (Mark("theme", _OWN),),
    "value": (Mark("value", _OWN),),
    "evidence_item": (
        Mark("item", _OWN),
        # Why a hidden item matters for a claim is not shown with the claim.
        Mark(
            "position",
            "SELECT v.position_id AS i FROM evidence_link l JOIN revision v "
            "ON v.id = l.revision_id WHERE l.item_id = {r}.id",
            ("is_hidden",),
        ),
    ),
    "statement": (Mark("statement", _OWN),),
    "statement_version": (
        Mark("statement", "SELECT {r}.statement_id AS i"),
        Mark("finding", _THREAD_OF_STATEMENT, ("withheld_at", "redacted_at", "text")),
    ),
    "round": (
        Mark("statement", _STATEMENTS_OF_ROUND, ("state",)),
        Mark("finding", "SELECT {r}.thread_id AS i", ("state",)),
    ),
    "round_statement": (
        Mark(
            "statement",
            "SELECT v.statement_id AS i FROM statement_version v WHERE v.id = {r}.version_id",
        ),
    ),
    "finding_snapshot": (Mark("finding", "SELECT {r}.thread_id AS i"),),
    "publication": (Mark("publication", _OWN),),
    "publication_version": (Mark("publication", "SELECT {r}.publication_id AS i"),),
    "publication_essay": (Mark("publication", "SELECT {r}.publication_id AS i"),),
    "needed_question": (Mark("question", _OWN),),
    "person": (
        Mark("person", _OWN, ("display_name", "left_at", "is_guest")),
        Mark(
            "position",
            "SELECT p.id AS i FROM position p WHERE p.author_id = {r}.id",
            ("left_at",),
        ),
        Mark(
            "response",
            "SELECT a.id AS i FROM response a WHERE a.author_id = {r}.id",
            ("left_at",),
        ),
    ),
}
