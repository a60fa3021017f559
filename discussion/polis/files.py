"""Opening the files of a conversation, compressed or not, whatever bytes are in them."""

import gzip
import re
import zlib
from collections.abc import Callable
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, TypeVar

from discussion.polis.reading import NotPolisFileError

# How Polis names a download: when, of which conversation, and what it is; browsers add
# a number, and Windows says of a copy that it is one.
_DATED = re.compile(
    r"(?:\d{4}-\d\d-\d\d-\d{4}-(?P<conversation>[0-9A-Za-z]+)-)?(?P<name>[a-z-]+)"
    r"(?: ?\(\d+\)| - Copy(?: \(\d+\))?)?\.csv(?:\.gz)?",
    re.IGNORECASE,
)
MOST_NAMED = 5  # of the files that are there, where one is missing
_OTHER_NAMES = {"participant-votes": "participants-votes"}
# How files of other kinds begin, and what is said of them.
_NO_TEXT = (
    ((b"\xff\xfe", b"\xfe\xff"), "it is written in UTF-16; save it anew as CSV in UTF-8"),
    ((b"PK\x03\x04",), "it is a spreadsheet or a zip file; save or unpack it as CSV in UTF-8"),
    ((b"\x1f\x8b",), "it is compressed; let its name end with .gz"),
    ((b"\xd0\xcf\x11\xe0",), "it is a spreadsheet; save it as CSV in UTF-8"),
)

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
            _refuse_other(plain.peek(4_096))
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
    """The file of this name in the folder, plain or compressed, or named as Polis names downloads.

    Raises UnreadableFileError where several could be meant.
    """
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    dated = sorted(path for path in folder.iterdir() if _name_of(path) == name and path.is_file())
    if len(dated) > 1:
        listed = ", ".join(path.name for path in dated)
        raise UnreadableFileError(
            f"{folder} has more than one {name}: {listed}. Leave one of them."
        )
    return dated[0] if dated else None


def conversation_of(path: Path) -> str:
    """Of which conversation a file says by its name that it is; empty if it does not say."""
    found = _DATED.fullmatch(path.name)
    return (found["conversation"] or "") if found else ""


def _name_of(path: Path) -> str:
    found = _DATED.fullmatch(path.name)
    name = found["name"].lower() if found else ""
    return f"{_OTHER_NAMES.get(name, name)}.csv" if found else ""


def what_is_there(folder: Path, name: str) -> str:
    """A sentence that names the files which may be meant by one that is missing; "" without any."""
    stem = name.removesuffix(".csv").split("-")[-1]
    found = sorted(
        path.name
        for path in folder.iterdir()
        if not path.name.startswith(".")
        and (stem in path.name.lower() or path.is_dir() or path.suffix.lower() == ".zip")
    )
    if not found:
        return ""
    listed = ", ".join(found[:MOST_NAMED])
    return f" There is {listed}: unpack it, or name the file as Polis does."


def _refuse_other(beginning: bytes) -> None:
    for signs, says in _NO_TEXT:
        if beginning.startswith(signs):
            raise NotPolisFileError(says)
    if beginning.count(0) > len(beginning) // 8:
        raise NotPolisFileError(_NO_TEXT[0][1])  # every other byte, without the mark
