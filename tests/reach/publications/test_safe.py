"""What readers must not read of a briefing: drafts, words taken out, another round's statement."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import ValueTag
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.operations import redact
from discussion.reach.publications.models import PublicationVersion
from discussion.reach.publications.operations.composing import begin_briefing, keep_draft
from discussion.reach.publications.operations.publishing import keep_files, look_after
from discussion.reach.publications.operations.telling import object_to, tell_authors
from discussion.reach.publications.queries.checks import list_quotings
from discussion.reach.publications.queries.composing.checking import check_page
from discussion.reach.publications.queries.composing.page import compose_page
from discussion.records import dump
from discussion.series.values.models import ValueProposal
from discussion.subjects.finding import subject_of
from discussion.weighing.findings.models import FindingSnapshot
from tests.conftest import sign_in
from tests.factories import NOW, viewer
from tests.reach.publications.scene import LATER, SITE, Briefed
from tests.weighing.findings.worlds import WORKED, weighed

AFTER = LATER + timedelta(hours=1)


@pytest.fixture
def scene(session: Session) -> Briefed:
    """Drafted, and its authors told."""
    made = Briefed(session)
    made.draft()
    made.tell()
    return made


def _redact(scene: Briefed) -> None:
    draft = RedactionDraft(("visits that wards",), "name", "unclear", 0)
    about = subject_of(scene.thread)
    redact(scene.session, scene.as_moderator, about, draft, close=str, now=AFTER)


def _places(scene: Briefed) -> tuple[str, ...]:
    return f"/publications/{scene.series.slug}", scene.address, f"{scene.address}/1"


@time_machine.travel(AFTER, tick=False)
def test_a_title_that_is_only_drafted_is_read_by_nobody_else(app: Flask, scene: Briefed) -> None:
    scene.publish()
    keep_draft(
        scene.session, scene.as_moderator, scene.briefing, "Not yet", scene.written, now=AFTER
    )
    scene.session.flush()
    assert len(_places(scene)) > 1
    for path in _places(scene):
        assert "Not yet" not in app.test_client().get(path).text, path


@time_machine.travel(AFTER, tick=False)
def test_words_taken_out_of_a_question_stand_in_no_title(app: Flask, scene: Briefed) -> None:
    scene.publish()
    _redact(scene)
    for _turn in range(2):
        for path in _places(scene):
            assert "visits that wards" not in app.test_client().get(path).text, path
        look_after(scene.session, site_url=SITE, now=AFTER + timedelta(minutes=5))
    assert "visits that wards" not in scene.briefing.title


def test_a_draft_of_a_question_that_was_redacted_is_titled_anew(scene: Briefed) -> None:
    _redact(scene)
    look_after(scene.session, site_url=SITE, now=AFTER + timedelta(minutes=5))
    assert scene.briefing.title == scene.thread.question
    keep_draft(scene.session, scene.as_moderator, scene.briefing, "Which?", {}, now=AFTER)
    look_after(scene.session, site_url=SITE, now=AFTER + timedelta(minutes=10))
    assert scene.briefing.title == "Which?"


def test_a_finding_is_told_of_the_snapshot_that_it_was_cited_from(session: Session) -> None:
    """A later round may have asked something else under its code."""
    world = weighed(session)
    first = world.compute()
    world.thread.stage = "closed"
    session.flush()
    moderator = world.as_moderator
    briefing = begin_briefing(session, moderator, world.series, thread=world.thread, now=NOW)
    keep_draft(session, moderator, briefing, "Which?", {"question": "So it is [F1]."}, now=NOW)
    ratings = first.content.ratings
    others = tuple(replace(one, text="Asked later.") for one in ratings.statements)
    later = replace(first.content, ratings=replace(ratings, statements=others))
    session.add(
        FindingSnapshot(
            thread_id=world.thread.id, round_id=world.round.id, version=2, because="tags_changed",
            inputs_hash="", parameters={}, code_version="", results=dump(later), made_at=NOW,
        )
    )  # fmt: skip
    keep_draft(session, moderator, briefing, "Which?", {"question": "So it is [F1]."}, now=NOW)
    [found] = check_page(session, briefing).preview.findings
    assert (found.text, found.url[-2:]) == (WORKED["F1"][1], "/1")


@pytest.mark.parametrize("mark", ["O", "R1"])
def test_what_has_no_words_to_quote_stops_the_draft_and_no_page(
    app: Flask, scene: Briefed, mark: str
) -> None:
    scene.draft(disputed=f"> {mark}: A visit names its reason.")
    moderator = sign_in(app.test_client(), scene.moderator)
    for page in ("/compose", "/check"):
        assert moderator.get(scene.address + page).status_code == 200
    scene.tell()
    assert any(
        mark in one.says for one in check_page(scene.session, scene.briefing).checks if one.stops
    )
    assert compose_page(scene.session, scene.briefing).stops


def test_who_was_given_more_days_to_object_keeps_them(scene: Briefed) -> None:
    """Scene's authors have five days; one who is quoted later has two."""
    scene.draft(happens="> P5: We counted.")
    tell_authors(scene.session, scene.as_moderator, scene.briefing, days=2, now=NOW)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        checks = check_page(scene.session, scene.briefing).checks
    assert [one.says for one in checks if one.stops and "may object" in one.says]
    assert scene.briefing.tells_until == clock.day(NOW) + timedelta(days=5)


@time_machine.travel(AFTER, tick=False)
def test_words_taken_out_of_a_value_that_somebody_proposed_stand_in_no_table(
    app: Flask, session: Session
) -> None:
    scene = Briefed(session)
    proposal = ValueProposal(series=scene.series, label="Named by Ward 9", created_at=NOW)
    assert scene.five.live is not None
    scene.five.live.tags.append(ValueTag(proposal=proposal, rank=2, is_outweighed=False))
    session.flush()
    with time_machine.travel(NOW, tick=False):
        scene.draft()
        scene.tell()
    scene.publish()
    client = app.test_client()
    assert "Named by Ward 9" in client.get(scene.address).text
    proposal.label = "Named by [name]"
    session.flush()
    for _turn in range(2):
        for path in (*_places(scene), f"{scene.address}/1/files/json"):
            assert "Ward 9" not in client.get(path).text
        look_after(session, site_url=SITE, now=AFTER)


def test_an_objection_is_not_told_away(scene: Briefed) -> None:
    """Another quotation, of which its author is told, answers nothing."""
    row = next(row for row in list_quotings(scene.session, scene.briefing) if row.position_id)
    author = viewer(scene.session, row.position.author if row.position else scene.member)
    object_to(scene.session, author, row, why="It leaves out why.", now=NOW)
    scene.draft(disputed="> P4: We counted.", minority="> P5: We counted.")
    scene.tell()
    checks = check_page(scene.session, scene.briefing).checks
    assert [one.says for one in checks if one.stops and "objects" in one.says]


def test_no_file_is_kept_of_a_version_that_was_withdrawn_while_it_was_made(scene: Briefed) -> None:
    session = scene.session
    with time_machine.travel(LATER, tick=False):
        version = scene.publish()
    elsewhere = update(PublicationVersion).where(PublicationVersion.id == version.id)
    session.execute(
        elsewhere.values(withdrawn_at=AFTER), execution_options={"synchronize_session": False}
    )
    assert version.withdrawn_at is None  # this transaction has not looked since
    keep_files(session, version, {"txt": b"What was quoted."})
    assert version.files == []
