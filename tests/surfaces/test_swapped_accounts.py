"""Two authors of one label: with their accounts swapped, others are served the very same bytes."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.naming import give_letter
from discussion.decisions.drafts import Ruling
from discussion.oversight.moderation.operations import decide
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.people.accounts.models import Person
from discussion.subjects.finding import subject_of
from tests.conftest import carry_session, session_of, without_tokens
from tests.factories import (
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)
from tests.permissions.world import World
from tests.surfaces.registry import Walk, walk_surfaces

READ = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SWAPPED = (
    "display_name", "organisation", "organisation_type", "organisation_size", "region", "email",
    "created_at", "email_confirmed_at", "interests", "shows_organisation", "shows_region",
)  # fmt: skip
# What an account says of itself, and who belongs to a series: for moderators, and beside no words.
ABOUT_PEOPLE = ("/accounts/people/", "/members")


@pytest.mark.usefixtures("keeps_found")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("attribution", ["role", "chatham_house"])
@time_machine.travel(READ, tick=False)
def test_nothing_tells_two_authors_of_a_label_apart(
    app: Flask, session: Session, attribution: str
) -> None:
    first, second, world = _written(session, attribution)
    token = session_of(app, world.people["m"])  # one session: its owner's page lists them
    before = _served(app, session, world, token)
    _swap(session, first, second)
    after = _served(app, session, world, token)
    assert before.keys() == after.keys()
    assert len(before) > 150, "hardly anything was served"
    differing = [where for where in before if before[where] != after[where]]
    assert not differing, differing[:10]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_comparison_sees_what_is_told_by_name(app: Flask, session: Session) -> None:
    """A test that cannot fail would prove nothing."""
    first, second, world = _written(session, "named")
    path = f"/threads/{world.threads[0].slug}"
    before = app.test_client().get(path).text
    _swap(session, first, second)
    assert app.test_client().get(path).text != before


def _written(session: Session, attribution: str) -> tuple[Person, Person, World]:
    series = make_series(session)
    thread = make_thread(session, series, attribution=attribution)
    item = make_item(session, series)
    first, second = (_author(session, number) for number in (1, 2))
    for person in (first, second):
        make_member(session, series, person)
    others = [make_member(session, series) for _each in range(6)]
    moderator = make_member(session, series, role="moderator")
    positions = [
        make_position(session, thread, who, item=item, label_step=0) for who in (first, second)
    ]
    apart = make_position(session, thread, others[0], item=item)
    responses = [make_response(session, apart, who) for who in (first, second)]
    if attribution != "named":
        for who in (first, second, others[0]):
            give_letter(session, thread.id, who.id, attribution)
    decider = viewer(session, moderator)
    written: list[Position | Response] = [*positions, *responses]
    decisions = [
        decide(
            session, decider, one, Ruling("ask_edit", reason="unclear", why="Which year?"), now=READ
        )
        for one in written
    ]
    asked = ReportDraft(reason="abuse", text="Please look.")
    reports = [
        send_report(session, viewer(session, others[1]), Matter(subject_of(one), series), asked,
                    now=READ)
        for one in positions
    ]  # fmt: skip
    world = World(
        people={"a": first, "c": others[1], "m": moderator, "k": moderator, "o": others[2],
                "s": make_person(session)},
        series=[series], threads=[thread], positions=[*positions, apart], responses=responses,
        items=[item], decisions=decisions, reports=reports,
    )  # fmt: skip
    session.flush()
    return first, second, world


def _author(session: Session, number: int) -> Person:
    return make_person(
        session,
        display_name=f"Author {['One', 'Two'][number - 1]}",
        email=f"author-{number}@wexcombe{number}.example",
        organisation=f"Wexcombe {number}",
        organisation_type="academy",
        region="east_midlands" if number == 1 else "london",
        interests=f"Interest {number}",
        shows_organisation=number == 1,
        shows_region=number == 2,
        created_at=datetime(2026, number, 3, 4, 5, 6, tzinfo=UTC),
        email_confirmed_at=datetime(2026, number, 4, 4, 5, 6, tzinfo=UTC),
    )


def _swap(session: Session, first: Person, second: Person) -> None:
    kept = {name: (getattr(first, name), getattr(second, name)) for name in SWAPPED}
    first.email = second.email = None
    session.flush()
    for name, (one, other) in kept.items():
        setattr(first, name, other)
        setattr(second, name, one)
    session.flush()
    session.expire_all()


def _served(app: Flask, session: Session, world: World, token: str) -> dict[str, str]:
    """Everything that a visitor and a moderator are served, by who and where."""
    served = {}
    for letter in ("", "m"):
        client = app.test_client()
        if letter:
            carry_session(client, token)
        who = viewer(session, world.people[letter]) if letter else None
        for shown in walk_surfaces(Walk(app, session, world, client, who, ("page", "json"))):
            if shown.to_id in [one.author_id for one in world.positions[:2]]:
                continue  # a letter to one of the two greets them by name
            if not any(place in shown.where for place in ABOUT_PEOPLE):
                served[f"{letter} {shown.where}"] = without_tokens(shown.words)
    return served
