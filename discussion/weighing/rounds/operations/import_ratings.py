"""Writing very many imported ratings: what they stand under is made before anybody has to wait.

While they are written nobody else can write on SQLite. So the keys are made before, the votes stay
the compact table that they were read into, and rows go to the database in pieces, as plain values.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import (
    ARRAY,
    Integer,
    Text,
    bindparam,
    cast,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.orm import Session

from discussion.analysis.arrays import np
from discussion.analysis.votes import Votes
from discussion.polis.conversation import Conversation
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating
from discussion.weighing.rounds.words import POLIS

CHUNK = 10_000  # ratings that are written together
_VALUES = b"123"  # of -1, 0 and 1
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
Ballot = tuple[str, list[int], str]  # key, versions, and a letter for what was said of each
Write = Callable[[list[Ballot]], None]


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
        wrote = sum(len(values) for _key, _versions, values in chunk)
        written += wrote
        tell(wrote)
    return written


def _chunks(prepared: PreparedRatings, versions: list[int]) -> Iterator[list[Ballot]]:
    votes, ids = prepared.votes, np.asarray(versions, np.int64)
    letters = np.frombuffer(_VALUES, np.uint8)
    for people, cells in votes.blocks():
        starts = (votes.starts[people.start : people.stop + 1] - cells.start).tolist()
        seen = ids[votes.statements[cells]].tolist()
        said = letters[votes.values[cells] + 1].tobytes().decode()
        keys = prepared.keys[people]
        ballots = [
            (key, seen[first:last], said[first:last])
            for key, (first, last) in zip(keys, pairwise(starts), strict=True)
        ]
        per_chunk = max(1, CHUNK * len(ballots) // max(len(seen), 1))
        yield from (ballots[at : at + per_chunk] for at in range(0, len(ballots), per_chunk))


def _write_rows(session: Session, round_id: int) -> Write:
    """One statement for all, made once, whose values the driver takes as they are."""
    same = {"round_id": str(round_id)} | _SAME
    statement = insert(Rating).values(
        {name: literal_column(said) for name, said in same.items()}
        | {name: bindparam(name) for name in ("version_id", "rater_key", "value")}
    )
    connection = session.connection()
    said = str(statement.compile(connection))

    def write(chunk: list[Ballot]) -> None:
        rows = [
            (version, key, value)
            for key, versions, values in chunk
            for version, value in zip(versions, values, strict=True)
        ]
        if rows:
            connection.exec_driver_sql(said, rows)

    return write


def _write_arrays(session: Session, round_id: int) -> Write:
    """Three arrays with a place for each person, which PostgreSQL takes apart: once for a chunk."""
    names = ("rater_key", "versions", "said")
    given = (
        func.unnest(*(bindparam(name, type_=ARRAY(Text)) for name in names))
        .table_valued(*names, with_ordinality="place", name="given")
        .render_derived()
    )
    each = (
        func.unnest(
            cast(given.c.versions, ARRAY(Integer)), func.string_to_array(given.c.said, null())
        )
        .table_valued("version_id", "value", with_ordinality="place", name="each")
        .render_derived()
        .lateral()
    )
    asked = (
        select(
            literal(round_id),
            each.c.version_id,
            given.c.rater_key,
            each.c.value,
            *map(literal, _UNSAID.values()),
        )
        .join_from(given, each, true())
        .order_by(given.c.place, each.c.place)
    )
    into = ["round_id", "version_id", "rater_key", "value", *_UNSAID]
    statement = insert(Rating).from_select(into, asked, include_defaults=False)
    connection = session.connection()

    def write(chunk: list[Ballot]) -> None:
        keys, versions, said = zip(*chunk, strict=True)
        packed = ["{" + ",".join(map(str, each)) + "}" for each in versions]
        connection.execute(
            statement, {"rater_key": list(keys), "versions": packed, "said": list(said)}
        )

    return write
