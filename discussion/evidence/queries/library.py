"""The library's page: search, facets that combine, and forty items at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.evidence.models import EvidenceItem
from discussion.evidence.queries.finding import hold_words, words_typed
from discussion.evidence.queries.links import is_asked
from discussion.evidence.queries.shapes import Facet, FacetChoice, Found, LibraryPage, Line
from discussion.evidence.queries.wording import link_in_words, short_source, strength_in_words
from discussion.evidence.words import (
    KINDS,
    LINK_STATES,
    QUESTION_TYPES,
    STATUSES,
    STRENGTH_SCALES,
)
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import published_positions, visible_items
from discussion.positions.models import EvidenceLink, Position
from discussion.series.models import Series
from discussion.threads.models import Thread

PAGE_SIZE = 40
UNDATED = "undated"
UNRATED = "unrated"
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Selection:
    """What a reader asked the library for; anything unknown is as if it had not been asked."""

    q: str = ""
    kind: str = ""
    question: str = ""
    status: str = ""
    scale: str = ""
    years: str = ""  # a decade by its first year, or undated
    cited: str = ""  # yes, no
    link: str = ""  # of words.LINK_STATES, or unchecked
    after: str = ""  # the last item of the page before

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Selection":
        return cls(**{item.name: str(asked.get(item.name, ""))[:200] for item in fields(cls)})


def library_page(
    session: Session, viewer: Viewer | None, series: Series, asked: Selection
) -> LibraryPage:
    """The items the viewer may see that meet all that was asked, by title."""
    asked = _known(asked)
    citing = _citing(viewer, series)
    rows = list(session.scalars(_page_of(session, _meeting(viewer, series, asked, citing), asked)))
    shown, rest = rows[:PAGE_SIZE], rows[PAGE_SIZE:]
    counts = _cited(session, viewer, series, shown)
    return LibraryPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        url=paths.library(series.slug),
        query=asked.q,
        chosen=tuple((name, value) for name in _FACETS if (value := getattr(asked, name))),
        total=_count(session, _meeting(viewer, series, Selection(), citing)),
        found=_count(session, _meeting(viewer, series, asked, citing)),
        lines=tuple(Line(found_of(row, series), counts.get(row.id, 0)) for row in shown),
        facets=tuple(
            facet
            for name in _FACETS
            if (facet := _facet(session, viewer, series, asked, citing, name)).choices
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
        strength=strength_in_words(item),
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


def _known(asked: Selection) -> Selection:
    wrong = {
        name: "" for name, facet in _FACETS.items() if not facet.is_known(getattr(asked, name))
    }
    return replace(asked, **wrong)


_Rows = Select[EvidenceItem]


def _meeting(
    viewer: Viewer | None, series: Series, asked: Selection, citing: ColumnElement[bool]
) -> _Rows:
    chosen = [
        facet.condition(value, citing)
        for name, facet in _FACETS.items()
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


def _live_links(viewer: Viewer | None, series: Series, *columns: Any) -> Select[Any]:
    """The links of live versions of published positions that the viewer may read."""
    return (
        select(*columns)
        .select_from(EvidenceLink)
        .join(Position, Position.live_revision_id == EvidenceLink.revision_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Series.id == series.id)
        .where(published_positions(viewer))
    )


def _citing(viewer: Viewer | None, series: Series) -> ColumnElement[bool]:
    cited = _live_links(viewer, series, EvidenceLink.item_id).correlate(None)
    return EvidenceItem.id.in_(cited)


def _cited(
    session: Session, viewer: Viewer | None, series: Series, rows: list[EvidenceItem]
) -> dict[int, int]:
    """How many positions cite each of these items."""
    how_many = func.count(func.distinct(Position.id))
    counted = session.execute(
        _live_links(viewer, series, EvidenceLink.item_id, how_many)
        .where(EvidenceLink.item_id.in_([row.id for row in rows]))
        .group_by(EvidenceLink.item_id)
    )
    return {item_id: int(count) for item_id, count in counted}


def count_citing(session: Session, viewer: Viewer | None, item: EvidenceItem) -> int:
    """How many positions that the viewer may read cite an item."""
    return _cited(session, viewer, item.series, [item]).get(item.id, 0)


# --- facets


@dataclass(frozen=True)
class _Asked:
    """One facet: its label, its choices in order, and what each means in the database."""

    label: Callable[[], str]
    choices: Callable[[], Mapping[str, Any]]
    column: Callable[[ColumnElement[bool]], ColumnElement[Any]]
    key: Callable[[Any], str] = lambda value: str(value)

    def is_known(self, value: str) -> bool:
        return not value or value in self.choices() or self.is_decade(value)

    def is_decade(self, value: str) -> bool:
        return self.key is _decade and value.isdecimal() and len(value) == 4 and value[-1] == "0"

    def condition(self, value: str, citing: ColumnElement[bool]) -> ColumnElement[bool]:
        column = self.column(citing)
        if self.is_decade(value):
            return column.between(int(value), int(value) + 9)
        if self.key is _decade:
            return column.is_(None)
        if self.key is _yes_or_no:
            return column if value == "yes" else ~column
        return column == ("" if value == UNRATED else value)


def _decade(year: int | None) -> str:
    return UNDATED if year is None else str(year // 10 * 10)


def _yes_or_no(value: Any) -> str:
    return "yes" if value else "no"


def _link_state() -> ColumnElement[str]:
    """What has no link, or is not asked for, is under none of the words."""
    return case(
        (~is_asked(), ""),
        (EvidenceItem.link_checked_at.is_(None), UNCHECKED),
        else_=EvidenceItem.link_state,
    )


_FACETS: dict[str, _Asked] = {
    "kind": _Asked(lambda: _("Kind"), lambda: KINDS, lambda _c: EvidenceItem.kind.expression),
    "question": _Asked(
        lambda: _("Question"),
        lambda: QUESTION_TYPES,
        lambda _c: EvidenceItem.question_type.expression,
    ),
    "status": _Asked(
        lambda: _("Status"), lambda: STATUSES, lambda _c: EvidenceItem.status.expression
    ),
    "scale": _Asked(
        lambda: _("Rated on"),
        lambda: (
            {slug: name for slug, (name, _steps) in STRENGTH_SCALES.items()}
            | {UNRATED: _("Not rated, or not applicable")}
        ),
        lambda _c: EvidenceItem.strength_scale.expression,
        lambda value: str(value) or UNRATED,
    ),
    "years": _Asked(
        lambda: _("Years"),
        lambda: {UNDATED: _("Undated")},
        lambda _c: EvidenceItem.year.expression,
        _decade,
    ),
    "cited": _Asked(
        lambda: _("Cited here"),
        lambda: {"yes": _("By a position"), "no": _("Not yet")},
        lambda citing: citing,
        _yes_or_no,
    ),
    "link": _Asked(
        lambda: _("Link"),
        lambda: {state or UNCHECKED: words for state, words in LINK_STATES.items()},
        lambda _c: _link_state(),
    ),
}


def _facet(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    asked: Selection,
    citing: ColumnElement[bool],
    name: str,
) -> Facet:
    """One facet's choices with what each would leave, given everything else that was asked."""
    facet, current = _FACETS[name], getattr(asked, name)
    others = _meeting(viewer, series, replace(asked, **{name: ""}), citing)
    value = facet.column(citing).label("value")
    rows = others.with_only_columns(value).subquery()
    counted = session.execute(select(rows.c.value, func.count()).group_by(rows.c.value))
    counts: dict[str, int] = {}
    for found, count in counted:
        counts[facet.key(found)] = counts.get(facet.key(found), 0) + int(count)
    return Facet(name, facet.label(), _choices(series, asked, name, counts, current))


def _choices(
    series: Series, asked: Selection, name: str, counts: dict[str, int], current: str
) -> tuple[FacetChoice, ...]:
    labels = dict(_FACETS[name].choices())
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
