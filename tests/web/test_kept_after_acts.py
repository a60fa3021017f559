"""After whatever anybody does, in any order, another process serves what would be made anew.

What is done comes from the register of acts (tests/linkability/acts.py), which every form joins.
Who reads are two of each kind, each with mutes, answers, drafts and pieces of their own. One
process does it, another was begun before and keeps pages for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from flask import Flask

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for
from discussion.people.accounts.models import Person
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.databases import KINDS, made_database
from tests.factories import NOW
from tests.linkability.acts import ACTS, Telling
from tests.linkability.scene import VOICES, Voiced
from tests.web.test_kept_bodies import Unkept, plain

TURNS, LOOKS, SEEDS = 10, 2, {"sqlite": 5, "postgresql": 6}
FORKED = get_context("fork")
# By which letters people stand in the scene: authors, members, moderators, conveners, the site's.
READERS = ("Ann", "Bea", "Cai", "o", "c", "m", "n", "k", "e", "x", "")


class Doing(Telling):
    """Acts of which each is kept before the next: who reads is another process."""

    def post(self, letter: str, path: str, *, code: int = 303, **typed: Any) -> None:
        self.scene.session.commit()
        super().post(letter, path, code=code, **typed)
        self.scene.session.commit()


def is_done(doing: Doing, act: str) -> bool:
    """Whether it could be done as things stand: nobody lifts a pause that nobody has."""
    try:
        ACTS[act][1](doing)
    except (AssertionError, LookupError):
        doing.scene.session.rollback()
        return False
    doing.scene.session.commit()
    return True


def of_their_own(rng: Random, doing: Doing) -> None:
    """Somebody mutes, answers privately or begins to write, which nobody else is shown."""
    letter, voice = rng.choice("ocmnke"), rng.choice([*VOICES])
    position = doing.scene.positions[voice].public_id
    owns: tuple[tuple[str, dict[str, Any]], ...] = (
        ("/mutes", {"kind": "position", "id": position}),
        (f"/positions/{position}/part", {"stance": str(rng.randint(1, 5))}),
        (f"/positions/write/{doing.scene.threads[voice].slug}/draft", {"claim": "A draft."}),
    )
    path, typed = rng.choice(owns)
    doing.post(letter, path, **typed)


def look(rng: Random, doing: Doing) -> tuple[str, str]:
    """Somebody's cookie, and a page that is kept."""
    scene, letter, voice = doing.scene, rng.choice(READERS), rng.choice([*VOICES])
    series, thread = f"/series/{scene.series.slug}", f"/threads/{scene.threads[voice].slug}"
    path = rng.choice(
        (
            series,
            f"{series}/findings",
            f"/evidence/{scene.series.slug}",
            thread,
            f"{thread}?group=role",
            f"/findings/{scene.threads[voice].slug}",
            f"/positions/{scene.positions[voice].public_id}",
            f"/positions/{scene.others[voice].public_id}",
        )
    )
    person = scene.people[letter] if letter else None
    scene.session.commit()
    cookie = f"session={token_of(doing.app, person)}" if person else ""
    scene.session.commit()
    return cookie, path


def token_of(app: Flask, person: Person) -> str:
    """A new session of somebody, as their browser holds it."""
    client = sign_in(app.test_client(), person)
    kept = client.get_cookie("session")
    assert kept is not None
    return kept.value


def serve(asked: Connection) -> None:
    """Another process: it makes its engine itself, and answers until nobody asks any more."""
    app: Flask | None = None
    with time_machine.travel(NOW, tick=False) as clock:
        while (said := _next(asked)) is not None:
            app = app or create_app(said[0])
            clock.move_to(said[1])
            asked.send([read(app, cookie, path) for cookie, path in said[2]])


def _next(asked: Connection) -> Any:
    try:
        return asked.recv()
    except EOFError:
        return None


def read(app: Flask, cookie: str, path: str) -> tuple[int, str]:
    client = app.test_client(use_cookies=False)
    answered = client.get(path, headers={"Cookie": cookie} if cookie else {})
    return answered.status_code, plain(answered.text) if answered.status_code == 200 else ""


@contextmanager
def another_process() -> Iterator[Connection]:
    here, there = FORKED.Pipe()
    child = FORKED.Process(target=_serve_alone, args=(here, there), daemon=True)
    child.start()
    there.close()
    yield here
    here.close()
    child.join(20)
    assert child.exitcode == 0


def _serve_alone(here: Connection, there: Connection) -> None:
    here.close()  # else it would never be told that nobody asks any more
    serve(there)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_done_another_process_serves_what_would_be_made(
    kind: str, tmp_path: Path
) -> None:
    rng, done, compared = Random(SEEDS[kind]), set[str](), 0
    with another_process() as other, made_database(kind, tmp_path) as url:
        settings = Settings(
            environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url,
            fast_passwords=True,
        )  # fmt: skip
        app, unkept = create_app(settings), create_app(settings)
        site(unkept).assets["pages"].keep = lambda *_given: None
        site(unkept).assets["bodies"] = Unkept()
        began = NOW + timedelta(hours=1)
        with (
            time_machine.travel(began, tick=False) as clock,
            session_for(site(app).engine, writes=False) as session,  # holds no lock while it reads
        ):
            scene = Voiced(session, is_joined=False)
            session.commit()
            doing = Doing(app, scene, "named", clock, began, is_joined=True)  # refusals are answers
            for turn in range(TURNS):
                doing.voice = rng.choice([*VOICES])
                act = "respond" if turn == 1 else rng.choice([*ACTS])  # what comes most often
                doing.later(minutes=20)
                if is_done(doing, act):
                    done.add(act)
                of_their_own(rng, doing)
                front = "", f"/series/{scene.series.slug}"  # which tells of everything
                looks = [front, *(look(rng, doing) for _each in range(LOOKS))]
                other.send((settings, doing.now, looks))
                served = other.recv()
                for (cookie, path), theirs in zip(looks, served, strict=True):
                    anew = read(unkept, cookie, path)
                    assert theirs == anew, (act, path)
                    assert read(app, cookie, path) == anew, (act, path)
                    compared += anew[0] == 200
        for each in (app, unkept):
            site(each).engine.dispose()
    assert len(done) > TURNS // 3
    assert compared > TURNS * LOOKS / 2
