"""Letters about appeals: the outcome, and what is left to the administrator."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from discussion.decisions.targets import in_words, target_of
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.queries.statement import answered_of
from discussion.oversight.appeals.words import OUTCOMES
from discussion.people.accounts.models import Person
from discussion.subjects.finding import headline

Payload = dict[str, Any]


def answered(session: Session, payload: Payload) -> MailText | None:
    """The outcome, why, and what followed from it."""
    appeal, person = _find(session, payload)
    if appeal is None or person is None or appeal.outcome is None:
        return None
    decision, outcome = appeal.decision, answered_of(session, appeal.outcome)
    body = render_letter(
        "appeals/answered",
        of=decision.series,
        name=person.display_name,
        what=headline(decision.subject_kind, decision.action),
        outcome=str(OUTCOMES[outcome.outcome]),
        why=outcome.why,
        followed=outcome.followed,
        by_role=outcome.by_role,
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True),
    )
    subject = {
        "stands": _("Your appeal: the decision stays"),
        "overturned": _("Your appeal: the decision is reversed"),
    }[outcome.outcome]
    return MailText(to=person.email or "", subject=subject, body=body)


def left_to_you(session: Session, payload: Payload) -> MailText | None:
    """To an administrator, where nobody in the series may look again."""
    appeal, person = _find(session, payload)
    if appeal is None or person is None or appeal.outcome is not None:
        return None
    series = appeal.decision.series
    body = render_letter(
        "appeals/left_to_you",
        of=series,
        name=person.display_name,
        series=series.title,
        within=in_words(target_of(series, "appeal")),
        desk_url=url_for("appeals.desk", public_id=appeal.public_id, _external=True),
    )
    return MailText(to=person.email or "", subject=_("An appeal is left to you"), body=body)


def _find(session: Session, payload: Payload) -> tuple[Appeal | None, Person | None]:
    person = session.get(Person, payload["person_id"])
    is_here = person is not None and person.email is not None and person.left_at is None
    return session.get(Appeal, payload["ids"]["appeal"]), person if is_here else None


MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "appeals/answered": answered,
    "appeals/left_to_you": left_to_you,
}
