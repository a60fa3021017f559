"""Stub."""

from typing import Any


def count_waiting(session: Any, viewer: Any) -> int:
    return 0
