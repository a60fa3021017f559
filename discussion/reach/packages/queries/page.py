"""The data page of a series."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.packages.models import DataPackage
from discussion.reach.packages.queries.finding import newest_of
from discussion.reach.packages.queries.licensing import (
    chosen_terms,
    cite,
    find_terms,
    licence_in_words,
    licence_of,
)
from discussion.reach.packages.queries.standing import is_newest, stands
from discussion.reach.packages.queries.tables import all_tables
from discussion.reach.packages.shapes import DataPage, FileLine, Making, Offered, TableLine
from discussion.reach.packages.words import GONE, MAKING, READY, WAITING, WHY_GONE
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.rounds.models import Rating, Round

ROWS_OF_POSITION = 7  # about: its versions, values and links
MOST = 99  # percent, until it is whole


def data_page(session: Session, viewer: Viewer | None, slug: str, site_url: str) -> DataPage | None:
    """What there is for who may read the series; None for others."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    package = newest_of(session, series.id, READY)
    is_there = package is not None and stands(session, package)
    offered = _offered(session, series, package) if package is not None and is_there else None
    terms = find_terms(session, series)
    convenes = allowed(viewer, May.CONVENE, series)
    number = offered.number if offered else 1
    made_on = offered.made_on if offered else clock.today().isoformat()
    licence = licence_of(package.terms.get("licence", "")) if package and offered else terms.licence
    return DataPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        url=paths.data(series.slug),
        is_for_members=series.visibility == "members",
        licence=licence,
        licence_says=licence_in_words(licence),
        ratings_say=_ratings_say(has_rows=terms.has_rows),
        offered=offered,
        gone="" if offered else _why_gone(session, series, package),
        making=_making(session, series),
        tables=tuple(_lines(offered)),
        cite=cite(series, made_on, number, site_url),
        settings_url=paths.data(series.slug) if convenes else "",
        ask_url=paths.new_data(series.slug) if convenes else "",
        chosen=chosen_terms(session, series) if convenes else {},
    )


def count_rows(session: Session, series: Series, *, has_rows: bool) -> int:
    """About how many rows a package will have, to tell how far it is."""
    here = Thread.series_id == series.id
    of_threads = select(func.count(Position.id)).join(Position.thread).where(here)
    answered = (
        select(func.count(Response.id)).join(Response.position).join(Position.thread).where(here)
    )
    count = (session.scalar(of_threads) or 0) * ROWS_OF_POSITION + (session.scalar(answered) or 0)
    if has_rows:
        imported = select(Round.id).join(Round.thread).where(here, Round.imported_from != "")
        count += session.scalar(select(func.count()).where(Rating.round_id.in_(imported))) or 0
    return count


def _offered(session: Session, series: Series, package: DataPackage) -> Offered:
    files = [
        FileLine(path, one["rows"], size_in_words(one["bytes"]), one["sha256"])
        for path, one in package.contents.items()
    ]
    return Offered(
        number=package.number,
        url=paths.data_file(series.slug, package.number),
        made_on=clock.iso(package.made_at or package.asked_at, 10),
        size=size_in_words(package.size),
        bytes=package.size,
        sha256=package.sha256,
        files=tuple(sorted(files, key=lambda one: one.path)),
        is_newest=is_newest(session, package),
    )


def _lines(offered: Offered | None) -> list[TableLine]:
    rows: Mapping[str, int] = (
        {one.path: one.rows for one in offered.files} if offered is not None else {}
    )
    return [
        TableLine(
            one.name,
            f"{one.name}.csv",
            one.title,
            one.says,
            rows.get(f"data/{one.name}.csv"),
            one.columns,
        )
        for one in all_tables()
    ]


def _making(session: Session, series: Series) -> Making | None:
    newest = newest_of(session, series.id)
    if newest is None or newest.state not in (WAITING, MAKING):
        return None
    if newest.state == WAITING or not newest.all_rows:
        return Making(None)
    return Making(min(MOST, 100 * newest.done_rows // newest.all_rows))


def _why_gone(session: Session, series: Series, package: DataPackage | None) -> str:
    if package is not None:  # it is there, and may not be shown
        return str(WHY_GONE["changed"])
    gone = newest_of(session, series.id, GONE)
    return str(WHY_GONE[gone.gone_why]) if gone is not None else ""


def _ratings_say(*, has_rows: bool) -> str:
    counts = _(
        "Private answers are told in numbers, as the findings show them: never of fewer than five"
        " people."
    )
    if not has_rows:
        return counts
    return f"{counts} " + _(
        "Answers that were imported from elsewhere are there one by one, without who gave them."
    )


def size_in_words(size: int) -> str:
    """As people say how large a file is."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return _("%(count)s bytes", count=size)
