"""Organisations: an administrator says who may hold runs; their coordinators begin one."""

from flask import Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.problems import Invalid, Refused
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.versions import versioned
from discussion.weighing.practice.forms import OrganisationForm
from discussion.weighing.practice.models import Organisation
from discussion.weighing.practice.operations import organisations as do
from discussion.weighing.practice.operations.runs import begin_run
from discussion.weighing.practice.queries.finding import find_organisation
from discussion.weighing.practice.queries.pages import emails_of, organisations_page
from discussion.weighing.practice.views import blueprint


@blueprint.get("/practice/<slug>/organisations")
def organisations(slug: str) -> Response:
    """Who may hold runs in this series."""
    return _show(slug, OrganisationForm())


@blueprint.post("/practice/<slug>/organisations")
def register(slug: str) -> AnyResponse:
    """Let another organisation hold runs."""
    series = or_404(find_series(session(), viewer(), slug))
    _administer()
    form = OrganisationForm.posted()
    try:
        if not form.validate():
            return _show(slug, form, 422)
        do.register_organisation(
            session(), acting(May.ADMINISTER), series, form.draft(), now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(slug, form, 422)
    flash(_("It is registered. Its coordinators can begin."), "done")
    return redirect(paths.organisations(slug), 303)


@blueprint.get("/practice/<slug>/organisations/<public_id>")
def organisation(slug: str, public_id: str) -> Response:
    """Its domains and coordinators, to be changed."""
    return _show_one(slug, public_id, or_404(_opened(slug, public_id)))


def _opened(slug: str, public_id: str) -> OrganisationForm | None:
    row = find_organisation(session(), viewer(), slug, public_id)
    if row is None or not allowed(viewer(), May.ADMINISTER):
        return None
    emails = emails_of(session(), row)
    return OrganisationForm(
        data={
            "name": row.name,
            "domains": "\n".join(row.domains),
            "coordinators": "\n".join(emails),
        }
    )


@blueprint.post("/practice/<slug>/organisations/<public_id>")
@versioned(_opened)
def change(slug: str, public_id: str) -> AnyResponse:
    """Other domains, other coordinators."""
    row = _found(slug, public_id)
    _administer()
    form = OrganisationForm.posted()
    try:
        if not form.validate():
            return _show_one(slug, public_id, form, 422)
        do.change_organisation(
            session(), acting(May.ADMINISTER), row, form.draft(), now=clock.now()
        )
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show_one(slug, public_id, form, 422)
    flash(_("It is kept."), "done")
    return redirect(paths.organisations(slug), 303)


@blueprint.post("/practice/<slug>/organisations/<public_id>/runs")
def begin(slug: str, public_id: str) -> AnyResponse:
    """A coordinator sets up a run."""
    row = _found(slug, public_id)
    try:
        run = begin_run(session(), acting(May.COORDINATE), row, now=clock.now())
    except Refused as refused:
        flash(refused.sentence, "note")
        begin_again()
        return redirect(paths.practice(slug), 303)
    return redirect(paths.run(run.public_id), 303)


def _found(slug: str, public_id: str) -> Organisation:
    return or_404(find_organisation(session(), viewer(), slug, public_id))


def _administer() -> None:
    if not allowed(viewer(), May.ADMINISTER):
        raise NotFound


def _show(slug: str, form: OrganisationForm, status: int = 200) -> Response:
    shown = or_404(organisations_page(session(), viewer(), slug))
    return answer(
        "practice/organisations.html",
        shown,
        form=form,
        status=status,
        series=(slug, shown.series_title),
    )


def _show_one(slug: str, public_id: str, form: OrganisationForm, status: int = 200) -> Response:
    shown = or_404(organisations_page(session(), viewer(), slug))
    here = paths.organisation(slug, public_id)
    return answer(
        "practice/organisation.html",
        shown.of(here),
        form=form,
        status=status,
        series=(slug, shown.series_title),
    )
