"""What a map, filters and sentences need of every position of a thread: places, tags and links.

A long thread shows forty cards of hundreds of positions. The others are told from such gists, which
cost a tenth of a card; of what is alike in many of them the words are made once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple, Protocol

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.brief import IN_BRIEF, ItemInBrief
from discussion.debate.evidence.queries.wording import hidden_in_words, short_source
from discussion.debate.positions.models import EvidenceLink, Position, Response, Revision, ValueTag
from discussion.debate.positions.queries.card import Chip, Place
from discussion.debate.positions.queries.card_rows import (
    ProposalRow,
    ScaleRow,
    SeriesRow,
    TagRow,
)
from discussion.debate.positions.queries.cards import chips_of, place_in_words, places_of
from discussion.debate.positions.queries.naming import coarse_day
from discussion.debate.threads.models import Thread, thread_scale
from discussion.permissions.facts import SHOWN_STATES, TEXT_STATES
from discussion.series.series.models import Scale
from discussion.series.values.models import Value, ValueInBrief, ValueProposal
from discussion.series.values.words import OTHER
from discussion.stacking import stack
from discussion.text.tongues import Spoken


class Bearing(Protocol):
    """How one item bears on a claim, in brief."""

    @property
    def stance(self) -> str: ...
    @property
    def item_url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...


class Standing(Protocol):
    """Where a position stands: what cards and gists both tell."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def served(self) -> Sequence[Chip]: ...
    @property
    def outweighed(self) -> Sequence[Chip]: ...
    @property
    def links(self) -> Sequence[Bearing]: ...
    @property
    def places(self) -> Sequence[Place]: ...
    @property
    def place_words(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def phases(self) -> Sequence[str]: ...


class LinkGist(NamedTuple):
    """A link without what its writer says of it."""

    stance: str
    item_url: str
    title: str
    source: str
    kind: str
    status: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Gist:
    """A position without its text; a tombstone has nothing but its number."""

    id: str
    number: int
    state: str
    family: str = OTHER
    served: Sequence[Chip] = ()
    outweighed: Sequence[Chip] = ()
    links: Sequence[LinkGist] = ()
    places: Sequence[Place] = ()
    place_words: str = ""
    level: str = ""
    phases: Sequence[str] = ()
    on: str = ""  # the day, or the month, that its byline tells of when it was first published
    answers: int = 0  # responses that are shown

    def __hash__(self) -> int:
        """As cheap as that of a card, and for the same."""
        return hash((self.id, self.number, self.state))


_POSITIONS, _VERSIONS = Position.__table__, Revision.__table__
_TAGS, _PROPOSALS, _VALUES = ValueTag.__table__, ValueProposal.__table__, Value.__table__
_LINKS, _ITEMS, _SCALES = EvidenceLink.__table__, EvidenceItem.__table__, Scale.__table__
_HERE: BindParameter[int] = bindparam("thread_id")
_ANSWERS = (
    select(func.count())
    .select_from(Response.__table__)
    .where(Response.__table__.c.position_id == _POSITIONS.c.id)
    .where(Response.__table__.c.state == "published")
    .scalar_subquery()
)


def asked_gists(order_by: Sequence[Any]) -> Select[Any]:
    """The statement for the positions of a thread that are shown; make it once."""
    return (
        select(
            _POSITIONS.c.public_id,
            _POSITIONS.c.number,
            _POSITIONS.c.state,
            _POSITIONS.c.attribution,
            _POSITIONS.c.first_published_at,
            _ANSWERS,
            _VERSIONS.c.id,
            _VERSIONS.c.level,
            _VERSIONS.c.phases,
            _VERSIONS.c.placements,
            _VERSIONS.c.place_words,
        )
        .select_from(_POSITIONS)
        .outerjoin(_VERSIONS, _VERSIONS.c.id == _POSITIONS.c.live_revision_id)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.state.in_(SHOWN_STATES))
        .where(_POSITIONS.c.number.is_not(None))
        .order_by(*order_by)
    )


def _of_thread(*columns: Any, table: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(_POSITIONS)
        .join(table, table.c.revision_id == _POSITIONS.c.live_revision_id)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.state.in_(TEXT_STATES))
    )


