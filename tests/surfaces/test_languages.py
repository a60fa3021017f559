"""What people wrote is marked as in its own language, on every page of the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, select, update
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import Base, session_for
from discussion.debate.positions.models import EditorsNote
from discussion.debate.threads.models import Steelman, ThreadSummary
from discussion.migrations import every_table
from discussion.people.accounts.models import Person
from discussion.web.site import site
from tests.conftest import SECRET, sign_in
from tests.factories import NOW
from tests.permissions.addresses import addresses
from tests.permissions.world import MARK, World, make_world

LATIN = re.compile(rf"{MARK}\d{{4}}w")
ARABIC = re.compile(r"كلمة\d{4}")
ENGLISH = re.compile(r"(?<![<\w/])[A-Za-z]+(?![\w>])")  # and no tags of HTML
FILLER = "كلام"
SAID, FOUND = "cy", "und-Arab"  # as writers say, and by the letters where nobody can say it
# Whose words are names, addresses or marks of the site, and so in no language.
IN_NONE = ("person", "invitation", "job", "audit_event")
# What belongs to a version, and so is in its language.
OF_A_VERSION = ("value_tag", "evidence_link")
# Where there can be no mark, or words are a choice in a form of the site, or a part of a picture.
# Lists of the desk and of sanctions, where words are shortened beside the site's own; the leading
# sentence of a thread on its theme's page, which is the site's or the moderators'; and what was
# frozen before the languages of this walk were said.
ELSEWHERE = re.compile(
    r"/(moderation|sanctions|appeals/desk|reports/desk|series/[^/]+/themes)\b|/settle$|/curate$"
    r"|/publications/[^/]+/."
)
UNSPOKEN = ("title", "option", "textarea", "script", "style", "datalist", "label", "legend",
            "button", "svg", "code")  # fmt: skip
HEARD_ALONE = "vh"  # said after the site's own words, for who does not see where they stand
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr")


@dataclass
class Walked:
    app: Flask
    world: World
    paths: list[str]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    folder = tmp_path_factory.mktemp("languages")
    app = create_app(
        Settings(environment="test", secret_key=SECRET, data_dir=folder, fast_passwords=True,
                 crossref_url="http://127.0.0.1:9")
    )  # fmt: skip
    every_table().create_all(site(app).engine)
    with session_for(site(app).engine, writes=True) as session:
        world = make_world(session)
        _add_what_moderators_write(session, world)
        _say_languages(session)
        world = _of_first_series(world)
        paths = [address.path(app) for address in addresses(app, world, "GET")]
        session.commit()
    yield Walked(app, world, paths)
    site(app).engine.dispose()


@pytest.mark.parametrize("letter", ["-", "a", "c", "k", "x"])
def test_every_page_says_the_language_of_what_people_wrote(walked: Walked, letter: str) -> None:
    client = walked.app.test_client()
    if letter != "-":
        sign_in(client, walked.world.people[letter])
    names = {person.display_name for person in walked.world.people.values()}
    wrong, seen = [], 0
    for path in walked.paths:
        if ELSEWHERE.search(path):
            continue
        answered = client.get(path)
        if answered.mimetype != "text/html" or answered.status_code != 200:
            continue
        reader = _Reader()
        reader.feed(answered.text)
        for words, tag, where in reader.found:
            if names & set(LATIN.findall(words)):
                continue  # what somebody is called is in no language
            seen += 1
            expected = SAID if LATIN.search(words) else FOUND
            if tag != expected:
                wrong.append(f"{path}: “{words[:60]}” is said to be {tag} in {where}")
    assert seen > 20
    if wrong:
        pytest.fail("\n".join(sorted(set(wrong))), pytrace=False)


class _Reader(HTMLParser):
    """Collects marked words with the language that holds where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str, bool]] = [("", "", False)]  # tag, language, unspoken
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            given, (_tag, language, is_quiet) = dict(attrs), self.stack[-1]
            is_quiet = is_quiet or tag in UNSPOKEN or given.get("class") == HEARD_ALONE
            self.stack.append((tag, given.get("lang") or language, is_quiet))

    def handle_endtag(self, tag: str) -> None:
        if tag in (open_tag for open_tag, *_rest in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        _tag, language, is_quiet = self.stack[-1]
        is_marked = LATIN.search(data) or ARABIC.search(data)
        rest = ARABIC.sub("", LATIN.sub("", data)).replace(FILLER, "")
        is_quoted = any(sign.isalpha() for sign in rest)  # in a sentence of the site's own
        if is_marked and not is_quoted and not is_quiet:
            where = " ".join(open_tag for open_tag, *_rest in self.stack[-4:])
            self.found.append((" ".join(data.split()), language, where))


def _add_what_moderators_write(session: Session, world: World) -> None:
    """Beside what the world has: a summary, a position at its strongest, notes, an outcome."""
    thread = world.threads[0]
    position = next(one for one in world.positions if one.state == "published")
    by = world.people["k"].id
    word = "qzx9990w"
    summary = ThreadSummary(thread_id=thread.id, version=1, text=word, html=f"<p>{word}</p>",
                            written_by_id=by, written_at=NOW)  # fmt: skip
    summary.steelmen.append(Steelman(position_id=position.id, text=word))
    session.add(summary)
    for where in ({"thread_id": thread.id}, {"position_id": position.id}):
        session.add(EditorsNote(text=word, written_by_id=by, written_on=NOW.date(), **where))
    thread.summary = thread.use_of_result = word
    session.flush()


def _say_languages(session: Session) -> None:
    """Rows whose writers can say it are Welsh; all else that people wrote is in Arabic letters."""
    session.flush()
    for mapper in Base.registry.mappers:
        table = mapper.local_table.name  # type: ignore[attr-defined]
        if table in IN_NONE:
            continue
        for row in session.scalars(select(mapper.class_)).all():
            if given := _said(row, mapper, table):  # past the objects: some never change
                session.execute(update(mapper.class_).where(_is(mapper, row)).values(given))
    session.expire_all()
    assert session.scalar(select(Person.id).where(Person.display_name.contains(MARK)))


def _is(mapper: Any, row: Any) -> Any:
    key = mapper.primary_key[0]
    return key == getattr(row, mapper.get_property_by_column(key).key)


def _said(row: Any, mapper: Any, table: str) -> dict[str, Any]:
    if "language" in mapper.columns and table != "series":
        return {"language": SAID}
    if table == "publication_version":  # it keeps the language in which it was published
        return {"snapshot": row.snapshot | {"language": SAID}}
    given: dict[str, Any] = {}
    if table in OF_A_VERSION:
        return given
    for column in mapper.column_attrs:
        value = getattr(row, column.key)
        is_text = isinstance(column.columns[0].type, String | Text)
        if is_text and isinstance(value, str) and LATIN.search(value):
            marked = LATIN.sub(lambda found: f"كلمة{found[0][3:7]}", value)
            given[column.key] = ENGLISH.sub(FILLER, marked)
    return given


def _of_first_series(world: World) -> World:
    """A quarter of the walk: the other series hold nothing that this one does not."""
    first = world.series[0]
    world.series = [first]
    world.threads = [one for one in world.threads if one.series is first]
    world.positions = [one for one in world.positions if one.thread.series is first]
    world.responses = [one for one in world.responses if one.position.thread.series is first]
    world.items = [one for one in world.items if one.series is first]
    world.rounds = [one for one in world.rounds if one.thread.series is first]
    return world
