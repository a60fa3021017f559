"""Words that are taken out stand nowhere any more but in what is sealed, and that for a while."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, Text, inspect, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.models import AuditEvent
from discussion.db import Base, Identified
from discussion.debate.evidence.models import LinkCheck
from discussion.debate.positions.models import (
    EditorsNote,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.threads.operations import close_to
from discussion.debate.threads.operations.headings import (
    add_heading,
    remove_heading,
    rename_heading,
)
from discussion.debate.threads.operations.regrouping import move_position
from discussion.debate.threads.operations.relating import relate_threads
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.redactions.operations import (
    PUT_BACK,
    destroy_expired,
    promise_words_back,
    redact,
    undo,
)
from discussion.oversight.redactions.queries.fields import typed_tables
from discussion.oversight.redactions.tasks import TASKS
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.sealing import BrokenSealError, Seal
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_response,
    make_thread,
    viewer,
)
from tests.factories.scenes import Scene

NAME = "Quillon Brackenridge"
SEAL = Seal("a key of thirty-two characters or more")
# Text columns of these tables that nobody typed freely, or that follow from others.
NO_WORDS = {
    "public_id", "status", "language", "fair", "level", "change_reason", "kind", "question_type",
    "strength_scale", "strength_value", "strength_by", "consent", "link_state", "title_folded",
    "url_key", "slug", "attribution", "stage", "closed_to", "state", "problem", "stance",
    "transfer", "answer", "place",
}  # fmt: skip


class Redacting(Scene):
    """A position that names somebody in every text of every version, live and not."""

    @cached_property
    def position(self) -> Position:
        return _make_named(self)

    def take_out(
        self, subject: Identified, *phrases: str, days: int = 30, why: str = "", at: Any = NOW,
        by: Person | None = None, seal: Seal = SEAL,
    ) -> Redaction:  # fmt: skip
        draft = RedactionDraft(phrases or (NAME,), "name", "unclear", days, why)
        who = viewer(self.session, by or self.moderator)
        return redact(self.session, who, subject_of(subject), draft, close=seal.close, now=at)

    def put_back(self, made: Redaction, subject: Identified, seal: Seal = SEAL) -> list[str]:
        who = viewer(self.session, self.moderator)
        about = subject_of(subject)
        return undo(self.session, who, made, about, open_seal=seal.open, close=seal.close,
                    now=NOW + timedelta(days=1))  # fmt: skip


@pytest.fixture
def scene(session: Session) -> Redacting:
    made = Redacting(session, thread={"attribution": "role"})
    assert made.position
    return made


def _make_named(scene: "Redacting") -> Position:
    session, thread = scene.session, scene.thread
    make_position(session, thread)  # noise
    position = make_position(session, thread, outweighed=("consistency",), item=scene.item,
                             revision={"status": "superseded", "version": 1})  # fmt: skip
    for number, status in enumerate(("live", "pending", "sent_back", "declined"), start=2):
        made = _revision(position, status, number if status == "live" else None)
        session.add(made)
        if status == "live":
            position.live = made
    session.flush()
    session.refresh(position)
    for revision in position.revisions:
        _name_everywhere(session, revision)
    session.add(EditorsNote(position_id=position.id, text=f"We asked {NAME}.",
                            written_by_id=scene.moderator.id, written_on=NOW.date()))  # fmt: skip
    session.flush()
    return position


def test_the_words_stand_nowhere_but_in_what_is_sealed(scene: Redacting) -> None:
    response = make_response(scene.session, scene.position)
    _second_text(scene.session, response)
    item = make_item(scene.session, scene.series, title=f"What {NAME} did", authors=[NAME, "Fox"],
                     title_folded=NAME.lower(), description=f"{NAME}, at length.",
                     url="https://example.org/quillon-brackenridge/a")  # fmt: skip
    scene.session.add(LinkCheck(item_id=item.id, url=str(item.url), state="dead", at=NOW))
    thread = scene.position.thread
    thread.context = f"As **{NAME}** asked."
    thread.context_html = f"<p>As <strong>{NAME}</strong> asked.</p>"
    assert _where(scene.session) >= {"revision", "value_tag", "evidence_link", "editors_note",
                                     "response_text", "evidence_item", "thread"}  # fmt: skip

    for subject in (scene.position, response, item, thread):
        scene.take_out(subject, why="It named somebody.")
    assert _where(scene.session) == set()
    assert all(NAME.lower() in SEAL.open(sealed).lower() for sealed in _sealed(scene.session))
    assert (item.authors, item.url) == (["[name removed by moderators]", "Fox"], None)
    assert item.title_folded.startswith("what [name removed")


def test_every_version_has_a_labelled_gap_and_no_comparison_shows_a_remnant(
    scene: Redacting, client: FlaskClient
) -> None:
    scene.take_out(scene.position)
    assert all(revision.redacted_at == NOW for revision in scene.position.revisions)
    path = f"/positions/{scene.position.public_id}"
    sign_in(client, scene.moderator)
    for address in (path, f"{path}/versions/1", f"{path}.json",
                    f"/moderation/positions/{scene.position.public_id}"):  # fmt: skip
        shown = unescape(client.get(address).text)
        assert "[name removed by moderators]" in shown, address
        assert "brackenridge" not in shown.lower(), address
    live = scene.position.live
    assert live
    assert live.reasoning_html == text.render(
        live.reasoning, prefix=f"p{scene.position.public_id}-"
    )


def test_the_author_is_told_without_the_words_and_so_is_the_chain(scene: Redacting) -> None:
    made = scene.take_out(scene.position, why="Nobody may be named.")
    decision = scene.session.get_one(Decision, made.decision_id)
    event = scene.session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    jobs = scene.session.scalars(select(Job)).all()
    assert (decision.action, decision.addressed_to_id) == ("redact", scene.position.author_id)
    assert "23 December 2026" in decision.facts
    assert [job.payload["ids"] for job in jobs] == [{"decision": decision.id}]
    assert event
    assert event.details["places"] == made.places
    assert "brackenridge" not in f"{decision.why}{decision.facts}{event.details}{jobs}".lower()


@pytest.mark.parametrize(
    "changes",
    [
        {"why": f"{NAME.upper()} must not stand here."},
        {"days": 366}, {"days": -1}, {"phrases": ()}, {"phrases": ("x",)},
        {"phrases": ("stands nowhere",)}, {"reason": ""}, {"what": "fun"},
    ],
)  # fmt: skip
def test_nothing_is_taken_out_by_halves(scene: Redacting, changes: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "phrases": (NAME,),
        "what": "name",
        "reason": "unclear",
        "days": 0,
        "why": "",
    }
    draft, about = RedactionDraft(**given | changes), subject_of(scene.position)
    with pytest.raises(Refused):
        redact(scene.session, viewer(scene.session, scene.moderator), about, draft,
               close=SEAL.close, now=NOW)  # fmt: skip
    assert "revision" in _where(scene.session)


def test_a_gap_never_makes_a_text_longer_than_its_column(scene: Redacting) -> None:
    """PostgreSQL would refuse it: the gap takes a shorter form where there is no room."""
    live = scene.position.live
    assert live
    live.claim = ("Al said, " * 31)[:278] + "Al"
    live.setting = "Al is here."
    scene.session.flush()
    scene.take_out(scene.position, "Al")
    scene.session.refresh(live)
    assert len(live.claim) <= 280
    assert live.claim.startswith("… said")
    assert live.setting == "[name removed by moderators] is here."


def test_nobody_takes_words_out_of_their_own_or_without_moderating(scene: Redacting) -> None:
    own = make_position(scene.session, scene.position.thread, scene.moderator)
    item = make_item(scene.session, scene.series, added_by_id=scene.moderator.id)
    thread = make_thread(scene.session, scene.series, proposed_by_id=scene.moderator.id)
    for subject in (own, item, thread):
        with pytest.raises(Forbidden):
            scene.take_out(subject, "thing")
    with pytest.raises(Forbidden):
        scene.take_out(scene.position, by=make_member(scene.session, scene.series))


def test_it_can_be_undone_where_nothing_changed_since(scene: Redacting) -> None:
    live = scene.position.live
    assert live
    before = (live.claim, live.reasoning, live.reasoning_html)
    made = scene.take_out(scene.position)
    live.setting = "A school that was reworded since"
    assert scene.put_back(made, scene.position) == ["Setting (Version 2, the live version)"]
    assert (live.claim, live.reasoning, live.reasoning_html) == before
    assert not made.undone_at
    assert NAME in SEAL.open(made.sealed or ""), "what is left can be tried again"
    live.setting = "At [name removed by moderators]"
    assert scene.put_back(made, scene.position) == []
    scene.session.refresh(made)
    assert (made.sealed, made.undone_at) == (None, NOW + timedelta(days=1))
    with pytest.raises(Refused):
        scene.put_back(made, scene.position)


def test_what_is_sealed_is_destroyed_on_its_day_and_not_before(scene: Redacting) -> None:
    made = scene.take_out(scene.position, days=2)
    day = NOW + timedelta(days=2)
    assert destroy_expired(scene.session, day - timedelta(seconds=1)) == 0
    assert destroy_expired(scene.session, day) == 1
    assert (made.sealed, made.destroyed_at) == (None, day)
    assert destroy_expired(scene.session, day) == 0
    with pytest.raises(Refused):
        scene.put_back(made, scene.position)


def test_with_no_days_nothing_is_kept_and_what_an_earlier_one_keeps_goes_too(
    scene: Redacting,
) -> None:
    first = scene.take_out(scene.position, "Quillon")
    second = scene.take_out(scene.position, "Brackenridge", days=0)
    assert (first.sealed, second.sealed) == (None, None)
    assert (first.destroyed_at, second.destroyed_at) == (NOW, NOW)


def test_only_the_sites_own_keys_open_what_is_sealed(scene: Redacting) -> None:
    """A key that is set later still opens what was sealed under the one that was derived."""
    sealed = Seal("the secret key of the site").close(NAME)
    assert Seal("a key of its own", "the secret key of the site").open(sealed) == NAME
    with pytest.raises(BrokenSealError):
        Seal("a key of its own").open(sealed)
    made = scene.take_out(scene.position)
    with pytest.raises(BrokenSealError):
        scene.put_back(made, scene.position, Seal("another"))


def test_every_text_column_is_looked_through_or_excused() -> None:
    """A column that is added later must say whether people write in it."""
    missed = [
        f"{name}.{key}"
        for name, typed in typed_tables().items()
        for key, column in inspect(typed.table).columns.items()
        if isinstance(column.type, String | Text)
        and key not in typed.columns
        and key not in NO_WORDS
        and key not in typed.html.values()
    ]
    assert not missed, missed


GIVEN = {"phrases": NAME, "what": "name", "reason": "unclear", "days": "30", "why": ""}


def test_every_place_is_shown_before_anything_is_done(
    scene: Redacting, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = make_response(scene.session, scene.position)
    assert answer.live
    answer.live.source = f"I know {NAME} too."
    path = f"/redactions/positions/{scene.position.public_id}"
    sign_in(client, scene.moderator)
    assert client.get(path).status_code == 200
    unseen = client.post(path, data={**GIVEN, "do": "redact"})
    assert unseen.status_code == 422
    assert "revision" in _where(scene.session)
    preview = client.post(path, data={**GIVEN, "do": "preview"})
    shown = unescape(preview.text)
    assert preview.status_code == 200
    for words in ("Version 1, an earlier version", "A version that waits", "Strongest objection",
                  "a version that was declined".capitalize(), "Moderators’ note",
                  f"/redactions/responses/{answer.public_id}"):  # fmt: skip
        assert words in shown, words
    seen = shown.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    assert scene.position.live
    scene.position.live.setting = f"At {NAME}’s own"
    scene.session.flush()
    late = client.post(path, data={**GIVEN, "do": "redact", "seen": seen})
    assert late.status_code == 422, "the text has changed since"
    again = unescape(late.text).partition('name="seen"')[2].partition('value="')[2]
    done = client.post(path, data={**GIVEN, "do": "redact", "seen": again.partition('"')[0]})
    assert (done.status_code, done.location) == (303, path)
    assert "brackenridge" not in client.get(path).text.lower()
    assert _where(scene.session) == {"response_text"}
    assert "brackenridge" not in caplog.text.lower()


def test_a_moderator_puts_the_words_back_in_the_browser(
    scene: Redacting, client: FlaskClient, app: Flask
) -> None:
    made = scene.take_out(scene.position, seal=Seal(str(app.config["SECRET_KEY"])), at=_today())
    sign_in(client, scene.moderator)
    assert client.post(f"/redactions/{made.public_id}/undo").status_code == 303
    assert client.post(f"/redactions/{made.public_id}/undo").status_code == 409
    assert "revision" in _where(scene.session)
    sign_in(client, make_member(scene.session, scene.series))
    assert client.post(f"/redactions/{made.public_id}/undo").status_code == 404
    assert client.get(f"/redactions/positions/{scene.position.public_id}").status_code == 404


def test_after_an_appeal_the_worker_puts_the_words_back(scene: Redacting, app: Flask) -> None:
    made = scene.take_out(scene.position, seal=Seal(str(app.config["SECRET_KEY"])))
    assert promise_words_back(scene.session, made.decision_id, NOW)
    job = scene.session.scalars(select(Job).where(Job.name == PUT_BACK)).one()
    with app.test_request_context():
        for _twice in range(2):
            TASKS[PUT_BACK](scene.session, job.payload, NOW)
    assert "revision" in _where(scene.session)
    assert not promise_words_back(scene.session, made.decision_id, NOW)


def _today() -> Any:
    from discussion import clock

    return clock.now()


def _revision(position: Position, status: str, version: int | None) -> Revision:
    return Revision(
        position=position, status=status, version=version, claim="One thing.", level="school",
        confidence=2, submitted_at=NOW, live_at=NOW if version else None,
    )  # fmt: skip


def _name_everywhere(session: Session, revision: Revision) -> None:
    value = revision.position.thread.series.values[5]
    session.add(ValueTag(revision_id=revision.id, value_id=value.id, rank=3, gloss=f"For {NAME}"))
    revision.claim = f"{NAME} should decide."
    revision.reasoning = f"Ask *Quillon*\n**Brackenridge**, or [{NAME}](https://a.example)."
    prefix = f"p{revision.position.public_id}-"
    revision.reasoning_html = str(text.render(revision.reasoning, prefix=prefix))
    revision.setting = f"At {NAME}"
    revision.objection = f"{NAME.upper()} objects."
    revision.change_mind_text = f"If {NAME} did."
    revision.interests = f"I know {NAME}."
    for link in revision.links:
        link.warrant = link.transfer_note = link.locator = link.rebuttal = f"See {NAME}."


def _second_text(session: Session, response: Response) -> None:
    first = response.live
    assert first
    first.source, first.html = f"Ask {NAME}.", f"<p>Ask {NAME}.</p>"
    session.add(ResponseText(response=response, status="pending", source=f"Do ask {NAME}.",
                             html=f"<p>Do ask {NAME}.</p>", renderer_version=1,
                             submitted_at=NOW))  # fmt: skip
    session.flush()
    session.refresh(response)


def _where(session: Session) -> set[str]:
    """The tables that hold the name, in whatever form, but for what is sealed."""
    session.flush()
    found = set()
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if column.key != "sealed"]
        for row in session.execute(select(*columns)):
            written = repr(tuple(row)).lower()
            if "brackenridge" in written or "quillon" in written:
                found.add(table.name)
    return found


def _sealed(session: Session) -> Sequence[str]:
    return [one for one in session.scalars(select(Redaction.sealed)) if one]


def test_a_reason_that_everybody_reads_and_that_holds_the_words_is_shown_no_more(
    scene: Redacting, client: FlaskClient
) -> None:
    """A heading that is gone, why a thread is related, closed, or was given a position."""
    thread = make_thread(scene.session, scene.series)
    beside = make_thread(scene.session, scene.series)
    moved = make_position(scene.session, beside)
    who = viewer(scene.session, scene.moderator)
    heading = add_heading(scene.session, who, thread, f"What {NAME} asks", now=NOW)
    remove_heading(scene.session, who, thread, heading.id, now=NOW)
    why = f"{NAME} asked for it."
    relate_threads(scene.session, who, thread, beside, why=why, now=NOW)
    close_to(scene.session, who, thread, "new_voices", until=None, why=why, now=NOW)
    move_position(scene.session, who, moved, thread, why=why, now=NOW)
    scene.session.flush()
    addresses = (f"/threads/{thread.slug}", f"/threads/{thread.slug}/history.json",
                 f"/threads/{beside.slug}/history", f"/positions/{moved.public_id}")  # fmt: skip
    assert all("Brackenridge" in client.get(address).text for address in addresses)

    sign_in(client, scene.moderator)
    asked = {"phrases": NAME, "what": "name", "reason": "unclear", "days": "30", "do": "preview"}
    preview = client.post(f"/redactions/threads/{beside.public_id}", data=asked)
    assert preview.status_code == 200
    assert "1 reason in the public history contains them" in preview.text

    made = [scene.take_out(subject) for subject in (thread, beside, moved)]
    scene.session.flush()
    visitor = client.application.test_client()
    for address in addresses:
        shown = visitor.get(address)
        assert shown.status_code == 200
        assert "Brackenridge" not in shown.text, address
        assert "[reason removed by moderators]" in shown.text, address
    scene.put_back(made[2], moved)
    assert "Brackenridge" in visitor.get(addresses[3]).text


def test_what_the_chain_keeps_of_an_earlier_wording_is_owned_up_to(
    scene: Redacting, client: FlaskClient
) -> None:
    thread = make_thread(scene.session, scene.series)
    who = viewer(scene.session, scene.moderator)
    heading = add_heading(scene.session, who, thread, f"What {NAME} asks", now=NOW)
    rename_heading(scene.session, who, thread, heading.id, "What was asked", now=NOW)
    sign_in(client, scene.moderator)
    asked = {"phrases": NAME, "what": "name", "reason": "unclear", "days": "30", "do": "preview"}
    preview = client.post(f"/redactions/threads/{thread.public_id}", data=asked).text
    assert "1 note, report, appeal or audit record" in preview
