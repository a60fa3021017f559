"""No page of accounts waits for itself: slow work and counting are done before the lock.

The other tests share one connection, where nothing can wait; here each session has its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.migrations import every_table
from discussion.people.accounts.models import MailedLink, Person
from discussion.people.accounts.operations.links import link_token
from discussion.web.site import site
from tests.conftest import SECRET
from tests.people.accounts.journeys import OTHER, PASSWORD, enter, is_in, sign_up


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(replace(settings, database_url=f"sqlite:///{tmp_path / 'own.sqlite'}"))
    engine = site(made).engine
    every_table().create_all(engine)
    yield made
    engine.dispose()


def test_the_whole_way_in_and_out_never_waits_for_itself(served: Flask) -> None:
    client = served.test_client()

    assert sign_up(client).status_code == 303
    assert enter(client, "ottoline@example.org").status_code == 422
    assert client.post(f"/accounts/confirm/{_token(served, 'confirm')}").status_code == 303
    assert is_in(client)
    new = {"current": "not this one", "password": OTHER}
    assert client.post("/accounts/password", data=new).status_code == 422
    assert client.post("/accounts/password", data=new | {"current": PASSWORD}).status_code == 303
    move = {"email": "new@example.org", "current": OTHER}
    assert client.post("/accounts/address", data=move).status_code == 303
    for purpose in ("change_new", "change_old"):
        assert client.post(f"/accounts/address/{_token(served, purpose)}").status_code == 303
    assert client.post("/accounts/reset", data={"email": "new@example.org"}).status_code == 303
    path = f"/accounts/reset/{_token(served, 'reset')}"
    assert client.post(path, data={"password": PASSWORD}).status_code == 303
    assert enter(client, "new@example.org").status_code == 303
    assert client.post("/accounts/sign-out-everywhere").status_code == 303
    assert not is_in(client)
    with transaction(site(served).engine, writes=False) as session:
        assert session.scalars(select(Person.email)).all() == ["new@example.org"]


def test_a_refused_attempt_is_counted_although_the_request_is_rolled_back(served: Flask) -> None:
    client = served.test_client()

    tried = [enter(client, "nobody@example.org").status_code for _ in range(11)]

    assert tried == [422] * 10 + [429]


def _token(app: Flask, purpose: str) -> str:
    with transaction(site(app).engine, writes=False) as session:
        link = session.scalars(
            select(MailedLink)
            .where(MailedLink.purpose == purpose)
            .order_by(MailedLink.id.desc())
            .limit(1)
        ).one()
        return link_token(link, SECRET)
