"""Every surface by which words leave the site; a new one joins SURFACES and is walked.

Pages, their JSON and their fragments are read off the application's own map of routes; letters off
the outbox, and every template of a letter; what the command line prints is told apart in COMMANDS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Job
from discussion.mail.queue import TASK
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import Follow, Notice
from discussion.reach.notices.operations.noting import GATHER
from discussion.reach.notices.queries.page import notices_page
from discussion.wiring.later import everything_later
from tests.permissions.addresses import addresses, speaks_in_fragments
from tests.permissions.world import World


@dataclass(frozen=True)
class Shown:
    """What somebody was shown somewhere; `to_id` is who got a letter."""

    where: str
    words: str
    to_id: int | None = None


@dataclass(frozen=True)
class Walk:
    """Who walks, and over what."""

    app: Flask
    session: Session
    world: World
    client: FlaskClient
    viewer: Viewer | None
    faces: tuple[str, ...] = ("page", "json", "fragment")
    places: tuple[str, ...] = ("/",)  # how the routes begin that are walked


FACES: dict[str, tuple[str, dict[str, str]]] = {
    "page": ("", {}),
    "json": (".json", {}),
    "fragment": ("", {"X-Fragment": "1"}),
}


def pages(walk: Walk) -> Iterator[Shown]:
    """Every route that can be read, filled with every row, with its headers."""
    for address in addresses(walk.app, walk.world, "GET"):
        if not address.rule.rule.startswith(walk.places):
            continue
        for face in walk.faces:
            suffix, headers = FACES[face]
            if headers and not speaks_in_fragments(walk.app, str(address.rule.endpoint)):
                continue
            path = address.path(walk.app) + suffix
            answered = walk.client.get(path, headers=headers)
            told = f"{answered.get_data().decode('utf-8', 'replace')}\n{answered.headers}"
            by_chance = answered.headers.get("X-Request-Id", "")  # another for every answer
            yield Shown(f"{face} {path}", told.replace(by_chance, "") if by_chance else told)


SEARCHES = (
    "kind=position", "kind=response", "kind=position&order=new", "kind=person&q=person",
    "kind=position&role=school_leadership", "q=because",
)  # fmt: skip


def searched_pages(walk: Walk) -> Iterator[Shown]:
    """Results, narrowed and ordered, and what is near each position: no routes of their own."""
    found = [f"like={row.public_id}" for row in walk.world.positions[:6]]
    for query in (*SEARCHES, *found):
        path = f"/search.json?{query}"
        yield Shown(path, walk.client.get(path).text)


def regrouped_pages(walk: Walk) -> Iterator[Shown]:
    """The thread in each of its orders, and in full, which are no routes of their own."""
    for thread in walk.world.threads:
        for group in ("strategy", "value", "evidence", "level", "role"):
            path = f"/threads/{thread.slug}?group={group}"
            yield Shown(path, walk.client.get(path).text)
        path = f"/threads/{thread.slug}?full=1"
        yield Shown(path, walk.client.get(path).text)


def letters(walk: Walk) -> Iterator[Shown]:
    """Every letter that is promised and not yet sent, as it would be written now."""
    written = everything_later().mails
    waiting = select(Job).where(Job.name == TASK).where(Job.done_at.is_(None)).order_by(Job.id)
    jobs = walk.session.scalars(waiting).all()
    with walk.app.test_request_context():
        for job in jobs:
            template = job.payload["template"]
            letter = written[template](walk.session, job.payload)
            if letter is not None:
                to = walk.session.scalar(select(Person.id).where(Person.email == letter.to))
                yield Shown(f"letter {template}", f"{letter.subject}\n{letter.body}", to)


def notices(walk: Walk) -> Iterator[Shown]:
    """What everybody is told of what happened, and of what is new where they follow."""
    tasks, now = everything_later().tasks, clock.now()
    promised = select(Job).where(Job.name == GATHER).order_by(Job.id)
    for job in walk.session.scalars(promised).all():
        tasks[GATHER](walk.session, job.payload, now)
    told = select(Notice.person_id).union(select(Follow.person_id))
    people = select(Person).where(Person.id.in_(told), Person.left_at.is_(None))
    with walk.app.test_request_context():
        for person in walk.session.scalars(people.order_by(Person.id)).all():
            viewer = viewer_of(walk.session, person, now)
            page = notices_page(walk.session, viewer, now=now + timedelta(days=2))
            lines = [(line.says, line.about, line.place, line.more, line.quote, line.url, line.on)
                     for line in page.lines]  # fmt: skip
            follows = [(row.title, row.news) for row in page.follows]
            yield Shown("notices", f"{lines}\n{follows}\n{page.new}", person.id)


def series_files(walk: Walk) -> Iterator[Shown]:
    """What `discussion series dump` prints."""
    from discussion.series.series.exchange import dump_series

    for series in walk.world.series:
        yield Shown(f"series dump {series.slug}", dump_series(walk.session, series))


def packages(walk: Walk) -> Iterator[Shown]:
    """Every file of the open data of every series, as it would be made on the next day."""
    from discussion.reach.packages.making import Edition, write_package
    from discussion.reach.packages.queries.licensing import find_terms
    from discussion.reach.packages.queries.tabling import reading_of

    for series in walk.world.series:
        now = clock.now() + timedelta(days=1)
        reading = reading_of(walk.session, series, now, has_rows=True)
        edition = Edition(1, clock.iso(now, 10), find_terms(walk.session, series))
        with walk.app.test_request_context(), BytesIO() as file:
            write_package(file, reading, edition, lambda _more: None)
            with ZipFile(file) as archive:
                for name in archive.namelist():
                    words = archive.read(name).decode()
                    yield Shown(f"package {series.slug} {name}", words)


SURFACES: dict[str, Callable[[Walk], Iterator[Shown]]] = {
    "pages": pages,
    "regrouped pages": regrouped_pages,
    "searched pages": searched_pages,
    "letters": letters,
    "notices": notices,
    "series files": series_files,
    "packages": packages,
}

# Every command, and the surface by which what it prints is walked; or why it is none.
_OWN = "tells whoever runs the machine how it stands, and nothing that people wrote"
COMMANDS = {
    "init": _OWN,
    "serve": "pages",
    "worker": "letters",
    "demo": "pages",
    "person create": _OWN,
    "person confirm": _OWN,
    "person make-administrator": _OWN,
    "person reset-link": _OWN,
    "series load": _OWN,
    "series dump": "series files",
    "series list": _OWN,
    "backup": "everything, for whoever runs the machine: docs/deploying.md says to guard it",
    "restore": _OWN,
    "doctor": _OWN,
    "faces": _OWN,
    "permissions": _OWN,
    "settings": _OWN,
    "completion": _OWN,
    "mail test": _OWN,
    "bounces fetch": _OWN,
    "bounces read": _OWN,
    "audit verify": "numbers and hashes",
    "tallies verify": "numbers and hashes",
    "reindex": "a number",
    "analyse": "numbers about a file that was given",
    "import polis": "numbers about files that were given",
    "export series": "everything of a series, for whoever runs the machine: guard it as a backup",
    "import series": _OWN,
    "export polis": "answers without names, for who runs the machine: tests/weighing/rounds looks",
}


def walk_surfaces(walk: Walk) -> Iterator[Shown]:
    """Everything that this person is shown anywhere."""
    for surface in SURFACES.values():
        yield from surface(walk)
