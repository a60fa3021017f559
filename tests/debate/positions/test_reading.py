"""The position page: its versions, what changed, its citation, and what is left of it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.page import position_page
from discussion.decisions.drafts import Ruling
from discussion.oversight.moderation.operations import decide
from discussion.permissions.facts import Viewer
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

GONE = ("withdrawn", "hidden", "removed")
CLAIM = "Every pupil should attend Zanzibar"


def test_a_position_stands_at_its_address_with_its_claim_values_and_evidence(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)

    body = _html(client, f"/positions/{position.public_id}")

    for expected in (CLAIM, "Equality", "Because it is fair.", "It shows the gap.", "version 1"):
        assert expected in body
    assert f"<title>Position {position.number}: {CLAIM}" in body


def test_the_page_and_its_json_say_the_same(client: FlaskClient, session: Session) -> None:
    position = _position(session)

    page = json_of(client.get(f"/positions/{position.public_id}.json"))

    assert page["card"]["claim"] == CLAIM
    assert page["citation"]["text"] in _html(client, f"/positions/{position.public_id}")


def test_an_earlier_version_stays_readable_and_says_that_it_was_revised(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    _revise(session, position, claim="Every pupil may attend Zanzibar")

    first = _html(client, f"/positions/{position.public_id}/versions/1")
    live = _html(client, f"/positions/{position.public_id}")

    assert CLAIM in first
    assert "You are reading version 1." in first
    assert "<del>should</del> <ins>may</ins>" in live
    assert "heard an argument" in live
    assert "You are reading" not in live


def test_changed_values_links_and_places_are_said_in_words(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    _revise(
        session, position, placements={"requirement": 1.0}, served=("consistency",), confidence=1
    )

    body = _html(client, f"/positions/{position.public_id}")

    assert "Took away Equality." in body
    assert "Was “Confident”, is “Tentative”." in body
    assert "Took away “A study of thing" in body


def test_a_version_that_does_not_exist_is_not_found(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    _revise(session, position, status="pending", version=None)

    for number in (0, 2, 99):
        assert client.get(f"/positions/{position.public_id}/versions/{number}").status_code == 404


@pytest.mark.parametrize("state", GONE)
def test_what_is_gone_leaves_a_tombstone_without_text_on_every_face(
    client: FlaskClient, session: Session, state: str
) -> None:
    position = _position(session)
    _revise(session, position, claim=f"{CLAIM} again")
    answer = make_response(session, position)
    assert answer.live is not None
    answer.live.html = "<p>Zanzibar answered</p>"
    position.state = state
    session.flush()

    base = f"/positions/{position.public_id}"
    for path in (base, f"{base}/versions/1", f"{base}/versions/2"):
        for suffix in ("", ".json"):
            shown = client.get(path + suffix)
            assert shown.status_code == 200
            assert "Zanzibar" not in shown.text
            assert "It shows the gap" not in shown.text
    for name in ("cite.bib", "cite.ris"):
        assert client.get(f"{base}/versions/1/{name}").status_code == 404


@pytest.mark.parametrize("state", GONE)
def test_its_author_still_reads_what_is_gone(
    client: FlaskClient, session: Session, state: str
) -> None:
    position = _position(session)
    position.state = state
    session.flush()

    body = _html(sign_in(client, position.author), f"/positions/{position.public_id}")

    assert CLAIM in body
    assert "Only its author and the moderators can read the text." in body


def test_a_draft_exists_for_its_author_and_moderators_only(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    position = make_position(
        session,
        make_thread(session, series),
        state="draft",
        number=None,
        first_published_at=None,
        revision={"status": "pending", "version": None, "live_at": None, "claim": CLAIM},
    )
    moderator = make_member(session, series, role="moderator")
    address = f"/positions/{position.public_id}"

    assert client.get(address).status_code == 404
    assert client.get(f"{address}/versions/1").status_code == 404
    assert sign_in(client, make_member(session, series)).get(address).status_code == 404
    for person in (position.author, moderator):
        assert CLAIM in _html(sign_in(client, person), address)


def test_citations_are_downloads_with_specials_escaped(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session, claim="50% of {pupils} & $5_each #1")
    base = f"/positions/{position.public_id}/versions/1"

    bib, ris = (client.get(f"{base}/{name}") for name in ("cite.bib", "cite.ris"))

    assert r"50\% of \lbrace{}pupils\rbrace{} \& \$5\_each \#1" in bib.text
    assert bib.text.count("{") == bib.text.count("}")
    assert ris.text.startswith("TY  - GEN\r\n")
    assert ris.text.endswith("ER  - \r\n")
    for download in (bib, ris):
        assert "attachment" in download.headers["Content-Disposition"]


def test_only_public_series_are_indexed(client: FlaskClient, session: Session) -> None:
    public = _position(session)
    unlisted = _position(session, visibility="unlisted")

    told = (client.get(f"/positions/{one.public_id}").headers for one in (public, unlisted))
    assert [one.get("X-Robots-Tag") for one in told] == [None, "noindex"]


def test_moderators_are_led_to_the_desk_and_others_are_not(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    moderator = make_member(session, position.thread.series, role="moderator")
    address = f"/positions/{position.public_id}"

    assert "Show author" not in _html(client, address)
    body = _html(sign_in(client, moderator), address)

    assert f'action="/moderation/positions/{position.public_id}/author"' in body
    assert 'name="why"' in body


def test_the_statements_do_not_grow_with_versions_and_responses(session: Session) -> None:
    few, many = _position(session), _position(session)
    for position, count in ((few, 3), (many, 40)):
        for _ in range(count):
            make_response(session, position, item=make_item(session, position.thread.series))
        for _ in range(count // 3):
            _revise(session, position, claim=f"{CLAIM} again")
    reader = viewer(session, make_member(session, few.thread.series))
    ids = few.public_id, many.public_id

    for who, most in ((None, 4), (reader, 5)):
        counts = [_count_statements(session, who, public_id) for public_id in ids]
        assert counts[0] == counts[1] <= most, who


def _count_statements(session: Session, who: Viewer | None, public_id: str) -> int:
    session.expunge_all()
    seen: list[str] = []

    def see(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", see)
    assert position_page(session, who, public_id) is not None
    event.remove(connection, "before_cursor_execute", see)
    return len(seen)


def test_mine_lists_what_was_sent_back_with_its_reason_and_nobody_elses(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    make_position(session, thread, revision={"claim": "Somebody else's claim."})
    position = make_position(
        session,
        thread,
        state="draft",
        number=None,
        first_published_at=None,
        revision={"status": "pending", "version": None, "live_at": None, "claim": CLAIM},
    )
    moderator = make_member(session, series, role="moderator")
    decide(
        session,
        viewer(session, moderator),
        position,
        Ruling(
            "send_back",
            reason="unclear",
            why="Say who decides.",
            version_id=position.revisions[0].id,
        ),
        now=NOW,
    )
    session.flush()
    sign_in(client, position.author)

    body = _html(client, "/positions/mine")
    listed = json_of(client.get("/positions/mine.json"))

    for expected in (CLAIM, "Sent back to you", "It is unclear", "Say who decides.", "48 hours"):
        assert expected in body
    assert "Somebody else" not in body
    assert listed["written"][0]["status"] == "sent_back"
    assert listed["to_mend"] == 1


def test_mine_shows_who_answered_as_their_attribution_allows_and_guests_positions(
    client: FlaskClient, session: Session
) -> None:
    convener = make_person(session)
    position = _position(session, attribution="chatham_house")
    make_member(session, position.thread.series, convener, role="convener")
    position.entered_by_id = convener.id
    answer = make_response(session, position, attribution="chatham_house")
    answer.author.display_name = "Marker Name"
    session.flush()

    listed = sign_in(client, convener).get("/positions/mine.json")

    item = json_of(listed)["written"][0]
    assert item["is_for_guest"]
    assert item["answers"]["first"][0]["byline"]["date"] == "2026-11"
    assert "Marker Name" not in listed.text


def test_mine_asks_visitors_to_sign_in_and_says_what_it_is_for(
    client: FlaskClient, session: Session
) -> None:
    assert client.get("/positions/mine").status_code == 303
    body = _html(sign_in(client, make_person(session)), "/positions/mine")

    assert "Nothing here yet" in body


def _html(client: FlaskClient, path: str) -> str:
    shown = client.get(path)
    assert shown.status_code == 200, (path, shown.status_code)
    return shown.text.replace("&#39;", "'")


def _position(session: Session, claim: str = CLAIM, attribution: str = "role",
              visibility: str = "public") -> Position:  # fmt: skip
    series = make_series(session, visibility=visibility)
    thread = make_thread(session, series, attribution=attribution)
    return make_position(
        session, thread, item=make_item(session, series), revision={"claim": claim}
    )


def _revise(session: Session, position: Position, served: tuple[str, ...] = ("equality",),
            **changes: object) -> Revision:  # fmt: skip
    before = position.live
    assert before is not None
    numbers = [one.version or 0 for one in position.revisions]
    fields = {
        "status": "live",
        "version": max(numbers) + 1,
        "claim": before.claim,
        "reasoning": before.reasoning,
        "reasoning_html": before.reasoning_html,
        "level": "school",
        "placements": before.placements,
        "confidence": 3,
        "change_mind": ["evidence"],
        "change_reason": "heard_argument",
        "submitted_at": NOW,
        "live_at": NOW,
    }
    revision = Revision(position=position, **fields | changes)
    session.add(revision)
    session.flush()
    by_slug = {value.slug: value for value in position.thread.series.values}
    for rank, slug in enumerate(served, start=1):
        session.add(ValueTag(revision=revision, value=by_slug[slug], rank=rank))
    if revision.status == "live":
        before.status = "superseded"
        position.live = revision
    session.flush()
    return revision
