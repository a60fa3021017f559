"""Where to write is chosen by the writer: by theme, and it says where nothing new is taken."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.series.series.models import Series
from discussion.weighing.overview.queries.choosing import write_choice
from discussion.weighing.overview.queries.shapes import WriteChoice
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_theme,
    make_thread,
    viewer,
)


def choice(session: Session, series: Series, person: Any = None) -> WriteChoice:
    page = write_choice(session, viewer(session, person) if person else None, series.slug)
    assert page is not None
    return page


def test_threads_that_take_positions_stand_once_by_theme_and_the_others_say_why_not(
    session: Session,
) -> None:
    series = make_series(session)
    other = make_theme(session, series)
    both = make_thread(session, series, themes=[series.themes[0], other],
                       weighing_on=NOW.date() + timedelta(days=10))  # fmt: skip
    last = make_thread(session, series, themes=[other])
    make_thread(session, series, stage="proposed")
    make_thread(session, series, is_hidden=True)
    shut = [
        make_thread(session, series, stage="weighing"),
        make_thread(session, series, stage="closed"),
        make_thread(session, series, closed_to="everybody"),
    ]
    page = choice(session, series)
    assert [[line.url for line in theme.threads] for theme in page.themes] == [
        [f"/positions/write/{both.slug}"], [f"/positions/write/{last.slug}"],
    ]  # fmt: skip
    assert page.themes[0].threads[0].until == NOW.date() + timedelta(days=9)
    assert [line.url for line in page.closed] == [f"/threads/{one.slug}" for one in shut]
    assert all(line.why for line in page.closed)


@pytest.mark.parametrize(("changes", "person", "needs"), [
    ({}, None, "sign_in"),
    ({}, {"email_confirmed_at": None}, "confirm"),
    ({}, {}, ""),
    ({"who_may_post": "invited"}, {}, "invitation"),
    ({"who_may_post": "domain", "domains": ["example.org"]}, {}, "join"),
    ({"status": "closed"}, None, "over"),
])  # fmt: skip
def test_it_says_what_is_needed_before_anything_can_be_handed_in(
    session: Session, changes: dict[str, Any], person: dict[str, Any] | None, needs: str
) -> None:
    series = make_series(session, **changes)
    make_thread(session, series)
    asks = None if person is None else make_person(session, **person)
    page = choice(session, series, asks)
    assert page.needs == needs
    assert bool(page.joining and page.joining.url) == (asks is not None and needs in ("", "join"))


def test_somebody_of_a_listed_organisation_joins_there(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session, who_may_post="domain", domains=["example.org"])
    make_thread(session, series)
    sign_in(client, make_person(session))
    assert f'action="/series/{series.slug}/join"' in client.get(f"/series/{series.slug}/write").text


def test_ones_own_position_and_draft_are_found_again(session: Session) -> None:
    series = make_series(session)
    mine, begun, fresh = (make_thread(session, series) for _each in range(3))
    me = make_member(session, series)
    position = make_position(session, mine, me)
    session.add(KeptDraft(person_id=me.id, kind="position", subject_id=begun.public_id,
                          saved_at=NOW))  # fmt: skip
    session.flush()
    (theme,) = choice(session, series, me).themes
    assert [(line.state, line.url) for line in theme.threads] == [
        ("yours", f"/positions/{position.public_id}"),
        ("kept", f"/positions/write/{begun.slug}"),
        ("open", f"/positions/write/{fresh.slug}"),
    ]  # fmt: skip
    (theme,) = choice(session, series, make_member(session, series)).themes
    assert {line.state for line in theme.threads} == {"open"}


def test_a_thread_closed_to_new_voices_is_open_to_those_who_have_one(session: Session) -> None:
    series = make_series(session)
    thread = make_thread(session, series, closed_to="new_voices")
    me = make_member(session, series)
    make_response(session, make_position(session, thread), me)
    assert choice(session, series, me).themes
    assert not choice(session, series, make_member(session, series)).themes
    assert not choice(session, series).themes


def test_where_nothing_takes_positions_it_says_so_and_why(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    assert "No question takes new positions now" in client.get(f"/series/{series.slug}/write").text
    make_thread(session, series, stage="weighing")
    shown = client.get(f"/series/{series.slug}/write").text
    assert "People are rating statements drawn from its positions." in shown
    assert "<details" in shown
    assert " open>" in shown


def test_no_page_leads_to_writing_in_a_thread_that_the_site_chose(
    session: Session, app: Flask
) -> None:
    """Only a thread's own pages, its own line, and the choice itself lead into its writing page."""
    series = make_series(session)
    make_series(session)
    thread = make_thread(session, series)
    make_position(session, thread)
    client = app.test_client()
    base = f"/series/{series.slug}"
    for path in ("/", base, f"{base}/findings", f"{base}/rules",
                 f"{base}/themes/{series.themes[0].slug}", f"/evidence/{series.slug}",
                 f"/values/{series.slug}", "/about"):  # fmt: skip
        shown = client.get(path)
        assert shown.status_code == 200, path
        ways = re.findall(r'<a [^>]*href="/positions/write/[^>]*>', shown.text)
        beside_its_question = f'aria-label="Answer: {thread.question}"'
        assert all(beside_its_question in way for way in ways), path
        assert len(ways) == (path == base), path
    assert f'href="/positions/write/{thread.slug}"' in client.get(f"{base}/write").text
