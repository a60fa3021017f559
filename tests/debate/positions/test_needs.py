"""The page says what publishing would refuse: for every subset of what it asks, signed out too."""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import keep_draft
from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import publish_position
from discussion.debate.positions.operations.writing import Around, find_needs, hand_in
from discussion.people.accounts.models import MailedLink, Person
from discussion.people.accounts.operations.links import link_token, make_link
from discussion.problems import Invalid, Problem
from discussion.series.members.models import Membership
from tests.conftest import SECRET, sign_in
from tests.debate.positions.test_writing import Writing
from tests.factories import NOW, make_person, make_position, make_series, make_thread, viewer

REQUIRED: dict[str, dict[str, Any]] = {  # field → what gives it
    "claim": {"claim": "Every pupil tries three things."},
    "served": {"served": (TagDraft(value="equality"),)},
    "links": {"is_without_study": True},
    "level": {"level": "school"},
    "confidence": {"confidence": 2},
    "change_mind": {"change_mind": ("evidence",)},
    "attribution": {"attribution": "role"},
    "nobody_identified": {"nobody_identified": True},
}
NOTHING = {"do": "preview", "attribution": ""}


@pytest.fixture
def stage(session: Session) -> Writing:
    return Writing(session)


def subsets(kind: str) -> Iterator[frozenset[str]]:
    """All of them; on PostgreSQL, since none is told apart by a statement, the outermost."""
    most = len(REQUIRED)
    for size in range(most + 1) if kind == "sqlite" else (0, 1, most - 1, most):
        yield from (frozenset(chosen) for chosen in combinations(REQUIRED, size))


def draft_with(given: frozenset[str]) -> PositionDraft:
    return PositionDraft(
        **{name: said for field in given for name, said in REQUIRED[field].items()}
    )


def fields_of(problems: list[Problem]) -> set[str]:
    return {problem.field for problem in problems}


def test_what_is_needed_is_what_publishing_refuses_for_every_subset(
    session: Session, stage: Writing
) -> None:
    actor, thread, around = viewer(session, stage.member), stage.thread, Around()
    for given in subsets(session.get_bind().dialect.name):
        draft = draft_with(given)
        needed = find_needs(session, actor, thread, draft, around)
        assert fields_of(needed) == set(REQUIRED) - given
        assert fields_of(find_needs(session, None, thread, draft, around)) == fields_of(needed)
        assert all(problem.need for problem in needed)
        if not needed:
            continue
        with pytest.raises(Invalid) as refused:
            publish_position(session, actor, thread, draft, now=NOW)
        assert refused.value.problems == needed
        with pytest.raises(Invalid) as refused:
            hand_in(session, actor, thread, draft, around, now=NOW)
        assert refused.value.problems == needed
    whole = draft_with(frozenset(REQUIRED))
    assert hand_in(session, actor, thread, whole, around, now=NOW).state == "draft"


