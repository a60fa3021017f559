"""The sector's view: what organisations that let themselves be counted say and do."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.analysis.practice_sector import FEWEST
from discussion.debate.threads.models import Thread
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.practice.models import Edition, Organisation, Run
from discussion.weighing.practice.queries.editions import (
    figures_of,
    find_edition,
    newest_edition,
)
from discussion.weighing.practice.shapes_sector import (
    LedTo,
    SectorFigures,
    SectorFunction,
    SectorPage,
    SectorSharing,
    SectorValue,
)
from discussion.weighing.practice.words_mirror import within

SHORTEST = 5  # letters of a word by which a thread is about a function
COMMON = frozenset(
    [
        "about",
        "after",
        "every",
        "other",
        "should",
        "their",
        "there",
        "these",
        "those",
        "where",
        "which",
        "while",
    ]
)


def sector_page(
    session: Session, viewer: Viewer | None, slug: str, number: int | None = None
) -> SectorPage | None:
    """The newest edition, or one for good; None where the reader may not read the series.

    Whether an edition stands is asked of what organisations let be told now: the moment one of them
    leaves, none of its figures is here.
    """
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    newest = newest_edition(session, series)
    edition = find_edition(session, series, number) if number is not None else newest
    if number is not None and edition is None:
        return None
    figures = figures_of(session, edition) if edition is not None else None
    threads = _threads(session, viewer, series, figures)
    return SectorPage(
        series_slug=series.slug,
        series_title=series.title,
        title=_title(figures, edition),
        lede=_lede(figures, edition),
        number=edition.number if edition is not None else None,
        made_on=in_words(edition.made_at) if edition is not None else "",
        withdrawn_on=_withdrawn(session, edition, stands=figures is not None),
        is_newest=edition is newest,
        figures=figures,
        named_organisations=_named(session, edition) if figures and edition else (),
        threads=threads,
        says=tuple((one.slug, _says(one, figures.organisations)) for one in figures.functions)
        if figures
        else (),
        here_url=paths.sector(series.slug),
        permanent_url=paths.sector_edition(series.slug, edition.number) if edition else "",
        newest_url=paths.sector(series.slug),
        cite_url=paths.item(series.slug, edition.item.public_id)
        if figures and edition and edition.item
        else "",
        csv_url=f"{paths.sector_edition(series.slug, edition.number)}.csv"
        if figures and edition
        else "",
        practice_url=paths.practice(series.slug),
    )


def _title(figures: SectorFigures | None, edition: Edition | None) -> str:
    if figures is None:
        if edition is not None:
            return _("This edition was withdrawn")
        return _("What organisations say, and what they do")
    for value in figures.values:
        if any(one.central > 1 and one.local > 1 for one in value.chooses):
            return _("They share a value and choose opposite ways of serving it")
    return _("What %(number)s organisations say, and what they do", number=figures.organisations)


def _lede(figures: SectorFigures | None, edition: Edition | None) -> str:
    if figures is None:
        if edition is not None:
            return _(
                "An organisation that was counted in it has left, so none of its figures is shown."
                " A citation of it says so too."
            )
        return _(
            "Organisations that ask their own people can let themselves be counted here. Nothing is"
            " shown of fewer than %(fewest)s, and nothing again before two of them differ from what"
            " was shown last.",
            fewest=FEWEST,
        )
    said = _(
        "%(organisations)s organisations have asked their people what they say and what they do,"
        " and let the answers be counted here.",
        organisations=figures.organisations,
    )
    for value in figures.values:
        for one in value.chooses:
            if one.central > 1 and one.local > 1:
                return f"{said} {_apart(value, one)}"
    return said


def _apart(value: SectorValue, one: SectorSharing) -> str:
    said = _(
        "%(number)s share %(value)s among the values that their people name most. Over"
        " %(function)s, %(central)s of them decide centrally and %(local)s leave it to the parts.",
        number=value.organisations,
        value=value.label,
        function=within(one.function),
        central=one.central,
        local=one.local,
    )
    if one.together:
        said += " " + _n("%(num)s decides together.", "%(num)s decide together.", one.together)
    return said


def _withdrawn(session: Session, edition: Edition | None, *, stands: bool) -> str:
    """The day on which it was taken back; by the run that left where nobody has noted it yet."""
    if edition is None or stands:
        return ""
    if edition.withdrawn_at is not None:
        return in_words(edition.withdrawn_at)
    rows = session.execute(
        select(Run.shared_at, Run.unshared_at).where(Run.public_id.in_(edition.runs))
    ).all()
    left = [
        unshared or shared
        for shared, unshared in rows
        if (shared is None or shared > edition.made_at) and (unshared or shared)
    ]
    return in_words(min(one for one in left if one)) if left else in_words(edition.made_at)


def _named(session: Session, edition: Edition) -> tuple[str, ...]:
    """Those that said in writing that they may be named, as they say now."""
    rows = session.scalars(
        select(Organisation.name)
        .join(Run, Run.organisation_id == Organisation.id)
        .where(Run.public_id.in_(edition.runs), Run.named_at.is_not(None), Run.named_by != "")
        .order_by(Organisation.name)
    )
    return tuple(rows)


def _says(one: SectorFunction, of: int) -> str:
    said = _tells(one)
    if one.organisations == of:
        return said
    return _("Of %(number)s organisations: %(says)s", number=one.organisations, says=said)


def _tells(one: SectorFunction) -> str:
    if one.same == one.organisations:
        return _("In all of them the middle answers are the same.")
    said: list[str] = []
    if one.more_central:
        said.append(
            _n(
                "%(num)s decides it more centrally than it says",
                "%(num)s decide it more centrally than they say",
                one.more_central,
            )
        )
    if one.more_local and said:
        said.append(_n("%(num)s more locally", "%(num)s more locally", one.more_local))
    elif one.more_local:
        said.append(
            _n(
                "%(num)s decides it more locally than it says",
                "%(num)s decide it more locally than they say",
                one.more_local,
            )
        )
    if one.same:
        said.append(_n("%(num)s the same", "%(num)s the same", one.same))
    return ", ".join(said) + "."


def _threads(
    session: Session, viewer: Viewer | None, series: Series, figures: SectorFigures | None
) -> tuple[LedTo, ...]:
    """Threads of the series about a function that is shown; else its newest."""
    rows = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id, visible_threads(viewer))
        .order_by(Thread.id.desc())
    ).all()
    found = tuple(_about(rows, figures)) if figures else ()
    return found or tuple(LedTo("", row.question, paths.thread(row.slug)) for row in rows[:2])


def _about(rows: Sequence[Thread], figures: SectorFigures) -> Iterator[LedTo]:
    """Each function with the newest thread whose question has a word of it."""
    for one in figures.functions:
        words = _words(f"{one.name} {one.covers}")
        for row in rows:
            if words & _words(row.question):
                yield LedTo(one.slug, row.question, paths.thread(row.slug))
                break


def _words(said: str) -> set[str]:
    """Words that may tell what something is about."""
    found = set(re.findall(r"[^\W\d_]+", text.fold(said)))
    return {word for word in found if len(word) >= SHORTEST} - COMMON
