"""The folder of data copies: a name drawn by chance for each file, and none that lasts."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

MADE, HALF = ".zip", ".part"


def folder_of(data_dir: Path) -> Path:
    """Where the files of data copies stand."""
    return data_dir / "copies"


def find_file(folder: Path, name: str) -> Path | None:
    """The file of a copy, while it is there."""
    path = folder / name
    return path if name and path.suffix == MADE and path.is_file() else None


def forget_file(folder: Path, name: str) -> None:
    """Delete a copy’s file; nothing where there is none, or no more."""
    if name:
        (folder / name).unlink(missing_ok=True)


def forget_others(folder: Path, named: Collection[str], before: datetime) -> None:
    """Delete every older file that nobody names: what a killed worker left behind."""
    for path in folder.glob("*"):
        is_ours = path.suffix in (MADE, HALF) and path.name not in named
        if is_ours and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
