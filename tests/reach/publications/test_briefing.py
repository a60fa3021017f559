"""From a closed thread to a briefing in hand: composed, checked, told, frozen, taken away."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.problems import Invalid, Refused
from discussion.reach.needed.drafts import QuestionDraft
from discussion.reach.needed.models import Origin
from discussion.reach.needed.operations.wording import make_question
from discussion.reach.publications.files import make_files
from discussion.reach.publications.files.canonical import canonical
from discussion.reach.publications.models import PublicationFile, PublicationSource, Quoting
from discussion.reach.publications.operations.publishing import (
    keep_files,
    look_after,
    withdraw,
)
from discussion.reach.publications.operations.telling import answer_objection, object_to
from discussion.reach.publications.queries.checks import list_checks
from discussion.reach.publications.queries.composing.checking import check_page
from discussion.reach.publications.queries.composing.page import compose_page
from discussion.reach.publications.queries.composing.sources import list_sources
from discussion.reach.publications.queries.document.making import make_document
from discussion.reach.publications.queries.document.reading import Edition
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.shapes import Document
from discussion.records import dump, read
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_position, make_thread
from tests.reach.publications.scene import LATER, QUOTE, SITE, Briefed

MUCH_LATER = LATER + timedelta(days=1)


@pytest.fixture
def scene(session: Session) -> Briefed:
    return Briefed(session)


@pytest.fixture
def told(scene: Briefed) -> Briefed:
    """Drafted, its authors told; their days are over in `after`."""
    scene.draft()
    scene.tell()
    return scene


def _stops(scene: Briefed) -> list[str]:
    page = check_page(scene.session, scene.briefing)
    return [one.says for one in page.checks if one.stops]


def test_everything_that_readers_see_can_be_cited_and_nothing_else(scene: Briefed) -> None:
    make_position(scene.session, scene.thread, state="hidden", number=9)
    marks = {row.mark for row in scene.briefing.sources}
    assert marks == {"O", "P4", "P5", "A1", "R1"}


@time_machine.travel(NOW, tick=False)
def test_a_draft_that_is_sound_waits_only_for_its_authors(scene: Briefed) -> None:
    scene.draft()
    (stop,) = _stops(scene)
    assert "do not know yet" in stop
    scene.tell()
    (stop,) = _stops(scene)
    assert "may object until" in stop
    with time_machine.travel(LATER, tick=False):
        assert _stops(scene) == []


@pytest.mark.parametrize(
    ("section", "words", "says"),
    [
        ("shared", "> P4: By the second year we understood.", "not exactly"),
        ("shared", "> P4: By the second year", "not exactly"),
        ("shared", "> P9: Nothing.", "There is no P9"),
        ("shared", "Said nowhere [A7].", "There is no A7"),
        ("minority", "Somebody thinks otherwise [P5].", "minority view is needed"),
        ("question", "", "is empty"),
    ],
)
def test_what_is_not_sound_stops_it(scene: Briefed, section: str, words: str, says: str) -> None:
    scene.draft(**{section: words})
    assert any(says in one for one in _stops(scene)), _stops(scene)


def test_whole_sentences_may_be_left_out_with_an_ellipsis(scene: Briefed) -> None:
    scene.draft(shared="> P4: We counted. … By the fourth we could stop.")
    assert not any("not exactly" in one for one in _stops(scene))


def test_a_dead_link_stops_it_until_an_archived_copy_is_kept(scene: Briefed) -> None:
    scene.source.link_state = "dead"
    scene.draft()
    assert any("leads nowhere" in one for one in _stops(scene))
    scene.source.archive_url = "https://archive.example.org/1"
    assert not any("leads nowhere" in one for one in _stops(scene))


def test_an_author_who_objects_is_answered_before_it_is_published(told: Briefed) -> None:
    session = told.session
    quoting = session.scalars(select(Quoting).where(Quoting.position_id == told.four.id)).one()
    object_to(session, told.as_(told.four.author), quoting, why="Out of place.", now=NOW)
    with time_machine.travel(LATER, tick=False):
        assert any("objects" in one for one in _stops(told))
        answer_objection(session, told.as_moderator, quoting, answer="We moved it.", now=LATER)
        assert _stops(told) == []
        with pytest.raises(Refused):
            object_to(session, told.as_(told.four.author), quoting, why="Again.", now=LATER)
    letters = [job.payload["template"] for job in session.scalars(select(Job))
               if job.name == "mail.send"]  # fmt: skip
    assert letters.count("publications/quoted") == 3
    assert letters.count("publications/answered") == 1


@time_machine.travel(LATER, tick=False)
def test_the_hash_of_a_briefing_made_twice_is_one(told: Briefed) -> None:
    version = told.publish()
    again = make_document(
        told.session, told.briefing, version.sections, list_sources(told.session, told.briefing),
        Edition(1, version.made_at, "", SITE),
    )  # fmt: skip
    assert sha256(canonical(dump(again.document))).hexdigest() == version.hash
    document = read(Document, version.snapshot)
    assert dump(document) == version.snapshot
    assert sha256(canonical(json.loads(canonical(version.snapshot)))).hexdigest() == version.hash
    assert make_files(document) == make_files(document)


@time_machine.travel(LATER, tick=False)
def test_a_frozen_version_says_who_is_quoted_and_marks_what_is_the_editors(told: Briefed) -> None:
    document = read(Document, told.publish().snapshot)
    said = {one.purpose: one for one in document.sections}
    quoted = [block.quoted for block in said["disputed"].blocks if block.quoted]
    assert quoted[0].words == QUOTE
    assert quoted[0].name.startswith("Contributor")
    assert [one.is_editors for one in said["who"].blocks[0].sentences] == [True]
    assert [one.is_editors for one in said["shared"].blocks[0].sentences] == [False]
    assert {row.label for row in document.values if row.outweighed} == {"Equality"}
    assert document.references[0].text.startswith("Donnelly, M. and Lažetić, P. (2019)")
    assert [road.stand.number for road in document.roads] == [4, 5]


@time_machine.travel(LATER, tick=False)
def test_a_correction_is_a_version_of_its_own_and_says_what_differs(told: Briefed) -> None:
    first = told.publish()
    with pytest.raises(Invalid):
        told.publish()
    second = told.publish("Nine visits, not eight.")
    assert (second.number, second.note) == (2, "Nine visits, not eight.")
    assert first.snapshot["version"] == 1


FAULTS = {
    "hidden": lambda s: setattr(s.four, "state", "hidden"),
    "removed": lambda s: setattr(s.five, "state", "removed"),
    "redacted": lambda s: setattr(s.four.live, "reasoning", "We counted. ███"),
    "erased": lambda s: setattr(s.five.live, "claim", ""),
    "label": lambda s: setattr(s.four, "attribution", "chatham_house"),
    "moved": lambda s: setattr(s.four, "thread", make_thread(s.session, s.series)),
    "answer hidden": lambda s: setattr(s.answer, "state", "hidden"),
    "source hidden": lambda s: setattr(s.source, "is_hidden", True),
    "thread hidden": lambda s: setattr(s.thread, "is_hidden", True),
}


@pytest.mark.parametrize("why", FAULTS)
@time_machine.travel(LATER, tick=False)
def test_what_may_not_be_shown_any_more_takes_every_file_along(
    app: Flask, told: Briefed, why: str
) -> None:
    session, client = told.session, app.test_client()
    version = told.publish()
    keep_files(session, version, make_files(read(Document, version.snapshot)))
    address = f"{told.address}/1"
    assert client.get(address).status_code == 200
    assert QUOTE in client.get(f"{address}/files/txt").text
    FAULTS[why](told)
    session.flush()
    before = version.hash
    readable = why != "thread hidden"
    for path in (address, f"{address}/files/txt", f"{address}/files/json"):
        answered = client.get(path)
        assert answered.status_code == (410 if readable else 404), path
        assert QUOTE not in answered.text
    assert look_after(session, site_url=SITE, now=MUCH_LATER) == 1
    assert (version.hash, version.snapshot, version.sections) == (before, {}, {})
    assert version.withdrawn_at is not None
    files = select(PublicationFile).where(PublicationFile.version_id == version.id)
    assert not session.scalars(files).all()
    told.session.refresh(told.briefing)
    numbers = [one.number for one in told.briefing.versions]
    assert numbers == ([1, 2] if readable else [1])
    if readable:
        newest = told.briefing.versions[-1]
        assert standing_of(session, newest).why == ""
        assert client.get(told.address).status_code == 200
        assert client.get(address).status_code == 410
    assert look_after(session, site_url=SITE, now=MUCH_LATER) == 0


@time_machine.travel(LATER, tick=False)
def test_what_is_corrected_loses_the_words_in_the_draft_too(told: Briefed) -> None:
    told.publish()
    told.four.state = "hidden"
    look_after(told.session, site_url=SITE, now=MUCH_LATER)
    newest = told.briefing.versions[-1]
    everything = json.dumps([newest.snapshot, newest.sections, told.briefing.sections])
    assert QUOTE not in everything
    assert "How often stayed apart" not in everything
    assert "Both cite the same count" in everything


@time_machine.travel(LATER, tick=False)
def test_a_withdrawal_by_its_author_marks_the_page_and_stops_the_next_version(
    app: Flask, told: Briefed
) -> None:
    version = told.publish()
    keep_files(told.session, version, make_files(read(Document, version.snapshot)))
    told.four.state = "withdrawn"
    told.session.flush()
    client = app.test_client()
    page = client.get(told.address)
    assert page.status_code == 200
    assert "Withdrawn by its author" in page.text
    assert QUOTE not in page.text
    assert QUOTE in client.get(f"{told.address}/1/files/txt").text  # frozen as it was
    with pytest.raises(Refused):
        told.publish("Another.")


@time_machine.travel(LATER, tick=False)
def test_moderators_can_withdraw_a_version_and_only_its_hash_stays(
    app: Flask, told: Briefed
) -> None:
    version = told.publish()
    withdraw(told.session, told.as_moderator, told.briefing, now=MUCH_LATER)
    answered = app.test_client().get(told.address)
    assert (answered.status_code, version.hash in answered.text) == (410, True)
    left = select(PublicationSource).where(PublicationSource.version_id == version.id)
    assert not told.session.scalars(left).all()


def test_what_is_suggested_is_chosen_by_what_is_published(scene: Briefed) -> None:
    page = compose_page(scene.session, scene.briefing)
    assert set(page.suggestions.shortlist) == {"P4", "P5"}
    assert [(one.mark, one.serves) for one in page.suggestions.sides] == [
        ("P4", True), ("P5", False),
    ]  # fmt: skip
    assert any("neither quoted nor cited" in one for one in page.suggestions.missing)


def test_checks_name_the_section_and_come_with_what_stops_first(scene: Briefed) -> None:
    scene.draft(who="Nobody else wrote.")
    page = check_page(scene.session, scene.briefing)
    found = list_checks(
        scene.session, scene.briefing, list_sources(scene.session, scene.briefing), page.preview
    )
    assert [one.stops for one in found] == sorted((one.stops for one in found), reverse=True)
    assert any(one.section == "who" and "editor’s own" in one.says for one in found)


def test_a_moderator_composes_and_a_policy_maker_reads(app: Flask, scene: Briefed) -> None:
    """The whole way, in a browser, by the buttons that stand there."""
    with time_machine.travel(NOW, tick=False):
        moderator = sign_in(app.test_client(), scene.moderator)
        begun = moderator.post(
            f"/publications/{scene.series.slug}/begin", data={"thread": scene.thread.slug}
        )
        assert begun.status_code == 303, begun.text
        compose = begun.headers["Location"]
        again = moderator.post(
            f"/publications/{scene.series.slug}/begin", data={"thread": scene.thread.slug}
        )
        assert again.headers["Location"] == compose
        page = moderator.get(compose).text
        assert QUOTE in page
        typed = {"title": "Which visits should stop?", "section-question": "A visit says why [O]."}
        put = {"into": "minority", "put": "P5:Visit 5 times a year, and name the reason."}
        answered = moderator.post(compose, data=typed | put)
        assert answered.status_code == 303
        kept = moderator.get(compose).text
        assert "&gt; P5: Visit 5 times a year, and name the reason." in kept
        refused = moderator.post(compose.replace("compose", "check/publish"), data={"note": ""})
        assert (refused.status_code, "do not know yet" in refused.text) == (422, True)
        moderator.post(compose.replace("compose", "check/tell"), data={"days": "5"})
        quoting = scene.session.scalars(select(Quoting)).one()
        author = sign_in(app.test_client(), scene.five.author)
        assert (
            "Visit 5 times a year" in author.get(f"/publications/quoted/{quoting.public_id}").text
        )
        assert moderator.get(f"/publications/quoted/{quoting.public_id}").status_code == 404
    with time_machine.travel(LATER, tick=False):
        moderator = sign_in(app.test_client(), scene.moderator)
        before = app.test_client().get(f"/threads/{scene.thread.slug}").text
        done = moderator.post(compose.replace("compose", "check/publish"), data={"note": ""})
        after = app.test_client().get(f"/threads/{scene.thread.slug}").text
        assert ("Read the briefing" in before, "Read the briefing" in after) == (False, True)
        assert done.status_code == 303, done.text
        reader = app.test_client()
        listed = reader.get(f"/publications/{scene.series.slug}").text
        assert "Which visits should stop?" in listed
        read_page = reader.get(done.headers["Location"])
        assert read_page.status_code == 200
        assert "Visit 5 times a year" in read_page.text
        assert reader.get(compose).status_code in (303, 403)
        plain = make_member(scene.session, scene.series)
        assert sign_in(app.test_client(), plain).get(compose).status_code == 403


@pytest.mark.parametrize(
    ("state", "says"),
    [("", "is not checked yet"), ("dead", "leads nowhere"), ("unreachable", "did not answer")],
)
def test_a_reference_without_a_link_that_works_holds_it_until_a_copy_is_kept(
    app: Flask, scene: Briefed, state: str, says: str
) -> None:
    scene.source.link_state = state
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        with pytest.raises(Refused, match=says):
            scene.publish()
        moderator = sign_in(app.test_client(), scene.moderator)
        check = f"{scene.address}/check"
        kept = f"{check}/references/{scene.source.public_id}"
        assert says in moderator.get(check).text
        wrong = moderator.post(kept, data={"archive_url": "nowhere <"})
        assert wrong.status_code == 422
        assert "nowhere &lt;" in wrong.text
        assert sign_in(app.test_client(), scene.member).post(kept).status_code == 404
        copy = "https://archive.example.org/1"
        assert moderator.post(kept, data={"archive_url": copy}).status_code == 303
        assert says not in moderator.get(check).text
        assert scene.publish().snapshot["references"][0]["url"] == copy


def test_more_than_two_pages_are_said_before_it_is_published(
    session: Session, scene: Briefed
) -> None:
    scene.draft()
    assert not any("On paper" in one.says for one in check_page(session, scene.briefing).checks)
    long = "\n".join(f"- Two wards will count their visits {n} times [O]." for n in range(110))
    scene.draft(happens=long, shared=long, strategies=long)
    [said] = [one for one in check_page(session, scene.briefing).checks if "On paper" in one.says]
    assert not said.stops
    assert "What happens now" in said.says


def test_what_needs_to_be_known_of_it_is_put_in_and_cites_what_it_comes_from(
    session: Session,
) -> None:
    scene = Briefed(session)
    origins = (f"mind/{scene.four.public_id}", f"study/{scene.source.public_id}")
    for text in ("Do wards regret it?", "Is it so elsewhere?"):
        draft = QuestionDraft(text, origins=origins)
        made = make_question(session, scene.as_moderator, scene.series, draft, now=NOW)
    assert scene.four.live is not None
    made.origins = [Origin(reason="mind", subject="bcdfghjkmn")]
    scene.draft()
    scene.tell()
    with time_machine.travel(LATER, tick=False):
        version = scene.publish()
        document = read(Document, version.snapshot)
        [part] = [one for one in document.sections if one.purpose == "needed"]
        [heading, item] = [block.sentences[0] for block in part.blocks]
        assert (heading.text, item.text) == ("Open", "Do wards regret it?")
        assert {one.kind for one in item.cites} == {"position", "reference"}
        assert not item.is_editors
        scene.four.live.change_mind_text = ""
        session.flush()
        assert standing_of(session, version).why == "redacted"
