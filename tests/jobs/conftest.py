"""An application over a database of its own, so that workers of other processes see its rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from discussion.app import create_app
from discussion.config import Settings
from discussion.web.site import site
from tests.conftest import SECRET
from tests.databases import KINDS, migrated_database


@pytest.fixture(params=KINDS)
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with migrated_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def own_settings(own_url: str, tmp_path: Path) -> Settings:
    return Settings(
        environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=own_url,
        fast_passwords=True, mail_from="Discussion <no-reply@example.org>",
    )  # fmt: skip


@pytest.fixture
def own_app(own_settings: Settings) -> Iterator[Flask]:
    app = create_app(own_settings)
    yield app
    site(app).engine.dispose()
