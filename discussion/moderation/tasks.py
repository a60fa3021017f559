"""What the worker does for moderation: telling authors what was decided."""

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.accounts.models import Person
from discussion.language import _, _l
from discussion.mail.letters import MailText, render_letter
from discussion.moderation.models import Decision
from discussion.moderation.targets import in_words, target_of
from discussion.moderation.words import ACTIONS
from discussion.positions.models import Position, Response

SUBJECTS: dict[str, dict[str, Any]] = {
    "position": {
        "approve": _l("Your position is published"),
        "send_back": _l("Your position was sent back, and nothing is lost"),
        "decline": _l("Your position was not published"),
        "hide": _l("Your position is hidden for now"),
        "restore": _l("Your position is shown again"),
        "remove": _l("Your position was removed"),
    },
    "response": {
        "approve": _l("Your response is published"),
        "send_back": _l("Your response was sent back, and nothing is lost"),
        "decline": _l("Your response was not published"),
        "hide": _l("Your response is hidden for now"),
        "restore": _l("Your response is shown again"),
        "remove": _l("Your response was removed"),
    },
}


def decision_letter(session: Session, payload: dict[str, Any]) -> MailText | None:
    """The outcome of one decision, for the author alone."""
    person = session.get(Person, payload["person_id"])
    decision = session.scalar(
        select(Decision)
        .where(Decision.id == payload["ids"]["decision"])
        .options(joinedload(Decision.reason), joinedload(Decision.series))
    )
    if person is None or person.email is None or decision is None:
        return None
    item = _find_subject(session, decision)
    thread = None if item is None else (
        item.thread if isinstance(item, Position) else item.position.thread
    )  # fmt: skip
    subject = SUBJECTS[decision.subject_kind].get(decision.action, _("A moderator decided"))
    body = render_letter(
        "moderation/decision",
        name=person.display_name,
        what=str(subject),
        question=thread.question if thread else "",
        outcome=str(ACTIONS[decision.action]),
        reason=decision.reason.label if decision.reason else "",
        explanation=decision.reason.explanation if decision.reason else "",
        why=decision.why,
        action=decision.action,
        mine_url=url_for("positions.mine", _external=True),
        rules_url=url_for("series.rules", slug=decision.series.slug, _external=True),
        series=decision.series.title,
        within=in_words(target_of(decision.series, "contribution")),
    )
    return MailText(to=person.email, subject=str(subject), body=body)


def _find_subject(session: Session, decision: Decision) -> Position | Response | None:
    if decision.subject_kind == "position":
        return session.scalar(select(Position).where(Position.public_id == decision.subject_id))
    return session.scalar(select(Response).where(Response.public_id == decision.subject_id))


MAILS = {"moderation/decision": decision_letter}
