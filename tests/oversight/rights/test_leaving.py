"""Leaving: what goes, what stays, and that nothing says whose it was."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Part, PartCounts
from discussion.debate.positions.operations.parting import freeze_part_counts
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.jobs.models import Job
from discussion.oversight.rights.models import Leaving
from discussion.oversight.rights.operations.leaving import ask_to_leave, carry_out, go_over, stay
from discussion.oversight.rights.queries.leaving import list_due
from discussion.oversight.rights.words import GRACE, SPREAD
from discussion.people.accounts.models import Consent
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.series.members.models import Membership
from discussion.weighing.rounds.models import Rating
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)
from tests.oversight.rights.leaver import LATER, SECRET, dump, leave, make_leaver
from tests.people.accounts.journeys import PASSWORD, enter, make_account


def test_private_answers_go_and_what_was_counted_stays_as_it_was(session: Session) -> None:
    made = make_leaver(session)
    frozen, still_open = made.other, make_position(session, make_thread(session, made.series))
    people = [make_member(session, made.series) for _each in range(6)] + [made.person]
    for position in (frozen, still_open):
        for person in people:
            known = session.scalars(
                select(Part).where(Part.position_id == position.id, Part.person_id == person.id)
            ).first()
            if known is None:
                session.add(Part(position_id=position.id, person_id=person.id, stance="5",
                                 answered_at=NOW))  # fmt: skip
    session.flush()
    freeze_part_counts(session, frozen.thread, NOW)

    leave(session, made, "keep")

    assert not session.scalars(select(Part).where(Part.person_id == made.person.id)).all()
    assert [row.rater_key for row in session.scalars(select(Rating))] == ["f" * 64]
    counted = select(PartCounts.people).where(PartCounts.position_id == frozen.id)
    assert session.scalar(counted) == 7
    freeze_part_counts(session, still_open.thread, LATER)
    counted = select(PartCounts.people).where(PartCounts.position_id == still_open.id)
    assert session.scalar(counted) == 6, "what is still open is counted without them"


def test_what_stood_under_a_name_stands_by_role_and_the_rest_says_no_more_than_before(
    session: Session,
) -> None:
    made = make_leaver(session)
    named, by_role, ruled = made.positions[:3]
    letters = find_letters(session, {by_role.thread_id, ruled.thread_id})
    before = [byline(row, row.thread_id, letters, NOW) for row in (by_role, ruled)]

    leave(session, made, "keep")

    letters = find_letters(session, {row.thread_id for row in made.positions})
    after = [byline(row, row.thread_id, letters, NOW) for row in (by_role, ruled)]
    assert after == before
    shown = byline(named, named.thread_id, letters, NOW)
    assert shown.name.startswith("Former contributor (Headteacher, secondary) · ")
    assert (shown.mode, shown.detail, shown.organisation, shown.person_url, shown.date) == (
        "role", "", "", "", "2026-11-23",
    )  # fmt: skip
    assert (named.state, named.live.claim if named.live else "") == (
        "published", made.marks.published,
    )  # fmt: skip


def test_a_label_that_too_few_are_left_to_share_widens_as_somebody_leaves(
    session: Session,
) -> None:
    made = make_leaver(session)
    for row in session.scalars(
        select(Membership)
        .where(Membership.series_id == made.series.id)
        .where(Membership.person_id != made.person.id)
        .order_by(Membership.id)
    ).all()[4:]:  # four headteachers are left beside the one who leaves
        row.posting_role = "inspector"
    session.flush()
    colleague = make_position(session, made.threads[1], label_step=0)
    mine = session.scalars(
        select(Membership).where(Membership.person_id == colleague.author_id)
    ).one()
    mine.posting_role = "inspector"
    session.flush()

    leave(session, made, "keep")

    session.refresh(made.positions[0])
    session.refresh(colleague)
    assert (made.positions[0].label_step, colleague.label_step) == (3, 3)
    letters = find_letters(session, {made.threads[0].id})
    shown = byline(made.positions[0], made.threads[0].id, letters, NOW).name
    assert shown.startswith("Former contributor · ")


def test_who_takes_everything_along_leaves_tombstones_and_an_account_that_is_nobodys(
    client: FlaskClient, session: Session
) -> None:
    made = make_leaver(session)
    address = made.person.email or ""
    signed_in = sign_in(client.application.test_client(), made.person)
    leave(session, made, "delete")

    states = [row.state for row in made.positions]
    assert states == ["withdrawn"] * 5 + ["discarded", "declined"]
    named, by_role = (client.get(f"/positions/{row.public_id}") for row in made.positions[:2])
    assert (named.status_code, by_role.status_code) == (200, 200)
    assert "Withdrawn by its author, who has left." in named.text
    assert "Its author withdrew this position." in by_role.text
    assert client.get(f"/positions/{made.positions[0].public_id}/versions/1/cite.bib"
                      ).status_code == 404  # fmt: skip
    thread = client.get(f"/threads/{made.threads[0].slug}")
    assert "Withdrawn by its author, who has left." in thread.text
    assert made.answer.state == "published"

    assert signed_in.get("/rights").status_code == 303
    assert enter(client, address).status_code == 422
    assert client.get(f"/accounts/people/{made.person.public_id}").status_code == 404
    make_person(session, email=address)
    consents = session.scalars(select(Consent).where(Consent.person_id == made.person.id)).all()
    assert {row.kind for row in consents} == {"adult", "terms", "rules"}
    assert all(row.withdrawn_at == LATER for row in consents)


def test_voices_without_a_name_go_one_by_one_within_a_week(session: Session) -> None:
    """Emptied in one moment, they would be seen to be one person's."""
    made = make_leaver(session)
    more = [
        make_position(
            session, make_thread(session, made.series, attribution="role"), made.person,
            revision={"claim": f"More of the same, {number}"},
        )
        for number in range(3)  # two alone go in the same four hours once in 42 times
    ]  # fmt: skip
    made.positions.extend(more)
    nameless = [row for row in made.positions if row.attribution != "named" and row.live]
    assert len({row.thread_id for row in nameless}) >= 2
    leaving = Leaving(person_id=made.person.id, choice="delete", asked_at=NOW, due_at=LATER)
    session.add(leaving)
    session.flush()
    gone: dict[int, int] = {}
    carry_out(session, leaving, secret=SECRET, now=LATER)
    for hour in range(0, int(SPREAD / timedelta(hours=1)) + 1, 4):
        now = LATER + timedelta(hours=hour)
        go_over(session, leaving, secret=SECRET, now=now)
        for row in made.positions:
            if row.live is not None and not row.live.claim:
                gone.setdefault(row.id, hour)
                assert row.changed_at <= now
    named = {row.id for row in made.positions if row.attribution == "named" and row.live}
    assert {gone[id] for id in named} == {0}
    hours = [gone[row.id] for row in nameless]
    assert len({gone[row.id] for row in nameless}) > 1, hours
    assert max(hours) > 0


