"""Answering: whoever holds the link of an invitation says what they think, and nobody else.

No operation here has an actor: a link is mailed to the owner of an address alone, and what it
opens is only ever their own.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.db import hold_word
from discussion.language import _
from discussion.problems import Problem, Refused, refuse, too_long
from discussion.series.values.models import Value
from discussion.weighing.practice import words
from discussion.weighing.practice.drafts import AnswerDraft
from discussion.weighing.practice.keys import respondent_key
from discussion.weighing.practice.models import (
    OPEN,
    Answer,
    Fit,
    Function,
    Respondent,
    Run,
    RunInvitation,
    Vision,
)
from discussion.weighing.practice.queries.own import find_own, order_of

TAKEN = frozenset({*words.STOPS, words.DONT_KNOW, ""})


class RunClosed(Refused):
    """It closed meanwhile; what was sent just now is not kept."""


def save_answer(
    session: Session,
    invitation: RunInvitation,
    function: Function,
    draft: AnswerDraft,
    *,
    secret: str,
) -> None:
    """Keep what they say of one function; the last word counts, and nothing said takes it back.

    Raises Invalid, RunClosed.
    """
    if draft.is_empty and find_own(session, invitation, secret) is None:
        return
    own = _begin(session, invitation, secret)
    refuse(_problems(session, invitation.run, draft))
    row = session.scalar(
        select(Answer)
        .where(Answer.respondent_id == own.id)
        .where(Answer.function_id == function.id)
    )
    if draft.is_empty:
        if row is not None:
            session.delete(row)
            session.flush()
        return
    if row is None:
        row = Answer(respondent_id=own.id, function_id=function.id)
        session.add(row)
    row.professed, row.practised = draft.professed, draft.practised
    row.compulsion = draft.compulsion if function.asks_compulsion else ""
    instrument = invitation.run.instrument
    row.values = list(draft.values) if instrument.asks_values else []
    row.reason = draft.reason if instrument.asks_reason else ""
    row.may_show = draft.may_show and bool(row.reason)
    session.flush()


def save_fits(
    session: Session, invitation: RunInvitation, said: dict[str, str], *, secret: str
) -> None:
    """Keep how well statements of vision fit, by slug; what is empty is taken back."""
    if not any(said.values()) and find_own(session, invitation, secret) is None:
        return
    own = _begin(session, invitation, secret)
    known = {one.vision_id: one for one in own.fits}
    for vision in invitation.run.instrument.visions:
        value = said.get(vision.slug, "")
        if value not in TAKEN:
            continue
        _keep_fit(session, own, vision, known.get(vision.id), value)
    session.flush()
    session.expire(own, ["fits"])


def finish(session: Session, invitation: RunInvitation, *, secret: str) -> None:
    """They have come to the end: they are reminded no more, and may still change what they said."""
    own = find_own(session, invitation, secret)
    if own is not None and invitation.run.state == OPEN:
        own.is_done = True
        session.flush()


def stop_letters(session: Session, invitation: RunInvitation) -> None:
    """Write to them no more about this run; their link goes on working."""
    invitation.is_stopped = True
    session.flush()


def _keep_fit(
    session: Session, own: Respondent, vision: Vision, row: Fit | None, value: str
) -> None:
    if not value:
        if row is not None:
            session.delete(row)
    elif row is not None:
        row.value = value
    else:
        session.add(Fit(respondent_id=own.id, vision_id=vision.id, value=value))


def _begin(session: Session, invitation: RunInvitation, secret: str) -> Respondent:
    """Whoever answers, made with their first answer; the run is open until this is written."""
    run = invitation.run
    session.refresh(run, with_for_update={"read": True})
    session.refresh(invitation)  # another tab may have taken everything back
    if run.state != OPEN or invitation.is_withdrawn:
        raise RunClosed(_("It has closed, so this answer was not kept. What was kept before is."))
    key = respondent_key(secret, run.public_id, invitation.public_id)
    hold_word(session, key)  # or two tabs could both be first
    own = find_own(session, invitation, secret)
    if own is None:
        own = Respondent(
            run_id=run.id,
            unit_id=invitation.unit_id,
            key=key,
            role=invitation.role,
            order=order_of(invitation, secret),
        )
        session.add(own)
        session.flush()
    return own


def _problems(session: Session, run: Run, draft: AnswerDraft) -> list[Problem]:
    problems = list(too_long("reason", draft.reason, words.MAX_REASON))
    if {draft.professed, draft.practised, draft.compulsion} - TAKEN:
        problems.append(Problem("professed", _("Choose one of the stops, or “I do not know”.")))
    if len(draft.values) > words.MOST_VALUES:
        problems.append(
            Problem("values", _("Choose at most %(most)s values.", most=words.MOST_VALUES))
        )
    known = select(Value.slug).where(Value.series_id == run.series.id)
    if draft.values and set(draft.values) - set(session.scalars(known)):
        problems.append(Problem("values", _("Choose values of this series.")))
    return problems
