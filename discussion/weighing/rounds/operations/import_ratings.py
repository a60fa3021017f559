"""Writing very many imported ratings: what they stand under is made before anybody has to wait.

While they are written nobody else can write on SQLite. So the keys are made before, the votes stay
the compact table that they were read into, and rows go to the database in pieces, as plain values.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import (
    ARRAY,
    Integer,
    Text,
    bindparam,
    func,
    insert,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from discussion.analysis.votes import Votes
from discussion.polis.conversation import Conversation
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating
from discussion.weighing.rounds.words import POLIS

CHUNK = 10_000  # ratings that are written together
_VALUES: Mapping[int, str] = {-1: "1", 0: "2", 1: "3"}
_GIVEN = ("version_id", "rater_key", "value")
_UNSAID = {  # what Polis does not ask
    "reasonable": "",
    "is_crux": False,
    "reason": "",
    "settles": "",
    "may_show": False,
    "line_state": "",
}
# The same, as SQLite says it.
_SAME = {name: "0" if said is False else "''" for name, said in _UNSAID.items()}

Tell = Callable[[int], None]  # is told how many more ratings are written
Row = tuple[int, str, str]  # version, key, value
Write = Callable[[list[Row]], object]


@dataclass(frozen=True, eq=False)
class PreparedRatings:
    """Everybody's votes, with the key of each participant in the round that is to be."""

    votes: Votes
    keys: tuple[str, ...]


def prepare_ratings(
    conversation: Conversation, round_public_id: str, secret: str
) -> PreparedRatings:
    """No participant's number is kept: ratings stand under a keyed hash of it and the round."""
    names = (f"{POLIS}/{each}" for each in conversation.participants)  # no public id has a "/"
    keys = tuple(rater_key(secret, round_public_id, name) for name in names)
    return PreparedRatings(conversation.votes, keys)


def write_ratings(
    session: Session, round_id: int, prepared: PreparedRatings, versions: list[int], tell: Tell
) -> int:
    """Each participant's, one after another, in their order; `versions` by column of the votes."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    write = (_write_arrays if is_postgresql else _write_rows)(session, round_id)
    written = 0
    for chunk in _chunks(prepared, versions):
        write(chunk)
        written += len(chunk)
        tell(len(chunk))
    return written


def _chunks(prepared: PreparedRatings, versions: list[int]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for person, votes in prepared.votes.rows():
        key = prepared.keys[person]
        chunk += [(versions[column], key, _VALUES[said]) for column, said in votes]
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write_rows(session: Session, round_id: int) -> Write:
    """One statement for all, made once, whose values the driver takes as they are."""
    same = {"round_id": str(round_id)} | _SAME
    statement = insert(Rating).values(
        {name: literal_column(said) for name, said in same.items()}
        | {name: bindparam(name) for name in _GIVEN}
    )
    connection = session.connection()
    said = str(statement.compile(connection))
    return lambda chunk: connection.exec_driver_sql(said, chunk)


def _write_arrays(session: Session, round_id: int) -> Write:
    """Three arrays instead of thousands of rows: one way there and back for all of them."""
    kinds = zip(_GIVEN, (Integer, Text, Text), strict=True)
    rows = func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in kinds))
    given = rows.table_valued(*_GIVEN, with_ordinality="place", name="given").render_derived()
    asked = select(
        literal(round_id), *(given.c[name] for name in _GIVEN), *map(literal, _UNSAID.values())
    ).order_by(given.c.place)
    names = ["round_id", *_GIVEN, *_UNSAID]
    statement = insert(Rating).from_select(names, asked, include_defaults=False)
    connection = session.connection()
    return lambda chunk: connection.execute(
        statement, dict(zip(_GIVEN, map(list, zip(*chunk, strict=True)), strict=True))
    )
