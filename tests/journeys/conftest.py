"""A database in which commits are real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from discussion.db import Base, make_engine
from tests.databases import KINDS, empty_database


@pytest.fixture(params=KINDS)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """On either database, and gone afterwards."""
    with empty_database(request.param, tmp_path) as url:
        engine = make_engine(url, threads=16)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
