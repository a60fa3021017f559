"""Nothing that anybody but its author can read joins two voices of a person.

A story is told twice: once all voices are one person's, once each is somebody else's. Whatever
moderators, conveners, readers, visitors and the clock do to one voice, everybody is answered,
written to and shown the same in both.
"""

import ast
import os
import random
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, count
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from discussion.db import Base
from discussion.debate.positions.operations import naming
from tests import factories
from tests.factories import NOW
from tests.linkability.acts import ACTS, NO_VOICE, STORIES, Telling
from tests.linkability.scene import AUTHORS, Voiced
from tests.surfaces.registry import (
    Walk,
    letters,
    notices,
    packages,
    pages,
    searched_pages,
    series_files,
)

# Who reads what in which faces. A page and its JSON are made of the same (ARCHITECTURE.md, 9), so
# one of the two is read of each; `LINKABILITY=all` reads everything in every face.
READERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("m", ("json",), ("/",)),
    ("k", ("json",), ("/sanctions", "/series/")),
    ("o", ("page",), ("/threads/<slug>", "/mutes", "/accounts/people/")),
    ("v", ("page",), ("/positions/<public_id>", "/evidence/", "/transparency/", "/values/")),
)
EVERYTHING = tuple((who, ("page", "json", "fragment"), ("/",)) for who in "mkovx")
# What may differ, and why: nothing that counts or names anybody does.
MASKS: dict[str, str] = {
    r"Set-Cookie: session=[^;]+": "drawn by chance for each browser, and told to it alone",
    r'name="form_token" value="[^"]*"': "drawn by chance for each page that is opened",
}
# What a later act of the story undoes: another voice is looked at meanwhile.
PASSING = ("tick", "pause", "promote", "redact", "hide", "hide thread", "split", "pause by name")
TARGETS = {"sqlite": "named", "postgresql": "chatham"}  # to which voice everything is done


@pytest.fixture
def tell(
    app: Flask, session: Session, connection: Connection, monkeypatch: pytest.MonkeyPatch,
    engine: Engine,
) -> Callable[[str, str, bool], dict[str, str]]:  # fmt: skip
    """Tell a story of one voice in one world, and take it all back."""

    def run(story: str, voice: str, is_joined: bool) -> dict[str, str]:
        chance = random.Random(story)
        monkeypatch.setattr(secrets, "choice", chance.choice)
        monkeypatch.setattr(naming, "choice", chance.choice)
        monkeypatch.setattr(factories, "_numbers", count(1))
        outer = connection.begin_nested()
        _count_anew(connection)
        session.expire_all()
        try:
            with time_machine.travel(NOW + timedelta(hours=1), tick=False) as clock:
                scene = Voiced(session, is_joined=is_joined)
                telling = Telling(app, scene, voice, clock, NOW + timedelta(hours=1), is_joined)
                for number, act in enumerate(STORIES[story]):
                    chance.seed(f"{number} {act}")  # so that one act differs, and not all after it
                    telling.later(hours=1)
                    ACTS[act][1](telling)
                    if act in PASSING:
                        telling.told |= _glimpse(telling, act)
                return telling.told | dict(_everything(telling))
        finally:
            session.close()
            outer.rollback()

    return run


@pytest.mark.usefixtures("keeps_found")
@pytest.mark.parametrize("story", STORIES)
def test_nothing_tells_that_two_voices_are_one_person(
    tell: Callable[[str, str, bool], dict[str, str]], story: str, engine: Engine
) -> None:
    voice = TARGETS[engine.dialect.name]
    joined, apart = (tell(story, voice, is_joined) for is_joined in (True, False))
    assert len(joined) > 300, "hardly anything was shown"
    wrong = sorted(set(joined) ^ set(apart))
    wrong += [where for where, words in joined.items() if apart.get(where, words) != words]
    assert not wrong, "\n".join(f"{where}: {_first(joined, apart, where)}" for where in wrong[:40])


def test_every_form_is_sent_to_one_voice_or_names_none(app: Flask) -> None:
    forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    sent = {endpoint for endpoint, _run in ACTS.values()} - {""}
    told = {act for acts in STORIES.values() for act in acts}
    assert told == set(ACTS), "every act is told, and every story tells acts"
    assert not sent & set(NO_VOICE)
    assert forms == sent | set(NO_VOICE), (
        "Do it to one voice in tests/linkability/acts.py, or say there why it names none:"
        f" {sorted(forms ^ (sent | set(NO_VOICE)))}"
    )


def test_every_operation_is_called_by_something() -> None:
    """What no form, task or command comes to could be done in no story, and so not be judged."""
    sources = [one.read_text() for one in Path("discussion").rglob("*.py")]
    called = Counter(word for source in sources for word in re.findall(r"\w+(?=[(,)])", source))
    alone = [name for name in _operations() if called[name] < 2]
    assert not alone, f"nothing calls these: {alone}"


def _operations() -> Iterator[str]:
    """The names of everything that somebody does with a right."""
    for file in Path("discussion").rglob("*.py"):
        if "operations" in {*file.parts, file.stem}:
            for one in ast.parse(file.read_text()).body:
                if not isinstance(one, ast.FunctionDef) or one.name.startswith("_"):
                    continue
                if [each.arg for each in one.args.args][:2] == ["session", "actor"]:
                    yield one.name


def _count_anew(connection: Connection) -> None:
    """Numbers of rows are the same in both worlds: PostgreSQL counts on after a rollback."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and table.c.id.autoincrement in (True, "auto"):
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), 1000)"),
                {"name": f'"{table.name}"'},
            )


def _glimpse(telling: Telling, act: str) -> dict[str, str]:
    """After each act what a moderator looks at first, about another voice."""
    scene, shown = telling.scene, {}
    scene.session.flush()
    other = "chatham" if telling.voice == "named" else "named"
    path = f"/moderation/positions/{scene.positions[other].public_id}.json"
    shown[f"{len(telling.told)} {act}: {path}"] = telling.client("m").get(path).text
    return shown


def _everything(telling: Telling) -> Iterator[tuple[str, str]]:
    scene, session = telling.scene, telling.scene.session
    session.flush()
    world = scene.world()
    authors = {scene.people[name].id for name in AUTHORS}
    for letter, faces, places in EVERYTHING if os.environ.get("LINKABILITY") else READERS:
        who = None if letter == "v" else scene.viewer(letter, telling.now)
        walk = Walk(telling.app, session, world, telling.client(letter), who, faces, places)
        for shown in chain(pages(walk), searched_pages(walk)):
            yield f"{letter} {shown.where}", _masked(shown.words)
    sent = Counter[str]()
    for shown in (*letters(walk), *notices(walk)):
        if shown.to_id not in authors:
            place = f"{shown.where} to {shown.to_id}"
            sent[place] += 1
            yield f"{place}, {sent[place]}", shown.words
    for shown in (*series_files(walk), *packages(walk)):
        yield shown.where, shown.words


def _masked(words: str) -> str:
    for pattern in MASKS:
        words = re.sub(pattern, "…", words)
    return words


def _first(joined: dict[str, str], apart: dict[str, str], where: str) -> str:
    one, other = joined.get(where, "nothing"), apart.get(where, "nothing")
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, at - 60) : at + 120]!r} where apart {other[max(0, at - 60) : at + 120]!r}"
