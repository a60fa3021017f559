"""A series as large as one likes, written by a few bulk statements; one thread may be long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from discussion.db import Base, random_id
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.threads.models import Thread, thread_scale, thread_theme
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from tests.factories import NOW, make_member, make_series, make_theme

PER_THREAD = 20
PER_PERSON = 5
PER_ITEM = 5
FEWEST = 60  # people and items: more than a page of each
CHUNK = 2_000
STANCES = ("supports", "qualifies", "contradicts", "background")


@dataclass(frozen=True)
class Crowd:
    """A series with many positions, and who reads it."""

    series: Series
    thread: Thread  # the first, and the longest
    moderator: Person
    member: Person
    positions: tuple[int, ...]
    items: tuple[int, ...]


def fill_crowd(
    session: Session, positions: int, *, longest: int = PER_THREAD, per_thread: int = PER_THREAD
) -> Crowd:
    """So many published positions in threads of one length, but for the first; nothing waits.

    Each has a live version, three values, one piece of evidence, and every second one a response;
    every fifth item is cited by half of them. The number of themes, values and scales is fixed.
    """
    series = make_series(session, visibility="public")
    for _more in range(3):
        make_theme(session, series)
    session.refresh(series)
    moderator = make_member(session, series, role="convener")
    lengths = [longest, *_lengths(positions - longest, per_thread)]
    people = _people(session, series, max(longest, positions // PER_PERSON, FEWEST))
    threads = _threads(session, series, len(lengths))
    seats = [
        (thread, number, people[(at * 7 + number) % len(people)])
        for at, (thread, length) in enumerate(zip(threads, lengths, strict=True))
        for number in range(1, length + 1)
    ]
    items = _items(session, series, max(FEWEST, positions // PER_ITEM))
    made = _positions(session, series, seats, items)
    session.expire_all()
    first, member = session.get_one(Thread, threads[0]), session.get_one(Person, people[-1])
    for row in (series, moderator, first, member):
        session.refresh(row)  # so that they can be read once the session is over
    assert all((series.values, series.themes))
    return Crowd(series, first, moderator, member, tuple(made), tuple(items))


def _lengths(left: int, each: int) -> Iterator[int]:
    while left > 0:
        yield min(left, each)
        left -= each


def _people(session: Session, series: Series, count: int) -> list[int]:
    start = series.id * 1_000_000
    made = _add(
        session,
        Person,
        (
            {
                "public_id": random_id(),
                "email": f"c{start + n}@example.org",
                "email_confirmed_at": NOW,
                "display_name": f"Person {n:06}",
                "roles": [],
                "phases": [],
                "created_at": NOW,
            }
            for n in range(count)
        ),
    )
    _add(
        session,
        Membership,
        (
            {
                "series_id": series.id,
                "person_id": person,
                "role": "contributor",
                "posting_role": ("headteacher", "teacher")[n % 2],
                "posting_phase": "secondary",
                "admitted_at": NOW,
                "admitted_how": "invited",
                "joined_at": NOW,
            }
            for n, person in enumerate(made)
        ),
    )
    return made


def _threads(session: Session, series: Series, count: int) -> list[int]:
    start = series.id * 1_000_000
    made = _add(
        session,
        Thread,
        (
            {
                "public_id": random_id(),
                "series_id": series.id,
                "slug": f"crowd-{start + n}",
                "question": f"Should units do thing {n}?",
                "levels": ["school"],
                "attribution": "role",
                "stage": "open",
                "created_at": NOW - timedelta(minutes=count - n),
                "changed_at": NOW,
            }
            for n in range(count)
        ),
    )
    themes, scales = [theme.id for theme in series.themes], [one.id for one in series.scales]
    session.execute(
        insert(thread_theme),
        [
            {"thread_id": thread, "theme_id": themes[n % len(themes)], "order": 0}
            for n, thread in enumerate(made)
        ],
    )
    session.execute(
        insert(thread_scale),
        [
            {"thread_id": thread, "scale_id": scale, "order": order}
            for thread in made
            for order, scale in enumerate(scales)
        ],
    )
    return made


def _items(session: Session, series: Series, count: int) -> list[int]:
    return _add(
        session,
        EvidenceItem,
        (
            {
                "public_id": random_id(),
                "series_id": series.id,
                "title": f"A study of thing {n}",
                "title_folded": f"a study of thing {n}",
                "authors": [f"Author {n % 97}"],
                "year": 1990 + n % 36,
                "kind": ("survey", "organisational_data")[n % 2],
                "question_type": "what_is_happening",
                "verified": {},
                "is_listed": True,
                "created_at": NOW - timedelta(minutes=n),
            }
            for n in range(count)
        ),
    )


def _positions(
    session: Session, series: Series, seats: Sequence[tuple[int, int, int]], items: Sequence[int]
) -> list[int]:
    values = [value.id for value in series.values]
    positions = _add(
        session,
        Position,
        (
            {
                "public_id": random_id(),
                "thread_id": thread,
                "author_id": author,
                "attribution": "role",
                "state": "published",
                "number": number,
                "label_role": "headteacher",
                "label_phase": "secondary",
                "label_step": 0,
                "first_published_at": NOW - timedelta(minutes=n),
                "created_at": NOW,
                "changed_at": NOW,
            }
            for n, (thread, number, author) in enumerate(seats)
        ),
    )
    revisions = _add(
        session,
        Revision,
        (
            {
                "position_id": position,
                "version": 1,
                "status": "live",
                "claim": f"Every unit should do thing {n}, since it is fair to all of them.",
                "reasoning": "Because it is fair.",
                "reasoning_html": "<p>Because it is fair.</p>",
                "level": "school",
                "phases": ["secondary"],
                "place_words": {},
                "placements": {"requirement": n % 5 / 4, "who-decides": n // 5 % 5 / 4},
                "confidence": 1 + n % 4,
                "change_mind": ["evidence"],
                "nobody_identified": True,
                "held_for": [],
                "submitted_at": NOW,
                "live_at": NOW,
            }
            for n, position in enumerate(positions)
        ),
    )
    _let_live(session, Position, Revision, "live_revision_id", "position_id", positions)
    _add(
        session,
        ValueTag,
        (
            {
                "revision_id": revision,
                "value_id": values[(n + step) % len(values)],
                "is_outweighed": step == 9,
                "rank": 1 if step == 9 else 1 + step // 5,
            }
            for n, revision in enumerate(revisions)
            for step in (0, 5, 9)
        ),
    )
    _add(
        session,
        EvidenceLink,
        (
            {
                "revision_id": revision,
                "item_id": items[0 if n % 2 else n % len(items)],
                "order": 0,
                "stance": STANCES[n % 4],
                "warrant": "It shows the gap.",
            }
            for n, revision in enumerate(revisions)
        ),
    )
    _responses(session, seats, positions, revisions)
    return positions


def _responses(
    session: Session,
    seats: Sequence[tuple[int, int, int]],
    positions: Sequence[int],
    revisions: Sequence[int],
) -> None:
    authors = [author for _thread, _number, author in seats]
    answered = [(positions[n], revisions[n], authors[n - 1]) for n in range(0, len(seats), 2)]
    responses = _add(
        session,
        Response,
        (
            {
                "public_id": random_id(),
                "position_id": position,
                "revision_id": revision,
                "author_id": author,
                "type": "asks",
                "attribution": "role",
                "state": "published",
                "label_role": "headteacher",
                "label_phase": "secondary",
                "label_step": 0,
                "first_published_at": NOW - timedelta(minutes=n),
                "created_at": NOW,
                "changed_at": NOW,
            }
            for n, (position, revision, author) in enumerate(answered)
        ),
    )
    _add(
        session,
        ResponseText,
        (
            {
                "response_id": response,
                "version": 1,
                "status": "live",
                "source": "How?",
                "html": "<p>How?</p>",
                "renderer_version": 1,
                "held_for": [],
                "submitted_at": NOW,
                "live_at": NOW,
            }
            for response in responses
        ),
    )
    _let_live(session, Response, ResponseText, "live_text_id", "response_id", responses)


def _let_live(
    session: Session, of: type[Base], version: type[Base], live: str, owner: str, ids: Sequence[int]
) -> None:
    """The only version of each is the live one."""
    table, versions = _table(of), _table(version)
    only = select(versions.c.id).where(versions.c[owner] == table.c.id).scalar_subquery()
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        session.execute(update(table).where(table.c.id.in_(some)).values({live: only}))


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _add(session: Session, model: type[Base], rows: Iterator[dict[str, Any]]) -> list[int]:
    """The rows with what is usual in the columns that they leave out; their ids, in order."""
    ids: list[int] = []
    table = _table(model)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    while some := list(islice(rows, CHUNK)):
        ids.extend(session.scalars(statement, some))
    return ids
