"""What the site noticed stands on the line, and nobody approves it unread."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Described
from discussion.oversight.moderation.models import BatchItem
from discussion.oversight.moderation.operations.batching import NothingToApprove, make_batch
from discussion.oversight.moderation.queries.sources import describe_lines, list_everything
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_series,
    make_thread,
    viewer,
)
from tests.oversight.moderation.test_batch import MINUTE, outcomes, tick, typed, work
from tests.oversight.moderation.waiting import make_waiting, make_waiting_response

WHO = "Our pupil Adam Castleton wrote it."
LINK = "All of it stands at https://zqx.example/all"


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


@pytest.fixture
def moderator(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


def says(field: str, words: str) -> Callable[[Session, Revision], None]:
    return lambda session, revision: setattr(revision, field, words)


def holds(*reasons: str) -> Callable[[Session, Revision], None]:
    return lambda session, revision: setattr(revision, "held_for", list(reasons))


def glosses(_session: Session, revision: Revision) -> None:
    revision.tags[0].gloss = WHO


def proposes(session: Session, revision: Revision) -> None:
    tag = revision.tags[0]
    tag.proposal = ValueProposal(series_id=revision.position.thread.series_id, created_at=NOW,
                                 label=WHO, state="declined")  # fmt: skip
    tag.value_id = tag.value = None


def cites(session: Session, revision: Revision, **link: str) -> EvidenceItem:
    item = make_item(session, revision.position.thread.series, is_listed="warrant" in link)
    revision.links.append(EvidenceLink(item=item, stance="supports", **{"warrant": "Yes."} | link))
    return item


def experiences(session: Session, revision: Revision) -> None:
    item = cites(session, revision)
    item.kind, item.description = "lived_experience", WHO


def is_reported(session: Session, revision: Revision) -> None:
    session.add(Report(series_id=revision.position.thread.series_id, subject_kind="position",
                       subject_id=revision.position.public_id, reason="abuse",
                       received_at=NOW))  # fmt: skip


ADAM = "May identify somebody: “pupil Adam Castleton”"
# What a version has, and the line that says so.
SIGNS: dict[str, tuple[Callable[[Session, Revision], object], str]] = {
    **{
        field: (says(field, WHO), ADAM)
        for field in ("claim", "reasoning", "setting", "objection", "change_mind_text", "interests")
    },
    "gloss": (glosses, ADAM),
    "proposal": (proposes, ADAM),
    "warrant": (lambda session, revision: cites(session, revision, warrant=WHO), ADAM),
    "source": (cites, "Brings a source that nobody here has read"),
    "experience": (experiences, ADAM),
    "link": (says("reasoning", LINK), "1 link to look at"),
    "copy": (holds("copy positions/bcdfghjkmn"), "Held: same text as another position"),
    "near": (holds("near responses/bcdfghjkmn"), "Held: nearly the same text as another response"),
    "flood": (holds("flood 7"), "Held: seven contributions in"),
    "read first": (holds("pre_moderation 2026-12-24"), "Held: this author is read first"),
    "report": (is_reported, "Somebody reported it"),
}


def line_of(session: Session, moderator: Person, key: str) -> Described:
    actor = viewer(session, moderator)
    lines = list_everything(session, actor.series_as("moderator"), NOW)
    return describe_lines(session, actor, lines, NOW)[tuple(key.split("/"))]  # type: ignore[index]


def test_a_warning_stands_on_the_line_and_forbids_the_tick(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient
) -> None:
    plain = make_waiting(session, thread)
    made = {name: make_waiting(session, thread) for name in SIGNS}
    for name, position in made.items():
        SIGNS[name][0](session, position.revisions[0])
    session.flush()
    sign_in(client, moderator)
    desk = client.get("/moderation").text
    for name, position in made.items():
        line = line_of(session, moderator, f"positions/{position.public_id}")
        assert any(one.startswith(SIGNS[name][1]) for one in line.signs), (name, line.signs)
        assert all(str(escape(one)) in desk for one in line.signs), name
        assert typed(position)["item"][0] not in desk, name
    assert typed(plain)["item"][0] in desk
    client.post("/moderation/batch", data=typed(plain, *made.values()))
    assert f"{len(made)} were left out" in client.get("/moderation").text
    assert [item.subject_id for item in session.scalars(select(BatchItem))] == [plain.public_id]


@pytest.mark.parametrize(("words", "said"), [(WHO, ADAM), (LINK, "1 link to look at")])
def test_so_it_is_with_a_response(
    session: Session, thread: Thread, moderator: Person, words: str, said: str
) -> None:
    response = make_waiting_response(session, make_position(session, thread))
    response.texts[0].source = words
    session.flush()
    line = line_of(session, moderator, f"responses/{response.public_id}")
    assert (line.signs, line.version_id) == ((said,), None)
    with pytest.raises(NothingToApprove):
        make_batch(session, viewer(session, moderator), [tick(response)], now=NOW)


def test_proposals_and_sources_that_wait_say_it_too_and_so_do_their_pages(
    session: Session, series: Series, moderator: Person, client: FlaskClient
) -> None:
    proposed = make_thread(session, series, stage="proposed", context=WHO)
    value = ValueProposal(series_id=series.id, label=WHO, created_at=NOW, state="waiting")
    item = make_item(session, series, kind="lived_experience", description=WHO,
                     status="retracted")  # fmt: skip
    make_position(session, make_thread(session, series), item=item)
    session.add(value)
    session.flush()
    for key in (f"threads/{proposed.public_id}", f"values/{value.public_id}",
                f"evidence/{item.public_id}"):  # fmt: skip
        assert line_of(session, moderator, key).signs == (ADAM,), key
    sign_in(client, moderator)
    assert ADAM in client.get(f"/threads/{proposed.slug}/curate").text
    assert ADAM in client.get(f"/moderation/values/{value.public_id}").text


def version_of(item: Position | Response) -> Revision | ResponseText:
    return item.revisions[-1] if isinstance(item, Position) else item.texts[-1]


def test_what_is_noticed_after_the_list_was_drawn_or_ticked_is_left_out(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient
) -> None:
    seen, promised = make_waiting(session, thread), make_waiting(session, thread)
    answer = make_waiting_response(session, make_position(session, thread))
    sign_in(client, moderator)
    assert typed(seen)["item"][0] in client.get("/moderation").text
    version_of(seen).held_for = ["near positions/bcdfghjkmn"]
    session.flush()
    batch = make_batch(session, viewer(session, moderator),
                       [tick(seen), tick(promised), tick(answer)], now=NOW)  # fmt: skip
    assert {item.subject_id for item in batch.items} == {promised.public_id, answer.public_id}
    version_of(promised).held_for = version_of(answer).held_for = ["flood 6"]
    session.flush()
    work(session, NOW + MINUTE + timedelta(seconds=1))
    assert (promised.state, answer.state) == ("draft", "draft")
    assert set(outcomes(session).values()) == {"noticed"}


def test_who_may_not_decide_on_it_reads_no_warning(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient
) -> None:
    make_waiting(session, thread, author=moderator, claim=WHO)
    sign_in(client, moderator)
    desk = client.get("/moderation").text
    assert "Your own: another moderator decides" in desk
    assert "May identify somebody" not in desk
