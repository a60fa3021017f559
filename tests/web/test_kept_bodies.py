"""What is kept of a page is what would be made anew, for each reader and after any change."""

import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from sys import getsizeof
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from discussion.app import create_app
from discussion.cli.demo import demonstration_settings
from discussion.db import transaction
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.migrations import every_table
from discussion.migrations.counted import TABLES, scopes_of
from discussion.people.accounts.models import Person
from discussion.registers import Register
from discussion.series.members.models import Membership
from discussion.series.series.models import Series, Theme
from discussion.web import layout
from discussion.web.bodies import Bodies, Body, Key, Made
from discussion.web.site import site
from tests.conftest import sign_in, without_tokens

Chosen = TypeVar("Chosen", bound=Bodies)
OF_THREAD = {"site", "series", "thread", "person"}
OF_SERIES = {"site", "series", "within", "person"}
OF_FRONT = OF_SERIES | {"replies"}
UNCOUNTED = {
    "rating": "a stand-in has none; findings_head counts those of who rated beside the states",
    "round_post": "written while a round is open, when its findings are not kept",
    "state_number": "the states themselves",
    "tallied_thread": "follows from threads: a tally of another state is not read",
    "thread_tally": "likewise",
    "series_tally": "likewise",
    "audit_event": "that a series ended, which changes the series in the same transaction",
}
ROOMS = {  # an address → under which states what it shows is kept
    r"/threads/.*": OF_THREAD,
    r"/positions/.*": OF_THREAD,
    r"/findings/.*": OF_THREAD,
    r"/evidence/.*": OF_SERIES,
    r"/series/[^/]+": OF_FRONT,
    r"/series/.*": OF_SERIES,
    r"/needed/.*": OF_FRONT,
}


