"""What the dearest known input of each form costs: `python -m bench.forms`.

Every field of every form is sent each hostile value in turn, over a form that is right otherwise,
by somebody who may send it. Seconds of processor time, beside what one password hash costs.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask, Request
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from bench.hostile import EVERY, PASSWORDS
from bench.servers import settings_of
from discussion.app import create_app
from discussion.db import session_for
from discussion.migrations import every_table
from discussion.people.accounts.operations import attempts
from discussion.people.accounts.operations.passwords import hash_password, is_easy_to_guess
from discussion.web.site import site
from tests.conftest import _over, sign_in
from tests.permissions.addresses import Address, addresses
from tests.permissions.test_every_post import FORMS
from tests.permissions.world import World, make_world

RESULTS = Path(__file__).parent / "results-forms.json"
REFUSED = (401, 403, 404, 405)
WHO = ("k", "a", "m", "u", "o")  # who may send most, first
DEAR = 0.05  # seconds: what is dearer is measured again, and the better of the two counts
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
    """A small site whose forms are sent, and that is put back after each."""

    def __init__(self, folder: Path) -> None:
        self.app: Flask = create_app(settings_of(folder))
        self.app.request_class = NotingRequest
        self.engine = site(self.app).engine
        every_table().create_all(self.engine)
        self.opened = session_for(self.engine, writes=True)  # for what is read of the world later
        self.world: World = make_world(self.opened)
        self.opened.commit()
        self.settings = replace(site(self.app).settings, crossref_url="http://127.0.0.1:9")

    def send(self, path: str, who: str, data: dict[str, str]) -> tuple[float, int]:
        """Seconds of the processor, and the status; nothing of it is kept."""
        with self.engine.connect() as connection, connection.begin() as outer:
            client = sign_in(self._over(connection).test_client(), self.world.people[who])
            began = time.process_time()
            answer = client.post(path, data=data, content_type="multipart/form-data")
            seconds = time.process_time() - began
            outer.rollback()
        return seconds, answer.status_code

    def _over(self, connection: Connection) -> Flask:
        session = Session(connection, join_transaction_mode="create_savepoint",
                          expire_on_commit=False)  # fmt: skip
        return _over(self.app, self.settings, self.engine, connection, session)

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
            for who in (one for one in WHO if one in self.world.people):
                asked_for.clear()
                _seconds, status = self.send(path, who, GOOD)
                if status in REFUSED:
                    continue
                form = Form(str(address.rule.endpoint), path, who, tuple(sorted(asked_for)))
                if status in (200, 303):
                    return form
                kept = kept or form
        return kept

    def costs(self, form: Form) -> Iterator[Cost]:
        for field in form.fields:
            for value, words in EVERY.items():
                cost = self._cost(form, field, value, words)
                again = self._cost(form, field, value, words) if cost.seconds > DEAR else cost
                yield min(cost, again, key=lambda one: one.seconds)

    def _cost(self, form: Form, field: str, value: str, words: str) -> Cost:
        seconds, status = self.send(form.path, form.who, GOOD | {field: words})
        return Cost(form.endpoint, field, value, seconds, status)


def widen_limits() -> None:
    """So that what stands behind a limit is measured as well."""
    for kind, limits in attempts.LIMITS.items():
        attempts.LIMITS[kind] = tuple(replace(one, most=10**9) for one in limits)


def measured() -> list[Cost]:
    """The dearest of each form, dearest first."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        widen_limits()
        dearest = []
        for form in bench.forms():
            costs = list(bench.costs(form))
            if costs:
                dearest.append(max(costs, key=lambda one: one.seconds))
        site(bench.app).engine.dispose()
    return sorted(dearest, key=lambda one: -one.seconds)


def timed(act: Any) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> None:
    about = ("Ottoline Brandreth", "ottoline@example.org")
    is_easy_to_guess("once, so that the words are read", about)
    hashing = min(timed(lambda: hash_password("heron kettle orbit")) for _ in range(5))
    judging = max(timed(lambda: is_easy_to_guess(PASSWORDS, about)) for _ in range(5))
    rows = measured()
    print(f"one password hash                {1000 * hashing:8.1f} ms")
    print(f"judging 72 symbols               {1000 * judging:8.1f} ms")
    for row in rows[:25]:
        print(f"{row.endpoint:<32} {1000 * row.seconds:8.1f} ms  {row.status}  "
              f"{row.field}: {row.value}")  # fmt: skip
    RESULTS.write_text(json.dumps({
        "hash": hashing, "judging": judging, "forms": [vars(row) for row in rows],
    }, indent=1) + "\n")  # fmt: skip


if __name__ == "__main__":
    main()
