"""A briefing tells of questions of information for as long as moderators let them be read."""

import importlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.reach.needed.drafts import QuestionDraft
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.wording import (
    make_question,
    merge_question,
    remove_question,
    word_question,
)
from discussion.reach.packages.queries.standing import stands
from discussion.reach.publications.drafts_marks import QUESTION
from discussion.reach.publications.files import make_files
from discussion.reach.publications.models import PublicationFile, PublicationSource
from discussion.reach.publications.operations.publishing import keep_files, look_after
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import FORMATS
from discussion.records import read
from tests.factories import NOW
from tests.reach.packages.scene import make_package
from tests.reach.publications.scene import LATER, SITE, Briefed

NAMED = "Does Sister Agnes of Ward 9 regret it?"
OTHER = "Is it so elsewhere?"
AFTER = LATER + timedelta(hours=1)
SOON = AFTER + timedelta(minutes=5)
FILL = (
    "discussion.migrations.versions.20261201_0035_rest_briefings_on_the_questions_that_they_tell_of"
)


class Asking(Briefed):
    """A published briefing that tells of two questions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.named, self.other = self.ask(NAMED), self.ask(OTHER)
        with time_machine.travel(NOW, tick=False):
            self.draft()
            self.tell()
        with time_machine.travel(LATER, tick=False):
            self.version = self.publish()
            document = read(Document, self.version.snapshot)
            keep_files(session, self.version, make_files(document))

    def ask(self, text: str) -> Question:
        draft = QuestionDraft(text, origins=(f"mind/{self.four.public_id}",))
        return make_question(self.session, self.as_moderator, self.series, draft, now=NOW)

    def word(self, text: str, *, is_unsaid: bool) -> None:
        origins = (f"mind/{self.four.public_id}",)
        draft = QuestionDraft(text, origins=origins, why="It named her.", is_unsaid=is_unsaid)
        word_question(self.session, self.as_moderator, self.named, draft, now=AFTER)

    def remove(self, question: Question) -> None:
        why = "It names somebody."
        remove_question(self.session, self.as_moderator, question, why=why, now=AFTER)

    def merge(self) -> None:
        moderator = self.as_moderator
        merge_question(self.session, moderator, self.named, self.other, why="One.", now=AFTER)

    @property
    def places(self) -> list[str]:
        files = [f"{self.address}/1/files/{one}" for one in FORMATS]
        return [self.address, f"{self.address}.json", f"{self.address}/1", *files]


@pytest.fixture
def scene(session: Session) -> Asking:
    return Asking(session)


def _removed(scene: Asking) -> None:
    scene.remove(scene.named)


def _merged_then_removed(scene: Asking) -> None:
    scene.merge()
    scene.remove(scene.other)


def _unsaid(scene: Asking) -> None:
    scene.word("Does anybody regret it?", is_unsaid=True)


@time_machine.travel(AFTER, tick=False)
@pytest.mark.parametrize("act", [_removed, _merged_then_removed, _unsaid])
def test_words_of_a_question_that_may_be_read_no_more_stand_in_no_copy(
    app: Flask, scene: Asking, act: Callable[[Asking], None]
) -> None:
    client = app.test_client()
    package = make_package(app, scene.session, scene.series, AFTER)
    before = [client.get(path) for path in scene.places]
    assert {one.status_code for one in before} == {200}
    assert sum(NAMED.encode() in one.data for one in before) >= 3
    act(scene)
    package.states = []  # one transaction of PostgreSQL counts as one change
    scene.session.flush()
    for turn in range(2):
        for path in scene.places:
            said = client.get(path)
            assert NAMED.encode() not in said.data, path
            if "/1" in path:
                assert said.status_code == 410, path
        assert not stands(scene.session, package)
        if turn == 0:
            assert look_after(scene.session, site_url=SITE, now=SOON) == 1
    kept = scene.session.scalars(select(PublicationFile.version_id)).all()
    assert scene.version.id not in kept
    assert (scene.version.snapshot, len(scene.version.hash)) == ({}, 64)
    corrected = scene.briefing.versions[-1]
    assert (corrected.number, bool(corrected.note)) == (2, True)
    assert NAMED not in json.dumps(corrected.snapshot)
    assert standing_of(scene.session, corrected).why == ""


@time_machine.travel(AFTER, tick=False)
def test_a_corrected_version_tells_of_the_questions_that_stand(scene: Asking) -> None:
    scene.remove(scene.named)
    look_after(scene.session, site_url=SITE, now=SOON)
    assert OTHER in json.dumps(scene.briefing.versions[-1].snapshot)
    scene.remove(scene.other)
    look_after(scene.session, site_url=SITE, now=SOON + timedelta(minutes=5))
    third = scene.briefing.versions[-1]
    assert third.number == 3
    assert OTHER not in json.dumps(third.snapshot)


@time_machine.travel(AFTER, tick=False)
def test_a_question_worded_better_or_merged_withdraws_nothing(scene: Asking) -> None:
    scene.word("Do wards regret it?", is_unsaid=False)
    scene.merge()
    assert standing_of(scene.session, scene.version).why == ""
    assert look_after(scene.session, site_url=SITE, now=SOON) == 0


def test_briefings_from_before_learn_which_questions_they_tell_of(scene: Asking) -> None:
    asked = (
        select(PublicationSource.question_id, PublicationSource.words_hash)
        .where(PublicationSource.kind == QUESTION)
        .order_by(PublicationSource.question_id)
    )
    known = scene.session.execute(asked).all()
    scene.session.execute(delete(PublicationSource).where(PublicationSource.kind == QUESTION))
    cast(Any, importlib.import_module(FILL)).fill(scene.session.connection())
    assert scene.session.execute(asked).all() == known
    assert len(known) == 2
