"""Letters about values: what became of one that somebody proposed."""

from collections.abc import Callable

from flask import url_for
from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.series.series.models import Series
from discussion.series.series.tasks import reachable
from discussion.series.values.models import ValueProposal
from discussion.series.values.queries_higher import PROPOSED_IN


def proposal_answered(session: Session, payload: Payload) -> MailText | None:
    """What was decided about it, and why."""
    proposal = session.get(ValueProposal, payload["ids"]["proposal"])
    person = reachable(session, payload)
    if proposal is None or person is None:
        return None
    series = session.get_one(Series, proposal.series_id)
    decision = session.get_one(Decision, payload["ids"]["decision"])
    named = PROPOSED_IN()(session, proposal, person.id)
    body = render_letter(
        "series/proposal_answered",
        of=series,
        name=person.display_name,
        title=series.title,
        label=proposal.label,
        accepted_as=proposal.value.label if proposal.value else "",
        why=decision.why,
        link=url_for("values.value", slug=series.slug, value=proposal.value.slug, _external=True)
        if proposal.value
        else "",
        position_url=url_for("positions.page", public_id=named, _external=True) if named else "",
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True),
    )
    return MailText(to=person.email or "", subject=_("The value you proposed"), body=body)


MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "series/proposal_answered": proposal_answered,
}
