"""Reading positions: the page, its versions, its citation, and one's own contributions."""

from flask import Response, make_response, request

from discussion import clock
from discussion.debate.positions.queries.citing import bibtex, ris
from discussion.debate.positions.queries.head import position_head
from discussion.debate.positions.queries.mine.page import mine_page
from discussion.debate.positions.queries.page import find_cited, position_page
from discussion.debate.positions.queries.shapes import PositionPage
from discussion.debate.positions.queries.unfolding import unfold
from discussion.debate.positions.views import blueprint
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer, wants_fragment
from discussion.web.sector import speak_of
from discussion.web.site import site


@blueprint.get("/positions/<public_id>")
def page(public_id: str) -> Response:
    """The version that stands, at the address that stays; to a script the folded part of a card."""
    if wants_fragment():
        level = request.args.get("level", 0, type=int)
        unfolded = or_404(unfold(session(), viewer(), public_id, level))
        speak_of(unfolded.series_slug)
        return answer("positions/unfolded.html", unfolded)
    return or_404(_kept(public_id))


@blueprint.get("/positions/<public_id>/versions/<int:version>")
def version(public_id: str, version: int) -> Response:
    return or_404(_kept(public_id, version))


@blueprint.get("/positions/<public_id>/versions/<int:version>/cite.bib")
def cite_bibtex(public_id: str, version: int) -> Response:
    cited = or_404(find_cited(session(), viewer(), public_id, version, site_url=_site_url()))
    return _file(bibtex(cited), "application/x-bibtex", f"{public_id}-v{version}.bib")


@blueprint.get("/positions/<public_id>/versions/<int:version>/cite.ris")
def cite_ris(public_id: str, version: int) -> Response:
    cited = or_404(find_cited(session(), viewer(), public_id, version, site_url=_site_url()))
    return _file(ris(cited), "application/x-research-info-systems", f"{public_id}-v{version}.ris")


@blueprint.get("/positions/mine")
def mine() -> Response:
    """Everything one has contributed, and what became of it."""
    require(viewer(), May.KEEP_ACCOUNT)
    page = request.args.get("page", "")
    number = int(page) if page.isdigit() and len(page) < 6 and int(page) else 1
    shown = mine_page(session(), viewer(), number, now=clock.now())
    return answer("positions/mine.html", or_404(shown))


def find_page(public_id: str) -> PositionPage | None:
    return position_page(session(), viewer(), public_id, site_url=_site_url(), now=clock.now())


def _kept(public_id: str, version: int | None = None) -> Response | None:
    def make(asker: Viewer | None) -> Made | None:
        page = position_page(
            session(), asker, public_id, version, site_url=_site_url(), now=clock.now()
        )
        return Made(page, (page.series_slug, page.series_title)) if page else None

    head = position_head(session(), viewer(), public_id)
    return answer_kept("positions/page.html", head, make)


def show(page: PositionPage, *, form: object = None, status: int = 200) -> Response:
    series = (page.series_slug, page.series_title)
    return answer("positions/page.html", page, form=form, status=status, series=series)


def _site_url() -> str:
    return site().settings.public_url.rstrip("/")


def _file(body: str, mimetype: str, name: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
