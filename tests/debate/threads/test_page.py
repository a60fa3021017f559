"""A thread's page: what it costs, how it is grouped, filtered and paged, and who sees it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EditorsNote, EvidenceLink
from discussion.debate.threads.models import OldAddress, Thread
from discussion.debate.threads.queries import thread_page
from discussion.debate.threads.queries.shapes import ThreadPage
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)


def read(session: Session, thread: Thread, **asked: object) -> ThreadPage:
    shown = thread_page(session, None, thread.slug, **asked)  # type: ignore[arg-type]
    assert shown is not None
    return shown


def ids(page: ThreadPage) -> list[str]:
    return [card.id for group in page.groups for card in group.cards]


@pytest.fixture
def thread(session: Session) -> Thread:
    """An open thread beside a noisy one."""
    series = make_series(session)
    noise = make_thread(session, series)
    make_position(session, noise, served=("consistency",))
    return make_thread(session, series)


def fill(session: Session, thread: Thread, number: int) -> None:
    item = make_item(session, thread.series)
    for _each in range(number):
        position = make_position(session, thread, item=item, outweighed=("consistency",))
        make_response(session, position)
        session.add(
            EditorsNote(
                position_id=position.id,
                text="Read it again.",
                written_by_id=position.author_id,
                written_on=NOW.date(),
            )
        )
    session.flush()


def count_statements(
    session: Session, thread: Thread, *, signed_in: bool = False, group: str = ""
) -> int:
    person = make_member(session, thread.series) if signed_in else None
    who = viewer(session, person) if person else None
    slug = thread.slug
    session.flush()
    session.expunge_all()
    seen: list[str] = []

    def see(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", see)
    assert thread_page(session, who, slug, group=group) is not None
    event.remove(connection, "before_cursor_execute", see)
    return len(seen)


@pytest.mark.parametrize(
    ("signed_in", "group", "most"),
    [(False, "", 4), (False, "value", 4), (False, "role", 5), (True, "", 4)],
)
def test_forty_positions_cost_as_many_statements_as_three(
    session: Session, signed_in: bool, group: str, most: int
) -> None:
    series = make_series(session)
    few, many = make_thread(session, series), make_thread(session, series)
    fill(session, few, 3)
    fill(session, many, 40)
    costs = [
        count_statements(session, session.get_one(Thread, id), signed_in=signed_in, group=group)
        for id in (few.id, many.id)
    ]
    assert costs[0] == costs[1] <= most


def test_positions_are_read_in_the_moderators_order_and_never_in_that_of_time(
    session: Session, thread: Thread
) -> None:
    unordered = [make_position(session, thread) for _each in range(6)]
    third = make_position(session, thread, order=3)
    second = make_position(session, thread, order=2)
    pinned = make_position(session, thread, order=9, is_pinned=True)
    shuffled = sorted(position.public_id for position in unordered)
    expected = [pinned.public_id, second.public_id, third.public_id, *shuffled]
    assert ids(read(session, thread)) == expected


def test_drafts_are_not_shown_and_what_was_withdrawn_leaves_a_stone_in_its_place(
    session: Session, thread: Thread
) -> None:
    make_position(session, thread, state="draft", number=None, order=1)
    make_position(session, thread, state="declined", number=None, order=1)
    first = make_position(session, thread, order=1)
    gone = make_position(session, thread, order=2, state="withdrawn")
    last = make_position(session, thread, order=3)
    page = read(session, thread)
    assert ids(page) == [first.public_id, gone.public_id, last.public_id]
    assert page.groups[0].cards[1].claim == ""
    assert (page.position_count, page.shown_count) == (2, 2)
    assert gone.public_id not in {mark.id for mark in (*page.map.marks, *page.map.unplaced)}


GROUPED = {
    "strategy": ["All", "Mostly", "None", "Not placed on this scale"],
    "value": ["Equality", "Consistency and coherence", "Pupils’ freedom to choose"],
    "evidence": ["Trial", "Survey", "No study"],
    "level": ["National", "School"],
    "role": ["School leadership", "Teaching", "Contributor"],
    "unknown": [""],
}


@pytest.fixture
def mixed(session: Session, thread: Thread) -> Thread:
    """Five positions that differ in everything one can group by."""
    trial = make_item(session, thread.series, kind="rct")
    survey = make_item(session, thread.series, kind="survey")
    one = make_position(session, thread, item=survey, label_step=0, revision={
        "placements": {"requirement": 0.0}, "phases": ["primary"]})  # fmt: skip
    make_position(session, thread, label_step=3, served=("equality", "consistency"),
                  revision={"placements": {"requirement": 0.25}, "level": "national"})  # fmt: skip
    make_position(session, thread, item=trial, label_step=2, label_role="classroom_teacher",
                  served=("consistency",), revision={"placements": {}})  # fmt: skip
    make_position(session, thread, attribution="chatham_house", label_step=0,
                  served=("pupil_freedom",),
                  revision={"placements": {"requirement": 1.0}})  # fmt: skip
    make_position(session, thread, label_step=1, label_role="senior_leader",
                  revision={"placements": {"who-decides": 1.0}, "phases": ["primary"]})  # fmt: skip
    # It supports by a survey, and qualifies by a trial that it names first.
    assert one.live is not None
    one.live.links[0].order = 1
    session.add(EvidenceLink(revision_id=one.live_revision_id, item_id=trial.id, order=0,
                             stance="qualifies", warrant="It says when."))  # fmt: skip
    session.flush()
    session.expire_all()
    return thread


@pytest.mark.parametrize("group", GROUPED)
def test_every_regrouping_holds_each_position_once(
    session: Session, mixed: Thread, group: str
) -> None:
    page = read(session, mixed, group=group)
    assert [each.title for each in page.groups] == GROUPED[group]
    assert sorted(ids(page)) == sorted(ids(read(session, mixed)))
    assert len(set(ids(page))) == 5


def test_nobody_is_put_under_a_role_that_their_byline_does_not_show(
    session: Session, mixed: Thread
) -> None:
    page = read(session, mixed, group="role")
    contributors = page.groups[-1]
    assert contributors.title == "Contributor"
    assert {card.byline.mode for card in contributors.cards} == {"role", "chatham_house"}
    assert all(card.byline.name.startswith("Contributor") for card in contributors.cards)


FILTERED = [
    ({}, 5),
    ({"level": "national"}, 1),
    ({"level": "school"}, 4),
    ({"value": "consistency"}, 2),
    ({"value": "consistency", "level": "national"}, 1),
    ({"value": "pupil_freedom", "level": "national"}, 0),
    ({"kind": "rct"}, 2),
    ({"kind": "rct", "value": "equality"}, 1),
    ({"kind": "none"}, 3),
    ({"phase": "primary"}, 2),
    ({"phase": "primary", "kind": "survey"}, 1),
    ({"phase": "no such phase"}, 0),
    ({"colour": "blue"}, 5),
]


@pytest.mark.parametrize(("filters", "number"), FILTERED)
def test_filters_combine(
    session: Session, mixed: Thread, filters: dict[str, str], number: int
) -> None:
    page = read(session, mixed, filters=filters)
    assert len(ids(page)) == page.shown_count == number
    assert page.position_count == 5


def test_a_filters_count_is_what_its_link_leads_to(session: Session, mixed: Thread) -> None:
    page = read(session, mixed, filters={"level": "school"})
    assert sum(len(each.choices) for each in page.filters) > len(page.filters) > 1
    for each in page.filters:
        for choice in each.choices:
            asked = {"level": "school"} | {each.name: choice.slug}
            assert read(session, mixed, filters=asked).shown_count == choice.count, choice
            for name, value in asked.items():
                assert (f"{name}={value}" in choice.url) == bool(value)


@pytest.mark.parametrize("group", ["", "value", "level"])
def test_paging_shows_every_position_exactly_once(
    session: Session, thread: Thread, group: str
) -> None:
    for number in range(97):
        make_position(session, thread, served=(("equality", "consistency")[number % 2],))
    seen, after = [], ""
    for _page in range(3):
        page = read(session, thread, group=group, after=after)
        seen += ids(page)
        after = seen[-1]
    assert page.next_url == ""
    assert len(seen) == len(set(seen)) == 97


def test_marks_lead_to_cards_on_this_page_and_to_the_positions_own_pages_elsewhere(
    session: Session, mixed: Thread
) -> None:
    page = read(session, mixed, filters={"level": "school"})
    here = set(ids(page))
    marks = [*page.map.marks, *page.map.unplaced]
    assert 0 < len(here) < len(marks)
    for mark in marks:
        assert mark.url == (f"#p-{mark.id}" if mark.id in here else f"/positions/{mark.id}")


def test_the_next_page_keeps_the_regrouping_and_the_filters(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    for _each in range(41):
        make_position(session, thread)
    path = f"/threads/{thread.slug}"
    first = json_of(client.get(f"{path}.json?group=level&level=school"))
    assert "group=level" in first["next_url"]
    assert "level=school" in first["next_url"]
    second = json_of(client.get(first["next_url"].replace(path, f"{path}.json").split("#")[0]))
    assert [len(group["cards"]) for group in second["groups"]] == [1]


def test_a_former_address_leads_to_the_present_one(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    session.add(OldAddress(slug="as-it-was", thread_id=thread.id))
    session.flush()
    moved = client.get("/threads/as-it-was?group=value")
    assert (moved.status_code, moved.location) == (301, f"/threads/{thread.slug}?group=value")
    assert client.get("/threads/as-it-was.json").location == f"/threads/{thread.slug}.json"
    thread.is_hidden = True
    session.flush()
    assert client.get("/threads/as-it-was").status_code == 404


@pytest.mark.parametrize("changes", [{"stage": "proposed"}, {"is_hidden": True}])
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_proposed_or_hidden_thread_does_not_exist_for_others(
    client: FlaskClient, session: Session, suffix: str, changes: dict[str, object]
) -> None:
    series = make_series(session)
    thread = make_thread(session, series, **changes)
    path = f"/threads/{thread.slug}{suffix}"
    assert client.get(path).status_code == 404
    assert sign_in(client, make_member(session, series)).get(path).status_code == 404
    moderator = make_member(session, series, role="moderator")
    assert sign_in(client, moderator).get(path).status_code == 200


def test_a_proposers_own_thread_is_theirs_to_see_until_it_is_declined(
    session: Session,
) -> None:
    series = make_series(session)
    proposer = make_member(session, series)
    thread = make_thread(session, series, stage="proposed", proposed_by=proposer)
    assert thread_page(session, viewer(session, proposer), thread.slug) is not None
    thread.is_hidden = True
    assert thread_page(session, viewer(session, proposer), thread.slug) is None


def test_page_and_json_say_the_same(client: FlaskClient, session: Session, mixed: Thread) -> None:
    shown = client.get(f"/threads/{mixed.slug}?group=value")
    assert shown.status_code == 200
    assert shown.text.count("<h1") == 1
    for group in json_of(client.get(f"/threads/{mixed.slug}.json?group=value"))["groups"]:
        for card in group["cards"]:
            assert f'id="p-{card["id"]}"' in shown.text


def test_a_visitor_is_invited_to_write_only_where_positions_are_taken(
    session: Session, thread: Thread
) -> None:
    assert read(session, thread).can_write
    thread.stage = "weighing"
    session.flush()
    assert not read(session, thread).can_write


def test_only_a_convener_is_led_to_entering_a_position_from_a_round_table(
    session: Session, thread: Thread
) -> None:
    def behalf_url(role: str) -> str:
        person = make_member(session, thread.series, role=role)
        page = thread_page(session, viewer(session, person), thread.slug)
        assert page is not None
        return page.behalf_url

    assert behalf_url("contributor") == behalf_url("moderator") == ""
    assert behalf_url("convener") == f"/positions/write/{thread.slug}?for=round-table"


def test_who_has_written_is_led_to_their_own_position(session: Session, thread: Thread) -> None:
    author = make_member(session, thread.series)
    position = make_position(session, thread, author, state="draft", number=None)
    page = thread_page(session, viewer(session, author), thread.slug)
    assert page is not None
    assert page.own_url == f"/positions/{position.public_id}"
    other = thread_page(session, viewer(session, make_person(session)), thread.slug)
    assert other is not None
    assert other.own_url == ""
