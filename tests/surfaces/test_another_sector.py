"""In a sector of other words pages, letters and exports speak those, and nowhere education's."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import JSON, String, Text, select, update
from sqlalchemy.orm import Session

from discussion import vocabulary
from discussion.app import create_app
from discussion.config import Settings
from discussion.db import Base, session_for
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import Thread
from discussion.mail.letters import render_letter
from discussion.migrations import every_table
from discussion.oversight.moderation.letter_words import Told, letter_lines
from discussion.oversight.redactions.words import WORKPLACE
from discussion.oversight.rights.archive import write_copy
from discussion.oversight.rights.queries.own.reading import Asked
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.vocabulary.education import EDUCATION
from discussion.web.site import site
from discussion.weighing.findings.computing.groups import PARTITIONS
from discussion.weighing.findings.sentences.groups import (
    Labels,
    counted_name_of,
    name_of,
    title_of,
)
from tests.conftest import SECRET, sign_in, words_of
from tests.education import found_in
from tests.factories import NOW
from tests.nonsense import KEYS, NONSENSE, SECTOR
from tests.permissions.addresses import addresses
from tests.permissions.world import World, make_world
from tests.weighing.findings.worlds import weighed

WHO = "-ak"  # a visitor, a writer, a convener
MOST = 1  # addresses of one route, in each of the two series
SHOWN = ("alt", "aria-label", "content", "placeholder", "title", "data-title", "data-kind")
# Elements that say nothing when they hold nothing.
OF_A_SERIES = re.compile(
    r"/(?!about|accounts|appeals|duties|mutes|reports/own|reports$|rights|moderation$|positions/mine|$)"
)
NEVER_EMPTY = frozenset({"dt", "h1", "h2", "h3", "label", "legend", "summary", "th", "title"})
UNFILLED = re.compile(r"%\(\w+\)|(?<=\w )None\b|LazyString|<function|undefined|“”|\(\)|, ,")
# How data call what the vocabulary has: the kinds of groups, in keys and in addresses.
AS_KEY = re.compile(rf"\bphase(?=:|=|%3A|$)|{', '.join(PARTITIONS)}|^{WORKPLACE}$")


@dataclass
class Walked:
    app: Flask
    world: World
    paths: list[str]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_own", SECTOR)
        app = create_app(
            Settings(environment="test", secret_key=SECRET, fast_passwords=True,
                     data_dir=tmp_path_factory.mktemp("sector"),
                     crossref_url="http://127.0.0.1:9")
        )  # fmt: skip
        every_table().create_all(site(app).engine)
        with session_for(site(app).engine, writes=True) as session:
            world = make_world(session)
            found = weighed(session)
            _say_all(session)
            _say_otherwise(session)
            found.compute()
            world.series.append(found.series)
            world.threads.append(found.thread)
            session.flush()
            paths = _some_of_each(app, world)
            session.commit()
        yield Walked(app, world, paths)
        site(app).engine.dispose()


def test_no_page_says_a_word_of_education_or_leaves_a_gap(walked: Walked) -> None:
    said: dict[str, str] = {}  # each line that is shown → where first
    gaps: set[str] = set()
    seen = Counter[str]()
    left = [*walked.paths, *(f"{path.partition('?')[0]}.json" for path in walked.paths)]
    for letter in WHO:  # each reads what nobody before could
        client, still = _signed_in(walked, letter), []
        for address in left:
            answered = client.get(address)
            if answered.status_code != 200:
                still.append(address)
                continue
            seen[letter] += 1
            lines, empty = _read(answered.mimetype or "", words_of(answered))
            said = dict.fromkeys(lines, address) | said
            gaps |= {f"{address}: {one}" for one in empty}
        left = still
    wrong = [f"{where}: “{line}”" for line, where in said.items() if found_in(line)]
    gaps |= {f"{where}: “{line}”" for line, where in said.items() if UNFILLED.search(line)}
    assert not wrong, "\n".join(wrong)
    assert not gaps, "\n".join(sorted(gaps))
    assert all(seen[letter] > 30 for letter in WHO), seen
    spoken = [line for line in said if any(word in line.lower() for word in NONSENSE)]
    assert len(spoken) > 60, len(spoken)


def test_what_is_about_a_series_speaks_its_words_and_not_the_sites(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site is education's here, the series is not."""
    monkeypatch.setattr(vocabulary, "_own", EDUCATION)
    ours = vocabulary.of_series
    for name, module in list(sys.modules.items()):
        if name.startswith("discussion") and getattr(module, "of_series", None) is ours:
            monkeypatch.setattr(module, "of_series", lambda _slug: SECTOR)
    client, said = _signed_in(walked, "k"), dict[str, str]()
    for path in walked.paths:
        answered = client.get(path) if OF_A_SERIES.match(path) else None
        if answered is not None and answered.status_code == 200:
            lines, _empty = _read(answered.mimetype or "", words_of(answered))
            said = dict.fromkeys(lines, path) | said
    wrong = [f"{where}: “{line}”" for line, where in said.items() if found_in(line)]
    assert not wrong, "\n".join(wrong)
    assert len(set(said.values())) > 40, said.values()


