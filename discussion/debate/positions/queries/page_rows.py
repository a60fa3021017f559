"""What a position's page is made of: the position with its versions, and all beside it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import starmap
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.card_rows import SeriesRow, VersionRow
from discussion.debate.positions.queries.card_statements import (
    FAIR_COUNT,
    OF_VERSION,
    RESPONSE_COUNT,
    TAG_COLUMNS,
    beside_cards,
    links_of,
    notes_of,
    tag_of,
    tags_of,
)
from discussion.debate.positions.queries.cards import Around
from discussion.debate.positions.queries.gists import Gist, Words
from discussion.debate.threads.models import Regrouping, Thread, Voice, thread_scale
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import WHOEVER, visible_positions, who_asks
from discussion.series.series.models import Scale
from discussion.series.values.models import ValueInBrief, ValueProposal
from discussion.stacking import Stacked, stack

_POSITIONS, _VERSIONS, _VOICES = Position.__table__, Revision.__table__, Voice.__table__
_TAGS, _PROPOSALS = ValueTag.__table__, ValueProposal.__table__
_HERE: BindParameter[int] = bindparam("thread_id")


@dataclass(frozen=True)
class PositionRead:
    """A position that the viewer may see, and what its page tells beside it."""

    position: Position
    around: Around
    others: Sequence[Gist]  # the positions among which it stands, itself too where it is published
    mute_id: str  # of its author's voice, by the viewer
    may_have_moved: bool  # something was, into its thread


def read_position(session: Session, viewer: Viewer | None, public_id: str) -> PositionRead | None:
    """In two statements, however many versions it has and positions stand around it."""
    given = {"public_id": public_id, **who_asks(viewer)}
    found = session.execute(_asked(), given).unique().first()
    if found is None:
        return None
    position, responses, fair, mute_id, moved = found
    thread = position.thread
    pieces = _beside().read(
        session,
        {
            "version_ids": [one.id for one in position.revisions],
            "position_ids": [position.id],
            "series_ids": [thread.series_id],
            "thread_ids": [thread.id],
            "thread_id": thread.id,
        },
    )
    tags, links = tags_of(pieces), links_of(pieces)
    values = {one.id: one for one in starmap(ValueInBrief, pieces["value"])}
    around = Around(
        letters={
            (thread_id, person_id, mode, strand): letter
            for thread_id, person_id, mode, strand, letter in pieces["voice"]
        },
        responses={position.id: responses},
        restated={position.id: fair},
        values=values,
        versions={
            one.id: VersionRow._make(
                (
                    *(getattr(one, name) for name in OF_VERSION),
                    tags.get(one.id, ()),
                    links.get(one.id, ()),
                )
            )
            for one in position.revisions
        },
        notes=notes_of(pieces),
    )
    words = Words(SeriesRow(thread.series_id, thread.series.slug), thread.scales, values)
    return PositionRead(position, around, _others(pieces, words), mute_id or "", moved is not None)


def _others(pieces: Mapping[str, Sequence[tuple[Any, ...]]], words: Words) -> list[Gist]:
    served: dict[int, list[Any]] = {}
    for revision_id, *row in pieces["their_tag"]:
        served.setdefault(revision_id, []).append(tag_of(tuple(row)))
    return [
        Gist(
            public_id,
            number,
            state,
            *words.chips(served.get(revision_id, [])),
            (),
            *words.places(placements, place_words),
        )
        for *_place, public_id, number, state, revision_id, placements, place_words in sorted(
            pieces["other"], key=_reading_order
        )
    ]


def _reading_order(row: tuple[Any, ...]) -> tuple[bool, bool, int, str]:
    """As `threads/queries/sequence.py` orders them: whoever draws the map begins with the first."""
    is_pinned, order, public_id, *_rest = row
    return not is_pinned, order is None, order or 0, public_id


@cache
def _asked() -> Select[Any]:
    into = (
        select(Regrouping.id)
        .where(Regrouping.target_id == Position.thread_id)
        .where(Regrouping.undone_at.is_(None))
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Position, RESPONSE_COUNT, FAIR_COUNT, mute_of(WHOEVER, Position), into)
        .join(Position.thread)
        .join(Thread.series)
        # One by one, as of threads/queries/finding.py.
        .outerjoin(thread_scale, thread_scale.c.thread_id == Thread.id)
        .outerjoin(Scale, Scale.id == thread_scale.c.scale_id)
        .where(Position.public_id == bindparam("public_id"))
        .where(visible_positions(WHOEVER))
        .options(
            contains_eager(Position.thread).options(
                contains_eager(Thread.series), contains_eager(Thread.scales)
            ),
            joinedload(Position.author),
            joinedload(Position.revisions),
        )
        .order_by(thread_scale.c.order, Scale.order, Scale.id)
    )


@cache
def _beside() -> Stacked:
    live = (
        select(_POSITIONS.c.live_revision_id)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.state == "published")
    )
    pieces = beside_cards()
    del pieces["scale"]  # which came with the position
    return stack(
        **pieces,
        voice=select(
            _VOICES.c.thread_id,
            _VOICES.c.person_id,
            _VOICES.c.attribution,
            _VOICES.c.strand,
            _VOICES.c.letter,
        )
        .select_from(_VOICES)
        .where(_VOICES.c.thread_id == _HERE),
        other=select(
            _POSITIONS.c.is_pinned,
            _POSITIONS.c.order,
            _POSITIONS.c.public_id,
            _POSITIONS.c.number,
            _POSITIONS.c.state,
            _VERSIONS.c.id,
            _VERSIONS.c.placements,
            _VERSIONS.c.place_words,
        )
        .select_from(_POSITIONS)
        .join(_VERSIONS, _VERSIONS.c.id == _POSITIONS.c.live_revision_id)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.state == "published")
        .where(_POSITIONS.c.number.is_not(None)),
        their_tag=select(*TAG_COLUMNS)
        .select_from(_TAGS)
        .outerjoin(_PROPOSALS, _PROPOSALS.c.id == _TAGS.c.proposal_id)
        .where(_TAGS.c.revision_id.in_(live)),
    )