_PIECES = stack(
    tag=_of_thread(
        _TAGS.c.revision_id,
        _TAGS.c.value_id,
        _TAGS.c.is_outweighed,
        _TAGS.c.rank,
        _PROPOSALS.c.id,
        *(_PROPOSALS.c[name] for name in ProposalRow._fields),
        table=_TAGS,
    ).outerjoin(_PROPOSALS, _PROPOSALS.c.id == _TAGS.c.proposal_id),
    link=_of_thread(
        _LINKS.c.revision_id,
        _LINKS.c.order,
        _LINKS.c.id,
        _LINKS.c.stance,
        _LINKS.c.item_id,
        table=_LINKS,
    ),
    item=select(_ITEMS.c.id, *IN_BRIEF)
    .select_from(_ITEMS)
    .where(_ITEMS.c.id.in_(_of_thread(_LINKS.c.item_id, table=_LINKS))),
    value=select(*(_VALUES.c[name] for name in ValueInBrief._fields))
    .select_from(_VALUES)
    .where(_VALUES.c.series_id == bindparam("series_id")),
    scale=select(
        thread_scale.c.order,
        _SCALES.c.order,
        _SCALES.c.id,
        *(_SCALES.c[name] for name in ScaleRow._fields),
    )
    .select_from(thread_scale)
    .join(_SCALES, _SCALES.c.id == thread_scale.c.scale_id)
    .where(thread_scale.c.thread_id == _HERE),
)


def list_gists(session: Session, thread: Thread, asked: Select[Any]) -> list[Gist]:
    """Every position that is shown of a thread that the viewer reads, in two statements."""
    given = {"thread_id": thread.id, "series_id": thread.series_id}
    rows = session.execute(asked, given).all()
    pieces = _PIECES.read(session, given)
    series = SeriesRow(thread.series_id, thread.series.slug)
    scales = [ScaleRow._make(row[3:]) for row in sorted(pieces["scale"], key=lambda row: row[:3])]
    values = {one.id: one for one in starmap(ValueInBrief, pieces["value"])}
    words = Words(series, scales, values)
    tags: dict[int, list[TagRow]] = defaultdict(list)
    for revision_id, value_id, is_outweighed, rank, proposal_id, *proposal in pieces["tag"]:
        proposed = ProposalRow._make(proposal) if proposal_id is not None else None
        tags[revision_id].append(TagRow(value_id, is_outweighed, rank, "", proposed))
    items = {id: _item(series, ItemInBrief._make(row)) for id, *row in pieces["item"]}
    links: dict[int, list[LinkGist]] = defaultdict(list)
    for revision_id, _order, _id, stance, item_id in sorted(pieces["link"]):
        links[revision_id].append(items[item_id]._replace(stance=stance))
    made = []
    for public_id, number, state, attribution, at, answers, revision_id, *said in rows:
        if state not in TEXT_STATES or revision_id is None:
            made.append(Gist(public_id, number, state))
            continue
        level, phases, placements, place_words = said
        served, on_map = words.chips(tags[revision_id]), words.places(placements, place_words)
        on = coarse_day(at, attribution) if at else ""
        own = links.get(revision_id, ())
        made.append(
            Gist(public_id, number, state, *served, own, *on_map, level, phases, on, answers)
        )
    return made


class Words:
    """What is alike in many positions, made once."""

    def __init__(
        self,
        series: SeriesRow,
        scales: Sequence[Scale | ScaleRow],
        values: Mapping[int, ValueInBrief],
    ) -> None:
        self._series, self._scales, self._values = series, scales, values
        self._chips: dict[Any, tuple[str, Sequence[Chip], Sequence[Chip]]] = {}
        self._places: dict[Any, tuple[Sequence[Place], str]] = {}

    def chips(self, tags: Sequence[TagRow]) -> tuple[str, Sequence[Chip], Sequence[Chip]]:
        """The family of the first value served, the values served, and those outweighed."""
        key = frozenset(tags)
        if key not in self._chips:
            served, outweighed = chips_of(tags, self._series, self._values)
            self._chips[key] = (served[0].family if served else OTHER, served, outweighed)
        return self._chips[key]

    def places(
        self, placements: Mapping[str, float], said: Mapping[str, str]
    ) -> tuple[Sequence[Place], str]:
        """The places on the thread's scales, and both in words."""
        placements, said = placements or {}, said or {}
        key = (tuple(sorted(placements.items(), key=str)), tuple(sorted(said.items())))
        if key not in self._places:
            places = places_of(placements, self._scales, said)
            self._places[key] = places, place_in_words(places, self._scales, said)
        return self._places[key]


def _item(series: SeriesRow, item: ItemInBrief) -> LinkGist:
    url = paths.item(series.slug, item.public_id)
    if item.is_hidden:
        return LinkGist("", url, hidden_in_words(), "", "", "current", True)
    title = Spoken(item.title, item.language) if item.language else item.title
    return LinkGist("", url, title, short_source(item), item.kind, item.status, False)
