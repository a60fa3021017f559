"""After any change, made by whomever and however, in either process: what is served is what is."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from discussion import clock
from discussion.app import create_app
from discussion.cli.archive import read_manifest
from discussion.cli.database import keep_copy
from discussion.cli.demo import demonstration_settings
from discussion.cli.restoring import bring_back
from discussion.db import transaction
from discussion.migrations.counted import TABLES
from discussion.web.site import site
from tests.databases import KINDS, empty_database, opened
from tests.web.test_kept_bodies import Unkept, Watched, addresses, plain, readers

TURNS, LOOKS = 30, 3
SOME = "id % 5 = :n % 5"
# Statements about many rows or few, as a migration, a command or somebody at a prompt makes them.
CHANGES = (
    "UPDATE position SET state = 'hidden' WHERE state = 'published' AND id % 11 = :n % 11",
    "UPDATE position SET state = 'published' WHERE state = 'hidden'",
    f"UPDATE position SET is_featured = NOT is_featured WHERE {SOME}",
    f"UPDATE position SET is_pinned = NOT is_pinned WHERE {SOME}",
    f"UPDATE position SET label_step = (label_step + 1) % 4 WHERE {SOME}",
    f"UPDATE position SET heading_id = NULL WHERE {SOME}",
    f"UPDATE revision SET claim = 'Another claim :n' WHERE {SOME}",
    f"UPDATE revision SET confidence = 1 + :n % 4 WHERE {SOME}",
    f"UPDATE revision SET reasoning_html = '<p>Another :n</p>' WHERE {SOME}",
    f"UPDATE value_tag SET gloss = 'Meant so :n' WHERE {SOME}",
    f"DELETE FROM value_tag WHERE is_outweighed AND {SOME}",
    f"UPDATE evidence_link SET warrant = 'Because :n' WHERE {SOME}",
    "DELETE FROM evidence_link WHERE id % 13 = :n % 13",
    f"UPDATE evidence_item SET title = 'Another source :n' WHERE {SOME}",
    "UPDATE evidence_item SET is_hidden = NOT is_hidden WHERE id % 9 = :n % 9",
    f"UPDATE evidence_item SET link_state = 'dead' WHERE {SOME}",
    f"UPDATE evidence_item SET added_by_id = 3 WHERE {SOME}",
    f"UPDATE response SET state = 'withdrawn' WHERE state = 'published' AND {SOME}",
    "UPDATE response SET state = 'published' WHERE state = 'withdrawn'",
    f"UPDATE response_text SET html = '<p>Answered :n</p>' WHERE {SOME}",
    "UPDATE editors_note SET text = 'Note :n'",
    f"UPDATE heading SET text = 'Heading :n' WHERE {SOME}",
    f"UPDATE thread SET question = 'Another question :n?' WHERE {SOME}",
    f"UPDATE thread SET summary = 'In short :n' WHERE {SOME}",
    f"UPDATE thread SET slow_minutes = 30 - slow_minutes WHERE {SOME}",
    f"UPDATE thread SET closed_to = 'new_voices' WHERE {SOME}",
    "UPDATE thread SET closed_to = ''",
    f"UPDATE thread SET proposed_by_id = 5 + :n % 9 WHERE {SOME}",
    "UPDATE thread SET is_hidden = NOT is_hidden WHERE id % 7 = :n % 7",
    "UPDATE thread_summary SET html = '<p>Summed up :n</p>'",
    f"UPDATE steelman SET text = 'At its strongest :n' WHERE {SOME}",
    "UPDATE related_thread SET why = 'Related :n'",
    f"UPDATE theme SET question = 'Another theme :n?' WHERE {SOME}",
    f"UPDATE scale SET low = 'Low :n' WHERE {SOME}",
    f"UPDATE value SET label = 'Value :n' WHERE {SOME}",
    "UPDATE value_proposal SET label = 'Proposed :n'",
    "UPDATE series SET title = 'Another title :n'",
    "UPDATE series SET who_may_post = 'invited'",
    "UPDATE series SET who_may_post = 'open'",
    f"UPDATE person SET display_name = 'Name :n' WHERE {SOME}",
    f"UPDATE person SET organisation = 'Works at :n', shows_organisation = :yes WHERE {SOME}",
    "UPDATE membership SET role = 'moderator' WHERE role = 'contributor' AND id % 17 = :n % 17",
    "UPDATE membership SET role = 'contributor' WHERE role = 'moderator' AND id % 3 = :n % 3",
    f"UPDATE statement_version SET text = 'Stated :n' WHERE {SOME}",
    "UPDATE round SET closes_at = opens_at WHERE state = 'open'",
    "UPDATE voice SET letter = letter || 'Z' WHERE length(letter) = 1 AND id % 23 = :n % 23",
    "UPDATE part_counts SET people = people + 1",
    "DELETE FROM mute",
    "DELETE FROM related_thread WHERE id % 2 = :n % 2",
    f"DELETE FROM editors_note WHERE {SOME}",
)


@pytest.fixture(params=KINDS)
def two(
    request: pytest.FixtureRequest, demonstration: Path, tmp_path: Path
) -> Iterator[tuple[Flask, Flask]]:
    """Two processes that serve one database, each with what it keeps itself."""
    folder = tmp_path / "demonstration"
    copytree(demonstration, folder)
    settings = demonstration_settings(folder, 8000)
    with ExitStack() as stack:
        if request.param == "postgresql":
            path = tmp_path / "copy.zip"
            with opened(settings.sqlalchemy_url) as engine:
                keep_copy(engine, path, now=clock.now())
            url = stack.enter_context(empty_database("postgresql", tmp_path))
            with opened(url) as engine:
                bring_back(engine, path, read_manifest(path))
            settings = replace(settings, database_url=url)
        apps = create_app(settings), create_app(settings)
        for app in apps:
            site(app).assets["pages"].keep = lambda *_given: None
            site(app).assets["bodies"] = Watched(app)
        yield apps
        for app in apps:
            site(app).engine.dispose()


def act(rng: Random, app: Flask, client: FlaskClient, pages: list[str]) -> None:
    """What somebody does for themselves: mutes whoever wrote a position, or answers privately."""
    chosen = [page for page in pages if page.startswith("/positions/")]
    position = rng.choice(chosen).rpartition("/")[2]
    if rng.random() < 0.5:
        client.post("/mutes", data={"kind": "position", "id": position})
    else:
        client.post(f"/positions/{position}/part", data={"stance": str(rng.randint(1, 5))})
    client.get("/about")  # where it is said, once, what was done


def test_what_is_served_is_what_would_be_made_after_every_change(two: tuple[Flask, Flask]) -> None:
    rng, pages = Random(12), addresses(two[0])
    clients = [readers(app) for app in two]
    names = sorted(clients[0])
    compared = 0
    for _turn in range(TURNS):
        app = rng.choice(two)
        if rng.random() < 0.4:
            act(rng, app, clients[two.index(app)][rng.choice(names[1:])], pages)
        else:
            with transaction(site(app).engine) as session:
                session.execute(text(named(rng.choice(CHANGES), rng.randint(1, 99))), {})
        for _look in range(LOOKS):
            page, name = rng.choice(pages), rng.choice(names)
            served = [own[name].get(page) for own in clients]
            keeping = site(two[0]).assets["bodies"]
            site(two[0]).assets["bodies"] = Unkept()
            anew = clients[0][name].get(page)
            site(two[0]).assets["bodies"] = keeping
            for one in served:
                assert one.status_code == anew.status_code
                if one.status_code == 200:
                    assert plain(one.text) == plain(anew.text), (page, name)
                    compared += 1
    assert compared > TURNS * LOOKS


def named(change: str, number: int) -> str:
    """The statement with its number in it, also within words."""
    return change.replace(":n", str(number)).replace(":yes", "TRUE")


def test_every_table_that_is_counted_is_among_the_changes_or_never_changes() -> None:
    changed = {change.split()[{"UPDATE": 1, "DELETE": 2}[change.split()[0]]] for change in CHANGES}
    by_people = {"part", "mute"}
    assert changed <= set(TABLES)
    assert len(changed | by_people) > 25
