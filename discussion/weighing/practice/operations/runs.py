"""Runs: begun, set up, opened, and closed; counted among the sector's, or not."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.audit.operations import append_event
from discussion.db import random_id
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, Refused, too_long
from discussion.vocabulary import of_series
from discussion.weighing.practice import words
from discussion.weighing.practice.drafts import RunDraft
from discussion.weighing.practice.models import (
    CLOSED,
    DRAFT,
    OPEN,
    PLANNED,
    Instrument,
    Organisation,
    Run,
    RunInvitation,
    Unit,
)
from discussion.weighing.practice.operations.editions import withdraw_editions
from discussion.weighing.practice.operations.forgetting import part_from_addresses
from discussion.weighing.practice.operations.writing import promise_letters
from discussion.weighing.practice.queries.missing import missing_of

CODE_LENGTH = 8


def begin_run(session: Session, actor: Viewer, organisation: Organisation, *, now: datetime) -> Run:
    """A run that is being set up, with the newest open instrument; or the one that is set up.

    Raises Refused where the series has no open instrument, or a run goes on.
    """
    require(actor, May.COORDINATE, organisation)
    session.refresh(organisation, with_for_update=True)
    runs = session.scalars(
        select(Run).where(Run.organisation_id == organisation.id).order_by(Run.id.desc())
    ).all()
    for run in runs:
        if run.state == DRAFT:
            return run
        if run.state in (PLANNED, OPEN):
            raise Refused(_("A run of yours goes on. Close it before you begin another."))
    instrument = session.scalar(
        select(Instrument)
        .where(Instrument.series_id == organisation.series_id)
        .where(Instrument.state == OPEN)
        .order_by(Instrument.version.desc())
        .limit(1)
    )
    if instrument is None:
        raise Refused(_("The conveners have not opened an instrument yet."))
    made = Run(
        organisation_id=organisation.id,
        instrument_id=instrument.id,
        coordinator_id=actor.person_id,
        code=random_id(CODE_LENGTH),
        made_at=now,
    )
    before = runs[0].units if runs else ()
    made.units = [
        Unit(name=one.name, level=one.level, order=one.order, code=random_id(CODE_LENGTH))
        for one in before
    ]
    session.add(made)
    session.flush()
    _chain(session, actor, made, "begin_run", now)
    return made


def keep_run(session: Session, actor: Viewer, run: Run, draft: RunDraft, *, now: datetime) -> None:
    """Keep how it is set up; what is missing is asked for when it opens. Raises Invalid."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state != DRAFT:
        raise Refused(_("It is open. What it was set up with does not change any more."))
    problems = [
        *too_long("consent_by", draft.consent_by, words.MAX_WHO),
        *too_long("letter", draft.letter, words.MAX_LETTER),
        *(each for one in draft.units for each in too_long("units", one, words.MAX_UNIT)),
    ]
    centre = [str(of_series(run.series.slug).practice.centre)] if draft.has_centre else []
    names = [one.casefold() for one in (*draft.units, *centre)]
    if len(set(names)) < len(names):
        problems.append(Problem("units", _("Two parts have the same name.")))
    if any(mark in one for one in draft.units for mark in ",;\t"):
        problems.append(
            Problem("units", _("Write names without commas: they come between cells of a line."))
        )
    if len(draft.units) > words.MOST_UNITS:
        problems.append(Problem("units", _("Give at most %(most)s.", most=words.MOST_UNITS)))
    if problems:
        raise Invalid(problems)
    _keep_units(session, run, draft)
    run.letter = draft.letter
    is_new = draft.consent and (run.consented_at is None or run.consent_by != draft.consent_by)
    if is_new:
        run.consent_text, run.consented_at = str(words.CONSENT), now
    if not draft.consent:
        run.consent_text, run.consented_at = "", None
    run.consent_by = draft.consent_by
    run.opens_at = clock.morning(draft.opens_on) if draft.opens_on else None
    run.closes_at = clock.evening(draft.closes_on) if draft.closes_on else None
    run.reminds_at = clock.morning(draft.reminds_on) if draft.reminds_on else None
    run.shared_at = (run.shared_at or now) if draft.is_shared else None
    run.saves += 1
    session.flush()
    if is_new:
        _chain(session, actor, run, "record_consent", now)
    _chain(session, actor, run, "keep_run", now)


def _hold(session: Session, run: Run) -> None:
    """Of two coordinators who press at once the second finds what the first did."""
    session.refresh(run, with_for_update=True)


def _keep_units(session: Session, run: Run, draft: RunDraft) -> None:
    """Those that stay keep who was invited there; one with people in it is not taken away."""
    said = of_series(run.series.slug).practice
    wanted = [(name, said.unit_level) for name in draft.units]
    if draft.has_centre:
        wanted.append((str(said.centre), said.centre_level))
    known = {one.name: one for one in run.units}
    names = {name for name, _level in wanted}
    filled = set(
        session.scalars(select(RunInvitation.unit_id).where(RunInvitation.run_id == run.id))
    )
    if lost := [one.name for one in run.units if one.name not in names and one.id in filled]:
        raise Invalid(
            [
                Problem(
                    "units",
                    _(
                        "People are listed for %(units)s. Take them out of the list first.",
                        units=", ".join(lost),
                    ),
                )
            ]
        )
    for one in list(run.units):
        if one.name not in names:
            session.delete(one)
    session.flush()
    for order, (name, level) in enumerate(wanted, start=1):
        row = known.get(name)
        if row is None:
            row = Unit(run_id=run.id, name=name, code=random_id(CODE_LENGTH))
            session.add(row)
        row.level, row.order = level, order
    session.flush()
    session.expire(run, ["units"])


