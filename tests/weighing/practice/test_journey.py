"""From an instrument to a closed run, as people do it; and what nobody learns on the way."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.jobs.models import Job
from discussion.mail.envelope import envelope
from discussion.mail.letters import MailText
from discussion.mail.post import deliver
from discussion.series.series.models import Series
from discussion.web.site import site
from discussion.weighing.practice.models import (
    Answer,
    Instrument,
    Organisation,
    Respondent,
    Run,
    RunInvitation,
)
from discussion.weighing.practice.operations.runs import turn_pages
from discussion.weighing.practice.queries.answers import closed_answers
from discussion.weighing.practice.tasks import MAILS
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_series
from tests.factories.practice import make_instrument, make_organisation
from tests.mail.test_post import a_server

PEOPLE = [
    *(f"lead{n}@hospital.example, leader, Ashgill" for n in range(5)),
    *(f"staff{n}@hospital.example, staff, Thornlaw" for n in range(6)),
]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def run(session: Session, app: Flask, series: Series) -> Run:
    """Sent, by its coordinator in a browser."""
    coordinator = make_person(session, email="marsh@hospital.example", display_name="J. Marsh")
    make_instrument(session, series)
    organisation = make_organisation(
        session, series, coordinator, name="Tarnbeck", domains=["hospital.example"]
    )
    session.commit()
    client = sign_in(app.test_client(), coordinator)
    begun = client.post(f"/practice/{series.slug}/organisations/{organisation.public_id}/runs")
    here = begun.location
    kept = client.post(here, data=setting_up())
    assert (kept.status_code, kept.location) == (303, here), kept.text
    listed = client.post(f"{here}/invite", data={"lines": "\n".join(PEOPLE)})
    assert listed.status_code == 303, listed.text
    page = client.get(here).text
    assert "Send 11 invitations" in page
    assert client.post(f"{here}/act", data={"act": "send"}).status_code == 303
    session.expire_all()
    row = session.scalars(select(Run)).one()
    assert row.state == "open"
    return row


def setting_up(**more: str) -> dict[str, str]:
    closes = (NOW + timedelta(days=14)).date().isoformat()
    return {
        "consent": "y", "consent_by": "The board, on 2 November", "units": "Ashgill\nThornlaw",
        "closes_on": closes, "letter": "Please do.", **more,
    }  # fmt: skip


def letters(session: Session, app: Flask, template: str) -> list[MailText]:
    """As the worker would write them now, in the order in which they were promised."""
    session.expire_all()
    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    with app.test_request_context():
        made = [
            MAILS[template](session, job.payload)
            for job in jobs
            if job.payload.get("template") == template
        ]
    return [one for one in made if one is not None]


def link_in(letter: MailText) -> str:
    found = re.search(r"/practice/answer/[0-9a-f]{32}", letter.body)
    assert found
    return found.group()


def answer_all(client: FlaskClient, link: str, professed: str, practised: str) -> None:
    """Step by step, as the buttons lead."""
    begin = re.search(rf'class="button" href="({link}\?at=[^"]+)"', client.get(link).text)
    assert begin
    at = begin.group(1)
    for _each in range(10):
        if at.endswith("at=end"):
            return
        page = client.get(at)
        assert page.status_code == 200
        slug = at.rpartition("=")[2]
        sent = client.post(
            link,
            data={"at": slug, "professed": professed, "practised": practised, "do": ""},
        )
        assert sent.status_code == 303, sent.text
        at = sent.location
    raise AssertionError("no end")


def test_colleagues_answer_by_their_letters_and_the_closed_run_says_what_they_said(
    session: Session, app: Flask, run: Run
) -> None:
    sent = letters(session, app, "practice/invited")
    assert sorted(one.to for one in sent) == sorted(line.split(",")[0] for line in PEOPLE)
    links = [link_in(one) for one in sent]
    assert len(set(links)) == 11
    for number, link in enumerate(links[:7]):
        answer_all(app.test_client(), link, "2", "4" if number % 2 else "5")
    again = app.test_client()
    again.post(links[0], data={"at": "visits", "professed": "dont_know", "practised": "1"})
    session.expire_all()
    assert len(session.scalars(select(Respondent)).all()) == 7

    reminded = letters_after_reminder(session, app, run)
    assert {one.to for one in reminded} == {one.to for one in sent[7:]}
    turn_pages(session, now=NOW + timedelta(days=15))
    session.commit()
    session.expire_all()
    assert run.state == "closed"
    found = closed_answers(session, run)
    assert len(found.respondents) == 7
    visits = [one.says["visits"] for one in found.respondents]
    assert sorted(str(one.professed) for one in visits) == ["2"] * 6 + ["dont_know"]
    closed = letters(session, app, "practice/closed")
    assert {one.to for one in closed} == {one.to for one in sent}
    late = app.test_client().post(links[8], data={"at": "visits", "professed": "1"})
    assert late.status_code == 409
    assert "It has closed" in app.test_client().get(links[0]).text


def letters_after_reminder(session: Session, app: Flask, run: Run) -> list[MailText]:
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        coordinator = sign_in(app.test_client(), run.coordinator)
        done = coordinator.post(f"/practice/runs/{run.public_id}/act", data={"act": "remind"})
        assert done.status_code == 303
        return letters(session, app, "practice/reminded")


def test_no_page_of_those_in_power_has_a_link_an_answer_or_who_answered(
    session: Session, app: Flask, run: Run
) -> None:
    sent = letters(session, app, "practice/invited")
    links = [link_in(one) for one in sent]
    for link in links[:6]:
        client = app.test_client()
        answer_all(client, link, "1", "5")
        client.post(
            link,
            data={
                "at": "visits",
                "professed": "1",
                "practised": "5",
                "reason": "Quite secret words",
            },
        )
    series = run.series
    administrator = make_person(session, is_administrator=True)
    convener = make_member(session, series, role="convener")
    session.commit()
    pages = [
        f"/practice/runs/{run.public_id}", f"/practice/{series.slug}",
        f"/practice/{series.slug}/instrument", f"/practice/{series.slug}/organisations",
        f"/practice/runs/{run.public_id}.json", f"/series/{series.slug}",
        "/moderation", f"/transparency/{series.slug}", "/jobs",
    ]  # fmt: skip
    asked = 0
    for who in (run.coordinator, administrator, convener):
        client = sign_in(app.test_client(), who)
        for page in pages:
            text = client.get(page).text
            asked += 1
            assert not any(link.rpartition("/")[2] in text for link in links), page
            assert "Quite secret words" not in text
            if who is not run.coordinator:
                assert "Tarnbeck" not in text or page.endswith("organisations")
                assert client.get(f"/practice/runs/{run.public_id}").status_code == 404
    assert asked == 27
    kept = " ".join(
        [str(one.details) + one.why for one in session.scalars(select(AuditEvent))]
        + [str(one.payload) for one in session.scalars(select(Job))]
    )
    assert "Quite secret words" not in kept
    assert not any(link.rpartition("/")[2] in kept for link in links)
    assert not any(one.to in kept for one in sent)


def test_somebody_takes_everything_back_and_is_not_asked_again(
    session: Session, app: Flask, run: Run
) -> None:
    link = link_in(letters(session, app, "practice/invited")[0])
    client = app.test_client()
    answer_all(client, link, "1", "5")
    assert session.scalars(select(Answer)).all()
    assert client.post(f"{link}/take-back").status_code == 303
    session.expire_all()
    assert not session.scalars(select(Answer)).all()
    assert not session.scalars(select(Respondent)).all()
    row = session.scalars(select(RunInvitation).where(RunInvitation.is_withdrawn)).one()
    assert row.email == ""
    coordinator = sign_in(app.test_client(), run.coordinator)
    again = coordinator.post(f"/practice/runs/{run.public_id}/invite", data={"lines": PEOPLE[0]})
    assert again.status_code == 303
    session.expire_all()
    assert len(session.scalars(select(RunInvitation)).all()) == len(PEOPLE)
    assert "You took everything back" in client.get(link).text


def test_who_takes_everything_back_after_the_close_is_told_what_stays(
    session: Session, app: Flask, run: Run
) -> None:
    link = link_in(letters(session, app, "practice/invited")[0])
    client = app.test_client()
    answer_all(client, link, "1", "5")
    turn_pages(session, now=NOW + timedelta(days=15))
    session.commit()
    assert client.post(f"{link}/take-back").status_code == 303
    said = client.get(f"{link}/letters").text
    assert "Your address is deleted" in said
    assert "Any that were there when it closed stay" in said
    assert "your answers and your address are deleted" not in said
    assert "It has closed" in client.get(link).text
    session.expire_all()
    assert session.scalars(select(Answer)).all()


def test_a_code_gets_a_letter_to_an_address_of_the_organisation_and_to_no_other(
    session: Session, app: Flask, run: Run
) -> None:
    before = len(letters(session, app, "practice/invited"))
    here = f"/practice/join/{run.units[1].code}"
    client = app.test_client()
    assert "Thornlaw" in client.get(here).text
    foreign = client.post(here, data={"email": "me@gmail.com", "role": "staff"})
    assert foreign.status_code == 422
    assert "me@gmail.com" in foreign.text
    told = [
        client.post(here, data={"email": email, "role": "staff"})
        for email in ("new@hospital.example", "staff0@hospital.example", "NEW+1@hospital.example")
    ]
    assert {one.status_code for one in told} == {200}
    assert len({one.text for one in told}) == 1
    session.expire_all()
    assert len(session.scalars(select(RunInvitation)).all()) == len(PEOPLE) + 1
    assert len(letters(session, app, "practice/invited")) == before + 3


def test_bad_lines_are_said_beside_each_and_nothing_is_lost(
    session: Session, app: Flask, run: Run
) -> None:
    typed = "\n".join(
        [
            "ok@hospital.example, staff, Ashgill", "m.rowe@hospital, staff, Ashgill",
            "x@gmail.com, staff, Ashgill", "y@hospital.example, Ashgill",
            "z@hospital.example\tleader\tNowhere", "ok+2@hospital.example; staff; Ashgill",
        ]
    )  # fmt: skip
    client = sign_in(app.test_client(), run.coordinator)
    back = client.post(f"/practice/runs/{run.public_id}/invite", data={"lines": typed})
    assert back.status_code == 422
    for number in (2, 3, 4, 5, 6):
        assert f"Line {number}" in back.text
    assert "Line 1," not in back.text
    assert all(line.split(",")[0].split("\t")[0].split(";")[0] in back.text
               for line in typed.splitlines())  # fmt: skip
    session.expire_all()
    assert len(session.scalars(select(RunInvitation)).all()) == len(PEOPLE)


def test_a_convener_writes_and_opens_an_instrument_and_it_never_changes_again(
    session: Session, app: Flask, series: Series
) -> None:
    convener = make_member(session, series, role="convener")
    session.commit()
    client, here = sign_in(app.test_client(), convener), f"/practice/{series.slug}/instrument"
    assert client.post(f"{here}/begin").status_code == 303
    page = client.get(here).text
    fields = dict(re.findall(r'name="((?:name|covers|place)-[^"]+)"[^>]*value="([^"]*)"', page))
    areas = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page))
    lines = dict(re.findall(r'name="(professed|practised|compulsion)"[^>]*value="([^"]*)"', page))
    typed = fields | areas | lines | {"name-new-1": "Night work", "place-new-1": "1"}
    kept = client.post(here, data=typed)
    assert kept.status_code == 303, kept.text
    assert client.post(f"{here}/open").status_code == 303
    session.expire_all()
    row = session.scalars(select(Instrument)).one()
    assert row.state == "open"
    assert row.functions[0].name == "Night work"
    assert len(row.functions) == len([one for one in fields if one.startswith("name-")]) - 2
    assert client.post(here, data=typed).status_code == 404
    assert "Night work" in app.test_client().get(here).text


def test_an_administrator_alone_registers_organisations(
    session: Session, app: Flask, series: Series
) -> None:
    administrator = make_person(session, is_administrator=True)
    convener = make_member(session, series, role="convener")
    who = make_person(session, email="c@ward.example")
    session.commit()
    here = f"/practice/{series.slug}/organisations"
    typed = {"name": "Wards", "domains": "ward.example\ngmail.com", "coordinators": who.email}
    assert sign_in(app.test_client(), convener).post(here, data=typed).status_code == 404
    client = sign_in(app.test_client(), administrator)
    refused = client.post(here, data=typed)
    assert refused.status_code == 422
    assert "Anybody can have an address at gmail.com" in refused.text
    for everybodys in ("nhs.uk", "co.uk", "sch.uk", "hotmail.fr", "yahoo.co.jp", "me.com"):
        refused = client.post(here, data={**typed, "domains": everybodys})
        assert f"Anybody can have an address at {everybodys}" in refused.text
    assert (
        client.post(here, data={**typed, "domains": "@ward.example, live.nhs.uk"}).status_code
        == 303
    )
    session.expire_all()
    made = session.scalars(select(Organisation)).one()
    assert made.domains == ["ward.example", "live.nhs.uk"]
    assert [one.person_id for one in made.coordinators] == [who.id]


def test_a_letter_arrives_over_smtp_and_its_button_and_its_unsubscribing_work(
    session: Session, app: Flask, run: Run
) -> None:
    """The envelope that mail programs read: no other address in it, and one request stops it."""
    letter = letters(session, app, "practice/invited")[0]
    job = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    with a_server("127.0.0.1") as (postbox, port), app.test_request_context():
        settings = replace(site().settings, mail_url=f"smtp://127.0.0.1:{port}")
        deliver(envelope(letter, job, settings, NOW), settings)
    (arrived,) = postbox.arrived
    assert arrived["To"] == letter.to
    body = bytes(arrived.get_payload(decode=True) or b"").decode()
    assert link_in(letter) in body
    assert not any(line.split(",")[0] in str(arrived) for line in PEOPLE
                   if line.split(",")[0] != letter.to)  # fmt: skip
    stop = re.search(r"<http://[^/]+(/practice/answer/[^>]+/letters)>", arrived["List-Unsubscribe"])
    assert stop
    pressed = app.test_client().post(stop.group(1), data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200
    again = [one.to for one in letters(session, app, "practice/invited")]
    assert letter.to not in again
    assert len(again) == len(PEOPLE) - 1
    assert "Begin" in app.test_client().get(link_in(letter)).text


def test_an_answer_is_changed_and_taken_back_and_nobody_else_has_the_link(
    session: Session, app: Flask, run: Run
) -> None:
    links = [link_in(one) for one in letters(session, app, "practice/invited")]
    client = app.test_client()
    sent = {"at": "visits", "professed": "1", "practised": "5", "reason": "We are told."}
    client.post(links[0], data=sent)
    client.post(links[1], data={"at": "visits", "professed": "3"})
    client.post(links[0], data={"at": "visits"})  # nothing is chosen any more
    client.post(links[2], data={"at": "visits"})
    session.expire_all()
    rows = session.scalars(select(Answer)).all()
    assert [(one.professed, one.practised, one.reason) for one in rows] == [("3", "", "")]
    assert len(session.scalars(select(Respondent)).all()) == 2
    wrong = {"at": "visits", "professed": "9"}
    refused = client.post(links[0], data=wrong)
    assert refused.status_code == 422
    too_long = client.post(links[0], data={"at": "visits", "professed": "1", "reason": "x" * 301})
    assert too_long.status_code == 422
    assert "x" * 301 in too_long.text
    forged = links[0][:-1] + ("0" if links[0][-1] != "0" else "1")
    assert client.get(forged).status_code == 404
    assert client.post(forged, data=sent).status_code == 404
    assert client.post(f"{forged}/take-back").status_code == 404
    shown = client.get(f"{links[0]}?at=visits")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert shown.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("units", "has_centre", "said"),
    [
        ("Ashgill\nashgill", "", "Two parts have the same name."),
        ("Ashgill\nCentral team", "y", "Two parts have the same name."),
        ("Ashgill, north", "", "Write names without commas"),
        ("x" * 81, "", "Too long by 1"),
    ],
)
def test_parts_that_cannot_be_told_apart_come_back_with_everything_typed(
    session: Session, app: Flask, series: Series, units: str, has_centre: str, said: str
) -> None:
    coordinator = make_person(session)
    make_instrument(session, series)
    organisation = make_organisation(session, series, coordinator)
    session.commit()
    client = sign_in(app.test_client(), coordinator)
    begun = client.post(f"/practice/{series.slug}/organisations/{organisation.public_id}/runs")
    typed = setting_up(units=units) | ({"has_centre": has_centre} if has_centre else {})
    back = client.post(begun.location, data=typed)
    assert back.status_code == 422
    assert said in back.text
    assert "Please do." in back.text
    assert units.splitlines()[0] in back.text


def test_a_run_that_is_not_ready_is_not_sent_and_one_that_is_planned_opens_on_its_day(
    session: Session, app: Flask, series: Series
) -> None:
    coordinator = make_person(session)
    make_instrument(session, series)
    organisation = make_organisation(session, series, coordinator, domains=["hospital.example"])
    session.commit()
    client = sign_in(app.test_client(), coordinator)
    here = client.post(
        f"/practice/{series.slug}/organisations/{organisation.public_id}/runs"
    ).location
    client.post(f"{here}/act", data={"act": "send"})
    run = session.scalars(select(Run)).one()
    session.refresh(run)
    assert run.state == "draft"
    opens = (NOW + timedelta(days=2)).date().isoformat()
    client.post(here, data=setting_up(opens_on=opens))
    client.post(f"{here}/invite", data={"lines": "\n".join(PEOPLE)})
    client.post(f"{here}/act", data={"act": "send"})
    session.refresh(run)
    assert run.state == "planned"
    turn_pages(session, now=NOW + timedelta(days=1))
    assert run.state == "planned"
    turn_pages(session, now=NOW + timedelta(days=3))
    assert run.state == "open"
    session.commit()
    assert len(letters(session, app, "practice/invited")) == len(PEOPLE)
    again = client.post(f"/practice/{series.slug}/organisations/{organisation.public_id}/runs")
    assert again.location == f"/practice/{series.slug}"
    assert len(session.scalars(select(Run)).all()) == 1
