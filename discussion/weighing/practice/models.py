"""Instruments, organisations, runs, invitations and private answers.

instrument             what is asked, in one version: two questions, five stops, and what besides
instrument_function    what an organisation does, of which both questions are asked
instrument_vision      a statement about what the organisation wants, rated for how well it fits
organisation           who may hold a run; its domains are an administrator's to set
coordinator            who holds runs for it
practice_run           one time that it asks its own people
practice_unit          a part of it in that run (a ward, the central team), and its code
practice_invitation    one address that is asked; of its link a hash alone
practice_respondent    whoever answered, under a key: as leader or staff, of which unit
practice_answer        what they said of one function: professed, practised, values, a reason
practice_fit           how well a statement of vision fits, as they said
practice_edition       what was told of all organisations that let themselves be counted, once

No row points from an answer to an invitation. The key of a respondent is a keyed hash of the two
(keys.py); when the run closes it becomes a random one, and nobody, with whatever secret, can tell
any more whose answers they are. Answers hold no time.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
    select,
    text,
)
from sqlalchemy.orm import Mapped, class_mapper, mapped_column, relationship
from sqlalchemy.orm.attributes import get_history

from discussion.db import Base, Identified
from discussion.debate.evidence.models import EvidenceItem
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series

DRAFT, OPEN, PLANNED, CLOSED = "draft", "open", "planned", "closed"


class Instrument(Identified, Base):
    """What is asked, in one version; nothing of it changes once it is open.

    Stops stand from the nearest decision to the most central: the first is 0 of control, the fifth
    1. Those of compulsion from freely chosen to required.
    """

    __tablename__ = "instrument"
    __table_args__ = (
        UniqueConstraint("series_id", "version"),
        Index(
            "uq_instrument_one_draft",
            "series_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default=DRAFT)  # draft, open
    professed: Mapped[str] = mapped_column(String(200))  # the question
    practised: Mapped[str] = mapped_column(String(200))
    stops: Mapped[list[str]]
    compulsion: Mapped[str] = mapped_column(String(200))
    compulsion_stops: Mapped[list[str]]
    asks_values: Mapped[bool] = mapped_column(default=True)
    asks_reason: Mapped[bool] = mapped_column(default=True)
    shuffles: Mapped[bool] = mapped_column(default=True)
    made_from_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))  # None: default
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saves: Mapped[int] = mapped_column(default=1)  # what a form says it was written upon
    opened_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    functions: Mapped[list["Function"]] = relationship(
        back_populates="instrument", order_by="Function.order", cascade="all, delete-orphan"
    )
    visions: Mapped[list["Vision"]] = relationship(
        back_populates="instrument", order_by="Vision.order", cascade="all, delete-orphan"
    )


class Function(Base):
    """What an organisation does; the same slug in two versions is the same function."""

    __tablename__ = "instrument_function"
    __table_args__ = (UniqueConstraint("instrument_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), index=True)
    slug: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    covers: Mapped[str] = mapped_column(String(160), default="")
    order: Mapped[int]
    asks_compulsion: Mapped[bool] = mapped_column(default=False)

    instrument: Mapped[Instrument] = relationship(back_populates="functions")


class Vision(Base):
    """A statement of what the organisation wants, rated from not us at all to exactly us."""

    __tablename__ = "instrument_vision"
    __table_args__ = (UniqueConstraint("instrument_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), index=True)
    slug: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(200))
    order: Mapped[int]

    instrument: Mapped[Instrument] = relationship(back_populates="visions")


class Organisation(Identified, Base):
    """Who may hold a run in a series; named to its own people only."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("series_id", "name"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    domains: Mapped[list[str]] = mapped_column(default=list)  # of its people's addresses
    is_invented: Mapped[bool] = mapped_column(default=False)  # marked so in a demonstration
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    coordinators: Mapped[list["Coordinator"]] = relationship(back_populates="organisation")