def test_every_group_of_this_sector_can_be_named() -> None:
    labels = Labels({"equality": "Slithy"}, SECTOR)
    phases = ["", *(f"+phase:{phase}" for phase in SECTOR.phases)]
    keys = [f"role:{role}{phase}" for role in SECTOR.roles for phase in phases]
    keys += [f"family:{family}{phase}" for family in SECTOR.families for phase in phases]
    keys += [f"phase:{phase}" for phase in SECTOR.phases]
    keys += [*(f"level:{level}" for level in SECTOR.levels), "value:equality"]
    assert len(keys) == 43
    for key in keys:
        for say in (name_of, counted_name_of, title_of):
            said = say(key, labels)
            assert any(word in said.lower() for word in NONSENSE), (key, said)
            assert not UNFILLED.search(said), (key, said)


def _signed_in(walked: Walked, letter: str) -> FlaskClient:
    client = walked.app.test_client()
    return client if letter == "-" else sign_in(client, walked.world.people[letter])


def _some_of_each(app: Flask, world: World) -> list[str]:
    """A few addresses of every route: of the first series, and of the thread with findings."""
    first, last = (
        {id(one) for one in (world.series[0], world.threads[0])},
        {id(one) for one in (world.series[-1], world.threads[-1])},
    )
    by_route: dict[str, list[str]] = {}
    for ours in (first, last):
        taken: dict[str, int] = {}
        for address in addresses(app, world, "GET"):
            outermost = [id(one) for one in address.subjects[:1]]
            route = address.rule.rule
            if outermost and outermost[0] in {id(one) for one in (*world.series, *world.threads)}:
                if outermost[0] not in ours:
                    continue
            elif ours is last:
                continue
            if taken.get(route, 0) < MOST:
                taken[route] = taken.get(route, 0) + 1
                by_route.setdefault(route, []).append(address.path(app))
    return [path for paths in by_route.values() for path in paths]


def _say_all(session: Session) -> None:
    """Whatever a sector has words for, in every row that can hold it."""
    rows: tuple[tuple[type[Base], dict[str, Any]], ...] = (
        (Revision, {"phases": ["primary", "secondary"], "setting": "Somewhere"}),
        (Position, {"label_step": 0}),
        (Response, {"label_step": 1}),
        (Person, {
            "roles": ["headteacher"], "phases": ["secondary"], "region": "tumtum",
            "organisation": "Frabjous", "organisation_type": "jubjub",
            "organisation_size": "beamish", "shows_organisation": True, "shows_region": True,
        }),
        (EvidenceItem, {"strength_scale": "frumious", "strength_value": "2",
                        "strength_by": "publisher"}),
        (Thread, {"levels": ["school"], "attribution": "role"}),
    )  # fmt: skip
    session.flush()
    for row, said in rows:
        session.execute(update(row).values(said))


