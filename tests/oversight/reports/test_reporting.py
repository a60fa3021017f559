"""Telling the moderators that something should be looked at, signed in or not."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.jobs.models import Job
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter, find_readable
from discussion.oversight.reports.queries.waiting import list_bare
from discussion.oversight.reports.words import REASONS, URGENT
from discussion.permissions.rules import Forbidden
from discussion.reach.needed.models import Looking, Origin, Question
from discussion.series.series.models import Series
from discussion.subjects.finding import subject_of
from discussion.subjects.kinds import KINDS
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_round,
    make_series,
    make_statement,
    make_thread,
    viewer,
)

URGENTLY = ReportDraft(reason="safeguarding", text="Somebody may be at risk.")


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def position(session: Session, series: Series) -> Position:
    """A published position, beside another."""
    thread = make_thread(session, series)
    make_position(session, thread)
    return make_position(session, thread)


def subject(session: Session, kind: str, row: Any) -> Matter:
    return Matter(subject_of(row), row.series if hasattr(row, "series") else row.thread.series)


def waiting_letters(session: Session) -> list[str]:
    return [job.payload["template"] for job in session.scalars(select(Job).order_by(Job.id))]


def test_a_visitor_reports_for_any_reason_and_hides_nothing(
    client: FlaskClient, session: Session, position: Position
) -> None:
    for reason in REASONS:
        sent = client.post(
            f"/reports/position/{position.public_id}",
            data={"cause": reason, "text": "Look at this."},
        )
        report = session.scalars(select(Report).order_by(Report.id.desc())).first()
        assert report is not None
        assert (sent.status_code, sent.location) == (303, f"/reports/receipt/{report.public_id}")
        assert (report.reporter_id, report.is_urgent) == (None, reason in URGENT)
        assert report.version_id == position.live_revision_id
    assert position.state == "published"
    assert client.get(sent.location).status_code == 200


def test_every_piece_of_writing_has_its_way_to_the_moderators(
    client: FlaskClient, session: Session, series: Series
) -> None:
    thread = make_thread(session, series, attribution="named")
    item = make_item(session, series)
    position = make_position(session, thread, item=item)
    response = make_response(session, position)
    person = position.author
    statement = make_statement(session, thread)
    make_round(session, thread, statement)
    origin = Origin(reason="study", subject=item.public_id)
    asked = Question(series=series, text="Is it so?", made_at=NOW, changed_at=NOW, origins=[origin])
    looking = Looking(question=asked, who="A team", state="live", sent_at=NOW, decided_at=NOW)
    session.add(looking)
    session.flush()
    pages: dict[str, list[tuple[str, Any]]] = {
        f"/threads/{thread.slug}": [("thread", thread)],
        f"/threads/{thread.slug}?full=1": [("position", position)],
        f"/positions/{position.public_id}": [("position", position), ("response", response)],
        f"/evidence/{series.slug}/{item.public_id}": [("evidence", item), ("response", None)],
        f"/accounts/people/{person.public_id}": [("person", person)],
        f"/rounds/{thread.slug}/statements": [("statement", statement)],
        f"/needed/{series.slug}/{asked.public_id}": [("looking", looking)],
    }
    found = set()
    for path, rows in pages.items():
        shown = client.get(path).text
        for kind, row in rows:
            if row is None:
                continue
            address = f"/reports/{kind}/{row.public_id}"
            assert address in shown, (path, address)
            assert client.get(address).status_code == 200, address
            found.add(kind)
    assert found == {kind.kind for kind in KINDS if kind.words.report}


def test_an_earlier_version_is_reported_as_that_version(
    client: FlaskClient, session: Session, position: Position
) -> None:
    from discussion.debate.positions.models import Revision

    first = position.revisions[0]
    first.status = "superseded"
    second = Revision(position=position, status="live", version=2, claim="Every pupil may.",
                      level="school", placements={}, confidence=2, change_mind=["evidence"],
                      submitted_at=NOW, live_at=NOW)  # fmt: skip
    session.add(second)
    session.flush()
    position.live = second
    session.flush()
    address = f"/reports/position/{position.public_id}?version=1"
    assert address in client.get(f"/positions/{position.public_id}/versions/1").text
    assert first.claim in client.get(address).text
    client.post(address, data={"cause": "abuse", "version": "1"})
    assert session.scalars(select(Report.version_id)).one() == first.id


def test_what_cannot_be_read_cannot_be_reported(
    client: FlaskClient, session: Session, position: Position
) -> None:
    address = f"/reports/position/{position.public_id}"
    for state in ("draft", "withdrawn", "hidden", "removed", "declined"):
        position.state = state
        session.flush()
        assert client.get(address).status_code == 404, state
        assert client.post(address, data={"cause": "abuse"}).status_code == 404, state
        with pytest.raises(Forbidden):
            send_report(session, None, subject(session, "position", position), URGENTLY, now=NOW)


def test_a_report_without_a_reason_comes_back_with_what_was_typed(
    client: FlaskClient, position: Position
) -> None:
    address = f"/reports/position/{position.public_id}"
    for typed in ({"text": "Look <here>."}, {"cause": "nonsense", "text": "Look <here>."}):
        sent = client.post(address, data=typed)
        assert sent.status_code == 422
        assert "Look &lt;here&gt;." in sent.text
    assert client.post(address, data={"cause": "other", "text": " "}).status_code == 422
    assert client.post(address, data={"cause": "abuse", "text": "a" * 1001}).status_code == 422
    assert client.post(address, data={"cause": "abuse", "email": "me@"}).status_code == 422


def test_where_to_turn_is_said_without_any_script(client: FlaskClient, position: Position) -> None:
    shown = client.get(f"/reports/position/{position.public_id}").text
    for words in ("designated safeguarding lead", "LADO", "999", "101", "NSPCC",
                  "Internet Watch Foundation", "Ofcom"):  # fmt: skip
        assert words in shown, words


@pytest.mark.parametrize("reason", URGENT)
def test_an_urgent_report_by_an_admitted_member_hides_at_once(
    session: Session, position: Position, reason: str
) -> None:
    series = position.thread.series
    moderator = make_member(session, series, role="moderator")
    reporter = make_member(session, series)
    report = send_report(session, viewer(session, reporter), subject(session, "position", position),
                         ReportDraft(reason=reason), now=NOW)  # fmt: skip

    assert (position.state, report.has_hidden) == ("hidden", True)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.actor_id, event.verb) == (None, "hide")
    assert (event.subject_kind, event.subject_id) == ("position", position.public_id)
    told = {(job.payload["template"], job.payload["person_id"])
            for job in session.scalars(select(Job))}  # fmt: skip
    assert told == {("reports/hidden", position.author_id), ("moderation/urgent", moderator.id)}


def test_a_report_that_somebody_is_identified_is_as_urgent_as_safeguarding(
    client: FlaskClient, session: Session, position: Position
) -> None:
    series = position.thread.series
    make_member(session, series, role="moderator")
    address = f"/reports/position/{position.public_id}"
    assert client.get(address).text.count("Looked at first, within 4 hours.") == 3
    beside = f"/reports/thread/{position.thread.public_id}"
    receipts = {
        cause: client.get(client.post(beside, data={"cause": cause}).location).text
        for cause in ("illegal", "identifies")
    }
    assert "NSPCC" in receipts["illegal"]
    assert "NSPCC" not in receipts["identifies"]
    about, member = subject(session, "position", position), make_member(session, series)
    draft = ReportDraft(reason="identifies")
    first = send_report(session, viewer(session, member), about, draft, now=NOW)
    bare = next(one for one in list_bare(session, [series.id], NOW) if one.id == first.public_id)
    assert (position.state, first.is_urgent, bare.is_urgent, bare.target) == (
        "hidden", True, True, "urgent")  # fmt: skip
    # One that was answered before this was so counts as cleared too.
    first.status, first.has_hidden, first.is_urgent = "answered", False, False
    position.state = "published"
    session.flush()
    again = send_report(session, viewer(session, member), about, draft, now=NOW)
    assert (position.state, again.has_hidden) == ("published", False)


@pytest.mark.parametrize("reason", sorted(set(REASONS) - set(URGENT)))
def test_no_other_reason_hides_anything(session: Session, position: Position, reason: str) -> None:
    reporter = viewer(session, make_member(session, position.thread.series))
    send_report(session, reporter, subject(session, "position", position),
                ReportDraft(reason=reason, text="Look."), now=NOW)  # fmt: skip
    assert position.state == "published"
    assert waiting_letters(session) == []


@pytest.mark.parametrize("who", ["visitor", "stranger", "not_admitted", "unconfirmed", "removed"])
def test_who_is_not_admitted_alerts_and_hides_nothing(
    session: Session, position: Position, who: str
) -> None:
    series = position.thread.series
    make_member(session, series, role="moderator")
    people: dict[str, Any] = {
        "visitor": lambda: None,
        "stranger": lambda: make_person(session),
        "not_admitted": lambda: make_member(session, series, admitted_at=None),
        "unconfirmed": lambda: make_member(
            session, series, make_person(session, email_confirmed_at=None)
        ),
        "removed": lambda: make_member(session, series, removed_at=NOW),
    }
    person = people[who]()
    actor = viewer(session, person) if person else None
    send_report(session, actor, subject(session, "position", position), URGENTLY, now=NOW)
    assert position.state == "published"
    assert waiting_letters(session) == ["moderation/urgent"]


def test_once_cleared_no_report_hides_it_again(session: Session, position: Position) -> None:
    series = position.thread.series
    about = subject(session, "position", position)
    first = send_report(session, viewer(session, make_member(session, series)), about, URGENTLY,
                        now=NOW)  # fmt: skip
    first.status, position.state = "answered", "published"
    session.flush()
    again = send_report(session, viewer(session, make_member(session, series)), about, URGENTLY,
                        now=NOW)  # fmt: skip
    assert (position.state, again.has_hidden) == ("published", False)


def test_an_urgent_report_that_was_answered_before_it_hid_anything_counts_as_cleared(
    session: Session, position: Position
) -> None:
    about = subject(session, "position", position)
    first = send_report(session, None, about, URGENTLY, now=NOW)
    first.status = "answered"
    session.flush()
    member = viewer(session, make_member(session, position.thread.series))
    assert not send_report(session, member, about, URGENTLY, now=NOW).has_hidden


def test_an_item_of_the_library_is_hidden_and_a_thread_and_a_person_are_not(
    session: Session, series: Series
) -> None:
    member = viewer(session, make_member(session, series))
    item = make_item(session, series)
    thread = make_thread(session, series, attribution="named")
    position = make_position(session, thread, item=item)
    person = find_readable(session, member, "person", position.author.public_id)
    assert person is not None
    assert person.series is series
    for about in (subject(session, "evidence", item), subject(session, "thread", thread), person):
        send_report(session, member, about, URGENTLY, now=NOW)
    assert (item.is_hidden, thread.is_hidden, position.state) == (True, False, "published")


def test_a_hidden_item_is_named_on_no_card_that_cites_it(
    client: FlaskClient, session: Session, series: Series
) -> None:
    item = make_item(session, series, title="The Unspeakable Study", authors=["Quentin, Z."])
    other = make_item(session, series, title="A Study to Keep")
    thread = make_thread(session, series)
    position = make_position(session, thread, item=item)
    make_position(session, thread, item=other)
    response = make_response(session, position, item=item)
    item.is_hidden = True
    session.flush()
    for path in (
        f"/threads/{thread.slug}",
        f"/threads/{thread.slug}?full=1",
        f"/positions/{position.public_id}",
        f"/evidence/{series.slug}",
        f"/evidence/{series.slug}/{other.public_id}",
    ):
        for suffix in ("", ".json"):
            shown = client.get(
                path.replace("?", f"{suffix}?") if "?" in path else path + suffix
            ).text
            assert "Unspeakable" not in shown, path + suffix
            assert "Quentin" not in shown, path + suffix
    assert "A Study to Keep" in client.get(f"/threads/{thread.slug}?full=1").text
    assert response.state == "published"
    assert isinstance(item, EvidenceItem)


def test_who_writes_while_others_report_is_told_that_somebody_was_quicker(
    client: FlaskClient, session: Session, position: Position
) -> None:
    member = viewer(session, make_member(session, position.thread.series))
    send_report(session, member, subject(session, "position", position), URGENTLY, now=NOW)
    sent = client.post(f"/reports/position/{position.public_id}",
                       data={"cause": "safeguarding", "text": "What I typed."})  # fmt: skip
    assert sent.status_code == 409
    assert "What I typed." in sent.text
    assert position.revisions[0].claim not in sent.text


def test_reports_are_slowed_and_nothing_typed_is_lost(
    client: FlaskClient, position: Position
) -> None:
    address = f"/reports/position/{position.public_id}"
    for _ in range(10):
        assert client.post(address, data={"cause": "off_topic"}).status_code == 303
    sent = client.post(address, data={"cause": "abuse", "text": "What I typed."})
    assert sent.status_code == 429
    assert int(sent.headers["Retry-After"]) > 0
    assert "What I typed." in sent.text
    assert "Wait" in sent.text


def test_a_member_is_counted_by_account_and_not_with_the_visitors_of_the_same_place(
    client: FlaskClient, session: Session, position: Position
) -> None:
    address = f"/reports/position/{position.public_id}"
    for _ in range(10):
        client.post(address, data={"cause": "off_topic"})
    sign_in(client, make_member(session, position.thread.series))
    assert client.post(address, data={"cause": "off_topic"}).status_code == 303
