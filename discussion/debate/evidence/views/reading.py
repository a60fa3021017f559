"""Reading the library: its page, an item's, citations, and finding while typing."""

from flask import Response, jsonify, make_response, render_template, request

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.finding import find_item, find_items
from discussion.debate.evidence.queries.item import cite_of, item_page
from discussion.debate.evidence.queries.library import found_of, library_page
from discussion.debate.evidence.queries.selecting import Selection
from discussion.debate.evidence.queries.shapes import Cite
from discussion.debate.evidence.views import blueprint
from discussion.debate.positions.words import STANCES
from discussion.debate.threads.queries.head_series import series_head
from discussion.permissions.facts import Viewer
from discussion.series.series.queries.reading import find_series
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, plain_data, wants_fragment
from discussion.web.site import site


@blueprint.get("/evidence/<slug>")
def library(slug: str) -> Response:
    def make(asker: Viewer | None) -> Made | None:
        series = find_series(session(), asker, slug)
        if series is None:
            return None
        page = library_page(session(), asker, series, Selection.of(request.args))
        return Made(page, (page.series_slug, page.series_title))

    head = series_head(session(), viewer(), slug)
    return or_404(answer_kept("evidence/library.html", head, make))


@blueprint.get("/evidence/<slug>/<public_id>")
def item(slug: str, public_id: str) -> Response:
    row = or_404(find_item(session(), viewer(), slug, public_id))
    after = {stance: request.args.get(stance, "") for stance in (*STANCES, "responses")}
    page = item_page(session(), viewer(), row, site().settings.public_url, after)
    return answer("evidence/item.html", page, series=(page.series_slug, page.series_title))


@blueprint.get("/evidence/<slug>/find")
def find(slug: str) -> Response:
    """For the writing page's picker: a fragment for its script, JSON for anybody else."""
    series = or_404(find_series(session(), viewer(), slug))
    rows = find_items(session(), viewer(), series, request.args.get("q", ""))
    items = tuple(found_of(row, series) for row in rows)
    if not wants_fragment():
        return jsonify(plain_data(items))
    page = {
        "items": items,
        "query": request.args.get("q", "").strip(),
        "add_url": paths.library(slug) + "/add",
    }
    return make_response(render_template("evidence/_found.html", page=page))


@blueprint.get("/evidence/<slug>/<public_id>/cite.bib")
def cite_bibtex(slug: str, public_id: str) -> Response:
    row = or_404(find_item(session(), viewer(), slug, public_id))
    return _file(row, _cite(row).bibtex, "application/x-bibtex", "bib")


@blueprint.get("/evidence/<slug>/<public_id>/cite.ris")
def cite_ris(slug: str, public_id: str) -> Response:
    row = or_404(find_item(session(), viewer(), slug, public_id))
    return _file(row, _cite(row).ris, "application/x-research-info-systems", "ris")


def _cite(row: EvidenceItem) -> Cite:
    return cite_of(row, site().settings.public_url)


def _file(row: EvidenceItem, body: str, mimetype: str, suffix: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    name = f"{row.public_id}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
