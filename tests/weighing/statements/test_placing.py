"""Where a statement on what to do lies on a scale is said before it is rated, and stays so."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.weighing.statements.operations.drafting import sort_statement
from discussion.weighing.statements.operations.placing import place_statement
from discussion.weighing.statements.queries.placing import along_of, list_places
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_round, make_statement, viewer
from tests.factories.scenes import Scene


@pytest.fixture
def thread(session: Session) -> Thread:
    return Scene(session).thread


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


def test_a_place_is_one_of_five_steps_of_the_threads_scales(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    row = make_statement(session, thread, kind="means")
    assert [each.at for each in list_places(thread)][:5] == [0, 0.25, 0.5, 0.75, 1]
    place_statement(session, moderator, row, "requirement:1", now=NOW)
    assert (row.placements, along_of(row)) == ({"requirement": 0.25}, "requirement:1")
    for wrong in ("requirement:5", "nowhere:1", "requirement"):
        with pytest.raises(Invalid):
            place_statement(session, moderator, row, wrong, now=NOW)
    place_statement(session, moderator, row, "", now=NOW)
    assert row.placements == {}


def test_only_what_to_do_has_a_place_and_only_before_its_round(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    end = make_statement(session, thread, kind="end")
    with pytest.raises(Refused):
        place_statement(session, moderator, end, "requirement:1", now=NOW)
    row = make_statement(session, thread, kind="means")
    place_statement(session, moderator, row, "requirement:1", now=NOW)
    sort_statement(session, moderator, row, "fact", now=NOW)
    assert row.placements == {}, "a fact has none"
    sort_statement(session, moderator, row, "means", now=NOW)
    make_round(session, thread, row, state="planned")
    with pytest.raises(Refused):
        place_statement(session, moderator, row, "requirement:2", now=NOW)
    member = viewer(session, make_member(session, thread.series))
    with pytest.raises(Forbidden):
        place_statement(session, member, row, "requirement:2", now=NOW)


def test_moderators_choose_it_on_the_page_of_a_statement(
    client: FlaskClient, session: Session, thread: Thread
) -> None:
    sign_in(client, make_member(session, thread.series, role="moderator"))
    row = make_statement(session, thread, kind="means")
    url = f"/rounds/{thread.slug}/statements/{row.public_id}"
    assert client.post(f"{url}/place", data={"place-along": "requirement:4"}).status_code == 303
    assert row.placements == {"requirement": 1.0}
    shown = client.get(url).text
    assert 'selected value="requirement:4"' in shown or 'value="requirement:4" selected' in shown
    wrong = client.post(f"{url}/place", data={"place-along": "requirement:9"})
    assert wrong.status_code == 422
    assert "Choose one of these places." in wrong.text
    make_round(session, thread, row, state="planned")
    shown = client.get(url).text
    assert "so its place stays as it is" in shown
    assert 'name="place-along"' not in shown
