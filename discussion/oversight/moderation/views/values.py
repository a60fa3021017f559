"""Answering a proposed value."""

from flask import Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.decisions.queries.overtaken import decided_meanwhile
from discussion.decisions.shapes import Filters
from discussion.language import _
from discussion.oversight.moderation.forms import ProposalForm
from discussion.oversight.moderation.queries.proposed import find_proposed, proposal_page
from discussion.oversight.moderation.views import blueprint
from discussion.oversight.moderation.views.desk import on_to_the_next
from discussion.problems import Refused, TooLate
from discussion.series.series.models import Series
from discussion.series.series.queries.convening import find_listed
from discussion.series.values.models import Value, ValueProposal
from discussion.series.values.operations import accept_proposal, decline_proposal
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN
from discussion.web.sector import speak_of


@blueprint.get("/moderation/values/<public_id>")
def proposed_value(public_id: str) -> Response:
    """A value that somebody proposed."""
    return _show_proposal(public_id)


@blueprint.post("/moderation/values/<public_id>/decide")
def answer_value(public_id: str) -> AnyResponse:
    """Accept it as one of the set or as a new one, or decline it; then go on to the next."""
    proposal, series = or_404(find_proposed(session(), viewer(), public_id))
    speak_of(series.slug)
    form = ProposalForm.posted()
    if form.validate():
        try:
            _answer_proposal(form, proposal, series)
        except TooLate:
            form.overtaken = decided_meanwhile(
                begin_again(), or_404(viewer()), series, ("value", public_id)
            )
        except Refused as refused:
            begin_again()
            form.action.errors = list(refused.sentences)
        else:
            flash(_("Answered. The person who proposed it is told."), "done")
            return on_to_the_next()
    return _show_proposal(public_id, form, status=OVERTAKEN if form.overtaken else 422)


def _answer_proposal(form: ProposalForm, proposal: ValueProposal, series: Series) -> None:
    actor, now = or_404(viewer()), clock.now()
    if form.action.data == "decline":
        decline_proposal(session(), actor, proposal, why=form.why.data or "", now=now)
    elif form.action.data == "new":
        accept_proposal(session(), actor, proposal, form.new_value(), now=now)
    else:
        value = find_listed(session(), Value, series, form.into.data or "")
        if value is None:
            raise Refused(_("Choose a value that this series uses."))
        accept_proposal(session(), actor, proposal, value, now=now)


def _show_proposal(
    public_id: str, form: ProposalForm | None = None, *, status: int = 200
) -> Response:
    proposal, series = or_404(find_proposed(session(), viewer(), public_id))
    speak_of(series.slug)
    page = proposal_page(
        session(),
        or_404(viewer()),
        proposal,
        series,
        filters=Filters.read(request.args),
        now=clock.now(),
    )
    return answer(
        "moderation/value.html",
        page,
        form=form or ProposalForm(label=proposal.label),
        status=status,
    )
