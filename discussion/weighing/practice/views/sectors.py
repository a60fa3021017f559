"""Reading what a sector says and does: the newest edition, one edition for good, and its table."""

from flask import Response

from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.spreadsheets import as_csv
from discussion.weighing.practice.queries.sector import sector_page
from discussion.weighing.practice.queries.sector_rows import HEAD, sector_rows
from discussion.weighing.practice.shapes_sector import SectorPage
from discussion.weighing.practice.views import blueprint


@blueprint.get("/practice/<slug>/sector")
def sector(slug: str) -> Response:
    """The newest edition that stands, or why there is none."""
    return _shown(or_404(sector_page(session(), viewer(), slug)))


@blueprint.get("/practice/<slug>/sector/<int:number>")
def edition(slug: str, number: int) -> Response:
    """One edition: what a citation binds to."""
    return _shown(or_404(sector_page(session(), viewer(), slug, number)))


@blueprint.get("/practice/<slug>/sector/<int:number>.csv")
def edition_table(slug: str, number: int) -> Response:
    """The same as a table; not there once it was withdrawn."""
    page = or_404(sector_page(session(), viewer(), slug, number))
    figures = or_404(page.figures)
    return private(as_csv(f"{slug}-practice-{number}.csv", HEAD, sector_rows(figures)))


def _shown(page: SectorPage) -> Response:
    series = (page.series_slug, page.series_title)
    return private(answer("practice/sector.html", page, series=series))
