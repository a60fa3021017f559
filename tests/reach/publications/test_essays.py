"""An essay by an invited voice: entered by moderators, published in versions, read by all."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion.problems import Invalid
from discussion.reach.publications.drafts_essay import EssayDraft
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from tests.conftest import json_of, sign_in
from tests.factories import NOW
from tests.factories.scenes import Scene

ESSAY = EssayDraft(
    "Before you count", "A number is not neutral.", "For five years I counted.\n\n**Then** not. "
    "<script>alert(1)</script>", "Adeyemi-Rowe, H.", "Counts less now.", "A green coat.",
    "", "", "", "", date(2026, 9, 2),
)  # fmt: skip


@pytest.fixture
def scene(session: Session) -> Scene:
    return Scene(session)


def test_a_moderator_enters_an_essay_and_everybody_reads_it_once_published(
    app: Flask, scene: Scene
) -> None:
    moderator = sign_in(app.test_client(), scene.moderator)
    address = f"/publications/{scene.series.slug}/essays/new"
    typed = {
        "title": ESSAY.title, "text": ESSAY.text, "author": ESSAY.author, "written_on":
        "2026-09-02", "theme": scene.series.themes[0].slug, "led_to": f"https://example.org/threads/{scene.thread.slug}?group=role#p1",
    }  # fmt: skip
    elsewhere = moderator.post(address, data=typed | {"led_to": "no-such-thread"})
    assert elsewhere.status_code == 422
    assert "No thread of this series has that address." in elsewhere.text
    empty = moderator.post(address, data=typed | {"author": "", "standfirst": "Kept."})
    assert (empty.status_code, "Kept." in empty.text) == (422, True)
    kept = moderator.post(address, data=typed)
    assert kept.status_code == 303, kept.text
    edit = kept.headers["Location"]
    page, visitor = edit.removesuffix("/edit"), app.test_client()
    assert visitor.get(page).status_code == 404
    assert moderator.post(edit, data=typed | {"do": "publish"}).headers["Location"] == page
    read = visitor.get(page)
    assert read.status_code == 200
    for words in (ESSAY.author, "<strong>Then</strong>", scene.thread.question, "2 September 2026"):
        assert words in read.text
    assert "<script>alert" not in read.text
    assert ESSAY.title in visitor.get(f"/publications/{scene.series.slug}").text
    assert "TI  - Before you count" in visitor.get(f"{page}/1/files/ris").text
    assert json_of(visitor.get(f"{page}.json"))["essay"]["author"] == ESSAY.author
    assert sign_in(app.test_client(), scene.member).get(edit).status_code == 403


def test_a_corrected_essay_is_another_version_that_says_what_differs(scene: Scene) -> None:
    session, by = scene.session, scene.as_moderator
    row = keep_essay(session, by, scene.series, ESSAY, now=NOW)
    first = publish_essay(session, by, row, site_url="", now=NOW)
    with pytest.raises(Invalid):
        publish_essay(session, by, row, site_url="", now=NOW)
    second = publish_essay(session, by, row, correction="A year was wrong.", site_url="", now=NOW)
    assert (first.number, second.number) == (1, 2)
    assert first.hash != second.hash
    assert first.snapshot["note"] == ""
    with pytest.raises(Invalid):
        publish_essay(session, by, row, correction="x" * 301, site_url="", now=NOW)


def test_what_is_written_since_an_essay_was_published_is_read_nowhere(
    app: Flask, scene: Scene
) -> None:
    session, by = scene.session, scene.as_moderator
    rows = [keep_essay(session, by, scene.series, ESSAY, now=NOW) for _number in range(2)]
    for row in rows:
        publish_essay(session, by, row, site_url="", now=NOW)
        later = replace(ESSAY, title="Not yet", author="Somebody else")
        keep_essay(session, by, scene.series, later, row=row, now=NOW)
    session.flush()
    reader, listed = app.test_client(), f"/publications/{scene.series.slug}"
    for page in (listed, *(f"{listed}/{row.slug}" for row in rows)):
        told = reader.get(page).text
        assert ESSAY.title in told
        assert "Not yet" not in told
        assert "Somebody else" not in told
