"""One site for all that walk through it, on a database of its own that they leave as it was."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for
from discussion.migrations import every_table
from discussion.permissions.facts import Viewer
from discussion.web.site import site
from tests.conftest import SECRET
from tests.factories import viewer
from tests.permissions.world import World, make_world


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("walked")
    made = create_app(
        Settings(environment="test", secret_key=SECRET, data_dir=folder, fast_passwords=True,
                 crossref_url="http://127.0.0.1:9")
    )  # fmt: skip
    every_table().create_all(site(made).engine)
    yield made
    site(made).engine.dispose()


@pytest.fixture(scope="module")
def walked_engine(walked: Flask) -> Engine:
    return site(walked).engine


@pytest.fixture(scope="module")
def world(walked_engine: Engine) -> Iterator[World]:
    with session_for(walked_engine, writes=True) as session:
        made = make_world(session)
        session.commit()
        yield made


@pytest.fixture(scope="module")
def viewers(walked_engine: Engine, world: World) -> dict[str, Viewer | None]:
    with session_for(walked_engine, writes=False) as session:
        known = {letter: viewer(session, person) for letter, person in world.people.items()}
    return {"v": None} | known
