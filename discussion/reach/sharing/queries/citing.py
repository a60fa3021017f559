"""What a reference manager is given of a page, as its reader may read it.

Each is made of the page that it stands for: it names nobody whom that does not name, and tells no
more of when. A page without an author is by its series.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.evidence.queries.finding import find_item
from discussion.debate.positions.queries.citing import titled
from discussion.debate.positions.queries.page import find_cited
from discussion.debate.threads.queries.finding import find_thread
from discussion.language import language_tag
from discussion.permissions.facts import Viewer
from discussion.reach.publications.files.references import csl_of
from discussion.reach.publications.queries.document.references import cited_item
from discussion.reach.publications.queries.essays import EssayPage, essay_page
from discussion.reach.publications.queries.finding import find_publication, find_version
from discussion.reach.publications.queries.pages import briefing_page
from discussion.reach.publications.shapes import Cited, Document
from discussion.series.series.models import Series
from discussion.weighing.findings.queries.page import Asked, findings_page


@dataclass(frozen=True)
class Asking:
    """Who asks, and where the site stands."""

    session: Session
    viewer: Viewer | None
    site_url: str
    today: date


def cited_thread(asking: Asking, slug: str) -> Cited | None:
    """A question, of the year in which it was read: it goes on."""
    thread = find_thread(asking.session, asking.viewer, slug)
    if thread is None:
        return None
    return _by_series(
        asking,
        id=f"thread-{slug}",
        title=str(thread.question),
        series=thread.series,
        year=asking.today.year,
        url=paths.thread(slug),
        language=thread.language,
    )


def cited_findings(asking: Asking, slug: str, number: int) -> Cited | None:
    """One edition, which never changes, of the year in which it was made."""
    asked = Asked(version=number)
    page = findings_page(asking.session, asking.viewer, slug, asked, secret="")
    thread = find_thread(asking.session, asking.viewer, slug)
    if page is None or page.found is None or thread is None:
        return None
    return _by_series(
        asking,
        id=f"findings-{slug}-{number}",
        title=page.cite_title,
        series=thread.series,
        year=clock.day(page.found.provenance.made_at).year,
        url=page.permanent_url,
        language=language_tag(),
    )


def cited_publication(asking: Asking, series_slug: str, slug: str, number: int) -> Cited | None:
    """One version of a briefing or an essay; None of what was withdrawn."""
    row = find_publication(asking.session, asking.viewer, series_slug, slug)
    version = find_version(asking.session, row, number) if row is not None else None
    if row is None or version is None:
        return None
    id = f"{slug}-{number}"
    if row.kind == "essay":
        return _of_essay(id, essay_page(asking.session, asking.viewer, row, version))
    page = briefing_page(asking.session, asking.viewer, series_slug, slug, number)
    return _of_briefing(id, page.document) if page and page.document else None


def csl_of_position(asking: Asking, public_id: str, version: int) -> Mapping[str, Any] | None:
    """One version, under the name and the date that its byline has."""
    found = find_cited(asking.session, asking.viewer, public_id, version, site_url=asking.site_url)
    if found is None:
        return None
    return {
        "id": f"position-{found.id}-v{found.version}",
        "type": "post",
        "title": titled(found),
        "author": [{"literal": found.author}],
        "issued": {"date-parts": [[int(part) for part in found.date.split("-")]]},
        "container-title": found.question,
        "collection-title": found.series,
        "version": str(found.version),
        "URL": found.address,
    }


def csl_of_item(asking: Asking, series_slug: str, public_id: str) -> Mapping[str, Any] | None:
    """A source as the library has it; what stands nowhere else is cited by its own page."""
    item = find_item(asking.session, asking.viewer, series_slug, public_id)
    if item is None:
        return None
    own = asking.site_url + paths.item(series_slug, public_id)
    told = csl_of(cited_item(item))
    return told if item.url or item.doi else {**told, "URL": own}


def _by_series(
    asking: Asking,
    *,
    id: str,
    title: str,
    series: Series,
    year: int,
    url: str,
    language: str,
) -> Cited:
    return Cited(
        id=id,
        title=title,
        authors=(str(series.title),),
        year=year,
        publisher=str(series.host or ""),
        url=asking.site_url + url,
        doi=None,
        citation="",
        language=language,
        accessed_on=asking.today,
    )


def _of_briefing(id: str, document: Document) -> Cited:
    return Cited(
        id=id,
        title=document.title,
        authors=(document.series,),
        year=date.fromisoformat(document.made_on).year,
        publisher=document.host,
        url=document.url,
        doi=document.doi or None,
        citation="",
        language=document.language,
        accessed_on=None,
    )


def _of_essay(id: str, page: EssayPage) -> Cited | None:
    essay = page.essay
    if essay is None:
        return None
    return Cited(
        id=id,
        title=essay.title,
        authors=(essay.author,),
        year=date.fromisoformat(essay.written_on).year,
        publisher=essay.series,
        url=essay.url,
        doi=essay.doi or None,
        citation="",
        language=essay.language,
        accessed_on=None,
    )