class Coordinator(Base):
    """Who holds runs for an organisation; an administrator says so."""

    __tablename__ = "coordinator"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(back_populates="coordinators")
    person: Mapped[Person] = relationship()


class Run(Identified, Base):
    """One time that an organisation asks its own people.

    draft: being set up, nothing was sent. planned: it opens by itself. open: invitations are out.
    closed: nobody answers any more, and the mirror can be read.
    """

    __tablename__ = "practice_run"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), index=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(8), default=DRAFT, index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)  # to join by, of its unit
    consent_text: Mapped[str] = mapped_column(Text, default="")  # what was agreed to, in full
    consent_by: Mapped[str] = mapped_column(String(120), default="")  # who agreed: the board
    consented_at: Mapped[datetime | None]
    letter: Mapped[str] = mapped_column(String(600), default="")  # the coordinator's own paragraph
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    reminds_at: Mapped[datetime | None]  # the next reminder
    reminders: Mapped[int] = mapped_column(default=0)  # sent so far
    reminded_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    forgot_at: Mapped[datetime | None]  # when its addresses were forgotten
    shared_at: Mapped[datetime | None]  # counted in the sector's view since; None: never, or left
    unshared_at: Mapped[datetime | None]  # left again; what the sector shows withholds it at once
    named_by: Mapped[str] = mapped_column(
        String(120), default=""
    )  # who let it be named, in writing
    named_at: Mapped[datetime | None]
    saves: Mapped[int] = mapped_column(default=1)  # what a form says it was written upon
    made_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
    instrument: Mapped[Instrument] = relationship()
    coordinator: Mapped[Person] = relationship()
    units: Mapped[list["Unit"]] = relationship(back_populates="run", order_by="Unit.order")

    @property
    def series(self) -> Series:
        """The series of its organisation."""
        return self.organisation.series

    @property
    def is_shared(self) -> bool:
        """Whether its answers may be counted among those of the sector."""
        return self.shared_at is not None


