"""What a command says of what went wrong around it: a sentence for whoever typed, no traceback.

What is a mistake of ours is not caught here, and shows where it happened.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

LONGEST = 200  # of a path that is repeated


def in_a_sentence(error: BaseException) -> str:
    """The sentence for what the machine, the files or the database refused; empty for the rest."""
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
    if any(name in _OURS for name in names):
        return ""
    return next((_SAYS[name](error) for name in names if name in _SAYS), "")


def _of_the_system(error: Any) -> str:
    which = f"{str(error.filename)[:LONGEST]}: " if error.filename else ""
    return f"{which}{error.strerror or error}."


def _of_the_database(error: Any) -> str:
    """The first line of what it said, which names a place and no row."""
    said = str(error.orig or "").strip().partition("\n")[0]
    return f"The database cannot be used: {said.rstrip('.')}. See DISCUSSION_DATABASE_URL."


def _of_other_characters(error: Any) -> str:
    return "What was given is not UTF-8, so it cannot be read."


def _of_an_address(_error: Any) -> str:
    return "DISCUSSION_DATABASE_URL is not an address of SQLite or PostgreSQL."


def _of_history(_error: Any) -> str:
    return (
        "The database was made by a version that this one does not know. Install that version"
        " or a later one."
    )


def _of_rights(error: Any) -> str:
    return f"They may not do that: {error}."


# By name, so that nothing is imported before it is needed.
_SAYS: dict[str, Callable[[Any], str]] = {
    "builtins.OSError": _of_the_system,
    "builtins.UnicodeError": _of_other_characters,
    "sqlalchemy.exc.OperationalError": _of_the_database,
    "sqlalchemy.exc.InterfaceError": _of_the_database,
    "sqlalchemy.exc.DatabaseError": _of_the_database,
    "sqlalchemy.exc.ArgumentError": _of_an_address,
    "sqlalchemy.exc.NoSuchModuleError": _of_an_address,
    "alembic.util.exc.CommandError": _of_history,
    "discussion.permissions.rules.Forbidden": _of_rights,
}
_OURS = {  # though they are kinds of the above: errors of rows and statements
    f"sqlalchemy.exc.{name}"
    for name in (
        "IntegrityError",
        "ProgrammingError",
        "DataError",
        "InternalError",
        "NotSupportedError",
    )
}


def no_more_to_say() -> None:
    """Whatever read us has gone: what is left to be written goes nowhere, without a word."""
    with suppress(OSError):  # not a stream of the system's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
