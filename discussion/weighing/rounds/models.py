"""Rounds with their rules, and private ratings.

What members post as is kept as a round found it, by whichever door they came in: see RoundPost.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Insert,
    String,
    UniqueConstraint,
    bindparam,
    event,
    insert,
    inspect,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.debate.threads.models import Thread
from discussion.records import read
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.rounds.fixed import Counts, Limits, StopRule
from discussion.weighing.statements.models import StatementVersion


class Round(Identified, Base):
    """A period in which statements are rated; nothing of it changes once it is open."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index(
            "uq_round_one_open_per_thread",
            "thread_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    cycle: Mapped[int]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="planned", index=True)  # open, closed
    points: Mapped[int] = mapped_column(default=5)
    order_rule: Mapped[str] = mapped_column(String(12), default="need")  # need, fixed
    seed: Mapped[int]
    thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)  # copied from the series
    min_group: Mapped[int] = mapped_column(default=5)
    stop_rule: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"kind": …, "rounds": …}
    who_may_rate: Mapped[str] = mapped_column(String(12), default="members")
    feedback: Mapped[str] = mapped_column(String(12), default="spread")  # none, spread
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    imported_from: Mapped[str] = mapped_column(String(12), default="")  # polis; empty: held here
    attribution: Mapped[str] = mapped_column(String(600), default="")  # of data from elsewhere
    counted: Mapped[dict[str, Any]] = mapped_column(default=dict)  # coarsely, or at the close
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]

    thread: Mapped[Thread] = relationship()
    statements: Mapped[list["RoundStatement"]] = relationship(
        back_populates="round", order_by="RoundStatement.order"
    )

    @property
    def series(self) -> Series:
        """The series of its thread."""
        return self.thread.series

    @property
    def limits(self) -> Limits:
        """Its thresholds, typed."""
        return read(Limits, self.thresholds)

    @property
    def stops(self) -> StopRule:
        """Its rule to stop, typed."""
        return read(StopRule, self.stop_rule)

    @property
    def counts(self) -> Counts:
        """What was counted of it, typed; nothing before it opens."""
        return read(Counts, self.counted)