def test_to_leave_twice_changes_nothing_and_what_came_in_at_that_moment_is_swept_up(
    session: Session,
) -> None:
    made = make_leaver(session)
    leave(session, made, "delete")
    first = dump(session)
    leaving = session.scalars(select(Leaving)).one()

    assert not carry_out(session, leaving, secret=SECRET, now=LATER)
    go_over(session, leaving, secret=SECRET, now=LATER + SPREAD)
    assert dump(session) == first

    late = make_position(session, make_thread(session, made.series), made.person,
                         revision={"claim": made.marks.published})  # fmt: skip
    go_over(session, leaving, secret=SECRET, now=LATER + SPREAD)
    assert late.state == "withdrawn"
    assert all(made.marks.published not in said for said in dump(session).values())


def test_a_month_to_think_again(session: Session) -> None:
    person = make_person(session)
    actor = viewer(session, person)
    leaving = ask_to_leave(session, actor, "delete", now=NOW)
    assert list_due(session, NOW + GRACE - timedelta(seconds=1)) == []
    assert not carry_out(session, leaving, secret=SECRET, now=NOW + timedelta(days=29))

    again = ask_to_leave(session, actor, "keep", now=NOW + timedelta(days=5))
    assert (again.id, again.choice, again.due_at) == (leaving.id, "keep", NOW + GRACE)
    stay(session, actor, now=NOW + timedelta(days=29))

    assert list_due(session, NOW + GRACE) == []
    assert not carry_out(session, leaving, secret=SECRET, now=NOW + GRACE)
    assert person.left_at is None
    templates = [job.payload["template"] for job in session.scalars(select(Job).order_by(Job.id))]
    assert templates == ["rights/leaving", "rights/leaving_soon"]


