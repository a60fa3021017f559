"""The fields of a version are one table, and whatever reads a version reads all of it."""

import re
from dataclasses import fields
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from discussion import paths
from discussion.db import Base
from discussion.debate.positions.drafts import (
    BY_SITE,
    LinkDraft,
    PositionDraft,
    Said,
    TagDraft,
)
from discussion.debate.positions.drafts_fields import Told, fields_of, in_page_order, texts_of
from discussion.debate.positions.forms import SHAPE, draft_of, written_from
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.operations.publishing import publish_position, revise_position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards, read_around
from discussion.debate.positions.queries.history import list_changes
from discussion.debate.positions.queries.named_as import NamedAs
from discussion.debate.positions.queries.preview import preview
from discussion.oversight.redactions.queries.fields import list_fields, typed_tables
from discussion.oversight.rights.queries.own.written import _revision
from discussion.oversight.rights.words_copy import FIELDS as IN_COPY
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in
from tests.factories import NOW
from tests.factories.scenes import Scene

# The columns of what hangs on a version that nobody types: which row, of which, in what order.
OF_ROWS = {
    ValueTag: {"id", "revision_id", "value_id", "proposal_id", "is_outweighed", "rank", "place"},
    EvidenceLink: {"id", "revision_id", "item_id", "order"},
}
TABLES: tuple[tuple[type[Any], type[Base]], ...] = (
    (PositionDraft, Revision),
    (TagDraft, ValueTag),
    (LinkDraft, EvidenceLink),
)
# What a card says only once it is published, and why the card shown while writing cannot.
NOT_BEFORE = {
    "id": "it has none yet",
    "number": "drawn when it is published",
    "url": "it has none yet",
    "reasoning": "closed while somebody writes, so not made with each key",
    "byline": "its letter is drawn when it is published, and its date is that of now",
    "can_mute": "nobody mutes what they write",
}