class Needs(HTMLParser):
    """The list at the top, and with which mark each control of the page stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.listed: list[str] = []
        self.count = ""
        self._in_list = self._in_count = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_list = self._in_list or given.get("id") == "needs"
        self._in_count = "data-count" in given
        if tag == "a" and self._in_list:
            self.listed.append(given["href"].removeprefix("#"))

    def handle_endtag(self, tag: str) -> None:
        self._in_list = self._in_list and tag != "ul"

    def handle_data(self, data: str) -> None:
        self.count += data.strip() if self._in_count else ""


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_the_page_counts_down_and_each_need_leads_to_its_field(
    client: FlaskClient, stage: Writing, is_signed_in: bool
) -> None:
    if is_signed_in:
        sign_in(client, stage.member)
    first = client.post(stage.url, data=NOTHING).text
    assert Needs(first).count == "Eight things still needed"
    assert Needs(first).listed == list(REQUIRED)
    assert all(f'id="{name}"' in first for name in REQUIRED)
    later = client.post(stage.url, data=stage.typed(do="preview", level=None, change_mind=None))
    assert Needs(later.text).count == "Two things still needed"
    assert Needs(later.text).listed == ["level", "change_mind"]
    live = client.post(f"{stage.url}/preview", data=stage.typed(claim=None))
    assert Needs(live.text).listed == ["claim"]
    done = client.post(stage.url, data=stage.typed(do="preview"))
    assert Needs(done.text).count == "Nothing more is needed"


def test_no_account_is_asked_for_while_anything_is_needed(
    client: FlaskClient, stage: Writing
) -> None:
    three = "[a](https://a.example) [b](https://b.example) [c](https://c.example)"
    for changes, field in (
        ({"claim": None}, "claim"),
        ({"reasoning": three}, "reasoning"),
        ({"reasoning": "Ask Mr Smith."}, "looked_again"),
    ):
        refused = client.post(stage.url, data=stage.typed(**changes))
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.text
    assert stage.session.scalars(select(KeptDraft)).all() == []
    stage.thread.stage = "weighing"
    stage.session.flush()
    late = client.post(stage.url, data=stage.typed())
    assert late.status_code == 422
    assert "does not take new positions" in late.text


def confirm(client: FlaskClient, stage: Writing, **carries: str) -> Any:
    """Press the button of a mailed link, as somebody who has just signed up."""
    person = make_person(
        stage.session, email_confirmed_at=None, roles=["sendco"], phases=["primary"]
    )
    with client.session_transaction() as cookie:
        token = cookie["draft_token"]
    carried = {"display_name": "Ada", "password_hash": "x", "next": "/", "draft_token": token}
    carried |= carries
    link = make_link(
        stage.session, person, "confirm", email="ada@example.org", carries=carried, now=clock.now()
    )
    url = f"/accounts/confirm/{link_token(link, SECRET)}"
    return person, client.get(url), client.post(url)


def test_what_was_ready_signed_out_is_handed_in_by_confirming_and_nothing_is_asked_again(
    client: FlaskClient, stage: Writing
) -> None:
    asked = client.post(stage.url, data=stage.typed())
    assert asked.status_code == 303
    assert asked.location.startswith("/accounts/sign-in")
    person, told, done = confirm(client, stage)
    assert "Every pupil tries three things." in told.text
    position = stage.session.scalars(select(Position)).one()
    assert position.author_id == person.id
    assert done.location == f"/positions/{position.public_id}/sent"
    own = stage.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    assert (own.posting_role, own.posting_phase) == ("sendco", "primary")
    assert stage.session.scalars(select(KeptDraft)).all() == []
    assert "is with the moderators" in client.get(done.location).text


def test_a_response_that_was_ready_is_handed_in_too(client: FlaskClient, stage: Writing) -> None:
    position = make_position(stage.session, stage.thread, number=1)
    url = f"/positions/{position.public_id}/respond"
    typed = {"type": "asks", "text": "How would this be staffed?", "attribution": "role"}
    assert client.post(url, data=typed).status_code == 422
    assert client.post(url, data=typed | {"nobody_identified": "yes"}).status_code == 303
    person, told, done = confirm(client, stage)
    assert "How would this be staffed?" in told.text
    assert done.location == f"/positions/{position.public_id}"
    made = stage.session.scalars(select(Response)).one()
    assert made.author_id == person.id


def test_of_what_cannot_be_read_any_more_nothing_is_said_and_the_response_is_kept(
    client: FlaskClient, stage: Writing
) -> None:
    position = make_position(stage.session, stage.thread, number=1)
    typed = {"type": "asks", "text": "How would this be staffed?", "attribution": "role",
             "nobody_identified": "yes"}  # fmt: skip
    assert client.post(f"/positions/{position.public_id}/respond", data=typed).status_code == 303
    stage.series.visibility = "members"
    stage.session.flush()
    person, told, done = confirm(client, stage)
    assert stage.thread.question not in told.text
    assert done.status_code == 303
    assert stage.session.scalars(select(Response)).all() == []
    kept = stage.session.scalars(select(KeptDraft)).one()
    assert (kept.person_id, "staffed" in str(kept.typed)) == (person.id, True)


def test_what_was_ready_in_two_places_is_said_and_handed_in_in_both(
    client: FlaskClient, stage: Writing
) -> None:
    position = make_position(stage.session, stage.thread, number=1)
    url = f"/positions/{position.public_id}/respond"
    other = make_thread(stage.session, stage.series, question="And what of the other?")
    response = {"type": "asks", "text": "How would this be staffed?", "attribution": "role",
                "nobody_identified": "yes"}  # fmt: skip
    client.post(stage.url, data=stage.typed())
    client.post(f"/positions/write/{other.slug}", data=stage.typed(claim="Half", do="keep"))
    assert client.post(url, data=response).status_code == 303
    for where in (stage.url, f"/positions/write/{other.slug}"):
        assert 'name="claim"' in client.get(where).text
    asked = client.post(stage.url, data={"do": "take-up"}, follow_redirects=True)
    assert "Every pupil tries three things." in asked.text
    client.post(f"/positions/write/{other.slug}", data={"do": "discard-yes"})
    asked = client.post(stage.url, data={"do": "take-up"}, follow_redirects=True)
    assert "Every pupil tries three things." in asked.text

    person, told, done = confirm(client, stage)
    assert "Every pupil tries three things." in told.text
    assert "How would this be staffed?" in told.text
    written = stage.session.scalars(select(Position).where(Position.author_id == person.id)).one()
    assert stage.session.scalars(select(Response)).one().author_id == person.id
    assert written.thread_id == stage.thread.id
    assert "My contributions" in client.get(done.location).text
    assert stage.session.scalars(select(KeptDraft)).all() == []


def test_what_was_written_after_signing_up_comes_in_with_it(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed())
    with client.session_transaction() as cookie:
        early = cookie["draft_token"]
    other = make_thread(stage.session, stage.series, question="And what of the other?")
    client.post(f"/positions/write/{other.slug}", data=stage.typed(claim="Later.", do="keep"))
    _person, _told, done = confirm(client, stage, draft_token=early)
    assert stage.session.scalars(select(Position)).one().thread_id == stage.thread.id
    where = f"/positions/write/{other.slug}"
    assert "its page asks whose it is" in client.get(done.location).text
    assert "Later." not in client.get(where).text
    assert "Later." in client.post(where, data={"do": "take-up"}, follow_redirects=True).text
    assert "Later." in client.get(where).text


def test_what_cannot_be_handed_in_leads_to_where_it_is_kept(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed())
    stage.thread.stage = "weighing"
    stage.session.flush()
    assert confirm(client, stage)[2].location == stage.url


def test_what_was_only_kept_or_never_ready_is_not_handed_in(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed(do="keep"))
    _person, told, done = confirm(client, stage, next=stage.url)
    assert "Every pupil" not in told.text
    assert done.location == stage.url
    assert stage.session.scalars(select(Position)).all() == []


def test_what_became_impossible_meanwhile_is_a_draft_again_and_is_tried_once(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed())
    stage.thread.stage = "weighing"
    stage.session.flush()
    _person, _told, done = confirm(client, stage, next=stage.url)
    assert done.location == stage.url
    page = client.get(stage.url).text
    assert "What you wrote is kept, and not handed in yet" in page
    assert "Every pupil tries three things." in page
    kept = stage.session.scalars(select(KeptDraft)).one()
    assert "do" not in kept.typed


def test_who_has_a_position_already_finds_it_as_a_draft_of_the_next_version(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed(claim="Written signed out."))
    with client.session_transaction() as cookie:
        token = cookie["draft_token"]
    person = make_person(stage.session, email_confirmed_at=None)
    own = make_position(stage.session, stage.thread, person)
    link = make_link(
        stage.session, person, "confirm", email="b@example.org", now=clock.now(),
        carries={"display_name": "B", "password_hash": "x", "next": "/", "draft_token": token},
    )  # fmt: skip
    typed = stage.typed(claim="Begun before.")
    keep_draft(
        stage.session, viewer(stage.session, person), "revision", own,
        {name: [value] for name, value in typed.items() if isinstance(value, str)},
        version=None, now=NOW,
    )  # fmt: skip
    done = client.post(f"/accounts/confirm/{link_token(link, SECRET)}")
    assert done.location == f"/positions/{own.public_id}/revise"
    shown = client.get(done.location).text
    assert "Written signed out." in shown
    assert "An earlier draft of yours is kept too" in shown
    assert "Begun before." in client.get(f"{done.location}?earlier=1").text


def test_who_said_what_they_do_is_never_asked_again_and_others_once(
    client: FlaskClient, stage: Writing
) -> None:
    session = stage.session
    known = make_person(session, roles=["sendco"], phases=["primary"])
    sign_in(client, known)
    assert 'name="posting_role"' not in client.get(stage.url).text
    assert client.post(stage.url, data=stage.typed()).status_code == 303
    of_old = make_person(session)
    sign_in(client, of_old)
    assert 'name="posting_role"' in client.get(stage.url).text
    answered = stage.typed(posting_role="governor", posting_phase="")
    assert client.post(stage.url, data=answered).status_code == 303
    elsewhere = make_thread(session, make_series(session))
    assert 'name="posting_role"' not in client.get(f"/positions/write/{elsewhere.slug}").text
    roles = {own.person_id: own.posting_role for own in session.scalars(select(Membership))}
    assert (roles[known.id], roles[of_old.id]) == ("sendco", "governor")


def test_a_letter_tells_nothing_of_a_draft_that_is_somebodys_by_now(
    client: FlaskClient, stage: Writing
) -> None:
    client.post(stage.url, data=stage.typed())
    _person, _told, _done = confirm(client, stage)
    link = stage.session.scalars(select(MailedLink)).one()
    assert link.carries == {}
    late = make_link(
        stage.session, make_person(stage.session, email_confirmed_at=None), "confirm",
        email="c@example.org", now=clock.now() + timedelta(minutes=1),
        carries={"display_name": "C", "password_hash": "x", "draft_token": "spent"},
    )  # fmt: skip
    told = client.get(f"/accounts/confirm/{link_token(late, SECRET)}").text
    assert "Confirm and sign in" in told
    assert stage.session.scalars(select(Person).where(Person.id == late.person_id)).one()


def test_no_study_stands_first_among_what_is_relied_on(client: FlaskClient, stage: Writing) -> None:
    page = client.get(stage.url).text
    part = page[page.index('id="part-evidence"') :]
    assert part.index('name="is_without_study"') < part.index('name="find"')
