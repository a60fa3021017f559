"""The library's page: search, facets that combine, and thirty items at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.finding import hold_words, words_typed
from discussion.debate.evidence.queries.selecting import (
    FACETS,
    UNCHECKED,
    UNRATED,
    Selection,
    known,
)
from discussion.debate.evidence.queries.shapes import (
    Facet,
    FacetChoice,
    Found,
    LibraryPage,
    Line,
    Usual,
)
from discussion.debate.evidence.queries.wording import (
    link_in_words,
    short_source,
    strength_in_words,
)
from discussion.debate.tallies.models import SeriesTally
from discussion.debate.tallies.queries import add_kept, read_changes
from discussion.debate.tallies.queries_counting import Key
from discussion.debate.tallies.words import CITED
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_items
from discussion.series.series.models import Series
from discussion.vocabulary import of_series

PAGE_SIZE = 30
FacetCounts = Mapping[str, Mapping[str, int]]  # facet → choice → items


def library_page(
    session: Session, viewer: Viewer | None, series: Series, asked: Selection
) -> LibraryPage:
    """The items the viewer may see that meet all that was asked, by title."""
    vocabulary = of_series(series.slug)
    asked = known(asked, vocabulary)
    changes = read_changes(session, viewer, series, (CITED,))
    citing = _citing(session, series, changes)
    rows = list(session.scalars(_page_of(session, _meeting(viewer, series, asked, citing), asked)))
    shown, rest = rows[:PAGE_SIZE], rows[PAGE_SIZE:]
    cited = _cited(session, series, changes, shown)
    counts, found = _count_facets(session, viewer, series, asked, citing)
    is_all = replace(asked, after="") == Selection()
    return LibraryPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        url=paths.library(series.slug),
        query=asked.q,
        chosen=tuple((name, value) for name in FACETS if (value := getattr(asked, name))),
        total=found if is_all else _count(session, _meeting(viewer, series, Selection(), citing)),
        found=found,
        lines=tuple(Line(found_of(row, series), cited.get(row.id, 0)) for row in shown),
        usual=_usual(series, asked, counts),
        facets=tuple(
            facet for name in FACETS if (facet := _facet(series, asked, counts, name)).choices
        ),
        is_narrowed=asked != Selection(after=asked.after),
        next_url=address(series, replace(asked, after=shown[-1].public_id)) if rest else "",
        add_url=paths.library(series.slug) + "/add" if _may_add(viewer, series) else "",
    )


def found_of(item: EvidenceItem, series: Series) -> Found:
    """An item as lists and pickers show it; never who added it, or when."""
    return Found(
        id=item.public_id,
        url=paths.item(series.slug, item.public_id),
        title=item.title,
        language=item.language,
        source=short_source(item),
        publisher="" if not item.authors or item.publisher in item.authors else item.publisher,
        kind=item.kind,
        strength=strength_in_words(item, of_series(series.slug)),
        is_rated=bool(item.strength_scale) and not of_series(series.slug).is_never_rated(item.kind),
        status=item.status,
        status_note=item.status_note,
        is_verified=bool(item.verified),
        link_state=item.link_state,
        link_words=link_in_words(item),
        is_listed=item.is_listed,
        is_hidden=item.is_hidden,
    )


def address(series: Series, asked: Selection) -> str:
    """The library's address for a selection; nothing that was not asked is in it."""
    given = {item.name: getattr(asked, item.name) for item in fields(asked)}
    query = urlencode({name: value for name, value in given.items() if value})
    return paths.library(series.slug) + (f"?{query}" if query else "")


def _may_add(viewer: Viewer | None, series: Series) -> bool:
    """Visitors see the link too: it leads through sign-in."""
    return allowed(viewer, May.ADD_ITEM, series) or (viewer is None and series.status == "open")


_Rows = Select[EvidenceItem]


