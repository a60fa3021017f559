"""Order, headings and related threads: what is saved, who may, and what readers see of it."""

from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import Arrangement, Place
from discussion.debate.threads.models import Heading, RelatedThread, Thread
from discussion.debate.threads.operations import (
    Rearranged,
    add_heading,
    arrange_positions,
    mark_position,
    move_heading,
    order_position,
    relate_threads,
    remove_heading,
    rename_heading,
    unrelate_threads,
)
from discussion.debate.threads.queries import thread_page
from discussion.debate.threads.queries.shelves import list_headings, list_shown, shelve
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_member, make_position, make_series, make_thread, viewer

Spot = tuple[str, Position]


@pytest.fixture
def thread(session: Session) -> Thread:
    """A thread beside one whose positions nobody may reach from here."""
    series = make_series(session)
    make_position(session, make_thread(session, series))
    return make_thread(session, series)


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


@pytest.fixture
def rows(session: Session, thread: Thread) -> list[Position]:
    return [make_position(session, thread, order=place) for place in range(1, 6)]


def shown(session: Session, thread: Thread) -> list[tuple[str, str]]:
    """(title, id) of every card, in the order in which readers meet them."""
    page = thread_page(session, None, thread.slug)
    assert page is not None
    return [(group.title, card.id) for group in page.groups for card in group.cards]


def seen(session: Session, thread: Thread) -> tuple[tuple[str, str], ...]:
    shelves = shelve(list_shown(session, thread), list_headings(session, thread))
    return tuple((name, row.public_id) for name, each in shelves.items() for row in each)


def asked(session: Session, thread: Thread, wanted: Sequence[Spot]) -> Arrangement:
    """What the script of the page sends: places counted on each shelf."""
    counts: dict[str, int] = {}
    places = {}
    for shelf, row in wanted:
        counts[shelf] = counts.get(shelf, 0) + 1
        places[row.public_id] = Place(shelf, counts[shelf])
    return Arrangement(places, seen(session, thread))


def ids(rows: Sequence[Position]) -> list[str]:
    return [row.public_id for row in rows]


def test_a_whole_order_is_saved_at_once_as_one_decision(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    a, b, c, d, e = rows
    wanted = asked(session, thread, [("", row) for row in (e, c, a, b, d)])
    assert arrange_positions(session, moderator, thread, wanted, now=NOW)
    assert shown(session, thread) == [("", id) for id in ids([e, c, a, b, d])]
    again = asked(session, thread, [("", row) for row in (e, c, a, b, d)])
    assert not arrange_positions(session, moderator, thread, again, now=NOW)
    [decision] = session.scalars(select(Decision))
    assert (decision.action, decision.subject_kind) == ("order", "thread")


@pytest.mark.parametrize(("moved", "number", "expected"), [(4, 2, "aebcd"), (1, 5, "acdeb")])
def test_one_number_typed_by_hand_is_the_place_that_the_position_gets(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position], moved: int,
    number: int, expected: str,
) -> None:  # fmt: skip
    places = {row.public_id: Place("", place) for place, row in enumerate(rows, start=1)}
    places[rows[moved].public_id] = Place("", number)
    wanted = Arrangement(places, seen(session, thread))
    arrange_positions(session, moderator, thread, wanted, now=NOW)
    names = dict(zip(ids(rows), "abcde", strict=True))
    assert "".join(names[id] for _title, id in shown(session, thread)) == expected