class Unit(Base):
    """A part of an organisation, as a run found it; at one of the levels of the vocabulary."""

    __tablename__ = "practice_unit"
    __table_args__ = (UniqueConstraint("run_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("practice_run.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(12), unique=True)  # to join by
    order: Mapped[int]

    run: Mapped[Run] = relationship(back_populates="units")


class RunInvitation(Identified, Base):
    """One address that is asked, once a run; it does not say whether it answered."""

    __tablename__ = "practice_invitation"
    __table_args__ = (UniqueConstraint("run_id", "address_key"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("practice_run.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("practice_unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(8))  # leader, staff
    email: Mapped[str] = mapped_column(String(254), default="", index=True)  # empty: forgotten
    address_key: Mapped[str] = mapped_column(String(64))  # keyed hash of it, folded
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    is_joined: Mapped[bool] = mapped_column(default=False)  # asked for it by a link or code
    is_stopped: Mapped[bool] = mapped_column(default=False)  # wants no letters
    is_withdrawn: Mapped[bool] = mapped_column(default=False)  # took everything back

    run: Mapped[Run] = relationship()
    unit: Mapped[Unit] = relationship()


class Respondent(Base):
    """Whoever answered, under a key; what they counted as when they were asked."""

    __tablename__ = "practice_respondent"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("practice_run.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("practice_unit.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(8))  # leader, staff
    order: Mapped[list[str]]  # slugs of functions, as this person is asked; none after the close
    is_done: Mapped[bool] = mapped_column(default=False)  # came to the end

    run: Mapped[Run] = relationship()
    unit: Mapped[Unit] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="respondent", cascade="all, delete-orphan"
    )
    fits: Mapped[list["Fit"]] = relationship(
        back_populates="respondent", cascade="all, delete-orphan"
    )


class Answer(Base):
    """What one person said of one function: stops "1" … "5", dont_know, or empty."""

    __tablename__ = "practice_answer"
    __table_args__ = (UniqueConstraint("respondent_id", "function_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("practice_respondent.id"))
    function_id: Mapped[int] = mapped_column(ForeignKey("instrument_function.id"), index=True)
    professed: Mapped[str] = mapped_column(String(10), default="")
    practised: Mapped[str] = mapped_column(String(10), default="")
    compulsion: Mapped[str] = mapped_column(String(10), default="")
    values: Mapped[list[str]] = mapped_column(default=list)  # slugs of the series' values
    reason: Mapped[str] = mapped_column(String(300), default="")
    may_show: Mapped[bool] = mapped_column(default=False)  # to colleagues, without who wrote it

    respondent: Mapped[Respondent] = relationship(back_populates="answers")
    function: Mapped[Function] = relationship()


class Fit(Base):
    """How well one statement of vision fits, as one person said: "1" … "5" or dont_know."""

    __tablename__ = "practice_fit"
    __table_args__ = (UniqueConstraint("respondent_id", "vision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("practice_respondent.id"))
    vision_id: Mapped[int] = mapped_column(ForeignKey("instrument_vision.id"), index=True)
    value: Mapped[str] = mapped_column(String(10))

    respondent: Mapped[Respondent] = relationship(back_populates="fits")
    vision: Mapped[Vision] = relationship()


class Edition(Base):
    """Figures over organisations as they were told once; withdrawn when one of them leaves.

    `runs` are run → organisation, and `told` figure → runs whose sum it is, all by public id: they
    stay when the figures go, since what was told may not follow from what is told next.
    """

    __tablename__ = "practice_edition"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    number: Mapped[int]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # empty: withdrawn
    runs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"))  # to cite it by

    series: Mapped[Series] = relationship()
    item: Mapped[EvidenceItem | None] = relationship()


class OpenInstrumentError(Exception):
    """Somebody tried to change an instrument that is open."""


_FORWARD: Mapping[str, tuple[str, ...]] = {
    DRAFT: (DRAFT, PLANNED, OPEN),
    PLANNED: (PLANNED, DRAFT, OPEN),
    OPEN: (OPEN, CLOSED),
    CLOSED: (CLOSED,),
}
_TOO_LATE = ("organisation_id", "instrument_id", "consent_text", "consent_by", "consented_at")


def _was(row: Instrument | Run) -> str:
    history = get_history(row, "state")
    before: str = (history.deleted or [row.state])[0]
    return before


def _keep_instrument(_mapper: Any, _connection: Any, row: Instrument) -> None:
    if _was(row) != OPEN:
        return
    for attribute in class_mapper(Instrument).column_attrs:
        if get_history(row, attribute.key).has_changes():
            raise OpenInstrumentError(f"an instrument that is open keeps its {attribute.key}")


def _keep_part(_mapper: Any, connection: Connection, row: Function | Vision) -> None:
    """By what the database says, since the instrument in hand may have been let go of."""
    state = select(Instrument.state).where(Instrument.id == row.instrument_id)
    if connection.scalar(state) != DRAFT:
        raise OpenInstrumentError("an instrument that is open keeps what it asks")


def _keep_run(_mapper: Any, _connection: Any, run: Run) -> None:
    """A run goes on and never back; with what it opened with."""
    was = _was(run)
    if run.state not in _FORWARD[was]:
        raise OpenInstrumentError(f"a run that is {was} does not become {run.state}")
    if was in (OPEN, CLOSED):
        for name in _TOO_LATE:
            if get_history(run, name).has_changes():
                raise OpenInstrumentError(f"a run that is {was} keeps its {name}")


def _keep_whole(_mapper: Any, _connection: Any, row: Instrument) -> None:
    if _was(row) == OPEN:
        raise OpenInstrumentError("an instrument that is open is kept")


event.listen(Instrument, "before_update", _keep_instrument)
event.listen(Instrument, "before_delete", _keep_whole)
event.listen(Run, "before_update", _keep_run)
for _part in (Function, Vision):
    for _when in ("before_insert", "before_update", "before_delete"):
        event.listen(_part, _when, _keep_part)
