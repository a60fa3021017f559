"""Entering an essay of an invited voice, and publishing it."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms.form import BaseForm

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid
from discussion.reach.publications.forms_essay import EssayForm
from discussion.reach.publications.models import Publication
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from discussion.reach.publications.queries.essays import find_essay, write_essay_page
from discussion.reach.publications.queries.finding import find_publication
from discussion.reach.publications.queries.registered import doi_prefix
from discussion.reach.publications.views import blueprint
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.site import site
from discussion.web.versions import versioned


@blueprint.get("/publications/<slug>/essays/new")
def new_essay(slug: str) -> Response:
    """The empty form."""
    return _show(_series(slug), None, EssayForm())


@blueprint.post("/publications/<slug>/essays/new")
def send_new_essay(slug: str) -> AnyResponse:
    """Keep a new essay."""
    return _keep(_series(slug), None)


@blueprint.get("/publications/<slug>/<publication>/edit")
def edit_essay(slug: str, publication: str) -> Response:
    """The essay as it is kept."""
    row = _essay(slug, publication)
    return _show(row.series, row, EssayForm.of(row, find_essay(session(), row)))


def _opened(slug: str, publication: str) -> BaseForm:
    row = _essay(slug, publication)
    return EssayForm.of(row, find_essay(session(), row))


@blueprint.post("/publications/<slug>/<publication>/edit")
@versioned(_opened)
def send_essay(slug: str, publication: str) -> AnyResponse:
    """Keep it, or publish what is written."""
    row = _essay(slug, publication)
    return _keep(row.series, row)


def _keep(series: Series, row: Publication | None) -> AnyResponse:
    form, actor, now = EssayForm.posted(), acting(May.COMPOSE), clock.now()
    is_published = request.form.get("do") == "publish"
    try:
        if bad := form.days():
            raise Invalid(bad)
        kept = keep_essay(session(), actor, series, form.draft(), row=row, now=now)
        if is_published:
            publish_essay(
                session(),
                actor,
                kept,
                correction=form.note.data or "",
                site_url=site().settings.public_url,
                doi_prefix=doi_prefix(site().settings),
                now=now,
            )
    except Invalid as error:
        form.say(*error.problems)
        slug = series.slug
        begin_again()
        again = _series(slug)
        own = find_publication(session(), viewer(), slug, row.slug) if row else None
        return _show(again, own, form, status=422)
    if is_published:
        flash(_("The essay is published."), "done")
        return redirect(paths.publication(series.slug, kept.slug), 303)
    flash(_("The essay is kept. Only moderators see it until it is published."), "done")
    return redirect(paths.edit_essay(series.slug, kept.slug), 303)


def _series(slug: str) -> Series:
    series = or_404(find_series(session(), viewer(), slug))
    require(viewer(), May.COMPOSE, series)
    return series


def _essay(slug: str, publication: str) -> Publication:
    row = or_404(find_publication(session(), viewer(), slug, publication))
    require(viewer(), May.COMPOSE, row)
    return or_404(row if row.kind == "essay" else None)


def _show(
    series: Series, row: Publication | None, form: EssayForm, *, status: int = 200
) -> Response:
    page = write_essay_page(session(), series, row)
    form.offer(page)
    told = (page.series_slug, page.series_title)
    return private(
        answer("publications/essay_form.html", page, form=form, status=status, series=told)
    )
