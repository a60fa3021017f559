"""Base, column types, engine and transaction(): how rows are kept, on SQLite and on PostgreSQL."""

import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Engine,
    Index,
    MetaData,
    String,
    bindparam,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Mapped, Session, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from discussion import clock
from discussion.registers import Register
from discussion.text.tongues import Spoken, language_of

# No vowels, no look-alikes: an id is never a word and survives being read aloud.
ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
ID_LENGTH = 10
OWNER_ALONE = 0o600

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


_Table = TypeVar("_Table", bound=type[Base])


class Identified:
    """A row with a number for joins and a random public id that tells neither time nor order."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), unique=True, default=lambda: random_id()
    )


def speaks(*names: str, by_letters: bool = False) -> Callable[[_Table], _Table]:
    """What these columns of a row say is `Spoken`: it knows the row's language wherever it goes.

    By their letters, where that of the row is only what is usual in it.
    """

    def mark(table: _Table) -> _Table:
        def say(row: Base, *_given: Any) -> None:
            read = row.__dict__
            usual = read.get("language")
            for name in names:
                said = read.get(name)
                if usual and isinstance(said, str):
                    tag = language_of(said, "", (usual,)) if by_letters else usual
                    read[name] = Spoken(said, tag, usual)

        event.listen(table, "load", say)
        event.listen(table, "refresh", say)
        return table

    return mark


def index_of_few(name: str, *columns: str, where: str) -> Index:
    """An index of the few rows of which something is true: while there are none it costs nothing.

    A query uses it only where it says the same in the same words: see `is_one_of`.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def is_one_of(column: InstrumentedAttribute[str], *words: str) -> ColumnElement[bool]:
    """A condition whose words stand in the statement itself, as those of an index of few do."""
    if len(words) == 1:
        return column == bindparam(None, words[0], literal_execute=True)
    return column.in_(bindparam(None, words, expanding=True, literal_execute=True))


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that is only ever added."""


def never_change(table: type[Base]) -> None:
    """Refuse to change or delete rows of this table; the database's own triggers do it again."""
    event.listen(table, "before_update", _refuse)
    event.listen(table, "before_delete", _refuse)


def _refuse(_mapper: Any, _connection: Any, target: Any) -> None:
    raise AppendOnlyError(f"{target.__tablename__} rows are never changed or deleted")


def random_id(length: int = ID_LENGTH) -> str:
    """A random public id."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(length))


# How many statements stay compiled: whoever reads every page once asks six hundred, so that with
# SQLAlchemy's own five hundred many are compiled again and again.
STATEMENTS = 2000


def make_engine(url: str, *, threads: int = 8, synchronous: str = "full") -> Engine:
    """An engine whose SQLite connections keep their promises (see the module of that name).

    What goes into a statement is people's: no error, and so no log, repeats it. JSON has no number
    that is none: SQLite would keep one, PostgreSQL refuses it, so both do.
    """
    shared: dict[str, Any] = {
        "pool_size": threads,
        "max_overflow": 4,
        "hide_parameters": True,
        "query_cache_size": STATEMENTS,
        "json_serializer": partial(json.dumps, allow_nan=False),
    }
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **shared)
    engine = create_engine(url, connect_args={"timeout": 15, "check_same_thread": False}, **shared)
    event.listen(engine, "do_connect", lambda *_given: keep_private(engine.url.database))
    event.listen(engine, "connect", partial(_prepare_sqlite, synchronous))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


# What is done before every commit, in its transaction; each is called with the session.
BEFORE_COMMIT: Register[Callable[[Session], None]] = Register()
ALONE = "alone"  # in the `info` of a session that commits what it was given, and no more


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction() and not session.info.get(ALONE):
        for one in BEFORE_COMMIT:
            one(session)


# SQLite sees one moment in any transaction.
_ONE_MOMENT: Mapping[str, Mapping[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ"}
}


@contextmanager
def transaction(engine: Engine, *, writes: bool = True) -> Iterator[Session]:
    """One unit of work: commits when the block ends well, rolls back when it does not."""
    with session_for(engine, writes=writes) as session:
        yield session
        session.commit()


def session_for(engine: Engine, *, writes: bool) -> Session:
    """A session that takes SQLite's write lock at once when it is going to write.

    A transaction that reads first and writes later loses updates, or fails, beside another one. One
    that only reads sees one moment on both databases: what it adds up from several statements, and
    what is kept under a state that it read, would else be of two.
    """
    given = {"begin_immediate": True} if writes else _ONE_MOMENT.get(engine.dialect.name, {})
    return Session(engine.execution_options(**given) if given else engine, expire_on_commit=False)


def add_unless_there(session: Session, row: Base) -> bool:
    """Add a row; False when another transaction added one with the same unique key meanwhile.

    On SQLite nobody can; on PostgreSQL the one who asked first may not be the one who writes first.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def writes_alone(session: Session) -> bool:
    """Whether nobody else writes until this transaction ends, nor has since its first statement.

    So it is on SQLite (`session_for`): there nothing that was read has to be held or read again.
    """
    return session.get_bind().dialect.name == "sqlite"


def hold_word(session: Session, *words: str) -> None:
    """Hold what is not a row yet, or no row at all, to the end of the transaction.

    Of two who hold the same word at once the second waits; SQLite's one write lock does it already.
    """
    if not writes_alone(session):
        for word in sorted(words):
            session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:word))"), {"word": word})


def keep_private(path: str | None) -> None:
    """SQLite's file and those beside it are for their owner alone, whatever the umask.

    A file that is there is never opened here: closing it again would let go of SQLite's locks.
    """
    if not path or path == ":memory:":
        return
    with suppress(OSError):  # what is wrong with the folder, SQLite says
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
    for each in (path, f"{path}-wal", f"{path}-shm"):
        with suppress(OSError):  # not there, or another user's
            if stat.S_IMODE(os.stat(each).st_mode) != OWNER_ALONE:
                os.chmod(each, OWNER_ALONE)


def _prepare_sqlite(synchronous: str, connection: Any, _record: Any) -> None:
    connection.create_function("month_here", 1, _month_here, deterministic=True)
    connection.isolation_level = None  # the driver's own BEGIN is too late and too weak
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        f"synchronous={synchronous}",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _month_here(kept: str) -> str:
    """The month of a moment in the site's zone, for grouping; PostgreSQL knows zones itself."""
    return clock.iso(datetime.fromisoformat(kept).replace(tzinfo=UTC), 7)


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("begin_immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
