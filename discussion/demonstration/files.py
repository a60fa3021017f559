"""The content files beside this module."""

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(read_text(name))


def read_text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    return sorted(path.name for path in (HERE / folder).glob("*.toml"))


def morning_of(day: date, *, minute: int = 0) -> datetime:
    """A moment in the working day: content files give days only."""
    return datetime.combine(day, time(9 + minute // 60 % 8, minute % 60), UTC)
