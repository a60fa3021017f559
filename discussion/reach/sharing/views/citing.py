"""Pages for reference managers: each as BibTeX, RIS and CSL-JSON, at an address beside it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Response

from discussion import clock
from discussion.reach.publications.files.references import cited_files
from discussion.reach.publications.shapes import Cited
from discussion.reach.publications.words import FORMATS
from discussion.reach.sharing.queries import citing
from discussion.reach.sharing.views import blueprint
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.site import site

_KEY = re.compile(
    r"(?<=^@misc\{)[^,]+"
)  # the author and the year: many pages of a series have both


@blueprint.get("/cite/threads/<slug>.<format>")
def thread_cited(slug: str, format: str) -> Response:
    """A question."""
    return _as_file(citing.cited_thread(_asking(), slug), format)


@blueprint.get("/cite/findings/<slug>/<int:number>.<format>")
def findings_cited(slug: str, number: int, format: str) -> Response:
    """One edition of what was found."""
    return _as_file(citing.cited_findings(_asking(), slug, number), format)


@blueprint.get("/cite/publications/<slug>/<publication>/<int:number>.<format>")
def publication_cited(slug: str, publication: str, number: int, format: str) -> Response:
    """One version of a briefing or an essay."""
    return _as_file(citing.cited_publication(_asking(), slug, publication, number), format)


@blueprint.get("/cite/positions/<public_id>/<int:version>.csl")
def position_cited(public_id: str, version: int) -> Response:
    """One version of a position; BibTeX and RIS stand in its own room."""
    told = or_404(citing.csl_of_position(_asking(), public_id, version))
    return _file(_listed(told), f"{public_id}-v{version}", "csl")


@blueprint.get("/cite/evidence/<slug>/<public_id>.csl")
def item_cited(slug: str, public_id: str) -> Response:
    """A source; BibTeX and RIS stand in the library."""
    told = or_404(citing.csl_of_item(_asking(), slug, public_id))
    return _file(_listed(told), public_id, "csl")


def _asking() -> citing.Asking:
    return citing.Asking(session(), viewer(), site().settings.public_url, clock.today())


def _as_file(found: Cited | None, format: str) -> Response:
    cited = or_404(found)
    body = or_404(cited_files([cited]).get(format))
    if format == "bib":
        body = _KEY.sub(cited.id, body.decode(), count=1).encode()
    return _file(body, cited.id, format)


def _listed(told: Mapping[str, Any]) -> bytes:
    return f"{json.dumps([told], ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _file(body: bytes, name: str, format: str) -> Response:
    response = Response(body, content_type=FORMATS[format][0])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
