"""What stands around the sections: the question, dates, numbers, method, how to cite it."""

from collections.abc import Iterator, Sequence
from datetime import date

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.language import _, _n, in_words
from discussion.reach.publications.drafts_marks import ANSWER
from discussion.reach.publications.models import Publication
from discussion.reach.publications.queries.document.reading import Edition, Reads


def about_of(publication: Publication) -> tuple[str, str]:
    """The question that it is about, and where that stands."""
    series = publication.series
    if publication.thread is not None:
        return publication.thread.question, paths.thread(publication.thread.slug)
    if publication.theme is not None:
        theme = publication.theme
        return theme.question, paths.theme(series.slug, theme.slug)
    return series.question, paths.series(series.slug)


def span_of(threads: Sequence[Thread]) -> str:
    days = [day for one in threads for day in (one.open_on, one.closed_on) if day is not None]
    if not days:
        return ""
    return _("%(first)s to %(last)s", first=in_words(min(days)), last=in_words(max(days)))


def drawn_from(reads: Reads) -> str:
    answers = sum(row.kind == ANSWER for row in reads.sources.values())
    counted = (
        _n("%(num)s position", "%(num)s positions", len(reads.cards)),
        _n("%(num)s response", "%(num)s responses", answers),
        _n("%(num)s source", "%(num)s sources", len(reads.items)),
    )
    return ", ".join(counted)


def review_of(publication: Publication) -> str:
    thread = publication.thread
    if thread is None or thread.stage != "closed" or thread.review_on is None:
        return ""
    return in_words(thread.review_on)


def method_of(publication: Publication, reads: Reads) -> Iterator[str]:
    series = publication.series
    yield _("Moderators of the series composed it from what contributors published.")
    yield _(
        "Quotations are exact. Everybody is named as they chose, and a role is told only "
        "where at least %(least)s members share it.",
        least=series.min_group,
    )
    yield _(
        "Private answers are counted only where at least %(least)s people gave one.",
        least=series.min_group,
    )
    if publication.tells_until is not None:
        yield _(
            "Authors were told that they are quoted, and could object to unfair use until %(day)s.",
            day=in_words(publication.tells_until),
        )


def cite_as(publication: Publication, edition: Edition, day: date, url: str) -> str:
    return _(
        "%(series)s (%(year)s) %(title)s Briefing, version %(version)s, %(day)s. "
        "Available at: %(url)s",
        series=publication.series.title,
        year=day.year,
        title=publication.title,
        version=edition.number,
        day=in_words(day, "d MMMM"),
        url=url,
    )
