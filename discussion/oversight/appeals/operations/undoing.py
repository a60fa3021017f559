"""Undoing what was decided, as far as it can still be undone; says in words what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Regrouping
from discussion.debate.threads.operations.undoing import take_back
from discussion.decisions.models import Decision
from discussion.language import _
from discussion.oversight.moderation.operations.deciding import ACTIONS, lock_to_decide
from discussion.oversight.redactions.operations import promise_words_back
from discussion.oversight.sanctions.operations import end_early
from discussion.oversight.sanctions.queries.finding import find_by_decision
from discussion.problems import Refused
from discussion.subjects.effects import effects_of
from discussion.subjects.finding import about, find_subject, kind_named
from discussion.subjects.kinds import Subject

NOTHING = "overturn"  # the action of a decision from which nothing else follows by itself


@dataclass(frozen=True)
class Undone:
    """What followed: an action of moderation.words, and a sentence for whom it was about."""

    action: str
    says: str


def undo(session: Session, decision: Decision, now: datetime) -> Undone:
    """Undo what a decision did. Asks no right: whoever reviews the appeal was asked theirs."""
    undoing = UNDO.get(decision.action)
    return undoing(session, decision, now) if undoing else Undone(NOTHING, "")


def _publish(session: Session, decision: Decision, now: datetime) -> Undone:
    """A version that was declined or sent back is published, unless another one counts since."""
    subject = _find(session, decision)
    item = subject.voiced if subject is not None else None
    if item is None:
        return _show(session, decision, now)
    lock_to_decide(session, item)
    version = next(one for one in item.versions if one.id == decision.revision_id)
    session.refresh(version)
    if version.id != max(one.id for one in item.versions):
        return Undone(
            NOTHING,
            _(
                "A newer version has been handed in since. It replaces"
                " this one and is decided separately."
            ),
        )
    if version.status not in ("declined", "sent_back"):
        return Undone(NOTHING, _("This version was decided again or taken back since."))
    if item.state == "declined":
        if effects_of(item).has_another(session):
            return Undone(
                NOTHING,
                _(
                    "You have written another position in this thread"
                    " since, so this one is not published."
                ),
            )
        item.state = "draft"
    if item.state not in ("draft", "published"):
        return Undone(NOTHING, _("It was hidden, removed or taken back since."))
    version.status = "pending"
    session.flush()
    ACTIONS["approve"](session, item, version, now)
    return Undone("approve", _("It is published as it was handed in."))


def _show(session: Session, decision: Decision, now: datetime) -> Undone:
    """What was hidden or removed is shown again, unless something else was decided since."""
    subject = _find(session, decision)
    effects = effects_of(subject.row) if subject is not None else None
    if effects is None or (effects.only_by_latest and not _is_latest(session, decision)):
        return Undone(NOTHING, _("There is a later decision about it, which counts instead."))
    session.refresh(effects.row, with_for_update={"of": type(effects.row)})
    is_done, says = effects.bring_back(session, now)
    return Undone("restore" if is_done else NOTHING, says)


def _lift(session: Session, decision: Decision, now: datetime) -> Undone:
    sanctioned = find_by_decision(session, decision.id)
    if sanctioned is None or not end_early(session, sanctioned, now):
        return Undone(NOTHING, _("It had ended already."))
    return Undone("lift", _("It ends at once."))


def _put_back(session: Session, decision: Decision, now: datetime) -> Undone:
    if not promise_words_back(session, decision.id, now):
        return Undone(NOTHING, _("The words are no longer kept, so they cannot be put back."))
    return Undone("unredact", _("The words are put back where the text has not changed since."))


def _regroup_back(session: Session, decision: Decision, now: datetime) -> Undone:
    """What was merged or moved goes back, where both threads can still take and lose positions."""
    regrouping = session.scalar(select(Regrouping).where(Regrouping.decision_id == decision.id))
    if regrouping is None:
        return Undone(NOTHING, _("It went with others: a moderator can move it back alone."))
    try:
        take_back(session, regrouping, now)
    except Refused as refused:
        return Undone(NOTHING, refused.sentence)
    return Undone(f"undo_{regrouping.kind}", _("What had moved is back where it was."))


def _find(session: Session, decision: Decision) -> Subject | None:
    kind = kind_named(decision.subject_kind)
    return find_subject(session, kind, decision.subject_id, ever_shown=True)


def _is_latest(session: Session, decision: Decision) -> bool:
    """Whether nothing was decided since that shows or hides the same thing."""
    newest = session.scalar(
        select(Decision.id)
        .where(about(Decision, (decision.subject_kind, decision.subject_id)))
        .where(Decision.action.in_(("hide", "restore", "remove", "decline", "open")))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return newest == decision.id


UNDO: dict[str, Callable[[Session, Decision, datetime], Undone]] = {
    "decline": _publish,
    "send_back": _publish,
    "hide": _show,
    "remove": _show,
    "sanction_note": _lift,
    "pre_moderation": _lift,
    "pause": _lift,
    "removal": _lift,
    "redact": _put_back,
    "merge": _regroup_back,
    "move": _regroup_back,
}
