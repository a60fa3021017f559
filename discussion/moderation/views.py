"""The desk in the browser."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _, _n
from discussion.moderation.forms import DecideForm, LookForm, ProposalForm, read_ticked
from discussion.moderation.operations import (
    AlreadyDecided,
    NeedsEdit,
    NeedsReason,
    NeedsTwin,
    Taken,
    TooLong,
    decide,
    give_back,
    record_refused_look,
    show_author,
    take,
    take_next,
)
from discussion.moderation.operations.batching import (
    AlreadyFinal,
    NothingToApprove,
    OneAtATime,
    make_batch,
    undo_batch,
)
from discussion.moderation.queries import Filters, desk_page, find_contribution, find_line
from discussion.moderation.queries.batches import find_own_batch
from discussion.moderation.queries.item import Contribution, kind_of
from discussion.moderation.queries.pace import statistics_page
from discussion.moderation.queries.proposed import find_proposed, proposal_page
from discussion.moderation.queries.queue import moderated_by
from discussion.moderation.words import ACTIONS
from discussion.permissions.facts import series_of
from discussion.permissions.rules import Forbidden
from discussion.series.models import Series
from discussion.series.operations.record import Refused
from discussion.series.queries.convening import find_listed
from discussion.values.models import Value, ValueProposal
from discussion.values.operations import accept_proposal, decline_proposal
from discussion.web.doorway import aside, begin_again, session, viewer
from discussion.web.errors import found
from discussion.web.faces import answer, wants_fragment

blueprint = Blueprint("moderation", __name__)
TEMPLATE = "moderation/desk.html"


@blueprint.get("/moderation")
def desk() -> Response:
    """Everything that waits."""
    page = found(
        desk_page(session(), viewer(), filters=Filters.read(request.args), now=clock.now())
    )
    return answer(TEMPLATE, page, form=DecideForm())


@blueprint.post("/moderation/batch")
def approve_many() -> AnyResponse:
    """Promise to approve what was ticked; for a minute it can be undone."""
    ticked = read_ticked(request.form.getlist("item"))
    try:
        batch = make_batch(session(), found(viewer()), ticked, now=clock.now())
    except OneAtATime:
        flash(_("You have others that will be approved in a moment. Undo them, or wait."), "error")
    except NothingToApprove:
        begin_again()
        flash(_("Nothing is approved: tick at least one that waits, and that nobody has."), "error")
    else:
        if left_out := len(set(ticked)) - len(batch.items):
            flash(
                _n("%(num)s was left out: it changed, or somebody has it.",
                   "%(num)s were left out: they changed, or somebody has them.", left_out),
                "note",
            )  # fmt: skip
    return redirect(Filters.read(request.args).on(paths.desk()), 303)


@blueprint.post("/moderation/batch/<batch>/undo")
def undo_many(batch: str) -> AnyResponse:
    """Take it back, as if nothing had been ticked."""
    own = found(find_own_batch(session(), viewer(), batch))
    try:
        undo_batch(session(), found(viewer()), own, now=clock.now())
    except AlreadyFinal:
        begin_again()
        flash(_("Too late: they are approved, or were taken back before."), "error")
    else:
        flash(_("Nothing was approved, and nobody was told."), "done")
    return redirect(Filters.read(request.args).on(paths.desk()), 303)


@blueprint.get("/moderation/statistics")
def statistics() -> Response:
    """How quickly the desk decides."""
    asked = {name: request.args.get(name, "") for name in ("series", "kind")}
    page = found(statistics_page(session(), viewer(), **asked, now=clock.now()))
    return answer("moderation/statistics.html", page)


@blueprint.get("/moderation/<kind>/<public_id>")
def item(kind: str, public_id: str) -> Response:
    """One contribution, beside the queue."""
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    return _opened(contribution, DecideForm())


@blueprint.get("/moderation/values/<public_id>")
def proposed_value(public_id: str) -> Response:
    """A value that somebody proposed."""
    return _show_proposal(public_id)


@blueprint.post("/moderation/values/<public_id>/decide")
def answer_value(public_id: str) -> AnyResponse:
    """Accept it as one of the set or as a new one, or decline it; then go on to the next."""
    form = ProposalForm.posted()
    proposal, series = found(find_proposed(session(), viewer(), public_id))
    if form.validate():
        try:
            _answer_proposal(form, proposal, series)
        except Refused as refused:
            begin_again()
            form.action.errors = list(refused.sentences)
        else:
            flash(_("Answered. Whoever proposed it is told."), "done")
            return on_to_the_next()
    return _show_proposal(public_id, form, status=422)


def _answer_proposal(form: ProposalForm, proposal: ValueProposal, series: Series) -> None:
    actor, now = found(viewer()), clock.now()
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
    proposal, series = found(find_proposed(session(), viewer(), public_id))
    page = proposal_page(
        session(),
        found(viewer()),
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


@blueprint.post("/moderation/<kind>/<public_id>/decide")
def decide_on(kind: str, public_id: str) -> AnyResponse:
    """Decide, and go on to the next; or first show what the author would read."""
    form = DecideForm.posted()
    if request.form.get("do") == "preview":
        return _preview(kind, public_id, form)
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    if form.validate() and _decides(form, contribution):
        done = ACTIONS[form.action.data or ""]
        flash(_("%(done)s. The author has been told.", done=done), "done")
        return on_to_the_next()
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    return _opened(contribution, form, status=422)


def _decides(form: DecideForm, contribution: Contribution) -> bool:
    """Whether it is decided now; otherwise the form says why it is not."""
    draft = form.draft()
    try:
        decide(
            session(),
            found(viewer()),
            contribution,
            draft.action,
            reason=draft.reason,
            why=draft.why,
            facts=draft.facts,
            marks=draft.marks,
            twin=draft.twin,
            version_id=form.seen_version,
                sources=form.sources.data or "",
            now=clock.now(),
        )
    except NeedsReason:
        form.reason.errors = [_("Choose a reason from the series’ list.")]
    except NeedsTwin:
        form.refuse_twin()
    except NeedsEdit:
        form.marks.errors = [
            _("Marks ask for an edit: choose “Send back” or “Ask for an edit”, or take them away.")
        ]
    except TooLong:
        form.why.errors = [_("This note is too long.")]
    except AlreadyDecided:
        begin_again()
        form.action.errors = [
            _("This was decided or changed meanwhile. Read it again before you decide.")
        ]
    except Taken as taken:
        begin_again()
        form.action.errors = [str(taken)]
    else:
        return True
    return False


def _preview(kind: str, public_id: str, form: DecideForm) -> Response:
    """The letter as it stands; for the page's script only the part that changes."""
    with aside(writes=False) as reading:
        contribution = found(find_contribution(reading, viewer(), kind, public_id))
        page = found(
            desk_page(
                reading,
                viewer(),
                item=contribution,
                draft=form.draft(),
                filters=Filters.read(request.args),
                now=clock.now(),
            )
        )
    if wants_fragment():
        return make_response(render_template("moderation/_follows.html", page=page, form=form))
    return answer(TEMPLATE, page, form=form)


