"""Reading the findings of a thread: the newest, or one version for good."""

from flask import redirect, request
from werkzeug.wrappers import Response

from discussion import paths
from discussion.debate.threads.queries import find_new_slug
from discussion.permissions.facts import Viewer
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, wants_json
from discussion.web.site import raters_secret
from discussion.weighing.findings.queries.head import findings_head
from discussion.weighing.findings.queries.page import Asked, findings_page
from discussion.weighing.findings.views import blueprint


@blueprint.get("/findings/<slug>")
def page(slug: str) -> Response:
    """What the thread really disagrees about, by the newest snapshot or that of a round."""
    return _answered(slug, round_number=request.args.get("round", type=int))


@blueprint.get("/findings/<slug>/<int:number>")
def version(slug: str, number: int) -> Response:
    """One snapshot, at an address that never changes."""
    return _answered(slug, version=number)


def _answered(
    slug: str, *, round_number: int | None = None, version: int | None = None
) -> Response:
    asked = Asked(
        lens=request.args.get("as", "").replace(" ", "+"),  # a plus that was typed is a space
        between=request.args.get("between", ""),
        round_number=round_number,
        version=version,
    )

    def make(asker: Viewer | None) -> Made | None:
        shown = findings_page(session(), asker, slug, asked, secret=raters_secret())
        return Made(shown, (shown.series_slug, shown.series_title)) if shown else None

    head = findings_head(session(), viewer(), slug, secret=raters_secret())
    return answer_kept("findings/page.html", head, make) or _lead_on(slug, version)


def _lead_on(slug: str, version: int | None) -> Response:
    """A thread's former address leads on for ever."""
    moved = or_404(find_new_slug(session(), viewer(), slug))
    path = paths.findings_version(moved, version) if version else paths.findings(moved)
    query = request.query_string.decode()
    return redirect(path + (SUFFIX if wants_json() else "") + (f"?{query}" if query else ""), 301)
