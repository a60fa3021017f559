"""The data page of a series, and its package."""

from base64 import b64encode

from flask import Blueprint, Response, flash, redirect, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.packages.forms import TermsForm
from discussion.reach.packages.operations import ask_for, set_terms
from discussion.reach.packages.queries.finding import find_package, read_pieces
from discussion.reach.packages.queries.licensing import chosen_terms
from discussion.reach.packages.queries.page import data_page
from discussion.reach.packages.queries.standing import stands
from discussion.reach.packages.words import GONE, READY, WHY_GONE
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.site import site
from discussion.web.versions import versioned

blueprint = Blueprint("packages", __name__)
NO_MORE = 410


@blueprint.get("/packages/<slug>")
def page(slug: str) -> Response:
    """What data there is."""
    return _show(slug, None)


def _opened(slug: str) -> TermsForm | None:
    series = or_404(find_series(session(), viewer(), slug))
    if not allowed(viewer(), May.CONVENE, series):
        return None
    return TermsForm(data=chosen_terms(session(), series))


@blueprint.post("/packages/<slug>")
@versioned(_opened)
def keep_terms(slug: str) -> AnyResponse:
    """Say on which terms the data is given out."""
    series = or_404(find_series(session(), viewer(), slug))
    actor = acting(May.CONVENE)
    form = TermsForm.posted()
    assert isinstance(form, TermsForm)
    if not form.validate():
        return _show(slug, form, 422)
    set_terms(
        session(),
        actor,
        series,
        licence=form.licence.data or "",
        ratings=form.ratings.data,
        now=clock.now(),
    )
    flash(_("The terms are saved. A new package is being made under them."), "done")
    return redirect(paths.data(slug), 303)


@blueprint.post("/packages/<slug>/new")
def make(slug: str) -> AnyResponse:
    """Have a new package made now."""
    series = or_404(find_series(session(), viewer(), slug))
    ask_for(session(), acting(May.CONVENE), series, now=clock.now())
    flash(_("A new package is being made. This page says how far it is."), "done")
    return redirect(paths.data(slug), 303)


@blueprint.get("/packages/<slug>/<int:number>/zip")
def file(slug: str, number: int) -> Response:
    """The package, in pieces; of one that may not be shown the reason, and nothing else."""
    series = or_404(find_series(session(), viewer(), slug))
    package = or_404(find_package(session(), series.id, number))
    if package.state == GONE or (package.state == READY and not stands(session(), package)):
        why = str(WHY_GONE[package.gone_why or "changed"])
        says = _("The newest is at %(url)s", url=site().settings.public_url + paths.data(slug))
        return Response(f"{why} {says}\n", NO_MORE, mimetype="text/plain")
    if package.state != READY:
        raise NotFound
    pieces = stream_with_context(read_pieces(session(), package.id))
    response = Response(pieces, mimetype="application/zip")
    response.headers["Content-Length"] = str(package.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.zip"'
    digest = b64encode(bytes.fromhex(package.sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _show(slug: str, form: TermsForm | None, status: int = 200) -> Response:
    shown = or_404(data_page(session(), viewer(), slug, site().settings.public_url))
    form = form or (_opened(slug) if shown.settings_url else None)
    series = (shown.series_slug, shown.series_title)
    return answer("packages/page.html", shown, form=form, status=status, series=series)
