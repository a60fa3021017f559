"""Reading a mirror: by its coordinator, or with the link of an invitation."""

from flask import Response

from discussion import paths
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.spreadsheets import as_csv
from discussion.weighing.practice.models import Run
from discussion.weighing.practice.queries.mirror import mirror_page
from discussion.weighing.practice.queries.reaching import mirrored_run, run_of_link
from discussion.weighing.practice.queries.tabling import HEAD, mirror_rows
from discussion.weighing.practice.shapes_mirror import MirrorLinks, MirrorPage
from discussion.weighing.practice.views import blueprint


@blueprint.get("/practice/runs/<public_id>/mirror")
def mirror(public_id: str) -> Response:
    """For a coordinator."""
    return _shown(_of_run(public_id))


@blueprint.get("/practice/answer/<link>/mirror")
def own_mirror(link: str) -> Response:
    """For whoever was asked."""
    return _shown(_of_link(link))


@blueprint.get("/practice/runs/<public_id>/mirror.csv")
def mirror_table(public_id: str) -> Response:
    """The same as a table."""
    return _as_table(_of_run(public_id))


@blueprint.get("/practice/answer/<link>/mirror.csv")
def own_mirror_table(link: str) -> Response:
    """The same as a table, for whoever was asked."""
    return _as_table(_of_link(link))


def _of_run(public_id: str) -> MirrorPage:
    run = or_404(mirrored_run(session(), viewer(), public_id))
    return _page(run, paths.mirror(run.public_id), paths.mirror_sheet(run.public_id))


def _of_link(link: str) -> MirrorPage:
    run = or_404(run_of_link(session(), viewer(), link))
    return _page(run, paths.own_mirror(link), paths.own_mirror_sheet(link))


def _page(run: Run, here: str, sheet: str) -> MirrorPage:
    links = MirrorLinks(sheet, f"{here}.csv", f"{here}.json", paths.sector(run.series.slug))
    return or_404(mirror_page(session(), run, links))


def _shown(page: MirrorPage) -> Response:
    series = (page.series_slug, page.series_title)
    return _hidden(answer("practice/mirror.html", page, series=series))


def _as_table(page: MirrorPage) -> Response:
    return _hidden(as_csv("mirror.csv", HEAD, mirror_rows(page)))


def _hidden(response: Response) -> Response:
    """Kept by no cache, named to no other site, found by no search engine."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return private(response)
