"""Planning, opening and closing rounds: what moderators do."""

import secrets

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.threads.forms import date_problems
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.site import raters_secret
from discussion.web.versions import versioned
from discussion.weighing.rounds.drafts_planning import problems_in_round
from discussion.weighing.rounds.forms_planning import CloseRoundForm, PlanForm
from discussion.weighing.rounds.operations import planning as plans
from discussion.weighing.rounds.operations import running
from discussion.weighing.rounds.queries.finding import find_planned
from discussion.weighing.rounds.queries.opening import open_page
from discussion.weighing.rounds.queries.planning import begin_draft, bounds_of, plan_page
from discussion.weighing.rounds.queries.reading import round_page
from discussion.weighing.rounds.views import blueprint
from discussion.weighing.rounds.views.redirects import round_here, thread_here


@blueprint.get("/rounds/<slug>/plan")
def plan(slug: str) -> Response:
    """The plan of the next round, as a form."""
    return _show(_run(slug), PlanForm.of(begin_draft(session(), _run(slug), clock.now())))


def _opened(slug: str) -> PlanForm:
    """The plan's fields as its page opens them, with the statements and their places."""
    thread, now = _run(slug), clock.now()
    form = PlanForm.of(begin_draft(session(), thread, now))
    form.choose_from(plan_page(session(), acting(May.RUN_ROUND), thread, now).choosable)
    return form


@blueprint.post("/rounds/<slug>/plan")
@versioned(_opened)
def send_plan(slug: str) -> AnyResponse:
    """Plan it, or change what is planned."""
    form = PlanForm.sent(request.form)
    problems = date_problems(form)
    thread = _run(slug)
    if (in_way := form.problems_in_way()) and not problems:
        bounds = bounds_of(session(), thread, clock.now())
        problems = [*in_way, *problems_in_round(form.draft(), bounds)]
    try:
        if problems:
            raise Invalid(problems)
        round = plans.plan_round(
            session(),
            acting(May.RUN_ROUND),
            thread,
            form.draft(),
            seed=secrets.randbelow(plans.SEEDS),
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        return _show(thread, form, status=422)
    except Refused as refused:
        flash(refused.sentence, "error")
        return redirect(paths.plan_round(thread.slug), 303)
    flash(
        _("Round %(number)s is planned. You can change it until it opens.", number=round.number),
        "done",
    )
    return redirect(paths.plan_round(thread.slug), 303)


@blueprint.post("/rounds/<slug>/plan/<any(open, drop):act>")
def send_planned_act(slug: str, act: str) -> AnyResponse:
    """Open the planned round now, once it was asked twice, or drop it."""
    thread = _run(slug)
    round = or_404(find_planned(session(), thread))
    number, actor = round.number, acting(May.RUN_ROUND)
    if act == "open" and not request.form.get("sure"):
        page = open_page(session(), actor, round)
        return answer("rounds/open.html", page, series=(page.series_slug, page.series_title))
    try:
        if act == "drop":
            plans.drop_round(session(), actor, round, now=clock.now())
        else:
            running.open_round(session(), actor, round, now=clock.now())
    except Refused as refused:
        flash(refused.sentence, "error")
        return redirect(paths.plan_round(thread.slug), 303)
    if act == "drop":
        flash(_("The planned round is dropped."), "done")
        return redirect(paths.plan_round(thread.slug), 303)
    flash(_("Round %(number)s is open. Members are told by e-mail.", number=number), "done")
    return redirect(paths.round(thread.slug, number), 303)


@blueprint.post("/rounds/<slug>/<int:number>/close")
def send_close(slug: str, number: int) -> AnyResponse:
    """Close it before its day, with a reason that everybody reads."""
    form = CloseRoundForm.posted()
    round = round_here(slug, number)
    require(viewer(), May.RUN_ROUND, round)
    try:
        again = running.close_round(
            session(),
            acting(May.RUN_ROUND),
            round,
            why=form.why.data or "",
            secret=raters_secret(),
            now=clock.now(),
        )
    except Invalid as error:
        form.say(*error.problems)
        page = round_page(session(), viewer(), round, raters_secret(), clock.now())
        return answer(
            "rounds/page.html",
            page,
            form=form,
            status=422,
            series=(page.about.series_slug, page.about.series_title),
        )
    except Refused as refused:
        flash(refused.sentence, "error")
    else:
        flash(
            _("The round is closed. Its rule asks for another, so the thread stays in weighing.")
            if again
            else _("The round is closed. The thread has moved on to making sense of it."),
            "done",
        )
    return redirect(paths.round(round.thread.slug, number), 303)


def _show(thread: Thread, form: PlanForm, *, status: int = 200) -> Response:
    page = form.shown(plan_page(session(), acting(May.RUN_ROUND), thread, clock.now()))
    return answer(
        "rounds/plan.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )


def _run(slug: str) -> Thread:
    thread = thread_here(slug)
    require(viewer(), May.RUN_ROUND, thread)
    return thread