def test_nobody_leaves_a_series_or_the_site_to_nobody(session: Session) -> None:
    series, other = make_series(session, title="Alone"), make_series(session)
    person = make_person(session, is_administrator=True)
    make_member(session, series, person, role="convener")
    make_member(session, other, person, role="convener")
    colleague = make_member(session, other, role="convener")

    with pytest.raises(Refused) as refused:
        ask_to_leave(session, viewer(session, person), "keep", now=NOW)
    assert ["Alone" in said for said in refused.value.sentences] == [True, False]
    assert "last administrator" in refused.value.sentences[1]

    make_member(session, series, colleague, role="convener")
    make_person(session, is_administrator=True)
    leaving = ask_to_leave(session, viewer(session, person), "keep", now=NOW)
    colleague.left_at = NOW
    session.flush()
    assert not carry_out(session, leaving, secret=SECRET, now=LATER), "who had stayed has left"
    assert not carry_out(session, leaving, secret=SECRET, now=LATER + timedelta(days=1))
    held = [job for job in session.scalars(select(Job)) if job.payload["template"] == "rights/held"]
    assert len(held) == 1
    make_member(session, series, role="convener")
    make_member(session, other, role="convener")
    assert carry_out(session, leaving, secret=SECRET, now=LATER + timedelta(days=2))


def test_leaving_asks_for_the_password_and_can_be_taken_back_on_every_page(
    client: FlaskClient, session: Session
) -> None:
    make_account(session)
    person = make_account(session)
    enter(client, person.email or "")

    wrong = client.post("/rights/leave", data={"choice": "keep", "password": "not mine"})
    assert (wrong.status_code, "This is not your password." in wrong.text) == (422, True)
    assert 'value="keep" checked' in wrong.text
    assert "Choose what happens" in client.post("/rights/leave", data={"password": PASSWORD}).text
    assert not session.scalars(select(Leaving)).all()

    sent = client.post("/rights/leave", data={"choice": "keep", "password": PASSWORD})
    assert sent.status_code == 303
    page = client.get("/about")
    assert "You are leaving on" in page.text
    assert 'action="/rights/leave/cancel"' in page.text
    assert client.post("/rights/leave/cancel", data={"next": "/about"}).location == "/about"
    assert "You are leaving on" not in client.get("/about").text


def test_the_letters_say_when_and_how_to_stay(app: Flask, session: Session) -> None:
    from discussion.oversight.rights.tasks import MAILS

    person = make_person(session)
    leaving = ask_to_leave(session, viewer(session, person), "delete", now=NOW)
    payload = {"template": "rights/leaving", "ids": {"leaving": leaving.id}}
    with app.test_request_context():
        letter = MAILS["rights/leaving"](session, payload)
        assert letter is not None
        assert "23 December 2026" in letter.body
        assert "/rights/leave" in letter.body
        leaving.cancelled_at = NOW
        assert MAILS["rights/leaving_soon"](session, payload) is None


def test_nobody_signed_out_leaves(session: Session) -> None:
    with pytest.raises(Forbidden):
        ask_to_leave(session, None, "keep", now=NOW)
