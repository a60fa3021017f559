"""Whatever is done, in whatever order: what is hidden appears on no surface that the site has."""

import os
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.audit.chain import find_breaks
from discussion.audit.queries import stream_links
from discussion.config import Settings
from discussion.db import session_for
from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job
from discussion.migrations import every_table
from discussion.series.series.models import Series
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.factories import NOW
from tests.permissions.world import MARK
from tests.surfaces.registry import Walk, walk_surfaces
from tests.surfaces.scene import ACTS, Lively, make_scene

WORDS = re.compile(rf"{MARK}\d{{4}}w")
OFTEN = ["post"] * 6 + ["restore thread"] * 3 + ["respond", "edit", "merge", "split", "move"] * 2
STEPS = 28
EXAMPLES = int(os.environ.get("SURFACES_EXAMPLES", "3"))  # more of them before a release


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("surfaces")
    made = create_app(
        Settings(environment="test", secret_key=SECRET, data_dir=folder, fast_passwords=True,
                 crossref_url="http://127.0.0.1:9")
    )  # fmt: skip
    every_table().create_all(site(made).engine)
    yield made
    site(made).engine.dispose()


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_what_is_hidden_appears_nowhere(walked: Flask, seed: int) -> None:
    """Whatever was drawn: by a seed that is said, so that the same is done again."""
    with session_for(site(walked).engine, writes=True) as session:
        session.execute(update(Job).values(done_at=NOW))  # what earlier examples promised
        session.execute(update(Series).values(visibility="members"))  # and wrote, in the same words
        scene = make_scene(session)
        chance = Random(seed)
        for _each in range(STEPS):
            name = chance.choice([*OFTEN, *ACTS])
            scene.act(name, chance.randrange(12), chance.randrange(12))
            _look_around(walked, session, scene)
        assert len(set(scene.done)) > 4, f"hardly anything happened: {scene.done}"
        _walk(walked, session, scene)
        _every_old_address_leads_somewhere_true(walked, session, scene)
        assert not list(find_breaks(stream_links(session)))


def _look_around(app: Flask, session: Session, scene: Lively) -> None:
    """Pages are read in between, so that what was kept of them would show."""
    session.commit()
    for thread in scene.threads[:2]:
        app.test_client().get(f"/threads/{thread.slug}")


def _walk(app: Flask, session: Session, scene: Lively) -> None:
    world = scene.fill_world()
    readable = scene.readable()
    seen: set[str] = set()
    for person in (None, scene.member):
        client = app.test_client()
        session.commit()  # a session of signing in is a row, and SQLite has one writer
        if person is not None:
            sign_in(client, person)
        who = None if person is None else scene.viewer(person)
        session.commit()
        for shown in walk_surfaces(Walk(app, session, world, client, who)):
            found = set(WORDS.findall(shown.words))
            own = scene.own_words(shown.to_id) if shown.to_id else set()
            hidden = found - readable - own - _questions(scene)
            assert not hidden, (shown.where, sorted(hidden), scene.done)
            seen |= found
    assert readable <= seen, f"not reached at all: {sorted(readable - seen)}"


def _questions(scene: Lively) -> set[str]:
    """The words in questions of threads that anybody may read."""
    return {
        word
        for thread in scene.world.threads
        if not thread.is_hidden
        for word in WORDS.findall(thread.question)
    }


def _every_old_address_leads_somewhere_true(app: Flask, session: Session, scene: Lively) -> None:
    by_slug: dict[str, Thread] = {one.slug: one for one in scene.world.threads}
    client = app.test_client()
    for slug in scene.slugs:
        thread = by_slug[slug]
        hops = 0
        while thread.merged_into is not None:
            thread, hops = thread.merged_into, hops + 1
            assert hops <= len(by_slug), "a circle"
        answered: Any = client.get(f"/threads/{slug}", follow_redirects=True)
        if thread.is_hidden:
            assert answered.status_code == 404, slug
            continue
        assert answered.status_code == 200, (slug, answered.status_code)
        assert answered.request.path == f"/threads/{thread.slug}"
        assert thread.question in answered.text
    for position in scene.world.positions:
        answered = client.get(f"/positions/{position.public_id}", follow_redirects=True)
        is_there = position.first_published_at is not None and not position.thread.is_hidden
        assert (answered.status_code == 200) == is_there, (position.public_id, position.state)
        if is_there:
            assert f"/threads/{position.thread.slug}" in answered.text
