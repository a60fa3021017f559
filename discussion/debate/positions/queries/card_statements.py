"""Reading the rows that cards are made of, by two statements that are made once a process."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.brief import IN_BRIEF, ItemInBrief
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import (
    EditorsNote,
    EvidenceLink,
    Position,
    Response,
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
from discussion.debate.threads.models import Thread, Voice, thread_scale
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import WHOEVER, visible_positions, who_asks
from discussion.series.series.models import Scale, Series
from discussion.series.values.models import Value, ValueInBrief, ValueProposal
from discussion.stacking import stack
from discussion.text.tongues import Spoken


class CardRows(NamedTuple):
    """The positions in the order asked for, and the values of their series by id."""

    positions: Sequence[PositionRow]
    values: Mapping[int, ValueInBrief]


_POSITIONS, _THREADS, _SERIES = Position.__table__, Thread.__table__, Series.__table__
_PEOPLE, _VOICES, _VERSIONS = Person.__table__, Voice.__table__, Revision.__table__
_TAGS, _PROPOSALS, _VALUES = ValueTag.__table__, ValueProposal.__table__, Value.__table__
_LINKS, _ITEMS, _NOTES = EvidenceLink.__table__, EvidenceItem.__table__, EditorsNote.__table__
_RESPONSES, _SCALES = Response.__table__, Scale.__table__

_OF_POSITION = PositionRow._fields[:16]  # the columns of the table itself; the rest is joined
_OF_VERSION = VersionRow._fields[:-2]
_OF_LINK = LinkRow._fields[:-1]
_RESPONSE_COUNT = (
    select(func.count())
    .select_from(_RESPONSES)
    .where(_RESPONSES.c.position_id == _POSITIONS.c.id)
    .where(_RESPONSES.c.state == "published")
    .scalar_subquery()
)


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
            _RESPONSE_COUNT,
            mute_of(WHOEVER, Position),
            *(_PEOPLE.c[name] for name in AuthorRow._fields),
            _THREADS.c.language,
            *(_SERIES.c[name] for name in SeriesRow._fields),
            _VERSIONS.c.id,
            *(_VERSIONS.c[name] for name in _OF_VERSION),
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


def _pieces() -> dict[str, Select[Any]]:
    """Few short rows each: what stands in tables of its own."""
    versions: BindParameter[int] = bindparam("version_ids", expanding=True)
    return {
        "tag": select(
            _TAGS.c.revision_id,
            *(_TAGS.c[name] for name in TagRow._fields[:-1]),
            _PROPOSALS.c.id,
            *(_PROPOSALS.c[name] for name in ProposalRow._fields),
        )
        .select_from(_TAGS)
        .outerjoin(_PROPOSALS, _PROPOSALS.c.id == _TAGS.c.proposal_id)
        .where(_TAGS.c.revision_id.in_(versions)),
        "link": select(
            _LINKS.c.revision_id, _LINKS.c.order, *(_LINKS.c[name] for name in _OF_LINK), *IN_BRIEF
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
            *(_SCALES.c[name] for name in ScaleRow._fields),
        )
        .select_from(thread_scale)
        .join(_SCALES, _SCALES.c.id == thread_scale.c.scale_id)
        .where(thread_scale.c.thread_id.in_(bindparam("thread_ids", expanding=True))),
    }


_PIECES = stack(**_pieces())


def read_cards(
    session: Session, viewer: Viewer | None, asked: Select[Any], given: Mapping[str, Any]
) -> CardRows:
    """The rows of a statement of `asked_cards`, with what `given` fills in."""
    found = [_Found.of(row) for row in session.execute(asked, {**given, **who_asks(viewer)})]
    if not found:
        return CardRows((), {})
    pieces = _PIECES.read(
        session,
        {
            "version_ids": [one.version_id for one in found if one.version_id is not None],
            "position_ids": [one.position[0] for one in found],
            "series_ids": list({one.series.id for one in found}),
            "thread_ids": list({one.thread_id for one in found}),
        },
    )
    tags: dict[int, list[TagRow]] = defaultdict(list)
    for revision_id, value_id, is_outweighed, rank, gloss, proposal_id, *proposal in pieces["tag"]:
        proposed = ProposalRow._make(proposal) if proposal_id is not None else None
        tags[revision_id].append(TagRow(value_id, is_outweighed, rank, gloss, proposed))
    links: dict[int, list[LinkRow]] = defaultdict(list)
    end = 2 + len(_OF_LINK)
    for row in sorted(pieces["link"], key=_by_second):
        links[row[0]].append(LinkRow._make((*row[2:end], _item(row[end:]))))
    notes: dict[int, list[NoteRow]] = defaultdict(list)
    for row in sorted(pieces["note"], key=_by_second):
        notes[row[0]].append(NoteRow._make(row[2:]))
    scales: dict[int, list[ScaleRow]] = defaultdict(list)
    for row in sorted(pieces["scale"], key=lambda row: row[1:4]):
        scales[row[0]].append(ScaleRow._make(row[4:]))
    values = {one.id: one for one in starmap(ValueInBrief, pieces["value"])}
    return CardRows([one.made(tags, links, notes, scales) for one in found], values)


class _Found(NamedTuple):
    """A row of the first statement, taken apart."""

    position: tuple[Any, ...]  # of the table, then letter, count and mute
    author: AuthorRow
    language: str
    series: SeriesRow
    version_id: int | None
    version: tuple[Any, ...]

    @staticmethod
    def of(row: Sequence[Any]) -> "_Found":
        position, row = tuple(row[:19]), row[19:]
        return _Found(
            (*position[:16], position[16] or "", position[17], position[18] or ""),
            AuthorRow._make(row[:5]),
            row[5],
            SeriesRow._make(row[6:8]),
            row[8],
            tuple(row[9:]),
        )

    @property
    def thread_id(self) -> int:
        found: int = self.position[2]
        return found

    def made(
        self,
        tags: Mapping[int, list[TagRow]],
        links: Mapping[int, list[LinkRow]],
        notes: Mapping[int, list[NoteRow]],
        scales: Mapping[int, list[ScaleRow]],
    ) -> PositionRow:
        live = None
        if self.version_id is not None:
            own_tags, own_links = tags.get(self.version_id, ()), links.get(self.version_id, ())
            live = _spoken(VersionRow._make((*self.version, own_tags, own_links)))
        thread_id = self.thread_id
        thread = ThreadRow(thread_id, self.language, self.series, scales.get(thread_id, ()))
        noted = notes.get(self.position[0], ())
        return PositionRow._make((*self.position, self.author, thread, live, noted))


def _by_second(row: tuple[Any, ...]) -> int:
    place: int = row[1]
    return place


def _item(row: Sequence[Any]) -> ItemInBrief:
    item = ItemInBrief._make(row)
    return item._replace(title=Spoken(item.title, item.language)) if item.language else item


def _spoken(version: VersionRow) -> VersionRow:
    """With a claim that knows its language, as rows of the class have it."""
    return version._replace(claim=Spoken(version.claim, version.language))
