"""A run in the hands of its coordinator: set up, sent, watched over, closed."""

from collections.abc import Sequence

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _, _n
from discussion.permissions.may import May
from discussion.problems import Invalid, Refused
from discussion.vocabulary import of_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.sector import speak_of
from discussion.web.site import raters_secret
from discussion.web.versions import versioned
from discussion.weighing.practice.forms import LinesForm, NamedForm, RunForm
from discussion.weighing.practice.lines import Asked, Line, Wrong, read_lines
from discussion.weighing.practice.models import Run
from discussion.weighing.practice.operations import inviting
from discussion.weighing.practice.operations import runs as do
from discussion.weighing.practice.queries.finding import find_run
from discussion.weighing.practice.queries.pages import run_page
from discussion.weighing.practice.views import blueprint

ACTS = {
    "send": do.send_run,
    "unplan": do.unplan_run,
    "remind": do.remind,
    "close": do.close_run,
}
SAYS = {
    "send": lambda: _("The invitations are on their way."),
    "unplan": lambda: _("It does not open by itself any more. Go on setting it up."),
    "remind": lambda: _("Those who have not answered get a letter. You are not told who they are."),
    "close": lambda: _("It has closed. Everybody who was asked is told."),
    "share": lambda: _("It is counted in the sector’s view, and not named."),
    "unshare": lambda: _("It is counted nowhere any more."),
}


@blueprint.get("/practice/runs/<public_id>")
def run(public_id: str) -> Response:
    """How it is set up, or how it goes."""
    row = _found(public_id)
    return _show(row, _form(row))


def _opened(public_id: str) -> RunForm | None:
    row = find_run(session(), viewer(), public_id)
    return _form(row) if row is not None else None