def _say_otherwise(session: Session) -> None:
    """What the rows of tests hold, as this sector has it; and their texts without education."""
    session.flush()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, String | Text | JSON) or column.primary_key:
                continue
            for row in session.execute(select(*table.primary_key, column)).all():
                *key, value = row
                other = _otherwise(value)
                if other != value:
                    its = [one == given for one, given in zip(table.primary_key, key, strict=True)]
                    session.execute(update(table).where(*its).values({column.name: other}))
    session.expire_all()


def _otherwise(value: Any) -> Any:
    if isinstance(value, list):
        return [_otherwise(one) for one in value]
    if not isinstance(value, str):
        return value
    if value in KEYS:
        return KEYS[value]
    if value == "None":  # a step of a scale
        return "Nothing"
    for word in sorted(found_in(value), key=len, reverse=True):
        value = re.sub(re.escape(word), "toves", value, flags=re.IGNORECASE)
    return value


def _read(mimetype: str, text: str) -> tuple[Iterable[str], list[str]]:
    """What is shown, line by line, and which labels are empty."""
    if mimetype == "application/json":
        return [AS_KEY.sub("", one) for one in _values(json.loads(text))], []
    if mimetype != "text/html":
        return text.splitlines() if mimetype.startswith("text/") else (), []
    reader = _Reader()
    reader.feed(text)
    return [AS_KEY.sub("", one) for one in reader.said], reader.empty


def _values(data: Any) -> Iterator[str]:
    """What data say; their keys are as stored, and so are the names of a table's columns."""
    if isinstance(data, dict):
        for key, one in data.items():
            yield from _values(one if key != "columns" else [each | {"name": ""} for each in one])
    elif isinstance(data, list):
        for one in data:
            yield from _values(one)
    elif isinstance(data, str):
        yield data


QUIET = ("script", "style", "code")  # names of columns are as stored, like the keys of data


class _Reader(HTMLParser):
    """What a page shows and says aloud, and which of its labels are empty."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.empty: list[str] = []
        self.open: list[tuple[str, int]] = []  # tag, and how much had been said when it began
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in QUIET
        self.said += [value or "" for name, value in attrs if name in SHOWN and value]
        if tag in NEVER_EMPTY:
            self.open.append((tag, len(self.said)))

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in QUIET
        if tag in NEVER_EMPTY and self.open:
            began, before = self.open.pop()
            if len(self.said) == before:
                line, _column = self.getpos()
                self.empty.append(f"an empty {began} in line {line}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append("" if self.quiet else " ".join(data.split()))


def test_letters_and_the_copy_of_ones_data_say_it_in_the_sectors_words(
    walked: Walked, tmp_path: Path
) -> None:
    with (
        walked.app.test_request_context(),
        session_for(site(walked.app).engine, writes=False) as session,
    ):
        series = session.get_one(Series, walked.world.series[0].id)
        receipt = render_letter(
            "reports/receipt", of=series, series="S", within="soon", turns=True, receipt_url="/r"
        )
        marks = letter_lines(Told(SECTOR, "position", "send_back", marks=("unclear",)))
        person = session.get_one(Person, walked.world.people["a"].id)
        asked = Asked(person, "secret", NOW)
        name, _size = write_copy(
            session, asked, tmp_path, site=("S", "https://s.example"), render=_pieces
        )
    with ZipFile(tmp_path / name) as copy:
        page, readme = (copy.read(one).decode() for one in ("index.html", "README.txt"))
    shown = "\n".join(_read("text/html", page)[0])
    readme = re.sub(r"(?m)^  \w+:", "", readme)  # fields by their names in data.json
    letter = "\n".join(one.text for one in marks)
    for said in (receipt, letter, shown, readme):
        assert any(word in said for word in NONSENSE), said[:200]
        assert found_in(said) == []
        assert not UNFILLED.search(said)


def _pieces(template: str, **given: Any) -> Iterator[str]:
    yield render_template(template, **given)
