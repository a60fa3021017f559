"""Reading the rows that cards are made of, by two statements that are made once a process."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.brief import IN_BRIEF, ItemInBrief
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import (
    EditorsNote,
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.queries.card_rows import (
    AuthorRow,
    LinkRow,
    NoteRow,
    PositionRow,
    ProposalRow,
    ScaleRow,
    SeriesRow,
    TagRow,
    ThreadRow,
    VersionRow,
)
from discussion.debate.positions.words import RESTATES
from discussion.debate.threads.models import Thread, Voice, thread_scale
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import WHOEVER, visible_positions, who_asks
from discussion.series.series.models import Scale, Series
from discussion.series.values.models import Value, ValueInBrief, ValueProposal
from discussion.stacking import Rows, stack
from discussion.text.tongues import Spoken


@dataclass(frozen=True, eq=False)
class ValueSet:
    """The values of a series by id; while nothing in it changed, it is the same object."""

    by_id: Mapping[int, ValueInBrief]


class CardRows(NamedTuple):
    """The positions in the order asked for, and the values of their series."""

    found: Sequence["FoundCard"]
    values: ValueSet


_POSITIONS, _THREADS, _SERIES = Position.__table__, Thread.__table__, Series.__table__
_PEOPLE, _VOICES, _VERSIONS = Person.__table__, Voice.__table__, Revision.__table__
_TAGS, _PROPOSALS, _VALUES = ValueTag.__table__, ValueProposal.__table__, Value.__table__
_LINKS, _ITEMS, _NOTES = EvidenceLink.__table__, EvidenceItem.__table__, EditorsNote.__table__
_RESPONSES, _SCALES, _TEXTS = Response.__table__, Scale.__table__, ResponseText.__table__

_OF_POSITION = PositionRow._fields[:16]  # the columns of the table itself; the rest is joined
OF_VERSION = VersionRow._fields[:-2]
_OF_LINK = LinkRow._fields[:-1]
RESPONSE_COUNT = (
    select(func.count())
    .select_from(_RESPONSES)
    .where(_RESPONSES.c.position_id == _POSITIONS.c.id)
    .where(_RESPONSES.c.state == "published")
    .scalar_subquery()
)
_ANSWERED, _LIVE = Revision.__table__.alias("answered"), Revision.__table__.alias("now_live")
# Restatements, not people: somebody known by two names here must not be counted as one.
FAIR_COUNT = (
    select(func.count())
    .select_from(_RESPONSES)
    .join(_TEXTS, _TEXTS.c.id == _RESPONSES.c.live_text_id)
    .join(_ANSWERED, _ANSWERED.c.id == _RESPONSES.c.revision_id)
    .join(_LIVE, _LIVE.c.id == _POSITIONS.c.live_revision_id)
    .where(_RESPONSES.c.position_id == _POSITIONS.c.id)
    .where(_RESPONSES.c.type == RESTATES)
    .where(_RESPONSES.c.state == "published")
    .where(_TEXTS.c.fair == "yes")
    .where(_ANSWERED.c.claim == _LIVE.c.claim)
    .correlate(_POSITIONS)
    .scalar_subquery()
)

TAG_COLUMNS: tuple[ColumnElement[Any], ...] = (
    _TAGS.c.revision_id,
    *(_TAGS.c[name] for name in TagRow._fields[:-1]),
    _PROPOSALS.c.id,
    *(_PROPOSALS.c[name] for name in ProposalRow._fields),
)


def _as_kept(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Lists and tables as the text in which they are kept: read only where something is new."""
    return cast(column, Text) if isinstance(column.type, JSON) else column


