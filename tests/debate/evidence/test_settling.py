"""What of the library waits on the desk, and how it is settled."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.evidence.drafts_links import Settlement
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import AlreadyThere, set_status, settle_item
from discussion.debate.evidence.queries.settling import seen_now
from discussion.debate.evidence.queries.waiting import describe, kinds_waiting, list_bare, tally
from discussion.debate.evidence.tasks import look_letter
from discussion.debate.positions.models import EvidenceLink
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import Taken, take
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.jobs.models import Job
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.debate.evidence.test_links import DEAD, MOVED, OK, record
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

DAY = timedelta(days=1)


def relied_on(session: Session, series: Series, **changes: object) -> EvidenceItem:
    """An item that a published position cites."""
    item = make_item(session, series, **changes)
    make_position(session, make_thread(session, series), item=item)
    return item


def lines(session: Session, *series: Series) -> list[tuple[str, str]]:
    found = list_bare(session, [one.id for one in series], NOW)
    counted, oldest = session.execute(tally([one.id for one in series])).one()
    assert counted == len(found)
    assert (oldest is None) == (not found)
    return sorted((bare.kind, bare.id) for bare in found)


def letters(session: Session) -> list[int]:
    rows = session.scalars(select(Job).where(Job.name == "mail.send"))
    return sorted(
        row.payload["person_id"] for row in rows if row.payload["template"] == "evidence/look"
    )


def settle(session: Session, actor: object, item: EvidenceItem, action: str, **typed: str) -> None:
    given = {"seen": seen_now(session, item)} | typed
    settle_item(session, actor, item, Settlement(action, **given), now=NOW)  # type: ignore[arg-type]


def test_what_no_longer_stands_waits_while_a_live_position_relies_on_it(session: Session) -> None:
    series, elsewhere = make_series(session), make_series(session)
    done = {"link_checked_at": NOW, "link_state": "ok"}
    retracted = relied_on(session, series, status="retracted", **done)
    superseded = relied_on(session, series, status="superseded", **done)
    relied_on(session, series, status="corrected", **done)
    relied_on(session, series, status="retracted", is_hidden=True, **done)
    relied_on(session, series, status="retracted", link_settled_at=NOW, **done)
    relied_on(session, elsewhere, status="retracted", **done)
    make_item(session, series, status="retracted", **done)
    left = make_item(session, series, status="retracted", **done)
    thread = make_thread(session, series)
    make_position(session, thread, item=left, state="withdrawn")
    make_position(session, make_thread(session, series, is_hidden=True), item=left)
    old = make_position(session, thread, item=left)
    newer = {"status": "superseded"}  # of a position that has no live version of its own
    old.live = make_position(session, make_thread(session, elsewhere), revision=newer).revisions[0]
    make_position(session, thread, item=retracted)
    session.flush()
    assert lines(session, series) == sorted(
        ("evidence", item.public_id) for item in (retracted, superseded)
    )


def test_links_that_broke_wait_and_one_line_a_series_for_those_not_yet_checked(
    session: Session,
) -> None:
    series, other = make_series(session), make_series(session)
    dead, moved, fine = (make_item(session, series) for _ in range(3))
    for item, found in ((dead, DEAD), (moved, MOVED), (fine, OK)):
        record(session, item, found)
    for _ in range(2):
        make_item(session, series)
        make_item(session, other)
    for quiet in ({"is_listed": False}, {"is_hidden": True}, {"url": None, "citation": "A book"}):
        make_item(session, series, **quiet)
    assert lines(session, series, other) == sorted(
        ("links", one.public_id) for one in (dead, moved, series, other)
    )
    actor = viewer(session, make_member(session, series, role="moderator"))
    said = describe(session, actor, list_bare(session, [series.id], NOW), NOW)
    assert said[series.public_id].subject == "2 links not yet checked"
    assert said[series.public_id].url == f"/evidence/{series.slug}/unchecked"
    assert said[moved.public_id].note == "Now at https://example.org/new"
    assert said[dead.public_id].url == f"/evidence/{series.slug}/{dead.public_id}/settle"


def test_it_waits_since_it_was_said_and_nobody_decides_on_what_they_added(
    session: Session,
) -> None:
    series = make_series(session)
    adder = make_member(session, series, role="moderator")
    other = viewer(session, make_member(session, series, role="moderator"))
    item = relied_on(session, series, added_by_id=adder.id, created_at=NOW - 90 * DAY,
                     link_checked_at=NOW, link_state="ok")  # fmt: skip
    set_status(session, other, item, "retracted", note="By the journal.", now=NOW + DAY)
    (bare,) = list_bare(session, [series.id], NOW)
    assert (bare.since, bare.own_ids, bare.target) == (NOW + DAY, (adder.id,), "upkeep")
    with pytest.raises(Forbidden):
        settle(session, viewer(session, adder), item, "settle", why="Looked.")


def test_authors_are_told_once_when_a_source_falls_and_nobody_else_is(session: Session) -> None:
    series = make_series(session)
    moderator = make_member(session, series, role="moderator")
    convener = make_member(session, series, role="convener")
    author, other = make_member(session, series), make_member(session, series)
    left = make_member(session, series, make_person(session, email=None, left_at=NOW))
    guest = make_person(session, is_guest=True, email=None)
    item, unrelated = make_item(session, series), make_item(session, series)
    threads = [make_thread(session, series) for _ in range(3)]
    make_position(session, threads[0], author, item=item)
    make_position(session, threads[1], author, item=item)
    make_position(session, threads[0], other, item=unrelated)
    make_position(session, threads[1], other, item=item, state="withdrawn")
    make_position(session, threads[0], moderator, item=item)
    make_position(session, threads[0], left, item=item)
    make_position(session, threads[2], guest, item=item, entered_by_id=convener.id)
    answered = make_position(session, threads[2], other, item=unrelated)
    responder, silent = make_member(session, series), make_member(session, series)
    make_response(session, answered, responder, item_id=item.id)
    make_response(session, answered, silent, item_id=item.id, state="withdrawn")
    told = sorted([author.id, convener.id, responder.id])
    actor = viewer(session, moderator)
    for status in ("corrected", "retracted", "retracted"):
        set_status(session, actor, item, status, note="By the journal.", now=NOW)
    assert letters(session) == told
    set_status(session, actor, item, "current", now=NOW)
    set_status(session, actor, item, "retracted", note="After all.", now=NOW)
    assert letters(session) == told


def test_the_letter_names_the_source_and_ones_own_positions_alone(
    session: Session, app: Flask
) -> None:
    series = make_series(session)
    author, other = make_member(session, series), make_member(session, series)
    item = make_item(session, series, title="A study of bells", status="retracted",
                     status_note="By the journal.")  # fmt: skip
    threads = [make_thread(session, series) for _ in range(2)]
    own = make_position(session, threads[0], author, item=item)
    theirs = make_position(session, threads[1], other, item=item)
    reply = make_response(session, make_position(session, threads[0]), author, item_id=item.id)
    payload = {"person_id": author.id, "ids": {"item": item.id, "about": "retracted"}}
    with app.test_request_context():
        letter = look_letter(session, payload)
        assert letter is not None
        assert letter.subject == "A source that you rely on was retracted"
        written = (own.public_id, reply.public_id)
        for said in ("A study of bells", "By the journal.", threads[0].question, *written):
            assert said in letter.body
        for unsaid in (theirs.public_id, threads[1].question, other.display_name):
            assert unsaid not in letter.body
        item.is_hidden = True
        assert look_letter(session, payload) is None
        item.is_hidden, item.status = False, "current"
        assert look_letter(session, payload) is None


def test_the_new_address_is_taken_over(session: Session) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series)
    record(session, item, MOVED)
    settle(session, actor, item, "take_over")
    assert (item.url, item.link_state, item.link_settled_at) == (MOVED.leads_to, "ok", NOW)
    assert lines(session, series) == []
    decision = session.scalars(select(Decision)).one()
    assert (decision.action, decision.subject_kind) == ("take_over", "evidence")


def test_an_address_that_another_item_has_is_not_taken_over(session: Session) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    make_item(session, series, url=MOVED.leads_to)
    item = make_item(session, series)
    record(session, item, MOVED)
    with pytest.raises(AlreadyThere):
        settle(session, actor, item, "take_over")


def test_readers_are_led_to_the_copy_of_what_is_gone(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series)
    record(session, item, DEAD)
    for wrong in ("", "not an address", "javascript:alert(1)"):
        with pytest.raises(Invalid):
            settle(session, actor, item, "archive", archive_url=wrong)
    settle(session, actor, item, "archive", archive_url="https://web.archive.org/web/1/a")
    session.commit()
    page = client.get(f"/evidence/{series.slug}/{item.public_id}").text
    assert 'href="https://web.archive.org/web/1/a"' in page
    assert (lines(session, series), item.link_state) == ([], "dead")


def test_authors_are_asked_once_and_leaving_it_needs_a_reason(session: Session) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    item = relied_on(session, series)
    record(session, item, DEAD)
    with pytest.raises(Invalid):
        settle(session, actor, item, "settle", why=" ")
    settle(session, actor, item, "ask_authors")
    assert len(letters(session)) == 1
    record(session, item, OK, NOW + DAY)
    record(session, item, DEAD, NOW + 2 * DAY)
    with pytest.raises(Invalid):
        settle(session, actor, item, "ask_authors")
    settle(session, actor, item, "settle", why="The paper is in the library.")
    assert kinds_waiting(session, item) == ()


def test_only_what_would_change_something_can_be_chosen(session: Session) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    item = relied_on(session, series, status="retracted", link_checked_at=NOW, link_state="ok")
    for action in ("take_over", "archive", "nonsense"):
        with pytest.raises(Invalid):
            settle(session, actor, item, action, archive_url="https://example.org/copy")


def test_nothing_is_settled_unseen_or_twice(session: Session) -> None:
    series = make_series(session)
    actor = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series)
    record(session, item, DEAD)
    seen = seen_now(session, item)
    record(session, item, MOVED, NOW + DAY)
    with pytest.raises(AlreadyDecided):
        settle(session, actor, item, "settle", why="Looked.", seen=seen)
    settle(session, actor, item, "settle", why="Looked.")
    with pytest.raises(AlreadyDecided):
        settle(session, actor, item, "settle", why="Looked.")
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_what_somebody_has_taken_is_left_to_them(session: Session) -> None:
    series = make_series(session)
    first, second = (
        viewer(session, make_member(session, series, role="moderator")) for _ in range(2)
    )
    item = make_item(session, series)
    record(session, item, DEAD)
    take(session, first, "links", item.public_id, series, now=NOW)
    with pytest.raises(Taken):
        settle(session, second, item, "settle", why="Looked.")
    settle(session, first, item, "settle", why="Looked.")


def test_the_desk_leads_to_it_shows_who_relies_on_it_and_goes_on(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    moderator = make_member(session, series, role="moderator")
    item = relied_on(session, series, title="A study of bells", status="retracted",
                     status_note="By the journal.", link_checked_at=NOW,
                     link_state="ok")  # fmt: skip
    later = make_item(session, series, url="https://example.org/later")
    record(session, later, DEAD, clock.now())
    session.commit()
    sign_in(client, moderator)
    address = f"/evidence/{series.slug}/{item.public_id}/settle"
    assert address in client.get("/moderation").text
    page = client.get(address).text
    for said in ("Retracted evidence", "By the journal.", "1 position relies on it",
                 "It shows the gap.", "Ask the authors"):  # fmt: skip
        assert said in page, said
    wrong = client.post(address, data={"action": "settle", "seen": seen_now(session, item)})
    assert (wrong.status_code, "Say why there is nothing to do." in wrong.text) == (422, True)
    done = client.post(address, data={"action": "ask_authors", "seen": seen_now(session, item)})
    assert (done.status_code, done.location) == (
        303, f"/evidence/{series.slug}/{later.public_id}/settle",
    )  # fmt: skip
    again = client.post(address, data={"action": "ask_authors", "seen": "retracted ok"})
    assert (again.status_code, "You have decided this already" in again.text) == (409, True)


def test_who_added_it_reads_plainly_that_somebody_else_decides(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    moderator = make_member(session, series, role="moderator")
    item = relied_on(session, series, status="retracted", added_by_id=moderator.id)
    session.commit()
    sign_in(client, moderator)
    own = f"/evidence/{series.slug}/{item.public_id}"
    assert "another moderator" in client.get(own).text
    assert f"{own}/status" not in client.get(own).text
    assert "another moderator decides" in client.get(own + "/settle").text
    assert client.get(own + "/status").status_code == 403
    assert client.post(own + "/settle", data={"action": "settle"}).status_code == 403


def test_the_lines_of_a_large_library_take_few_statements(session: Session) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    for number in range(30):
        item = make_item(session, series, status="retracted", link_state="dead",
                         link_checked_at=NOW)  # fmt: skip
        position = make_position(session, thread)
        assert position.live is not None
        session.add(EvidenceLink(revision_id=position.live.id, item_id=item.id, order=number,
                                 stance="supports"))  # fmt: skip
    session.flush()
    actor = viewer(session, make_member(session, series, role="moderator"))
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", count)
    try:
        bares = list_bare(session, [series.id], NOW)
        own = [[bare for bare in bares if bare.kind == kind] for kind in ("evidence", "links")]
        described = [len(describe(session, actor, each, NOW)) for each in own]
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", count)
    assert (described, len(asked)) == ([30, 30], 7)
