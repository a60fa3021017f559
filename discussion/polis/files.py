"""Opening the files of a conversation, compressed or not, whatever bytes are in them."""

import gzip
import zlib
from collections.abc import Callable
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, TypeVar

from discussion.polis.reading import NotPolisFileError

File = TypeVar("File")
Tell = Callable[[int], None]  # so many more bytes of the file are read


class UnreadableFileError(Exception):
    """The file cannot be read; the message names it and says why."""


class _Counted(BufferedReader):
    """A file that tells how much of it is read."""

    def __init__(self, path: Path, tell: Tell) -> None:
        super().__init__(FileIO(path))
        self._tell = tell

    def read(self, size: int | None = -1, /) -> bytes:
        return self._told(super().read(size))

    def read1(self, size: int = -1, /) -> bytes:
        return self._told(super().read1(size))

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer)
        self._tell(count)
        return count

    def _told(self, read: bytes) -> bytes:
        self._tell(len(read))
        return read


def read_path(
    path: Path, reader: Callable[[TextIO], File], tell: Tell = lambda _bytes: None
) -> File:
    """The file through its reader; what is no UTF-8 is read as the sign for that, and kept.

    Raises UnreadableFileError, also in the middle of a file that breaks off.
    """
    try:
        with _Counted(path, tell) as file:
            plain: Any = gzip.GzipFile(fileobj=file) if path.name.endswith(".gz") else file
            with TextIOWrapper(plain, "utf-8", errors="replace", newline="") as stream:
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
