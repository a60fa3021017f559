"""Reading begins no transaction that writes, and commits nothing, on either database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for, transaction
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.databases import KINDS, made_database
from tests.permissions.addresses import addresses
from tests.permissions.world import make_world

READS = ("SELECT", "WITH", "SHOW", "PRAGMA", "BEGIN")


@contextmanager
def written(engine: Engine) -> Iterator[list[str]]:
    """What was said to the database but to read; a commit too, and a lock taken to write."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, said: str, *_given: object) -> None:
        own = " ".join(said.split()).upper()
        if not own.startswith(READS) or own == "BEGIN IMMEDIATE" or " FOR UPDATE" in own:
            found.append(own[:120])

    def note_commit(_connection: object) -> None:
        found.append("COMMIT")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", note_commit)
    yield found
    event.remove(engine, "before_cursor_execute", note)
    event.remove(engine, "commit", note_commit)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_writes_nothing(kind: str, tmp_path: Path) -> None:
    """Each route once, by whoever convenes the series, who may read nearly everything.

    But for `/readyz`, which tries whether the disk takes a row, who was seen when, each hour, and
    when somebody was last at a series or a thread, each half-hour: both are visited before.
    """
    with made_database(kind, tmp_path) as url:
        app = create_app(_settings(tmp_path, url))
        with transaction(site(app).engine) as session:
            world = make_world(session)
            paths: dict[str, str] = {}
            for address in addresses(app, world, "GET"):
                paths.setdefault(str(address.rule.endpoint), address.path(app))
        client = app.test_client()
        sign_in(client, world.people["k"])
        for visited in ("overview.page", "threads.page"):
            assert client.get(paths[visited]).status_code == 200
        wrote, read = {}, 0
        with written(site(app).engine) as found:
            for endpoint, path in paths.items():
                read += client.get(path).status_code == 200
                if found:
                    wrote[endpoint] = tuple(found)
                found.clear()
            with session_for(site(app).engine, writes=False) as session:  # it would be noticed
                session.execute(text("DELETE FROM heading"))
        site(app).engine.dispose()
    assert found == ["DELETE FROM HEADING"]
    assert not wrote
    assert read > 80


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        environment="test",
        secret_key=SECRET,
        data_dir=folder,
        database_url=url,
        fast_passwords=True,
        crossref_url="http://127.0.0.1:9",
    )