def asked_cards(*where: Any, order_by: Sequence[Any] = (), limit: int | None = None) -> Select[Any]:
    """The statement for positions that meet `where`, in an order; make it once, of table columns.

    Drafts are left out; withdrawn, hidden and removed ones come as tombstones.
    """
    voice = (
        (_VOICES.c.thread_id == _POSITIONS.c.thread_id)
        & (_VOICES.c.person_id == _POSITIONS.c.author_id)
        & (_VOICES.c.attribution == _POSITIONS.c.attribution)
        & (_VOICES.c.strand == _POSITIONS.c.strand)
    )
    return (
        select(
            *(_POSITIONS.c[name] for name in _OF_POSITION),
            _VOICES.c.letter,
            RESPONSE_COUNT,
            mute_of(WHOEVER, Position),
            FAIR_COUNT,
            *(_PEOPLE.c[name] for name in AuthorRow._fields),
            _THREADS.c.language,
            *(_SERIES.c[name] for name in SeriesRow._fields),
            _VERSIONS.c.id,
            *(_as_kept(_VERSIONS.c[name]) for name in OF_VERSION),
        )
        .select_from(_POSITIONS)
        .join(_THREADS, _THREADS.c.id == _POSITIONS.c.thread_id)
        .join(_SERIES, _SERIES.c.id == _THREADS.c.series_id)
        .join(_PEOPLE, _PEOPLE.c.id == _POSITIONS.c.author_id)
        .outerjoin(_VERSIONS, _VERSIONS.c.id == _POSITIONS.c.live_revision_id)
        .outerjoin(_VOICES, voice)
        .where(visible_positions(WHOEVER))
        .where(_POSITIONS.c.number.is_not(None))
        .where(*where)
        .order_by(*(order_by or (_POSITIONS.c.public_id,)))
        .limit(limit)
    )


def beside_cards() -> dict[str, Select[Any]]:
    """Few short rows each: what stands in tables of its own."""
    versions: BindParameter[int] = bindparam("version_ids", expanding=True)
    return {
        "tag": select(*TAG_COLUMNS)
        .select_from(_TAGS)
        .outerjoin(_PROPOSALS, _PROPOSALS.c.id == _TAGS.c.proposal_id)
        .where(_TAGS.c.revision_id.in_(versions)),
        "link": select(
            _LINKS.c.revision_id,
            _LINKS.c.order,
            *(_LINKS.c[name] for name in _OF_LINK),
            *(_as_kept(column) for column in IN_BRIEF),
        )
        .select_from(_LINKS)
        .join(_ITEMS, _ITEMS.c.id == _LINKS.c.item_id)
        .where(_LINKS.c.revision_id.in_(versions)),
        "note": select(
            _NOTES.c.position_id, _NOTES.c.id, *(_NOTES.c[name] for name in NoteRow._fields)
        )
        .select_from(_NOTES)
        .where(_NOTES.c.position_id.in_(bindparam("position_ids", expanding=True)))
        .where(_NOTES.c.removed_at.is_(None)),
        "value": select(*(_VALUES.c[name] for name in ValueInBrief._fields))
        .select_from(_VALUES)
        .where(_VALUES.c.series_id.in_(bindparam("series_ids", expanding=True))),
        "scale": select(
            thread_scale.c.thread_id,
            thread_scale.c.order,
            _SCALES.c.order,
            _SCALES.c.id,
            *(_as_kept(_SCALES.c[name]) for name in ScaleRow._fields),
        )
        .select_from(thread_scale)
        .join(_SCALES, _SCALES.c.id == thread_scale.c.scale_id)
        .where(thread_scale.c.thread_id.in_(bindparam("thread_ids", expanding=True))),
    }


_PIECES = stack(**beside_cards())


def read_cards(
    session: Session, viewer: Viewer | None, asked: Select[Any], given: Mapping[str, Any]
) -> CardRows:
    """The rows of a statement of `asked_cards`, with what `given` fills in."""
    found_rows = session.execute(asked, {**given, **who_asks(viewer)}).all()
    rows = [_take_apart(row) for row in found_rows]
    if not rows:
        return CardRows((), ValueSet({}))
    pieces = _PIECES.read(
        session,
        {
            "version_ids": [one.version_id for one in rows if one.version_id is not None],
            "position_ids": [one.id for one in rows],
            "series_ids": list({one.series.id for one in rows}),
            "thread_ids": list({one.thread_id for one in rows}),
        },
    )
    tags = _by_first(pieces["tag"], order=slice(0), rest=1)
    links, notes = _in_order(pieces["link"]), _in_order(pieces["note"])
    scales = _by_first(pieces["scale"], order=slice(1, 4), rest=4)
    found = [
        one._replace(
            tags=tuple(tags.get(one.version_id or 0, ())),
            links=tuple(links.get(one.version_id or 0, ())),
            notes=tuple(notes.get(one.id, ())),
            scales=tuple(scales.get(one.thread_id, ())),
        )
        for one in rows
    ]
    return CardRows(found, _value_set(tuple(sorted(pieces["value"]))))


