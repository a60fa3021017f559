"""Reading what is published: the list of a series, a version, its files."""

from flask import Response

from discussion.reach.publications.files.canonical import canonical
from discussion.reach.publications.queries.essays import EssayPage, essay_page
from discussion.reach.publications.queries.finding import find_publication, find_version
from discussion.reach.publications.queries.pages import (
    BriefingPage,
    briefing_page,
    find_file,
    publications_page,
)
from discussion.reach.publications.views import blueprint
from discussion.reach.publications.words import FORMATS
from discussion.web.doorway import session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer, wants_json
from discussion.web.refusals import refusal

GONE = 410


@blueprint.get("/publications/<slug>")
def listed(slug: str) -> Response:
    """The briefings of a series."""
    page = or_404(publications_page(session(), viewer(), slug))
    return answer("publications/list.html", page, series=(page.series_slug, page.series_title))


@blueprint.get("/publications/<slug>/<publication>")
def page(slug: str, publication: str) -> Response:
    """The newest version."""
    return _answered(slug, publication, None)


@blueprint.get("/publications/<slug>/<publication>/<int:number>")
def version(slug: str, publication: str, number: int) -> Response:
    """One version, at an address that never changes."""
    return _answered(slug, publication, number)


@blueprint.get("/publications/<slug>/<publication>/<int:number>/files/<format>")
def file(slug: str, publication: str, number: int, format: str) -> Response:
    """A file of it; of what was withdrawn the reason, and nothing else."""
    if format not in FORMATS:
        raise NotFound
    found, why = or_404(find_file(session(), viewer(), slug, publication, number))
    if why:
        return Response(f"{why}\n", GONE, mimetype="text/plain")
    if format == "json":
        body = canonical(found.snapshot)
    else:
        body = or_404(next((one.body for one in found.files if one.format == format), None))
    response = Response(body, content_type=FORMATS[format][0])
    name = f"{publication}-{number}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answered(slug: str, publication: str, number: int | None) -> Response:
    row = or_404(find_publication(session(), viewer(), slug, publication))
    if row.kind != "essay":
        shown = or_404(briefing_page(session(), viewer(), slug, publication, number))
        return _shown(shown, "publications/page.html", is_there=shown.document is not None)
    version = or_404(find_version(session(), row, number))
    essay = essay_page(session(), viewer(), row, version)
    return _shown(essay, "publications/essay.html", is_there=essay.essay is not None)


def _shown(shown: BriefingPage | EssayPage, template: str, *, is_there: bool) -> Response:
    status = 200 if is_there else GONE
    if wants_json() and status == GONE:
        return refusal(GONE, says=shown.gone, beside={"hash": shown.hash})
    series = (shown.series_slug, shown.series_title)
    return answer(template, shown, status=status, series=series)
