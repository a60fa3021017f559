"""Every attribution on every surface: nothing tells more of an author than the author allowed.

The addresses are not a list but the application's own map of routes, so a page that is added is
covered from its first day; a new kind of argument fails until it is named in `_arguments`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response, Revision, ValueTag
from discussion.debate.threads.models import Voice
from discussion.people.accounts.models import Person
from discussion.vocabulary.education import EDUCATION
from discussion.weighing.findings.operations import compute_findings
from tests.conftest import SECRET, sign_in, words_of
from tests.factories import (
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_round,
    make_series,
    make_statement,
    make_theme,
    make_thread,
)
from tests.permissions.addresses import speaks_in_fragments

WRITTEN = datetime(2026, 11, 3, 4, 17, 31, tzinfo=UTC)
REVISED = WRITTEN + timedelta(days=1, seconds=55)
READ = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NAME = "Quillon Brackenridge-Voss"
EMAIL = "quillon.bv@wexcombe.example"
ORGANISATION = "Wexcombe Federation"
REGION = "east_midlands"
LEFT_OUT = (
    "static", "stylesheet", "script", "healthz", "readyz", "statusz", "metrics", "mail.",
    "accounts.profile",  # one's own form, which offers every region there is
)  # fmt: skip
GROUPS = ("", "strategy", "value", "evidence", "level", "role")

NEVER = (EMAIL, "wexcombe", REGION, "17:31", "18:26")  # by name a date has no seconds
LABEL = f"{EDUCATION.role_labels['inspector']}, {EDUCATION.phase_labels['primary']}"
NOT_BY_ROLE = (*NEVER, NAME, "Quillon", "Brackenridge", "04:17", "04:18", LABEL)
NOT_UNDER_CHATHAM_HOUSE = (
    *NOT_BY_ROLE, "2026-11-03", "2026-11-04", "2026/11/03", "2026/11/04",
    ">3 Nov", " 3 Nov", ">4 Nov", " 4 Nov", "Nov 03", "Nov 04",
)  # fmt: skip
FORBIDDEN = {
    "named": NEVER,
    "role": NOT_BY_ROLE,
    "chatham_house": NOT_UNDER_CHATHAM_HOUSE,
}


# What an attribution lets others read is weighed in Python, from rows that are the same on both
# databases; so one of these is asked on PostgreSQL too, for the statements of every page.
ASKED = [
    ("sqlite", reader, attribution) for reader in ("visitor", "member") for attribution in FORBIDDEN
] + [("postgresql", "member", "chatham_house")]


@pytest.mark.parametrize(("engine", "reader", "attribution"), ASKED, indirect=["engine"])
@time_machine.travel(READ, tick=False)  # else a page's own clock may say a forbidden minute
def test_no_surface_tells_more_of_an_author_than_the_attribution_allows(
    app: Flask, client: FlaskClient, session: Session, attribution: str, reader: str
) -> None:
    position, response = _written(session, attribution)
    author = position.author
    if reader == "member":
        sign_in(client, make_member(session, position.thread.series))
    forbidden = [*FORBIDDEN[attribution]]
    if attribution != "named":
        forbidden.append(author.public_id)
    marked: set[str] = set()

    for path, headers in _requests(app, position, response):
        shown = client.get(path, headers=headers)
        assert shown.status_code < 500, path
        told = f"{words_of(shown)}\n{shown.headers}".lower()
        found = [words for words in forbidden if words.lower() in told]
        assert not found, (path, found)
        if position.public_id in told:
            marked.add(path)

    assert len(marked) > 15, "the position is hardly reached at all"
    assert f"/rounds/{position.thread.slug}/statements" in marked


def test_by_name_the_name_and_the_minute_are_shown_and_the_organisation_only_if_said_so(
    client: FlaskClient, session: Session
) -> None:
    position, _response = _written(session, "named")
    address = f"/positions/{position.public_id}"

    body = client.get(address).text
    position.author.shows_organisation = True
    session.flush()
    then = client.get(address).text

    assert NAME in body
    assert "4 November 2026, 04:18" in body
    assert ORGANISATION not in body
    assert ORGANISATION in then


def test_a_name_that_is_tightened_later_goes_from_every_version(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    position, response = _written(session, "named")
    position.attribution = response.attribution = "chatham_house"
    session.flush()

    own = f"/positions/{position.public_id}"
    asked = [each for each in _requests(app, position, response) if own in each[0]]
    assert len(asked) > 10
    for path, headers in asked:
        assert NAME not in words_of(client.get(path, headers=headers)), path


def _requests(
    app: Flask, position: Position, response: Response
) -> Iterator[tuple[str, dict[str, str]]]:
    """Every GET route with every row that could be meant, as page, as JSON and as fragment."""
    known = _arguments(position, response)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.startswith(LEFT_OUT):
            continue
        unknown = rule.arguments - known.keys()
        assert not unknown, f"name the arguments {unknown} of {rule.rule} in _arguments"
        names = sorted(rule.arguments)
        for values in product(*(known[name] for name in names)):
            path = rule.rule
            for name, value in zip(names, values, strict=True):
                path = re.sub(rf"<(?:[^<>]*:)?{name}>", value, path)
            yield path, {}
            yield f"{path}.json", {}
            if speaks_in_fragments(app, rule.endpoint):
                yield path, {"X-Fragment": "1"}
    yield f"/reports/response/{response.public_id}", {}
    yield f"/reports/thread/{position.thread.public_id}", {}
    for group in GROUPS:
        yield f"/threads/{position.thread.slug}?group={group}", {}


def _arguments(position: Position, response: Response) -> dict[str, list[str]]:
    thread, item = position.thread, response.item
    assert item is not None
    return {
        "slug": [thread.series.slug, thread.slug],
        "series": [thread.series.slug],
        "thread": [thread.slug],
        "theme": [thread.themes[0].slug],
        "value": ["equality", "consistency"],
        "public_id": [position.public_id, item.public_id, response.position.public_id],
        "response_id": [response.public_id],
        "version": ["1", "2"],
        "number": ["1"],
        "size": ["192"],
        "publication": ["nothing"],
        "question": ["nothing"],
        "format": ["json", "csl"],
        "digest": ["nothing"],
        "kind": ["positions", "responses", "themes", "scales", "rules", "position"],
        "row": ["equality"],
        "person": [response.position.author.public_id],
        "regrouping": ["nothing"],
        "token": ["nothing"],
        "secret": ["nothing"],
        "link": ["nothing"],
        "code": ["nothing"],
    }


def _written(session: Session, attribution: str) -> tuple[Position, Response]:
    """A position of two versions, a response elsewhere and an item, all by one marked person."""
    series = make_series(session, created_at=WRITTEN - timedelta(days=90))
    theme = make_theme(session, series)
    at = {"created_at": WRITTEN, "changed_at": REVISED}
    thread = make_thread(session, series, attribution=attribution, themes=[theme], **at)
    author = make_member(session, series, _marked_person(session))
    item = make_item(session, series, added_by_id=author.id, created_at=WRITTEN)
    shown: dict[str, Any] = {"first_published_at": WRITTEN, "label_step": 3, **at}
    shown |= {"label_role": "inspector", "label_phase": "primary"}
    position = make_position(
        session, thread, author, item=item, outweighed=("consistency",),
        revision={"status": "superseded", "submitted_at": WRITTEN, "live_at": WRITTEN}, **shown,
    )  # fmt: skip
    _add_version(session, position)
    other = make_position(session, thread, item=item)
    response = make_response(session, other, author, item=item, **shown)
    assert response.live is not None
    response.live.submitted_at = response.live.live_at = REVISED
    statement = make_statement(session, thread, position)
    make_round(session, thread, statement, number=1)
    assert compute_findings(session, thread.id, "round_closed", secret=SECRET, now=READ)
    for mode in ("role", "chatham_house"):
        letters = {"thread_id": thread.id, "person_id": author.id, "attribution": mode}
        session.add(Voice(letter="Q", **letters))
    session.flush()
    return position, response


def _marked_person(session: Session) -> Person:
    return make_person(
        session,
        display_name=NAME,
        email=EMAIL,
        organisation=ORGANISATION,
        region=REGION,
        roles=["headteacher"],
        phases=["secondary"],
    )


def _add_version(session: Session, position: Position) -> None:
    revision = Revision(
        position=position, status="live", version=2, claim="Every pupil may.", level="school",
        placements={"requirement": 0.0}, confidence=2, change_mind=["evidence"],
        change_reason="reworded", submitted_at=REVISED, live_at=REVISED,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    value = next(one for one in position.thread.series.values if one.slug == "equality")
    session.add(ValueTag(revision=revision, value=value, rank=1))
    position.live = revision
    session.flush()
