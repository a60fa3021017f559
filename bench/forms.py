"""What the dearest known input of each form costs: `python -m bench.forms`.

Every field of every form is sent hostile values in turn, over a form that is right otherwise, by
somebody who may send it. A name that several forms read is sent every value in the first of them,
and in the others those that were dearest there; with `--every`, all everywhere. Seconds of
processor time, beside what one password hash costs.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict

from bench.hostile import EVERY, PASSWORDS
from bench.servers import settings_of
from discussion.app import create_app
from discussion.db import session_for
from discussion.migrations import every_table
from discussion.people.accounts.operations import attempts
from discussion.people.accounts.operations.passwords import hash_password, is_easy_to_guess
from discussion.web.site import site
from tests.conftest import carry_session, session_of
from tests.permissions.addresses import Address, addresses
from tests.permissions.test_every_post import FORMS
from tests.permissions.world import World, make_world

RESULTS = Path(__file__).parent / "results-forms.json"
NOBODY = "http://127.0.0.1:9"  # instead of a register of DOIs
REFUSED = (401, 403, 404, 405)
WHO = ("k", "a", "m", "u", "o")  # who may send most, first
DEAR = 0.05  # seconds: what is dearer is measured again, and the better of the two counts
AGAIN = 3  # values that a name is sent again where another form reads it too
SHOWN = 25
GOOD: dict[str, str] = FORMS["a full form"] | {
    "display_name": "Ottoline Brandreth", "password": PASSWORDS, "is_adult": "y", "accepts": "y",
    "current": "a password that is wrong",
}  # fmt: skip
asked_for: set[str] = set()


class Noting(ImmutableMultiDict[str, str]):
    """What was posted, noting which names somebody asks for."""

    def getlist(self, key: str, type: Any = None) -> list[Any]:
        asked_for.add(key)
        return super().getlist(key, type)

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:
        asked_for.add(key)
        return super().get(key, default, type)

    def __contains__(self, key: object) -> bool:
        asked_for.add(str(key))
        return super().__contains__(key)


class NotingRequest(Request):
    parameter_storage_class = Noting


@dataclass(frozen=True)
class Form:
    """An address, somebody who may send it something, and the names that it reads."""

    endpoint: str
    path: str
    who: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Cost:
    endpoint: str
    field: str
    value: str
    seconds: float
    status: int


class Bench:
    """A small site whose forms are sent, and whose database is put back after each that wrote."""

    def __init__(self, folder: Path) -> None:
        self.app: Flask = create_app(replace(settings_of(folder), crossref_url=NOBODY))
        self.app.request_class = NotingRequest
        site(self.app).wake = lambda: None
        self.engine = site(self.app).engine
        every_table().create_all(self.engine)
        self.opened = session_for(self.engine, writes=True)  # for what is read of the world later
        self.world: World = make_world(self.opened)
        self.opened.commit()
        self.tokens = {who: session_of(self.app, self.world.people[who])
                       for who in WHO if who in self.world.people}  # fmt: skip
        self.dearest: dict[str, tuple[str, ...]] = {}  # values, by the name of the field
        self.file = sqlite3.connect(str(self.engine.url.database), isolation_level=None)
        self.file.execute("PRAGMA synchronous = OFF")
        self.made = sqlite3.connect(":memory:")
        self.file.backup(self.made)
        self.version = self._version()

    def _version(self) -> int:
        """Another one after every commit of another connection."""
        return int(self.file.execute("PRAGMA data_version").fetchone()[0])

    def send(self, path: str, who: str, data: dict[str, str]) -> tuple[float, int]:
        """Seconds of the processor, and the status; nothing of it is kept."""
        client = self.app.test_client()
        carry_session(client, self.tokens[who])
        began = time.process_time()
        answer = client.post(path, data=data, content_type="multipart/form-data")
        seconds = time.process_time() - began
        if self._version() != self.version:
            self.made.backup(self.file)
            self.version = self._version()
        return seconds, answer.status_code

    def forms(self) -> Iterator[Form]:
        """One for each rule: the address and the person whom it answers best."""
        by_rule: dict[str, list[Address]] = {}
        for address in addresses(self.app, self.world, "POST"):
            by_rule.setdefault(address.rule.rule, []).append(address)
        self.opened.close()
        for rows in by_rule.values():
            found = self._best(rows)
            if found is not None:
                yield found

    def _best(self, rows: list[Address]) -> Form | None:
        kept: Form | None = None
        for address in rows:
            path = address.path(self.app)
            for who in self.tokens:
                asked_for.clear()
                _seconds, status = self.send(path, who, GOOD)
                if status in REFUSED:
                    continue
                form = Form(str(address.rule.endpoint), path, who, tuple(sorted(asked_for)))
                if status in (200, 303):
                    return form
                kept = kept or form
        return kept

    def costs(self, form: Form, *, is_every: bool = False) -> list[Cost]:
        """What each field costs with each value that it is sent."""
        found = []
        for field in form.fields:
            known = () if is_every else self.dearest.get(field, ())
            costs = [self._better(form, field, value) for value in known or EVERY]
            costs.sort(key=lambda one: -one.seconds)
            self.dearest.setdefault(field, tuple(one.value for one in costs[:AGAIN]))
            found += costs
        return found

    def _better(self, form: Form, field: str, value: str) -> Cost:
        cost = self._cost(form, field, value, EVERY[value])
        again = self._cost(form, field, value, EVERY[value]) if cost.seconds > DEAR else cost
        return min(cost, again, key=lambda one: one.seconds)

    def _cost(self, form: Form, field: str, value: str, words: str) -> Cost:
        seconds, status = self.send(form.path, form.who, GOOD | {field: words})
        return Cost(form.endpoint, field, value, seconds, status)


def widen_limits() -> None:
    """So that what stands behind a limit is measured as well."""
    for kind, limits in attempts.LIMITS.items():
        attempts.LIMITS[kind] = tuple(replace(one, most=10**9) for one in limits)


def measured(*, is_every: bool) -> list[Cost]:
    """The dearest of each form, dearest first; says of each what it was as it goes."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        widen_limits()
        dearest, sent = [], 0
        for form in bench.forms():
            costs = bench.costs(form, is_every=is_every)
            sent += len(costs)
            if costs:
                dearest.append(max(costs, key=lambda one: one.seconds))
                print(f"  {told(dearest[-1])}", flush=True)
        site(bench.app).engine.dispose()
    print(f"{len(dearest)} forms, {sent:,} times sent\n")
    return sorted(dearest, key=lambda one: -one.seconds)


def told(row: Cost) -> str:
    return (f"{row.endpoint:<32} {1000 * row.seconds:8.1f} ms  {row.status}  "
            f"{row.field}: {row.value}")  # fmt: skip


def timed(act: Any) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--every", action="store_true", help="each value in each field")
    typed = parser.parse_args()
    about = ("Ottoline Brandreth", "ottoline@example.org")
    is_easy_to_guess("once, so that the words are read", about)
    hashing = min(timed(lambda: hash_password("heron kettle orbit")) for _ in range(5))
    judging = max(timed(lambda: is_easy_to_guess(PASSWORDS, about)) for _ in range(5))
    print(f"one password hash                {1000 * hashing:8.1f} ms")
    print(f"judging 72 symbols               {1000 * judging:8.1f} ms", flush=True)
    rows = measured(is_every=typed.every)
    for row in rows[:SHOWN]:
        print(told(row))
    RESULTS.write_text(json.dumps({
        "hash": hashing, "judging": judging, "forms": [vars(row) for row in rows],
    }, indent=1) + "\n")  # fmt: skip


if __name__ == "__main__":
    main()