class Writing(Scene):
    """A series where writing appears at once, and a draft of which every field says something."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, moderation="post")
        self.thread.scales = list(self.series.scales)

    def draft(self, mark: str = "") -> PositionDraft:
        link = LinkDraft(
            item_id=self.item.public_id,
            stance="contradicts",
            warrant=f"It shows the gap{mark}.",
            transfer="similar",
            transfer_note=f"A port{mark}",
            locator=f"Page 4{mark}",
            rebuttal=f"It was long ago{mark}.",
        )
        return PositionDraft(
            claim=f"Every pupil tries three things{mark}.",
            reasoning=f"Choice needs knowledge{mark}.",
            served=(
                TagDraft(value="equality", gloss=f"Of access{mark}"),
                TagDraft(proposed="Delight", gloss=f"In learning{mark}"),
            ),
            outweighed=(TagDraft(proposed="Thrift", gloss=f"Of time{mark}"),),
            links=(link,),
            level="trust" if mark else "school",
            phases=("primary", "secondary") if mark else ("primary",),
            setting=f"A trust by the sea{mark}",
            placements={self.thread.scales[0].slug: 0.75 if mark else 0.25},
            confidence=3 if mark else 2,
            objection=f"There is no time{mark}.",
            change_mind=("evidence", "practical") if mark else ("evidence",),
            change_mind_text=f"A trial that fails{mark}.",
            interests=f"I sell kits{mark}",
            attribution="role",
            nobody_identified=True,
            change_reason="reworded" if mark else "",
        )

    def publish(self) -> Position:
        return publish_position(self.session, self.as_convener, self.thread, self.draft(), now=NOW)


@pytest.fixture
def stage(session: Session) -> Writing:
    return Writing(session)


@pytest.mark.parametrize(
    ("model", "table"), [(ValueTag, TagDraft), (EvidenceLink, LinkDraft)], ids=["tag", "link"]
)
def test_every_column_of_what_hangs_on_a_version_is_in_the_table(
    model: type[Base], table: type[TagDraft] | type[LinkDraft]
) -> None:
    columns = set(inspect(model).columns.keys())
    assert {one.name for one in fields_of(table) if one.is_column} == columns - OF_ROWS[model]


def test_every_column_of_a_version_is_in_the_table_or_made_by_the_site() -> None:
    typed = {one.name for one in fields_of(PositionDraft) if one.is_column}
    assert typed | set(BY_SITE) == set(inspect(Revision).columns.keys())
    assert not typed & set(BY_SITE)


def test_every_line_of_a_draft_is_a_line_of_the_table() -> None:
    for table in (PositionDraft, TagDraft, LinkDraft):
        assert [one.name for one in fields(table)] == [one.name for one in fields_of(table)]
    assert {one.name for one in fields(Said)} < {one.name for one in fields(Card)}


def test_the_form_asks_for_every_field() -> None:
    asked = {*SHAPE.texts, *SHAPE.lists, *SHAPE.rows, "placements"}
    assert {one.typed for one in fields_of(PositionDraft)} <= asked
    assert (
        {"value", "proposed", "gloss"} == set(SHAPE.rows["served"]) == set(SHAPE.rows["outweighed"])
    )


def test_the_page_has_a_control_for_every_field(client: FlaskClient, stage: Writing) -> None:
    position = stage.publish()
    stage.session.commit()
    sign_in(client, stage.convener)
    page = client.get(paths.revise(position.public_id)).text
    controls = {re.sub(r"-\d+", "", name) for name in re.findall(r' name="([\w-]+)"', page)}
    plain = {one.typed for one in fields_of(PositionDraft) if one.how.told is not Told.AS_ROWS}
    rows = {f"served-{one.typed}" for one in fields_of(TagDraft)}
    rows |= {f"links-{one.typed}" for one in fields_of(LinkDraft)}
    assert len(plain) > 10
    assert not (plain | rows) - controls


def test_every_field_that_is_written_has_a_length_that_its_column_holds() -> None:
    for table, model in (
        (PositionDraft, Revision),
        (TagDraft, ValueTag),
        (LinkDraft, EvidenceLink),
    ):
        for one in texts_of(table):
            assert one.longest > 0, one.name
            if one.is_column:
                held = getattr(model.__table__.columns[one.name].type, "length", None)
                assert held is None or held >= one.longest, one.name


def test_a_version_that_is_revised_unchanged_says_the_same_in_every_field(stage: Writing) -> None:
    position = stage.publish()
    written = written_from(position, position.revisions[-1])
    again = draft_of(written, scales=[scale.slug for scale in stage.thread.scales])
    asked_again = {"nobody_identified", "change_reason"}
    assert len(fields_of(PositionDraft)) > 10
    for one in fields_of(PositionDraft):
        if one.name not in asked_again:
            assert getattr(again, one.name) == getattr(stage.draft(), one.name), one.name


def test_the_card_while_writing_is_the_card_that_is_published(stage: Writing) -> None:
    """A proposed cost too: it used to be left out until it was published."""
    name = NamedAs.read(
        stage.session,
        stage.as_convener,
        stage.thread,
        posting=("", ""),
        kind="position",
        position=None,
    )
    before = preview(stage.session, stage.thread, stage.draft(), name, None, NOW)
    position = stage.publish()
    [after] = list_cards(stage.session, stage.as_convener, asked_cards(Position.id == position.id))
    for one in fields(Card):
        if one.name not in NOT_BEFORE:
            assert getattr(before, one.name) == getattr(after, one.name), one.name
    assert [chip.label for chip in before.outweighed] == ["Thrift"]


def test_every_field_that_changes_is_told_among_what_changed(stage: Writing) -> None:
    position = stage.publish()
    said_before = position.revisions[-1]
    revise_position(stage.session, stage.as_convener, position, stage.draft(" by May"), now=NOW)
    around = read_around(stage.session, [position])
    changes = list_changes(position, position.revisions[-1], around, since=said_before)
    told = {str(one.label) for one in fields_of(PositionDraft) if one.how.told is not Told.NOT}
    assert {change.field for change in changes} == told
    said = " ".join(str(change.html) for change in changes)
    for one in texts_of(LinkDraft):
        new = getattr(stage.draft(" by May").links[0], one.name)
        assert str(new) in said.replace("<ins>", "").replace("</ins>", ""), one.name


def test_words_can_be_taken_out_of_every_field_that_is_written(stage: Writing) -> None:
    position = stage.publish()
    found = {
        (type(one.row), one.column) for one in list_fields(stage.session, subject_of(position))
    }
    for table, model in (
        (PositionDraft, Revision),
        (TagDraft, ValueTag),
        (LinkDraft, EvidenceLink),
    ):
        for one in texts_of(table):
            if one.is_column:
                assert (model, one.name) in found, one.name
                assert typed_tables()[model.__tablename__].columns[one.name], one.name


def test_a_moderator_is_told_of_every_field_that_is_written(stage: Writing) -> None:
    position = stage.publish()
    read = set(subject_of(position).written(position.revisions[-1]))
    draft = stage.draft()
    for row in (draft, *draft.served, *draft.outweighed, *draft.links):
        for one in texts_of(type(row)):
            if written := getattr(row, one.name):
                assert written in read, one.name


def test_a_copy_of_ones_data_holds_every_field_and_says_what_it_is(stage: Writing) -> None:
    copied = _revision(stage.publish().revisions[-1])
    assert len(in_page_order(PositionDraft)) > 10
    for one in in_page_order(PositionDraft):
        if one.is_column and one.name != "nobody_identified":
            assert copied[one.name] == one.keep(getattr(stage.draft(), one.name)), one.name
            assert str(IN_COPY[one.name]), one.name
