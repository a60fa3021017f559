"""A site of many positions, written in bulk: what the tests walk through, and thousands more."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bench.filling import CLAIM, WHY
from discussion import text
from discussion.db import Base, random_id
from discussion.debate.positions.models import (
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.threads.models import Thread, thread_scale, thread_theme
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from tests.factories import NOW, make_item, make_member, make_position, make_response, make_thread

AT_ONCE = 2_000  # rows of one insert
PER_THREAD, PER_MEMBER, PER_ITEM, PER_RESPONSE = 20, 50, 10, 5  # positions to one of each
MINUTES = 1_000_003  # over which what is written is spread
LONG = 500  # positions of the one long thread


def fill_crowd(session: Session, series: Series, positions: int) -> str:
    """So many positions by so many members in a series; the slug of a thread that holds 500."""
    member = make_member(session, series)
    thread = make_thread(session, series)
    item = make_item(session, series)
    reasoning = {"reasoning": WHY, "reasoning_html": str(text.render(WHY))}
    seen = make_position(session, thread, member, item=item, revision=reasoning)
    reply = make_response(session, seen, member)
    session.flush()
    people = _people(session, series, member, max(LONG, positions // PER_MEMBER))
    threads = _more(session, thread, positions // PER_THREAD + 1, _slugs)
    items = _more(session, item, positions // PER_ITEM, _study)
    session.execute(
        insert(thread_theme),
        [{"thread_id": each, "theme_id": series.themes[0].id} for each in threads],
    )
    session.execute(
        insert(thread_scale),
        [{"thread_id": each, "scale_id": scale.id} for each in threads for scale in thread.scales],
    )
    long, others = threads[0], threads[1:]
    _positions(session, seen, reply, _Seats(long, others, people, items, positions))
    session.flush()
    session.expire_all()
    return str(session.scalar(select(Thread.slug).where(Thread.id == long)))


class _Seats:
    """Where the nth position stands, by whom it is, and what it cites."""

    def __init__(
        self, long: int, others: list[int], people: list[int], items: list[int], count: int
    ) -> None:
        self.count, self._long, self._others = count, long, others
        self._people, self._items = people, items

    def thread(self, n: int) -> int:
        return self._long if n < LONG else self._others[(n - LONG) // PER_THREAD]

    def person(self, n: int) -> int:
        return self._people[n % len(self._people)]

    def item(self, n: int) -> int:
        return self._items[n % len(self._items)]


def _positions(session: Session, seen: Position, reply: Response, seats: _Seats) -> None:
    made = seen.revisions[0]
    first = _next(session, Revision)
    firsts = _next(session, Position)
    _more(session, seen, seats.count, lambda n: {
        "thread_id": seats.thread(n), "author_id": seats.person(n), "number": n + 10,
        "live_revision_id": None, "first_published_at": _moment(n),
    })  # fmt: skip
    _more(session, made, seats.count, lambda n: {
        "position_id": firsts + n, "claim": CLAIM.format(n=n),
        "placements": {"requirement": n * 7 % 101 / 100, "who-decides": n * 31 % 101 / 100},
        "live_at": _moment(n),
    })  # fmt: skip
    session.connection().exec_driver_sql(
        "UPDATE position SET live_revision_id ="
        f" (SELECT revision.id FROM revision WHERE revision.position_id = position.id)"
        f" WHERE position.id >= {firsts}"
    )
    values = [value.id for value in seen.thread.series.values]
    tag, link = made.tags[0], made.links[0]
    _more(session, tag, seats.count, lambda n: {
        "revision_id": first + n, "value_id": values[n % len(values)],
    })  # fmt: skip
    _more(session, link, seats.count, lambda n: {
        "revision_id": first + n, "item_id": seats.item(n),
    })  # fmt: skip
    _responses(session, reply, seats, firsts, first)


def _responses(session: Session, reply: Response, seats: _Seats, position: int, made: int) -> None:
    count = seats.count // PER_RESPONSE
    firsts, texts = _next(session, Response), _next(session, ResponseText)
    _more(session, reply, count, lambda n: {
        "position_id": position + n * PER_RESPONSE, "revision_id": made + n * PER_RESPONSE,
        "author_id": seats.person(n + 1), "live_text_id": None, "first_published_at": _moment(n),
    })  # fmt: skip
    _more(session, reply.texts[0], count, lambda n: {
        "response_id": firsts + n, "live_at": _moment(n),
    })  # fmt: skip
    session.connection().exec_driver_sql(
        f"UPDATE response SET live_text_id = id + {texts - firsts} WHERE id >= {firsts}"
    )


def _moment(n: int) -> datetime:
    """Spread over two years, in no order."""
    return NOW - timedelta(minutes=n * 7_919 % MINUTES)


def _people(session: Session, series: Series, like: Person, count: int) -> list[int]:
    ids = _more(session, like, count, lambda n: {
        "email": f"crowd{n}@example.org", "display_name": f"Member {n}",
    })  # fmt: skip
    member = session.scalars(select(Membership).where(Membership.person_id == like.id)).one()
    _more(session, member, count, lambda n: {"person_id": ids[n]})
    return ids


def _slugs(n: int) -> Mapping[str, Any]:
    return {"slug": f"crowd-{n}", "question": f"Should every school do thing {n}?"}


def _study(n: int) -> Mapping[str, Any]:
    return {"title": f"Study {n}", "doi": None, "url": f"https://example.org/crowd/{n}",
            "url_key": f"example.org/crowd/{n}"}  # fmt: skip


def _next(session: Session, model: type[Base]) -> int:
    found = session.scalar(select(func.max(model.__table__.c.id)))
    return int(found or 0) + 1


def _more(
    session: Session, like: Base, count: int, differs: Callable[[int], Mapping[str, Any]]
) -> list[int]:
    """So many rows like this one, each with a number of its own; their numbers."""
    model = type(like)
    said = {column.key: getattr(like, column.key) for column in model.__mapper__.column_attrs}
    has_number, has_name = "id" in said, "public_id" in said
    first = _next(session, model) if has_number else 0

    def rows() -> Iterator[dict[str, Any]]:
        for n in range(count):
            own = {"id": first + n} if has_number else {}
            own |= {"public_id": random_id()} if has_name else {}
            yield {**said, **own, **differs(n)}

    held: list[dict[str, Any]] = []
    for row in rows():
        held.append(row)
        if len(held) == AT_ONCE:
            session.execute(insert(model), held)
            held = []
    if held:
        session.execute(insert(model), held)
    return list(range(first, first + count))