class RoundStatement(Base):
    """One wording that is rated in a round, under the code it has there: E1, F2, M1."""

    __tablename__ = "round_statement"
    __table_args__ = (
        UniqueConstraint("round_id", "version_id"),
        UniqueConstraint("round_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("statement_version.id"), index=True)
    order: Mapped[int]
    code: Mapped[str] = mapped_column(String(6))

    round: Mapped[Round] = relationship(back_populates="statements")
    version: Mapped[StatementVersion] = relationship()

    @property
    def is_out(self) -> bool:
        """Moderated out where the round was held: counted for groups, and not shown.

        What moderators here retire later is not meant.
        """
        retired_at = self.version.statement.retired_at
        is_imported = self.round.imported_from != ""
        return is_imported and retired_at is not None and retired_at <= self.round.made_at


class RoundPost(Base):
    """The role and phase that a member posted in when a round opened, or at admission if later.

    Every admitted member has one, so it tells nobody who rated; in groups they count by it.
    """

    __tablename__ = "round_post"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    posting_role: Mapped[str] = mapped_column(String(40), default="")
    posting_phase: Mapped[str] = mapped_column(String(40), default="")
    is_late: Mapped[bool] = mapped_column(default=False)  # admitted while it was open

    round: Mapped[Round] = relationship()


class Rating(Base):
    """One private answer; there is no time in it, since times could be joined with others."""

    __tablename__ = "rating"
    __table_args__ = (
        UniqueConstraint("round_id", "rater_key", "version_id"),
        ForeignKeyConstraint(  # one look for each, where millions are written at once
            ["round_id", "version_id"], ["round_statement.round_id", "round_statement.version_id"]
        ),
        Index(
            "ix_rating_asked",
            "round_id",
            sqlite_where=text("line_state = 'asked'"),
            postgresql_where=text("line_state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    version_id: Mapped[int]
    rater_key: Mapped[str] = mapped_column(String(64))  # keyed hash of person and round
    value: Mapped[str] = mapped_column(String(10))  # "1" … "L", dont_know, not_for_me
    reasonable: Mapped[str] = mapped_column(String(10), default="")  # yes, no, not_sure
    is_crux: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300), default="")
    settles: Mapped[str] = mapped_column(String(200), default="")  # what they would need to see
    may_show: Mapped[bool] = mapped_column(default=False)  # that line, without who wrote it
    line_state: Mapped[str] = mapped_column(String(10), default="")  # "", asked, let, held, gone


class ShownLines(Base):
    """What people ask to see before another view of a fact is theirs, as everybody reads it.

    Whole or not there: lines of five writers or more, none of them joined to a rating.
    """

    __tablename__ = "shown_lines"
    __table_args__ = (UniqueConstraint("round_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("statement_version.id"), index=True)
    says: Mapped[list[str]]  # in an order drawn by lot, each once


class FixedError(Exception):
    """Somebody tried to change what a round fixed before it opened."""


# What may still change once a round is open: that it closes, and what was counted in it.
_UNFIXED = frozenset({"state", "closed_at", "counted", "thread", "statements"})
_FORWARD = {("open", "closed")}


def _keep_round(_mapper: Any, _connection: Any, round: Round) -> None:
    """Refuse a change of anything that was fixed, and a step back to an earlier state."""
    seen = inspect(round)
    was = seen.attrs.state.history
    before = was.deleted[0] if was.deleted else round.state
    if before == "planned":
        return
    if before != round.state and (before, round.state) not in _FORWARD:
        raise FixedError(f"a round that is {before} does not become {round.state}")
    for attribute in seen.attrs:
        if attribute.key not in _UNFIXED and attribute.history.has_changes():
            raise FixedError(f"a round that is {before} keeps its {attribute.key}")


def _keep_statement(_mapper: Any, connection: Connection, row: RoundStatement) -> None:
    """By what the database says of its round, since the row in hand may have been let go of."""
    mine = RoundStatement.__table__.c
    state = select(Round.state).join_from(RoundStatement, Round).where(mine.id == row.id)
    if connection.scalar(state) != "planned":
        raise FixedError("a round that was opened keeps its statements")


def _keep_whole(_mapper: Any, _connection: Any, round: Round) -> None:
    if round.state != "planned":
        raise FixedError("a round that was opened is kept")


event.listen(Round, "before_update", _keep_round)
event.listen(Round, "before_delete", _keep_whole)
event.listen(RoundStatement, "before_update", _keep_statement)
event.listen(RoundStatement, "before_delete", _keep_statement)


def keep_posts(
    connection: Connection, *, opened: Round | None = None, admitted: Membership | None = None
) -> None:
    """What members post as now, for a round that opens; or one's own, for the open rounds.

    A member who has it already keeps it: nobody changes groups by leaving and coming back.
    """
    given = {_ROUND: opened and opened.id, _OWN: admitted and admitted.id}
    connection.execute(
        _keeping(opened is not None, admitted is not None),
        {name: id for name, id in given.items() if id is not None},
    )


_ROUND, _OWN = "opened_round", "own_membership"


@cache
def _keeping(of_one_round: bool, of_one_member: bool) -> Insert:
    """Made once, since it is asked whenever somebody is admitted."""
    kept = select(RoundPost.id).where(
        RoundPost.round_id == Round.id, RoundPost.person_id == Membership.person_id
    )
    rows = (
        select(
            Round.id,
            Membership.person_id,
            Membership.posting_role,
            Membership.posting_phase,
            literal(not of_one_round),
        )
        .join_from(Round, Thread, Thread.id == Round.thread_id)
        .join(Membership, Membership.series_id == Thread.series_id)
        .where(Round.state == "open")
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(~kept.exists())
        .order_by(Round.id, Membership.person_id)
    )
    if of_one_round:
        rows = rows.where(Round.id == bindparam(_ROUND))
    if of_one_member:
        rows = rows.where(Membership.id == bindparam(_OWN))
    names = ["round_id", "person_id", "posting_role", "posting_phase", "is_late"]
    return insert(RoundPost).from_select(names, rows)


def _keep_post(_mapper: Any, connection: Connection, own: Membership) -> None:
    """Whoever is admitted while rounds are open, by whichever door."""
    came = inspect(own).attrs
    is_new = came.admitted_at.history.has_changes() or came.removed_at.history.has_changes()
    if is_new and own.admitted_at is not None and own.removed_at is None:
        keep_posts(connection, admitted=own)


def _keep_posts(_mapper: Any, connection: Connection, round: Round) -> None:
    if round.state == "open" and inspect(round).attrs.state.history.has_changes():
        keep_posts(connection, opened=round)


for _when in ("after_insert", "after_update"):
    event.listen(Membership, _when, _keep_post)
    event.listen(Round, _when, _keep_posts)
