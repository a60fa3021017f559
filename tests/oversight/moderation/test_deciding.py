"""Deciding: who may, what happens, and what the author reads."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.db import AppendOnlyError
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.naming import draw_letter
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.refusing import AlreadyDecided, NeedsReason
from discussion.jobs.models import Job
from discussion.oversight.moderation.operations import decide, show_author
from discussion.oversight.moderation.queries import tally_waiting
from discussion.permissions.rules import Forbidden
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def waiting(session: Session, series: Series) -> Position:
    """A position that waits, beside one that does not."""
    thread = make_thread(session, series)
    make_position(session, thread)
    return make_position(session, thread, revision=PENDING, **UNPUBLISHED)


def test_an_approved_position_is_published_with_number_and_letter(
    session: Session, series: Series, waiting: Position
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(
        session, moderator, waiting, Ruling("approve", version_id=waiting.revisions[0].id), now=NOW
    )
    assert (waiting.state, waiting.live and waiting.live.version) == ("published", 1)
    assert waiting.number in range(1, 9)


def test_what_is_sent_back_stays_unpublished_and_tells_why(
    session: Session, series: Series, waiting: Position
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(
        session,
        moderator,
        waiting,
        Ruling(
            "send_back", reason="unclear", why="Say which year.", version_id=waiting.revisions[0].id
        ),
        now=NOW,
    )
    row = session.scalars(select(Decision)).one()
    assert (waiting.state, waiting.revisions[0].status) == ("draft", "sent_back")
    assert (row.why, row.reason and row.reason.slug) == ("Say which year.", "unclear")
    assert session.scalars(select(Job)).one().payload["ids"] == {"decision": row.id}


@pytest.mark.parametrize("action", ["send_back", "decline", "hide", "remove"])
def test_everything_but_approval_and_restoring_needs_a_reason(
    session: Session, series: Series, waiting: Position, action: str
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    with pytest.raises(NeedsReason):
        decide(
            session, moderator, waiting, Ruling(action, version_id=waiting.revisions[0].id), now=NOW
        )


@pytest.mark.parametrize("role", ["moderator", "convener"])
def test_nobody_decides_on_their_own(session: Session, series: Series, role: str) -> None:
    author = make_member(session, series, role=role)
    own = make_position(session, make_thread(session, series), author,
                        revision=PENDING, **UNPUBLISHED)  # fmt: skip
    with pytest.raises(Forbidden):
        decide(session, viewer(session, author), own, Ruling("approve"), now=NOW)


def test_what_was_decided_is_not_decided_again(
    session: Session, series: Series, waiting: Position
) -> None:
    first = viewer(session, make_member(session, series, role="moderator"))
    second = viewer(session, make_member(session, series, role="moderator"))
    seen = waiting.revisions[0].id
    decide(session, first, waiting, Ruling("decline", reason="unclear", version_id=seen), now=NOW)
    with pytest.raises(AlreadyDecided):
        decide(session, second, waiting, Ruling("approve", version_id=seen), now=NOW)
    assert waiting.state == "declined"


def test_a_version_that_the_moderator_has_not_seen_is_not_approved(
    session: Session, series: Series, waiting: Position
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    with pytest.raises(AlreadyDecided):
        decide(session, moderator, waiting, Ruling("approve", version_id=10**9), now=NOW)


def test_the_first_approval_admits_a_newcomer(session: Session, series: Series) -> None:
    newcomer = make_member(session, series, admitted_at=None, admitted_how="")
    own = make_position(session, make_thread(session, series), newcomer,
                        revision=PENDING, **UNPUBLISHED)  # fmt: skip
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(session, moderator, own, Ruling("approve", version_id=own.revisions[0].id), now=NOW)
    membership = session.scalars(
        select(Membership).where(Membership.person_id == newcomer.id)
    ).one()
    assert (membership.admitted_how, membership.admitted_at) == ("wrote", NOW)


def test_a_newcomer_counts_towards_the_label_under_which_they_are_approved(
    session: Session, series: Series
) -> None:
    for _n in range(4):
        make_member(session, series)
    newcomer = make_member(session, series, admitted_at=None, admitted_how="")
    own = make_position(session, make_thread(session, series), newcomer,
                        revision=PENDING, **UNPUBLISHED)  # fmt: skip
    moderator = make_member(session, series, role="moderator", posting_role="", posting_phase="")
    decide(
        session,
        viewer(session, moderator),
        own,
        Ruling("approve", version_id=own.revisions[0].id),
        now=NOW,
    )
    assert own.label_step == 0


def test_who_is_left_over_once_a_newcomer_completes_a_cell_is_shown_more_coarsely(
    session: Session, series: Series
) -> None:
    heads = [make_member(session, series) for _n in range(4)]
    senior = make_member(session, series, posting_role="senior_leader")
    thread = make_thread(session, series)
    left_over = make_position(session, thread, senior, label_role="senior_leader", label_step=1)
    newcomer = make_member(session, series, admitted_at=None, admitted_how="")
    own = make_position(session, thread, newcomer, revision=PENDING, **UNPUBLISHED)
    moderator = make_member(session, series, role="moderator", posting_role="", posting_phase="")
    decide(
        session,
        viewer(session, moderator),
        own,
        Ruling("approve", version_id=own.revisions[0].id),
        now=NOW,
    )
    assert (len(heads), own.label_step, left_over.label_step) == (4, 0, 3)


def test_what_goes_live_is_as_strict_as_its_thread_asks_by_then(
    session: Session, series: Series
) -> None:
    thread = make_thread(session, series, attribution="named")
    own = make_position(session, thread, revision=PENDING, **UNPUBLISHED)
    thread.attribution = "chatham_house"  # by somebody who could not see what was being written
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(session, moderator, own, Ruling("approve", version_id=own.revisions[0].id), now=NOW)
    assert own.attribution == "chatham_house"


def test_a_hidden_response_leaves_a_line_and_can_be_restored(
    session: Session, series: Series, client: FlaskClient
) -> None:
    response = make_response(session, make_position(session, make_thread(session, series)))
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(session, moderator, response, Ruling("hide", reason="unclear"), now=NOW)
    assert response.state == "hidden"
    decide(session, moderator, response, Ruling("restore"), now=NOW)
    assert response.state == "published"


def test_decisions_and_audited_acts_are_never_changed_or_deleted(
    session: Session, series: Series, waiting: Position
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decision = decide(
        session,
        moderator,
        waiting,
        Ruling("decline", reason="unclear", version_id=waiting.revisions[0].id),
        now=NOW,
    )
    decision.why = "Something else"
    with pytest.raises(AppendOnlyError):
        session.flush()


def test_a_look_at_an_author_is_recorded_with_its_reason(
    session: Session, series: Series, waiting: Position
) -> None:
    moderator = viewer(session, make_member(session, series, role="moderator"))
    person = show_author(session, moderator, waiting, why="A report names them", now=NOW)
    row = session.scalars(select(AuditEvent)).one()
    assert person.id == waiting.author_id
    assert (row.verb, row.why, row.subject_id) == (
        "show_author", "A report names them", waiting.public_id,
    )  # fmt: skip


def test_the_desk_is_for_moderators_alone(
    session: Session, series: Series, waiting: Position, client: FlaskClient
) -> None:
    assert client.get("/moderation").status_code == 404
    sign_in(client, make_member(session, series))
    assert client.get("/moderation").status_code == 404
    assert client.get(f"/moderation/positions/{waiting.public_id}").status_code == 404
    assert client.get(f"/moderation/positions/{waiting.public_id}.json").status_code == 404


def test_the_desk_shows_labels_and_never_names(
    session: Session, series: Series, client: FlaskClient
) -> None:
    author = make_member(session, series, make_person(session, display_name="Zebedee Quince"))
    waiting = make_position(session, make_thread(session, series), author,
                            revision=PENDING, **UNPUBLISHED)  # fmt: skip
    moderator = make_member(session, series, role="moderator")
    sign_in(client, moderator)
    for path in ("/moderation", f"/moderation/positions/{waiting.public_id}"):
        for suffix in ("", ".json"):
            page = client.get(path + suffix)
            assert page.status_code == 200
            assert "Zebedee" not in page.text
    shown = client.post(f"/moderation/positions/{waiting.public_id}/author",
                        data={"why": "A report names them"})  # fmt: skip
    assert "Zebedee Quince" in shown.text


def test_a_reason_for_a_look_that_is_too_long_is_given_back_beside_what_is_wrong(
    session: Session, series: Series, waiting: Position, client: FlaskClient
) -> None:
    sign_in(client, make_member(session, series, role="moderator"))
    typed = "A report names them. " * 20
    shown = client.post(f"/moderation/positions/{waiting.public_id}/author", data={"why": typed})
    assert shown.status_code == 422
    assert f'value="{typed.strip()}"' in shown.text
    assert 'id="look-why-error"' in shown.text
    assert waiting.author.display_name not in shown.text


def test_a_moderator_decides_with_plain_forms(
    session: Session, series: Series, waiting: Position, client: FlaskClient
) -> None:
    sign_in(client, make_member(session, series, role="moderator"))
    url = f"/moderation/positions/{waiting.public_id}/decide"
    refused = client.post(url, data={"action": "send_back", "why": "Which year?",
                                     "version_id": waiting.revisions[0].id})  # fmt: skip
    assert refused.status_code == 422
    assert "Which year?" in refused.text
    done = client.post(url, data={"action": "send_back", "reason": "unclear", "why": "Which year?",
                                  "version_id": waiting.revisions[0].id})  # fmt: skip
    assert done.status_code == 303
    session.refresh(waiting.revisions[0])
    assert waiting.revisions[0].status == "sent_back"


def test_counting_and_listing_what_waits_agree(
    session: Session, series: Series, waiting: Position, client: FlaskClient
) -> None:
    other = make_series(session)
    make_position(session, make_thread(session, other), revision=PENDING, **UNPUBLISHED)
    make_thread(session, series, stage="proposed")
    moderator = make_member(session, series, role="moderator")
    sign_in(client, moderator)
    listed = client.get("/moderation.json").json
    assert listed is not None
    count, _since = tally_waiting(session, viewer(session, moderator), NOW)
    assert len(listed["frame"]["queue"]) == count == 2


def test_letters_go_on_after_z() -> None:
    taken = {chr(65 + n) for n in range(26)}
    assert len(draw_letter(taken)) == 2
    assert draw_letter(taken - {"Q"}) == "Q"


def test_a_response_that_waits_is_approved(session: Session, series: Series) -> None:
    position = make_position(session, make_thread(session, series))
    response: Response = make_response(session, position, state="draft", first_published_at=None)
    assert response.live is not None
    version, response.live = response.live, None
    version.status, version.version, version.live_at = "pending", None, None
    session.flush()
    moderator = viewer(session, make_member(session, series, role="moderator"))
    decide(session, moderator, response, Ruling("approve", version_id=version.id), now=NOW)
    assert response.state == "published"
    assert version.version == 1