def _meeting(
    viewer: Viewer | None, series: Series, asked: Selection, citing: ColumnElement[bool]
) -> _Rows:
    chosen = [
        facet.condition(value, citing, of_series(series.slug))
        for name, facet in FACETS.items()
        if (value := getattr(asked, name))
    ]
    return (
        select(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(EvidenceItem.series_id == series.id)
        .where(visible_items(viewer))
        .where(*hold_words(words_typed(asked.q)))
        .where(*chosen)
    )


def _page_of(session: Session, rows: _Rows, asked: Selection) -> _Rows:
    folded, id_ = EvidenceItem.title_folded, EvidenceItem.id
    last = session.execute(select(folded, id_).where(EvidenceItem.public_id == asked.after)).first()
    if last is not None:
        rows = rows.where(or_(folded > last[0], and_(folded == last[0], id_ > last[1])))
    return rows.order_by(folded, id_).limit(PAGE_SIZE + 1)


def _count(session: Session, rows: _Rows) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _citing(session: Session, series: Series, changes: Mapping[Key, int]) -> ColumnElement[bool]:
    """Whether a position cites an item: by the sums that are kept, but for what changed since."""
    ids = [id for _kind, id in changes]
    kept = select(SeriesTally.subject_id).where(
        SeriesTally.series_id == series.id, SeriesTally.kind == CITED
    )
    cited = EvidenceItem.id.in_(kept)
    if not ids:
        return cited
    now = [id for _kind, id in add_kept(session, series, (CITED,), changes, ids)]
    return or_(and_(cited, EvidenceItem.id.not_in(ids)), EvidenceItem.id.in_(now))


def _cited(
    session: Session, series: Series, changes: Mapping[Key, int], rows: list[EvidenceItem]
) -> dict[int, int]:
    """How many positions cite each of these items."""
    sums = add_kept(session, series, (CITED,), changes, [row.id for row in rows])
    return {id: number for (_kind, id), number in sums.items()}


def _usual(series: Series, asked: Selection, counts: FacetCounts) -> tuple[Usual, ...]:
    """How many of what was found are not rated, and of how many nobody has tried the link yet."""

    def counted(name: str, value: str) -> tuple[int, str]:
        if getattr(asked, name):
            return 0, ""
        only = replace(asked, after="", **{name: value})
        return counts[name].get(value, 0), address(series, only)

    unrated, of_unrated = counted("scale", UNRATED)
    unchecked, of_unchecked = counted("link", UNCHECKED)
    told = (
        (unrated, of_unrated, _n("%(num)s is not rated", "%(num)s are not rated", unrated)),
        (
            unchecked,
            of_unchecked,
            _n("%(num)s link is not yet checked", "%(num)s links are not yet checked", unchecked),
        ),
    )
    return tuple(Usual(sentence, url) for count, url, sentence in told if count)


def count_citing(session: Session, viewer: Viewer | None, item: EvidenceItem) -> int:
    """How many positions that the viewer may read cite an item."""
    changes = read_changes(session, viewer, item.series, (CITED,))
    return _cited(session, item.series, changes, [item]).get(item.id, 0)


# --- facets


def _count_facets(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    asked: Selection,
    citing: ColumnElement[bool],
) -> tuple[FacetCounts, int]:
    """What each choice would leave, given everything else that was asked; how many were found.

    Facets of which nothing is chosen are counted together, in one statement.
    """
    chosen = [name for name in FACETS if getattr(asked, name)]
    free = [name for name in FACETS if name not in chosen]
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    found = 0 if free else _count(session, _meeting(viewer, series, asked, citing))
    for names in filter(None, (free, *([name] for name in chosen))):
        without = asked if names is free else replace(asked, **{names[0]: ""})
        columns = [FACETS[name].column(citing, of_series(series.slug)) for name in names]
        labelled = [column.label(f"v{at}") for at, column in enumerate(columns)]
        rows = _meeting(viewer, series, without, citing).with_only_columns(*labelled).subquery()
        for *values, number in session.execute(select(*rows.c, func.count()).group_by(*rows.c)):
            found += int(number) if names is free else 0
            for name, value in zip(names, values, strict=True):
                counts[name][FACETS[name].key(value)] += int(number)
    return counts, found


def _facet(series: Series, asked: Selection, counts: FacetCounts, name: str) -> Facet:
    current = getattr(asked, name)
    return Facet(name, FACETS[name].label(), _choices(series, asked, name, counts[name], current))


def _choices(
    series: Series, asked: Selection, name: str, counts: Mapping[str, int], current: str
) -> tuple[FacetChoice, ...]:
    labels = dict(FACETS[name].choices(of_series(series.slug)))
    decades = sorted((slug for slug in counts if slug.isdecimal()), reverse=True)
    labels = {slug: _("%(decade)ss", decade=slug) for slug in decades} | labels
    if current and current not in labels:
        labels[current] = _("%(decade)ss", decade=current)
    asked = replace(asked, after="")
    return tuple(
        FacetChoice(
            slug,
            str(label),
            counts.get(slug, 0),
            address(series, replace(asked, **{name: "" if slug == current else slug})),
            slug == current,
        )
        for slug, label in labels.items()
        if counts.get(slug) or slug == current
    )