class Watched(Bodies):
    """Bodies that say which tables were read while one was made, and how many were kept."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.said: list[str] = []
        self.made = 0
        self.read_seldom: set[str] = set()
        event.listen(site(app).engine, "before_cursor_execute", self._listen)

    def _listen(self, _c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        self.said.append(statement)

    def find(self, key: Key, states: Key) -> Body | None:
        found = super().find(key, states)
        self.said.clear()  # what comes now is asked in making it
        return found

    def keep(self, key: Key, states: Key, body: Body) -> None:
        self.made += 1
        super().keep(key, states, body)

    def keep_made(self, key: Key, states: Key, made: Made) -> None:
        self.read_seldom |= self.tables()
        super().keep_made(key, states, made)

    def tables(self) -> set[str]:
        named = set(re.findall(r"\w+", " ".join(self.froms())))
        return named & set(every_table().tables)

    def froms(self) -> Iterator[str]:
        """What stands after each FROM, up to what is asked of it."""
        for said in self.said:
            yield from re.findall(r"\bFROM\b(.*?)(?=\bWHERE\b|\bSELECT\b|$)", said, re.DOTALL)


class Unkept(Bodies):
    """Bodies that are made anew each time."""

    def find(self, key: Key, states: Key) -> Body | None:
        return None

    def find_made(self, key: Key, states: Key) -> Made | None:
        return None


@pytest.fixture(scope="module")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("kept") / "demonstration"
    copytree(demonstration, folder)
    app = create_app(demonstration_settings(folder, 8000))
    site(app).assets["pages"].keep = lambda *_given: None
    yield app
    site(app).engine.dispose()


@contextmanager
def bodies(app: Flask, chosen: Chosen) -> Iterator[Chosen]:
    before = site(app).assets["bodies"]
    site(app).assets["bodies"] = chosen
    yield chosen
    site(app).assets["bodies"] = before


def addresses(app: Flask) -> list[str]:
    with transaction(site(app).engine, writes=False) as session:
        [slug] = session.scalars(select(Series.slug))
        threads = session.scalars(select(Thread.slug).order_by(Thread.id)).all()
        positions = session.scalars(select(Position.public_id).where(Position.number.is_not(None)))
        themes = session.scalars(select(Theme.slug)).all()
        return [
            f"/series/{slug}", f"/series/{slug}/findings", f"/evidence/{slug}",
            f"/evidence/{slug}?q=review", f"/needed/{slug}", f"/needed/{slug}?why=mind",
            f"/threads/{threads[0]}?group=role",
            *(f"/series/{slug}/themes/{theme}" for theme in themes[:2]),
            *(f"/threads/{thread}" for thread in threads),
            *(f"/findings/{thread}" for thread in threads),
            *(f"/positions/{position}" for position in list(positions)[::5]),
        ]  # fmt: skip


def readers(app: Flask) -> dict[str, FlaskClient]:
    """Nobody, and two of each kind: members who wrote and who did not, moderators, conveners."""
    found: dict[str, FlaskClient] = {"": app.test_client()}
    with transaction(site(app).engine, writes=False) as session:
        wrote = select(Position.author_id)
        for role in ("contributor", "moderator", "convener"):
            for has in (Person.id.in_(wrote), Person.id.not_in(wrote)):
                people = session.scalars(
                    select(Person).join(Membership, Membership.person_id == Person.id)
                    .where(Membership.role == role).where(has).order_by(Person.id).limit(2)
                ).all()  # fmt: skip
                for person in people:
                    found[f"{role} {person.id}"] = sign_in(app.test_client(), person)
        for person in session.scalars(
            select(Person).where(Person.id.not_in(select(Membership.person_id))).limit(2)
        ):
            found[f"stranger {person.id}"] = sign_in(app.test_client(), person)
    return found


def plain(html: str) -> str:
    """A page without what is made anew for each opening of it."""
    return re.sub(r'data-ends="\d+"', "", without_tokens(html))


def test_whoever_reads_is_served_what_would_be_made_for_them(demo: Flask) -> None:
    people, compared = readers(demo), 0
    with bodies(demo, Watched(demo)):
        for _turn in range(2):  # in the second, whoever came last finds what the first made
            for address in addresses(demo):
                for name, client in people.items():
                    kept = client.get(address)
                    with bodies(demo, Unkept()):
                        anew = client.get(address)
                    assert kept.status_code == anew.status_code
                    if kept.status_code == 200:
                        assert plain(kept.text) == plain(anew.text), (name, address)
                        compared += 1
    assert compared > 400


def test_a_kept_page_reads_no_table_whose_changes_are_not_counted(
    demo: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is read here joins TABLES of discussion/migrations/counted.py."""
    # These stand in the shell, which is not kept.
    monkeypatch.setattr(layout, "DESKS", Register())
    monkeypatch.setattr(layout, "NEWS", lambda: lambda *_who: 0)
    monkeypatch.setattr(layout, "SINCE", lambda: lambda *_who: None)
    missed: dict[str, set[str]] = {}
    people = readers(demo)
    with bodies(demo, Watched(demo)) as watched:
        for address in addresses(demo):
            scopes = next(states for room, states in ROOMS.items() if re.fullmatch(room, address))
            for client in people.values():
                before = watched.made
                client.get(address)
                if watched.made == before:
                    continue
                for table in watched.tables() - set(UNCOUNTED):
                    if table not in TABLES or not scopes & set(scopes_of(table)):
                        missed.setdefault(table, set()).add(address)
        assert watched.made > 50
    assert not missed, "\n".join(f"{table}: {sorted(where)[:3]}" for table, where in missed.items())


def test_what_changes_seldom_is_kept_without_what_comes_often(demo: Flask) -> None:
    with bodies(demo, Watched(demo)) as watched:
        for client in readers(demo).values():
            client.get(addresses(demo)[0])
    read = watched.read_seldom - set(UNCOUNTED)
    assert read, "no page of a series was kept without its news"
    assert not [table for table in read if not OF_SERIES & set(scopes_of(table))]


def test_nobody_fills_the_memory_with_addresses_that_they_make_up(demo: Flask) -> None:
    """What an address swells is weighed, or is not kept."""
    [page, *_more] = addresses(demo)
    with bodies(demo, Bodies(most_bytes=400_000)) as kept:
        for number in range(30):
            for made_up in (f"{number}", f"{number}" + "%E6%97%A5" * 800):
                assert demo.test_client().get(f"{page}?q={made_up}").status_code == 200
        assert len(pickle.dumps(kept._shells)) < 30 * 40_000
        assert getsizeof(repr(kept._bodies)) < 4 * 400_000
        assert max(len(repr(key)) for key in site(demo).assets["layouts"]) < 1_000
