"""The site of the permission walks, for tests that only look."""

from tests.permissions.conftest import viewers, walked, walked_engine, world

__all__ = ["viewers", "walked", "walked_engine", "world"]
