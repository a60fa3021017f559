"""Instruments: begun from the one before or as the sector ships it, kept, and opened for good."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused, refuse
from discussion.series.series.models import Series
from discussion.text import slugify
from discussion.vocabulary import of_series
from discussion.weighing.practice.drafts import FunctionDraft, InstrumentDraft
from discussion.weighing.practice.models import DRAFT, OPEN, Function, Instrument, Vision
from discussion.weighing.practice.queries.drafts import draft_of

LONGEST_SLUG = 40


def begin_instrument(
    session: Session, actor: Viewer, series: Series, *, now: datetime
) -> Instrument:
    """A draft of the next version: as the newest stands, or as the sector ships it.

    Gives the draft that is there, if there is one.
    """
    require(actor, May.CONVENE, series)
    rows = session.scalars(
        select(Instrument)
        .where(Instrument.series_id == series.id)
        .order_by(Instrument.version.desc())
        .with_for_update()
    ).all()
    newest = rows[0] if rows else None
    if newest is not None and newest.state == DRAFT:
        return newest
    made = Instrument(
        series_id=series.id,
        version=newest.version + 1 if newest else 1,
        made_from_id=newest.id if newest else None,
        made_by_id=actor.person_id,
        made_at=now,
        saved_at=now,
    )
    _fill(made, draft_of(newest) if newest else shipped(series.slug))
    session.add(made)
    session.flush()
    _chain(session, actor, made, "begin_instrument", now)
    return made


def shipped(series_slug: str) -> InstrumentDraft:
    """The default instrument of the sector; its wording is nobody else's."""
    said = of_series(series_slug).practice
    return InstrumentDraft(
        functions=[
            FunctionDraft(one.slug, str(one.name), str(one.covers), one.asks_compulsion)
            for one in said.functions
            if one.is_usual
        ],
        professed=str(said.professed),
        practised=str(said.practised),
        stops=[str(one) for one in said.stops],
        compulsion=str(said.compulsion),
        compulsion_stops=[str(one) for one in said.compulsion_stops],
        visions=[str(one.text) for one in said.visions],
    )


def keep_instrument(
    session: Session, actor: Viewer, row: Instrument, draft: InstrumentDraft, *, now: datetime
) -> None:
    """Keep a draft. Raises Invalid with what is wrong, Refused where it is open already."""
    require(actor, May.CONVENE, row.series)
    _refuse_open(row)
    refuse(draft.problems())
    _fill(row, draft)
    row.saved_at, row.saves = now, row.saves + 1
    session.flush()
    _chain(session, actor, row, "keep_instrument", now)


def open_instrument(session: Session, actor: Viewer, row: Instrument, *, now: datetime) -> None:
    """From now on runs can be held with it, and nothing of it changes any more."""
    require(actor, May.CONVENE, row.series)
    _refuse_open(row)
    refuse(draft_of(row).problems())
    row.state, row.opened_at = OPEN, now
    session.flush()
    _chain(session, actor, row, "open_instrument", now)


def _refuse_open(row: Instrument) -> None:
    if row.state != DRAFT:
        raise Refused(
            _("Version %(num)s is open, and does not change. Begin the next.", num=row.version)
        )


def _fill(row: Instrument, draft: InstrumentDraft) -> None:
    row.professed, row.practised, row.compulsion = (
        draft.professed,
        draft.practised,
        draft.compulsion,
    )
    row.stops, row.compulsion_stops = list(draft.stops), list(draft.compulsion_stops)
    row.asks_values, row.asks_reason = draft.asks_values, draft.asks_reason
    row.shuffles = draft.shuffles
    _fill_functions(row, draft)
    _fill_visions(row, draft)


def _fill_functions(row: Instrument, draft: InstrumentDraft) -> None:
    """A function keeps its slug whatever it is called; a new one gets one of its own."""
    known = {one.slug: one for one in row.functions}
    taken = {one.slug for one in draft.functions if one.slug}
    kept = []
    for order, one in enumerate(draft.functions, start=1):
        slug = one.slug or _new_slug(one.name, taken)
        taken.add(slug)
        function = known.get(slug) or Function(slug=slug)
        function.name, function.covers = one.name, one.covers
        function.order, function.asks_compulsion = order, one.asks_compulsion
        kept.append(function)
    row.functions = kept


def _fill_visions(row: Instrument, draft: InstrumentDraft) -> None:
    """A statement whose words stay is the same statement."""
    known = {one.text: one for one in row.visions}
    taken = {one.slug for one in row.visions}
    kept = []
    for order, said in enumerate(dict.fromkeys(draft.visions), start=1):
        vision = known.get(said)
        if vision is None:
            vision = Vision(slug=_new_slug(said, taken), text=said)
            taken.add(vision.slug)
        vision.order = order
        kept.append(vision)
    row.visions = kept


def _new_slug(said: str, taken: set[str]) -> str:
    begin = slugify(said)[: LONGEST_SLUG - 4].strip("-") or "one"
    number = 1
    while (slug := begin if number == 1 else f"{begin}-{number}") in taken:
        number += 1
    return slug


def _chain(session: Session, actor: Viewer, row: Instrument, verb: str, now: datetime) -> None:
    append_event(
        session,
        series_id=row.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("instrument", row.public_id),
        now=now,
        details={"version": row.version},
    )