def test_a_second_moderator_is_told_and_nothing_is_written_over(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    a, b, c, d, e = rows
    first = asked(session, thread, [("", row) for row in (b, a, c, d, e)])
    second = asked(session, thread, [("", row) for row in (e, d, c, b, a)])
    arrange_positions(session, moderator, thread, first, now=NOW)
    with pytest.raises(Rearranged):
        arrange_positions(session, moderator, thread, second, now=NOW)
    assert [id for _title, id in shown(session, thread)] == ids([b, a, c, d, e])


def test_what_was_published_or_taken_elsewhere_meanwhile_is_no_other_order(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    a, b, c, d, e = rows
    wanted = asked(session, thread, [("", row) for row in (e, d, c, b, a)])
    new = make_position(session, thread)
    c.thread = make_thread(session, thread.series)
    session.flush()
    assert arrange_positions(session, moderator, thread, wanted, now=NOW)
    assert [id for _title, id in shown(session, thread)] == ids([e, d, b, a, new])


def test_pinned_ones_stay_before_the_others_whatever_is_asked(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    a, b, c, d, e = rows
    heading = add_heading(session, moderator, thread, "Time", now=NOW)
    mark_position(session, moderator, c, "pin", now=NOW)
    under = str(heading.id)
    wanted = asked(session, thread, [("", a), (under, c), ("pinned", b), ("", d), (under, e)])
    arrange_positions(session, moderator, thread, wanted, now=NOW)
    assert shown(session, thread) == [
        ("", c.public_id), ("", b.public_id), ("", a.public_id), ("", d.public_id),
        ("Time", e.public_id),
    ]  # fmt: skip


def test_moderators_order_the_others_around_their_own_which_keeps_its_place(
    session: Session, thread: Thread, rows: list[Position]
) -> None:
    author = make_member(session, thread.series, role="moderator")
    actor = viewer(session, author)
    a, b, c, d, e = rows
    own = make_position(session, thread, author, order=3)
    a.order, b.order, c.order, d.order, e.order = 1, 2, 4, 5, 6
    session.flush()
    wanted = asked(session, thread, [("", row) for row in (own, e, d, c, b, a)])
    arrange_positions(session, actor, thread, wanted, now=NOW)
    assert [id for _title, id in shown(session, thread)] == ids([e, d, own, c, b, a])
    order_position(session, actor, c, "up", now=NOW)
    assert [id for _title, id in shown(session, thread)] == ids([e, c, own, d, b, a])
    heading = add_heading(session, actor, thread, "Mine", now=NOW)
    to_mine = asked(session, thread, [(str(heading.id), own), (str(heading.id), a)])
    arrange_positions(session, actor, thread, to_mine, now=NOW)
    assert own.heading_id is None
    assert a.heading_id == heading.id


def test_readers_see_positions_under_the_moderators_headings_in_every_face(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    a, b, c, _d, _e = rows
    late = add_heading(session, moderator, thread, "Who pays", now=NOW)
    early = add_heading(session, moderator, thread, "Who decides", now=NOW)
    move_heading(session, moderator, thread, early.id, "up", now=NOW)
    wanted = asked(session, thread, [(str(late.id), a), (str(early.id), b), (str(late.id), c)])
    arrange_positions(session, moderator, thread, wanted, now=NOW)
    c.state = "hidden"
    session.flush()
    assert [title for title, _id in shown(session, thread)] == [
        "", "", "Who decides", "Who pays", "Who pays",
    ]  # fmt: skip
    groups = json_of(client.get(f"/threads/{thread.slug}.json"))["groups"]
    assert [(group["title"], group["is_moderators"]) for group in groups] == [
        ("", False), ("Who decides", True), ("Who pays", True),
    ]  # fmt: skip
    assert "The headings are the moderators’." in client.get(f"/threads/{thread.slug}").text
    by_level = json_of(client.get(f"/threads/{thread.slug}.json?group=level"))["groups"]
    assert not any(group["is_moderators"] for group in by_level)

    remove_heading(session, moderator, thread, late.id, now=NOW)
    rename_heading(session, moderator, thread, early.id, "Who chooses", now=NOW)
    assert {title for title, _id in shown(session, thread)} == {"", "Who chooses"}
    with pytest.raises(Refused):
        remove_heading(session, moderator, thread, late.id, now=NOW)


def test_a_heading_has_at_most_120_characters_and_a_thread_at_most_twelve(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    for wrong in ("", "  ", "a" * 121):
        with pytest.raises(Invalid):
            add_heading(session, moderator, thread, wrong, now=NOW)
    add_heading(session, moderator, thread, "a" * 120, now=NOW)
    for number in range(11):
        add_heading(session, moderator, thread, f"Heading {number}", now=NOW)
    with pytest.raises(Invalid):
        add_heading(session, moderator, thread, "One more", now=NOW)
    with pytest.raises(Invalid):
        rename_heading(session, moderator, thread, list_headings(session, thread)[1].id,
                       "A" * 120, now=NOW)  # fmt: skip
    assert len(list_headings(session, thread)) == 12


def test_a_heading_of_another_thread_is_not_one_of_this(
    session: Session, thread: Thread, moderator: Viewer, rows: list[Position]
) -> None:
    other = make_thread(session, thread.series)
    heading = add_heading(session, moderator, other, "Elsewhere", now=NOW)
    with pytest.raises(Refused):
        move_heading(session, moderator, thread, heading.id, "up", now=NOW)
    wanted = asked(session, thread, [(str(heading.id), rows[0])])
    arrange_positions(session, moderator, thread, wanted, now=NOW)
    assert rows[0].heading_id is None


def test_related_threads_show_on_both_and_only_to_who_may_read_them(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    other = make_thread(session, thread.series)
    row = relate_threads(session, moderator, thread, other, why="Same money.", now=NOW)
    for here, there in ((thread, other), (other, thread)):
        page = thread_page(session, None, here.slug)
        assert page is not None
        assert [(each.question, each.why) for each in page.related] == [
            (there.question, "Same money.")
        ]
    other.is_hidden = True
    session.flush()
    page, known = (
        thread_page(session, None, thread.slug),
        thread_page(session, moderator, thread.slug),
    )
    assert page is not None
    assert known is not None
    assert (page.related, len(known.related)) == ((), 1)
    unrelate_threads(session, moderator, other, row.id, now=NOW)
    with pytest.raises(Refused):
        unrelate_threads(session, moderator, thread, row.id, now=NOW)
    actions = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert actions == ["relate", "relate", "unrelate", "unrelate"]  # in the history of both


def test_a_thread_has_at_most_six_related_ones_each_once_with_a_reason(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    others = [make_thread(session, thread.series) for _number in range(7)]
    for why in ("", "a" * 201):
        with pytest.raises(Invalid):
            relate_threads(session, moderator, thread, others[0], why=why, now=NOW)
    for other in others[:3]:
        relate_threads(session, moderator, thread, other, why="a" * 200, now=NOW)
    for other in others[3:6]:
        relate_threads(session, moderator, other, thread, why="Why.", now=NOW)
    for pair in ((thread, others[6]), (others[6], thread), (others[0], thread), (thread, thread)):
        with pytest.raises(Refused):
            relate_threads(session, moderator, *pair, why="Why.", now=NOW)
    assert len(session.scalars(select(RelatedThread)).all()) == 6


def test_a_thread_of_a_series_that_one_does_not_curate_cannot_be_related(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    foreign = make_thread(session, make_series(session))
    with pytest.raises(Forbidden):
        relate_threads(session, moderator, thread, foreign, why="Why.", now=NOW)


def test_the_page_does_all_of_it_without_a_script(
    client: FlaskClient, session: Session, thread: Thread, rows: list[Position]
) -> None:
    sign_in(client, make_member(session, thread.series, role="moderator"))
    path = f"/threads/{thread.slug}/curate"
    a, b = ids(rows[:2])
    other = make_thread(session, thread.series)

    assert client.post(f"{path}/headings", data={"heading-heading": "Time"}).status_code == 303
    heading = session.scalars(select(Heading)).one()
    read = " ".join(f"{shelf}/{id}" for shelf, id in seen(session, thread))
    order = {f"place-{a}": "2", f"place-{b}": "1", f"under-{b}": str(heading.id), "seen": read}
    bad = client.post(f"{path}/order", data=order | {f"place-{a}": "two"})
    assert (bad.status_code, 'value="two"' in bad.text) == (422, True)
    assert client.post(f"{path}/order", data=order).status_code == 303
    stale = client.post(f"{path}/order", data=order | {f"place-{a}": "4"})
    assert stale.status_code == 422
    assert "Somebody else has changed the order" in stale.text
    assert f'id="place-{a}"' in stale.text
    assert 'value="4"' in stale.text

    long = client.post(f"{path}/headings/{heading.id}/rename", data={"renamed-heading": "a" * 121})
    assert (long.status_code, "a" * 121 in long.text) == (422, True)
    for act in ("rename", "up", "down"):
        url = f"{path}/headings/{heading.id}/{act}"
        assert client.post(url, data={"renamed-heading": "Money"}).status_code == 303
    assert client.post(f"{path}/headings/{heading.id}/sing").status_code == 404
    wrong = client.post(f"{path}/related", data={"relate-other": other.slug, "relate-why": ""})
    assert wrong.status_code == 422
    related = {"relate-other": other.slug, "relate-why": "Same money."}
    assert client.post(f"{path}/related", data=related).status_code == 303
    text = client.get(f"/threads/{thread.slug}").text
    assert "Money" in text
    assert "Same money." in text
