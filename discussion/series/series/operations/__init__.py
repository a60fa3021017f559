"""Changing a series: its text, its lists, and its life."""

from discussion.series.series.operations.record import Refused

__all__ = ["Refused"]