@lru_cache(maxsize=256)
def _value_set(rows: tuple[tuple[Any, ...], ...]) -> ValueSet:
    return ValueSet({one.id: one for one in starmap(ValueInBrief, rows)})


class FoundCard(NamedTuple):
    """All that was found for a card, as it is kept: two that are equal make equal cards."""

    id: int
    thread_id: int
    author_id: int
    position: tuple[Any, ...]  # of the table, then letter, counts and mute
    author: tuple[Any, ...]
    language: str
    series: SeriesRow
    version_id: int | None
    version: tuple[Any, ...]
    tags: tuple[tuple[Any, ...], ...] = ()
    links: tuple[tuple[Any, ...], ...] = ()
    notes: tuple[tuple[Any, ...], ...] = ()
    scales: tuple[tuple[Any, ...], ...] = ()

    def read(self) -> PositionRow:
        """The same, typed and nested."""
        live = None
        if self.version_id is not None:
            version = _unkept(self.version, _LISTS_OF_VERSION)
            tags = [tag_of(row) for row in self.tags]
            links = [_link(row) for row in self.links]
            live = VersionRow._make((*version, tags, links))
            live = live._replace(claim=Spoken(live.claim, live.language))
        scales = [ScaleRow._make(_unkept(row, _LISTS_OF_SCALE)) for row in self.scales]
        thread = ThreadRow(self.thread_id, self.language, self.series, scales)
        notes = [NoteRow._make(row) for row in self.notes]
        author = AuthorRow._make(self.author)
        return PositionRow._make((*self.position, author, thread, live, notes))


def _take_apart(found: Sequence[Any]) -> FoundCard:
    row = tuple(found)
    own, joined = row[:16], row[20:]
    position = (*own, row[16] or "", row[17], row[18] or "", row[19])
    series = SeriesRow._make(joined[6:8])
    return FoundCard(
        own[0], own[2], own[3], position, tuple(joined[:5]), joined[5], series, joined[8],
        tuple(joined[9:]),
    )  # fmt: skip


def _by_first(
    rows: Iterable[tuple[Any, ...]], *, order: slice, rest: int
) -> dict[int, list[tuple[Any, ...]]]:
    """What belongs to each, in its order: the columns from `rest` on."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[order]):
        found[row[0]].append(row[rest:])
    return found


def _in_order(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """What belongs to each, by their second column, which says in which order."""
    return _by_first(rows, order=slice(1, 2), rest=2)


def _where_lists_are(fields: Sequence[str], table: FromClause) -> tuple[int, ...]:
    return tuple(at for at, name in enumerate(fields) if isinstance(table.c[name].type, JSON))


_LISTS_OF_VERSION = _where_lists_are(OF_VERSION, _VERSIONS)
_LISTS_OF_SCALE = _where_lists_are(ScaleRow._fields, _SCALES)
_LISTS_OF_ITEM = _where_lists_are(ItemInBrief._fields, _ITEMS)


def _unkept(row: Sequence[Any], lists: Collection[int]) -> list[Any]:
    read = list(row)
    for at in lists:
        read[at] = json.loads(read[at])
    return read


def tag_of(row: tuple[Any, ...]) -> TagRow:
    value_id, is_outweighed, rank, gloss, proposal_id, label, accepted_as = row
    proposal = None if proposal_id is None else ProposalRow(label, accepted_as)
    return TagRow(value_id, is_outweighed, rank, gloss, proposal)


def _link(row: tuple[Any, ...]) -> LinkRow:
    end = len(_OF_LINK)
    item = ItemInBrief._make(_unkept(row[end:], _LISTS_OF_ITEM))
    item = item._replace(title=Spoken(item.title, item.language)) if item.language else item
    return LinkRow._make((*row[:end], item))


def tags_of(pieces: Rows) -> dict[int, list[TagRow]]:
    """The tags of each version."""
    found = _by_first(pieces["tag"], order=slice(0), rest=1)
    return {id: [tag_of(row) for row in rows] for id, rows in found.items()}


def links_of(pieces: Rows) -> dict[int, list[LinkRow]]:
    """The links of each version, in its order."""
    return {id: [_link(row) for row in rows] for id, rows in _in_order(pieces["link"]).items()}


def notes_of(pieces: Rows) -> dict[int, list[NoteRow]]:
    """What moderators say beside each position."""
    found = _in_order(pieces["note"])
    return {id: [NoteRow._make(row) for row in rows] for id, rows in found.items()}
