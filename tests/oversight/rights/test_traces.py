"""What is left of somebody in the tables after they have left: nothing that says who they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from discussion.audit.chain import find_breaks
from discussion.audit.queries import stream_links
from discussion.db import Base
from discussion.debate.positions.models import Revision
from discussion.decisions.models import Claim
from discussion.decisions.queries.chained import find_altered
from discussion.oversight.moderation.models import Batch
from discussion.oversight.redactions.models import Redaction
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from tests.oversight.rights.leaver import LATER, Leaver, dump, leave, make_leaver

# Columns that go on pointing at the row of somebody who left, each with its reason.
STAYS = {
    "consent.person_id": "proof that there was consent",
    "decision.addressed_to_id": "never changed",
    "appeal.made_by_id": "never changed",
    "audit_event.actor_id": "never changed",
    "leaving.person_id": "that it was asked for, and done",
    "data_copy.person_id": "that one was asked for; the file is deleted",
    "membership.person_id": "that it ended",
    "position.author_id": "whose letter it is, and whose tombstone",
    "response.author_id": "whose letter it is, and whose tombstone",
    "voice.person_id": "a letter is never given to somebody else",
    "sanction.person_id": "with the decision that made it",
    "batch.made_by_id": "an act of a moderator",
    "editors_note.written_by_id": "an act of a moderator",
    "invitation.made_by_id": "an act of a convener",
    "announcement.written_by_id": "an act of a convener",
    "instrument.made_by_id": "an act of a convener",
    "organisation.made_by_id": "an act of an administrator",
    "practice_run.coordinator_id": "an act for an organisation",
    "confirmation.person_id": "that somebody was asked; the answer's words are gone",
}


@dataclass(frozen=True)
class Left:
    """Somebody who has left, with what stood in every table before; for tests that only look."""

    session: Session
    made: Leaver
    before: dict[str, str]


@pytest.fixture(scope="module", params=["delete", "keep"])
def left(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Left]:
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            made = make_leaver(session)
            before = dump(session)
            assert leave(session, made, request.param)
            yield Left(session, made, before)
        outer.rollback()


def test_nothing_in_any_table_says_who_left_nor_what_they_took_along(left: Left) -> None:
    session, made = left.session, left.made
    is_wholly = made.positions[0].state == "withdrawn"
    gone = made.marks.everything if is_wholly else made.marks.person
    assert all(any(word in said for said in left.before.values()) for word in gone)

    found = [
        (table, word) for table, said in dump(session).items() for word in gone if word in said
    ]
    assert found == []
    if not is_wholly:
        assert made.marks.published in dump(session)["revision"]
        unpublished = {t for t, said in dump(session).items() if made.marks.unpublished in said}
        assert unpublished == {"report"}, "which its decision answers"


def test_no_row_points_at_somebody_who_left_but_those_with_a_reason(left: Left) -> None:
    session, made = left.session, left.made
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
        and session.execute(select(table).where(key.parent == made.person.id)).first()
    }
    assert pointing <= set(STAYS), pointing - set(STAYS)


def test_what_a_moderator_had_taken_is_free_and_the_chain_holds(left: Left) -> None:
    session, made = left.session, left.made
    assert not session.scalars(select(Claim)).all()
    assert session.scalars(select(Batch.undone_at)).all() == [LATER]
    redaction = session.scalars(select(Redaction)).one()
    is_kept = made.positions[0].state == "published"
    assert (redaction.sealed is not None, redaction.destroyed_at is None) == (is_kept, is_kept)
    ended = session.execute(
        select(Membership.role, Membership.removed_how, Membership.posting_role)
        .where(Membership.person_id == made.person.id)
    ).all()  # fmt: skip
    assert {tuple(row) for row in ended} == {("contributor", "left", "")}
    assert not list(find_breaks(stream_links(session)))
    assert not list(find_altered(session))


def test_no_column_of_a_version_is_forgotten_when_it_is_emptied(left: Left) -> None:
    """A field that is added to versions is text that somebody wrote, until this says otherwise."""
    told = {"id", "position_id", "version", "status", "language", "renderer_version",
            "redacted_at", "submitted_at", "live_at"}  # fmt: skip
    emptied = left.session.scalars(
        select(Revision)
        .where(Revision.position_id == left.made.positions[0].id)
        .where(Revision.version.is_(None))
    ).one()
    assert _filled(emptied) - told == set()


def test_the_account_keeps_nothing(left: Left) -> None:
    told = {"id", "public_id", "display_name", "is_guest", "is_invented",
            "language", "created_at", "left_at"}  # fmt: skip
    row = left.session.get_one(Person, left.made.person.id)
    assert _filled(row) - told == set()
    assert row.display_name == "Former contributor"


def _filled(row: Any) -> set[str]:
    return {column.key for column in inspect(type(row)).columns if getattr(row, column.key)}
