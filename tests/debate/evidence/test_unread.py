"""A source that waits with a contribution: nobody approves it in words that they did not read."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import edit_item
from discussion.debate.evidence.queries import fingerprint
from discussion.debate.positions.models import Position
from discussion.decisions.drafts import Ruling
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.oversight.moderation.operations import decide
from discussion.oversight.moderation.queries.sources import describe_lines, list_everything
from discussion.oversight.moderation.queries.versions import fingerprint_sources
from discussion.permissions.rules import Forbidden
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.debate.evidence.test_adding import STUDY
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)


def waiting(session: Session, series: Series, item: EvidenceItem) -> Position:
    return make_position(
        session, make_thread(session, series), item=item, state="draft", number=None,
        first_published_at=None, revision={"status": "pending", "version": None},
    )  # fmt: skip


def test_what_was_changed_after_the_page_was_made_is_not_approved(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    adder = make_member(session, series)
    moderator = make_member(session, series, role="moderator")
    item = make_item(session, series, is_listed=False, added_by_id=adder.id)
    position = waiting(session, series, item)
    session.commit()
    sign_in(client, moderator)
    address = f"/moderation/positions/{position.public_id}"

    def form() -> dict[str, str]:
        page = client.get(address).text
        hidden = re.findall(r'name="(version_id|sources)" value="([^"]*)"', page)
        return dict(hidden) | {"action": "approve"}

    read = form()
    edit_item(session, viewer(session, adder), item, replace(STUDY, title="Quite another thing"),
              now=NOW)  # fmt: skip
    session.commit()
    refused = client.post(f"{address}/decide", data=read)
    assert refused.status_code == 409
    assert "It was changed, or reported again, while you were writing." in refused.text
    assert (position.state, item.is_listed) == ("draft", False)
    assert client.post(f"{address}/decide", data=form()).status_code == 303
    assert (position.state, item.is_listed) == ("published", True)
    with pytest.raises(Forbidden):
        edit_item(session, viewer(session, adder), item, STUDY, now=NOW)


def test_a_source_that_comes_in_has_to_have_been_read_and_one_that_is_there_has_not(
    session: Session,
) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    new, known = make_item(session, series, is_listed=False), make_item(session, series)
    unread, plain = waiting(session, series, new), waiting(session, series, known)
    lines = list_everything(session, [series.id], NOW)
    said = describe_lines(session, moderator, lines, NOW)
    batched = {id: line.version_id for (kind, id), line in said.items() if kind == "positions"}
    assert batched == {unread.public_id: None, plain.public_id: plain.revisions[0].id}
    with pytest.raises(AlreadyDecided):
        decide(
            session,
            moderator,
            unread,
            Ruling("approve", version_id=unread.revisions[0].id),
            now=NOW,
        )
    decide(session, moderator, plain, Ruling("approve", version_id=plain.revisions[0].id), now=NOW)
    assert (unread.state, plain.state) == ("draft", "published")


def test_so_it_is_with_what_a_response_brings(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series, is_listed=False)
    position = make_position(session, make_thread(session, series))
    response = make_response(session, position, state="draft", item_id=item.id,
                             first_published_at=None)  # fmt: skip
    version = response.texts[0]
    version.status, version.version, response.live = "pending", None, None
    session.flush()
    with pytest.raises(AlreadyDecided):
        decide(session, moderator, response, Ruling("approve", version_id=version.id), now=NOW)
    decide(
        session,
        moderator,
        response,
        Ruling(
            "approve",
            version_id=version.id,
            sources=fingerprint_sources(session, response, version),
        ),
        now=NOW,
    )
    assert item.is_listed


@pytest.mark.parametrize(
    "change",
    [{"title": "Other"}, {"authors": ["Other, A."]}, {"url": None}, {"description": "More."},
     {"status": "retracted"}, {"year": None}, {"no_pupil_confirmed": True}],
)  # fmt: skip
def test_every_change_of_what_it_says_is_noticed_and_nothing_else(
    session: Session, change: dict[str, object]
) -> None:
    item, other = (make_item(session, make_series(session), is_listed=False) for _ in range(2))
    before = fingerprint([item, other])
    item.link_state, item.link_checked_at, item.verified = "ok", NOW, {"by": "somebody"}
    assert fingerprint([other, item]) == before
    for name, value in change.items():
        setattr(item, name, value)
    assert fingerprint([item, other]) != before
    assert fingerprint([]) == ""
