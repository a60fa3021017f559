"""Letters: what was decided and may be appealed, the outcome, what is left to administrators."""

from collections.abc import Callable

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock
from discussion.decisions.models import Decision
from discussion.decisions.targets import in_words as target_in_words
from discussion.decisions.targets import target_of
from discussion.decisions.words import ASKS_FOR_AN_EDIT
from discussion.jobs.registry import Payload
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.queries.statement import about_of, answered_of, lines_of, until_of
from discussion.oversight.appeals.words import OUTCOMES
from discussion.oversight.moderation.letter_words import WELCOME
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.subjects.finding import find_subject, headline, kind_named
from discussion.web.site import site


def decision_letter(session: Session, payload: Payload) -> MailText | None:
    """The statement of reasons of one decision, for the addressee alone."""
    person = session.get(Person, payload["person_id"])
    decision = session.scalar(
        select(Decision)
        .where(Decision.id == payload["ids"]["decision"])
        .options(joinedload(Decision.reason), joinedload(Decision.series))
    )
    if person is None or person.email is None or decision is None:
        return None
    what = headline(decision.subject_kind, decision.action)
    now = clock.now()
    about = about_of(session, viewer_of(session, person, now), decision)
    body = render_letter(
        "moderation/decision",
        of=decision.series,
        name=person.display_name,
        what=what,
        about=about.words,
        about_url=about.url and (_mending_url(session, decision) or about.url),
        lines=lines_of(session, decision),
        can_appeal=decision.action not in WELCOME,
        until=in_words(until_of(decision)),
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True),
        mine_url=url_for("positions.mine", _external=True),
        rules_url=url_for("series.rules", slug=decision.series.slug, _external=True),
        series=decision.series.title,
        site_url=site().settings.public_url,
    )
    return MailText(to=person.email, subject=what, body=body)


def _mending_url(session: Session, decision: Decision) -> str:
    """Where what is asked for is done, of who is asked to mend something."""
    if decision.action not in ASKS_FOR_AN_EDIT:
        return ""
    found = find_subject(session, kind_named(decision.subject_kind), decision.subject_id)
    return found.mend_url if found else ""


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
        within=target_in_words(target_of(series, "appeal")),
        desk_url=url_for("appeals.desk", public_id=appeal.public_id, _external=True),
    )
    return MailText(to=person.email or "", subject=_("An appeal is left to you"), body=body)


def _find(session: Session, payload: Payload) -> tuple[Appeal | None, Person | None]:
    person = session.get(Person, payload["person_id"])
    is_here = person is not None and person.email is not None and person.left_at is None
    return session.get(Appeal, payload["ids"]["appeal"]), person if is_here else None


MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "moderation/decision": decision_letter,
    "appeals/answered": answered,
    "appeals/left_to_you": left_to_you,
}