@blueprint.post("/practice/runs/<public_id>")
@versioned(_opened)
def save_run(public_id: str) -> AnyResponse:
    """Keep how it is set up."""
    row = _found(public_id)
    form = RunForm.posted()
    try:
        if not form.validate():
            return _show(row, form, status=422)
        do.keep_run(session(), acting(May.COORDINATE), row, form.draft(), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(_found(public_id), form, status=422)
    except Refused as refused:
        flash(refused.sentence, "note")
        begin_again()
        return _show(_found(public_id), form, status=409)
    flash(_("It is kept. Nothing has been sent."), "done")
    return redirect(paths.run(public_id), 303)


@blueprint.post("/practice/runs/<public_id>/invite")
def invite(public_id: str) -> AnyResponse:
    """Ask the people of these lines: all of them, or none while one is wrong."""
    row = _found(public_id)
    form = LinesForm.posted()
    typed = form.lines.data or ""
    asked = Asked(
        [one.name for one in row.units], row.organisation.domains, of_series(row.series.slug)
    )
    good, bad = read_lines(typed, asked)
    if bad or not good or not form.validate():
        return _refuse_lines(row, form, good, bad)
    try:
        made = inviting.invite(
            session(),
            acting(May.COORDINATE),
            row,
            good,
            secret=raters_secret(),
            now=clock.now(),
        )
    except Refused as refused:
        form.lines.errors = [refused.sentence]
        begin_again()
        return _refuse_lines(_found(public_id), form, good, [])
    flash(_said(made, len(good) - made, is_sent=row.state == "open"), "done")
    return redirect(f"{paths.run(public_id)}#invite", 303)


def _refuse_lines(
    row: Run, form: LinesForm, good: Sequence[Line], bad: Sequence[Wrong]
) -> Response:
    if not form.lines.errors:
        form.lines.errors = [one.sentence for one in bad] or [
            _("Paste at least one line: address, leader or staff, and where.")
        ]
    return _show(row, _form(row), lines=form, ready=len(good), status=422)


@blueprint.post("/practice/runs/<public_id>/take-out")
def take_out(public_id: str) -> AnyResponse:
    """Before anything is sent: these are not asked after all."""
    row = _found(public_id)
    chosen = request.form.getlist("who")
    try:
        many = inviting.take_out(session(), acting(May.COORDINATE), row, chosen, now=clock.now())
        said = _n("%(num)s person is taken out.", "%(num)s people are taken out.", many)
        flash(said, "done")
    except Refused as refused:
        begin_again()
        flash(refused.sentence, "note")
    return redirect(f"{paths.run(public_id)}#invite", 303)


@blueprint.post("/practice/runs/<public_id>/act")
def act(public_id: str) -> AnyResponse:
    """Send it, plan it no more, remind, close, be counted or not, name, throw it away."""
    row, actor, what = _found(public_id), acting(May.COORDINATE), request.form.get("act", "")
    slug = row.series.slug
    try:
        if what == "discard":
            do.discard_run(session(), actor, row, now=clock.now())
            flash(_("What was set up is thrown away."), "done")
            return redirect(paths.practice(slug), 303)
        if what in ("share", "unshare"):
            do.share_run(session(), actor, row, shares=what == "share", now=clock.now())
        elif what in ACTS:
            ACTS[what](session(), actor, row, now=clock.now())
        else:
            raise NotFound
        flash(SAYS[what](), "done")
    except Invalid as error:
        begin_again()
        flash(" ".join(one.sentence for one in error.problems), "note")
    except Refused as refused:
        begin_again()
        flash(refused.sentence, "note")
    return redirect(paths.run(public_id), 303)


@blueprint.post("/practice/runs/<public_id>/named")
def name(public_id: str) -> AnyResponse:
    """Record who let it be named in the sector's view; nothing written: nobody."""
    row, form = _found(public_id), NamedForm.posted()
    try:
        if not form.validate():
            return _show(row, _form(row), named=form, status=422)
        do.name_run(
            session(), acting(May.COORDINATE), row, form.named_by.data or "", now=clock.now()
        )
    except Refused as refused:
        form.named_by.errors = [refused.sentence]
        begin_again()
        row = _found(public_id)
        return _show(row, _form(row), named=form, status=422)
    flash(_("It is kept."), "done")
    return redirect(paths.run(public_id), 303)


def _found(public_id: str) -> Run:
    row = or_404(find_run(session(), viewer(), public_id))
    speak_of(row.series.slug)
    return row


def _form(row: Run) -> RunForm:
    said = of_series(row.series.slug).practice
    names = [one.name for one in row.units if one.level != said.centre_level]
    return RunForm(
        data={
            "consent": row.consented_at is not None,
            "consent_by": row.consent_by,
            "units": "\n".join(names),
            "has_centre": len(names) < len(row.units),
            "letter": row.letter,
            "opens_on": clock.day(row.opens_at) if row.opens_at else None,
            "closes_on": clock.day(row.closes_at) if row.closes_at else None,
            "reminds_on": clock.day(row.reminds_at) if row.reminds_at else None,
            "is_shared": row.is_shared,
        }
    )


def _said(made: int, known: int, *, is_sent: bool) -> str:
    if is_sent:
        said = _n("%(num)s invitation is sent.", "%(num)s invitations are sent.", made)
    else:
        said = _n("%(num)s person is listed.", "%(num)s people are listed.", made)
    if known:
        more = _n("%(num)s was listed already.", "%(num)s were listed already.", known)
        return f"{said} {more}"
    return said


def _show(
    row: Run,
    form: RunForm,
    *,
    lines: LinesForm | None = None,
    named: NamedForm | None = None,
    ready: int = 0,
    status: int = 200,
) -> Response:
    shown = run_page(session(), row, clock.now())
    named = named or NamedForm(data={"named_by": row.named_by})
    forms = RunForms(form, lines or LinesForm(), named, ready)
    return private(
        answer(
            "practice/run.html",
            shown,
            form=forms,
            status=status,
            series=(shown.series_slug, shown.series_title),
        )
    )


class RunForms:
    """The forms that stand on the page of a run."""

    def __init__(self, run: RunForm, lines: LinesForm, named: NamedForm, ready: int) -> None:
        self.run, self.lines, self.named, self.ready = run, lines, named, ready

    def problems(self) -> list[tuple[str, str]]:
        """Of all of them, as they stand on the page."""
        return [*self.run.problems(), *self.lines.problems(), *self.named.problems()]
