"""Opening the files of a conversation, compressed or not, whatever bytes are in them."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, TypeVar

from discussion.polis.reading import NotPolisFileError

File = TypeVar("File")


class UnreadableFileError(Exception):
    """The file cannot be read; the message names it and says why."""


def read_path(path: Path, reader: Callable[[TextIO], File]) -> File:
    """The file through its reader; what is no UTF-8 is read as the sign for that, and kept.

    Raises UnreadableFileError, also in the middle of a file that breaks off.
    """
    opened: Any = gzip.open if path.name.endswith(".gz") else open
    try:
        with opened(path, "rt", encoding="utf-8", errors="replace", newline="") as stream:
            return reader(stream)
    except NotPolisFileError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error}.") from error
    except FileNotFoundError as error:
        raise UnreadableFileError(f"There is no file {path}.") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(f"{path} cannot be read: {why}.") from error


def find_path(folder: Path, name: str) -> Path | None:
    """The file of this name in the folder, plain or compressed."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    return None