@blueprint.post("/moderation/<kind>/<public_id>/author")
def author(kind: str, public_id: str) -> Response:
    """Who wrote it, for a reason that is kept; a look that is refused is kept as well."""
    form = LookForm.posted()
    contribution = found(find_contribution(session(), viewer(), kind, public_id))
    if not form.validate():
        flash(_("Say why you need to know, in at most 300 characters."), "error")
        return _opened(contribution, DecideForm(), status=422)
    why = form.why.data or ""
    try:
        person = show_author(session(), found(viewer()), contribution, why=why, now=clock.now())
    except Forbidden:
        _keep_refused_look(contribution, why)
        raise
    return _opened(contribution, DecideForm(), author_shown=person.display_name)


def _keep_refused_look(contribution: Contribution, why: str) -> None:
    """The refused request rolls back, so this is written in a transaction of its own."""
    subject = kind_of(contribution)[:-1], contribution.public_id
    series_id = series_of(contribution).id
    begin_again()
    with aside() as kept:
        record_refused_look(kept, found(viewer()), subject, series_id, why=why, now=clock.now())
        kept.commit()


@blueprint.post("/moderation/take")
def take_one() -> AnyResponse:
    """Take what waits (`item`), or give it `back`; then it is open."""
    back = request.form.get("back", "")
    kind, _slash, public_id = (back or request.form.get("item", "")).partition("/")
    line = found(find_line(session(), viewer(), kind, public_id, now=clock.now()))
    if back:
        give_back(session(), found(viewer()), kind, public_id)
    elif not line.is_own:
        try:
            take(session(), found(viewer()), kind, public_id, line.series, now=clock.now())
        except Taken as taken:
            flash(str(taken), "error")
    return redirect(Filters.read(request.args).on(line.url), 303)


@blueprint.post("/moderation/next")
def next_one() -> AnyResponse:
    """Leave this one as it is, and take the next."""
    found(moderated_by(viewer()) or None)
    return on_to_the_next()


def on_to_the_next() -> AnyResponse:
    """The next item that is free, now taken; or the desk, when there is none."""
    after, filters = request.form.get("next", ""), Filters.read(request.args)
    url = take_next(session(), found(viewer()), after=after, filters=filters, now=clock.now())
    return redirect(url, 303)


def _opened(
    contribution: Contribution,
    form: DecideForm,
    *,
    author_shown: str = "",
    status: int = 200,
) -> Response:
    page = found(
        desk_page(
            session(),
            viewer(),
            item=contribution,
            author_shown=author_shown,
            draft=form.draft() if status >= 400 else None,
            filters=Filters.read(request.args),
            now=clock.now(),
        )
    )
    return answer(TEMPLATE, page, form=form, status=status)