def send_run(session: Session, actor: Viewer, run: Run, *, now: datetime) -> None:
    """Open it and send the invitations, or have both done on its day. Raises Invalid."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state != DRAFT:
        raise Refused(_("Its invitations have gone out already."))
    if problems := missing_of(session, run, now):
        raise Invalid(problems)
    if run.opens_at is not None and run.opens_at > now:
        run.state = PLANNED
    else:
        _open(session, run, now)
    session.flush()
    _chain(session, actor, run, "send_run", now)


def unplan_run(session: Session, actor: Viewer, run: Run, *, now: datetime) -> None:
    """Set up further what was to open by itself."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state == PLANNED:
        run.state = DRAFT
        session.flush()
        _chain(session, actor, run, "unplan_run", now)


def close_run(session: Session, actor: Viewer, run: Run, *, now: datetime) -> None:
    """Before its day: nobody answers any more, and the mirror can be read."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state != OPEN:
        raise Refused(_("It is not open."))
    close_row(session, run, now)
    _chain(session, actor, run, "close_run", now)


def discard_run(session: Session, actor: Viewer, run: Run, *, now: datetime) -> None:
    """Throw away what was set up and never sent."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state != DRAFT:
        raise Refused(_("It was opened, and is kept."))
    _chain(session, actor, run, "discard_run", now)
    for table in (RunInvitation, Unit):
        session.execute(delete(table).where(table.run_id == run.id))
    session.execute(delete(Run).where(Run.id == run.id))


def share_run(session: Session, actor: Viewer, run: Run, *, shares: bool, now: datetime) -> None:
    """Have it counted among the sector's, or not any more, at once."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.is_shared == shares:
        return
    run.shared_at = now if shares else None
    run.unshared_at = None if shares else now
    if not shares:
        run.named_by, run.named_at = "", None
        withdraw_editions(session, run, now=now)
    session.flush()
    _chain(session, actor, run, "share_run" if shares else "unshare_run", now)


def name_run(session: Session, actor: Viewer, run: Run, named_by: str, *, now: datetime) -> None:
    """Record who said in writing that it may be named in the sector's view; empty: nobody."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if problems := list(too_long("named_by", named_by, words.MAX_WHO)):
        raise Invalid(problems)
    if named_by and not run.is_shared:
        raise Refused(_("It is not counted among the sector’s, so there is nowhere to name it."))
    run.named_by, run.named_at = named_by, now if named_by else None
    session.flush()
    _chain(session, actor, run, "name_run", now)


def turn_pages(session: Session, *, now: datetime) -> None:
    """Open, remind, close and forget whatever is due. Asks no right: the clock does it."""
    for run in _due(session, Run.state == PLANNED, Run.opens_at <= now):
        if missing_of(session, run, now):
            run.state = DRAFT  # nothing is sent that is not ready; its page says what is missing
        else:
            _open(session, run, now)
    for run in _due(session, Run.state == OPEN, Run.reminds_at <= now):
        run.reminds_at = None
        if run.closes_at is None or run.closes_at > now:
            remind_row(session, run, now)
    for run in _due(session, Run.state == OPEN, Run.closes_at <= now):
        close_row(session, run, now)
    for run in _due(
        session,
        Run.state == CLOSED,
        Run.forgot_at.is_(None),
        Run.closed_at <= now - words.FORGET_AFTER,
    ):
        _forget_addresses(session, run, now)
    session.flush()


def _due(session: Session, *where: object) -> list[Run]:
    asked = select(Run).order_by(Run.id).with_for_update(skip_locked=True)
    for one in where:
        asked = asked.where(one)  # type: ignore[arg-type]
    return list(session.scalars(asked))


def _open(session: Session, run: Run, now: datetime) -> None:
    run.state, run.opened_at = OPEN, now
    session.flush()
    promise_letters(session, run, "invited", now=now)


def close_row(session: Session, run: Run, now: datetime) -> None:
    """Part answers from addresses for good, then tell everybody who was asked.

    Whoever answers just now holds the run until it is written.
    """
    session.refresh(run, with_for_update=True)
    part_from_addresses(session, run)
    run.state, run.closed_at, run.reminds_at = CLOSED, now, None
    session.flush()
    promise_letters(session, run, "closed", now=now)


def remind(session: Session, actor: Viewer, run: Run, *, now: datetime) -> None:
    """Write to those who have not answered; nobody is told who they are."""
    require(actor, May.COORDINATE, run)
    _hold(session, run)
    if run.state != OPEN:
        raise Refused(_("It is not open."))
    if run.reminders >= words.MOST_REMINDERS:
        raise Refused(_("Two reminders have gone, and two are enough."))
    last = run.reminded_at or run.opened_at
    if last is not None and now < last + words.BETWEEN_REMINDERS:
        raise Refused(_("They were written to within the last two days. Leave them a little time."))
    remind_row(session, run, now)
    _chain(session, actor, run, "remind_run", now)


def remind_row(session: Session, run: Run, now: datetime) -> None:
    """A letter is promised to everybody: who has answered is seen when it would go out."""
    if run.reminders >= words.MOST_REMINDERS:
        return
    run.reminders, run.reminded_at = run.reminders + 1, now
    session.flush()
    promise_letters(session, run, "reminded", now=now)


def _forget_addresses(session: Session, run: Run, now: datetime) -> None:
    """Links stay, so that whoever was asked can read what came of it."""
    for row in session.scalars(select(RunInvitation).where(RunInvitation.run_id == run.id)).all():
        row.email = ""
    run.forgot_at = now


def _chain(session: Session, actor: Viewer, run: Run, verb: str, now: datetime) -> None:
    append_event(
        session,
        series_id=run.series.id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("run", run.public_id),
        now=now,
    )
