"""One page of one's own list, with what stands above it: drafts, and what is asked of its owner."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from discussion import clock, paths, text
from discussion.db import Identified
from discussion.debate.composing.queries import list_own as list_own_drafts
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ValueTag
from discussion.debate.positions.queries.cards import chips_of, find_values
from discussion.debate.positions.queries.higher import ASKED, OWN_SANCTIONS, WENT, Own, Roads, Step
from discussion.debate.positions.queries.mine.order import ON_A_PAGE, Key, list_keys
from discussion.debate.positions.queries.mine.road import list_answers, list_changed, list_restated
from discussion.debate.positions.queries.mine.shapes import Answers, Contribution, Kept, MinePage
from discussion.debate.positions.queries.mine.told import list_told
from discussion.debate.positions.queries.mine.written import (
    CHATHAM_HOUSE,
    LONGEST,
    Beside,
    of_item,
    of_position,
    of_response,
    of_thread,
)
from discussion.debate.positions.queries.moving import asks_about_two, find_moves, find_seconds
from discussion.debate.positions.queries.naming import find_letters
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.summarising import list_steelmen
from discussion.mail.queries import paused_since
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, is_author

Kind = TypeVar("Kind", bound=Identified)
SHOWN = ("published", "withdrawn")  # of which it is told where they went


def mine_page(
    session: Session, viewer: Viewer | None, number: int = 1, *, now: datetime
) -> MinePage | None:
    """One page of the viewer's own list; the number of statements does not depend on its length."""
    if viewer is None:
        return None
    keys = list_keys(session, viewer)
    shown = keys[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    if not shown and number > 1:
        return None
    here = paths.mine()
    return MinePage(
        to_mend=sum(key.is_to_mend for key in keys),
        total=len(keys),
        threads=len({key.thread_id for key in keys if key.thread_id}),
        drafts=_drafts(session, viewer, now) if number == 1 else (),
        written=_written(session, viewer, shown, now),
        earlier_url=f"{here}?page={number - 1}" if number > 1 else "",
        later_url=f"{here}?page={number + 1}" if len(keys) > number * ON_A_PAGE else "",
        paused_since=paused_since(session, session.get_one(Person, viewer.person_id).email),
        sanctions=OWN_SANCTIONS()(session, viewer, now),
        statements=ASKED()(session, viewer, clock.day(now)) if number == 1 else (),
    )


def _written(
    session: Session, viewer: Viewer, keys: Sequence[Key], now: datetime
) -> tuple[Contribution, ...]:
    positions = _rows(session, keys, "position", _POSITIONS, Position)
    responses = _rows(session, keys, "response", _RESPONSES, Response)
    threads = _rows(session, keys, "thread", _THREADS, Thread)
    items = _rows(session, keys, "evidence", _ITEMS, EvidenceItem)
    voiced: list[Position | Response] = [*positions, *responses]
    around = {row.thread_id for row in voiced}
    undated = {row.public_id for row in voiced if row.attribution == CHATHAM_HOUSE}
    beside = Beside(
        session,
        viewer,
        find_letters(session, around),
        list_told(session, viewer, [key.public_id for key in keys], undated),
        _families(session, positions),
    )
    made = {
        **{row.public_id: one for row, one in _told_positions(beside, positions)},
        **{row.public_id: of_response(beside, row) for row in responses},
        **{row.public_id: of_thread(beside, row) for row in threads},
        **{row.public_id: of_item(beside, row) for row in items},
    }
    own = Own(
        viewer,
        [row for row in positions if row.state in SHOWN],
        [row for row in responses if row.state in SHOWN],
        [row for row in items if row.is_listed and not row.is_hidden],
        now,
    )
    went = [steps(session, own) for steps in WENT]
    return tuple(
        replace(made[key.public_id], road=_road(went, made[key.public_id], key.public_id))
        for key in keys
        if key.public_id in made
    )


def _road(went: Sequence[Roads], one: Contribution, public_id: str) -> tuple[Step, ...]:
    """What was walked first, in the order of the road, then what is ahead.

    Under the Chatham House Rule no day is told of anything that happened.
    """
    steps = [step for roads in went for step in roads.get(public_id, ())]
    walked = [step for step in steps if not step.is_ahead]
    if one.is_chatham_house:
        walked = [replace(step, on="") for step in walked]
    return (*walked, *(step for step in steps if step.is_ahead))


def _told_positions(
    beside: Beside, rows: Sequence[Position]
) -> list[tuple[Position, Contribution]]:
    session, viewer = beside.session, beside.viewer
    own = [row for row in rows if is_author(viewer, row)]
    put = {each.position_id: each.answer for each in list_steelmen(session, own)}
    restated = list_restated(session, own)
    moves, seconds = find_moves(session, viewer, rows), find_seconds(session, rows)
    answers, changed = list_answers(session, rows), list_changed(session, rows)
    return [
        (
            row,
            replace(
                of_position(beside, row),
                answers=answers.get(row.id, Answers()),
                changed=changed.get(row.id, ()),
                moved=moves.get(row.public_id),
                second_note=asks_about_two() if row.id in seconds else "",
                put_url=paths.steelman(row.thread.slug, row.public_id) if row.id in put else "",
                put_answer=put.get(row.id, ""),
                restated_url=restated.get(row.id, ""),
            ),
        )
        for row in rows
    ]


_POSITIONS = (
    select(Position)
    .join(Position.thread)
    .join(Thread.series)
    .options(
        contains_eager(Position.thread).contains_eager(Thread.series),
        joinedload(Position.author),
        selectinload(Position.revisions),
    )
)
_RESPONSES = (
    select(Response)
    .join(Response.position)
    .join(Position.thread)
    .join(Thread.series)
    .options(
        contains_eager(Response.position)
        .contains_eager(Position.thread)
        .contains_eager(Thread.series),
        joinedload(Response.author),
        joinedload(Response.revision),
        selectinload(Response.texts),
    )
)
_THREADS = select(Thread).options(joinedload(Thread.series))
_ITEMS = select(EvidenceItem).options(joinedload(EvidenceItem.series))


def _rows(
    session: Session, keys: Collection[Key], kind: str, rows: Select[Kind], model: type[Kind]
) -> Sequence[Kind]:
    ids = [key.id for key in keys if key.kind == kind]
    return session.scalars(rows.where(model.id.in_(ids))).all() if ids else ()


def _families(session: Session, rows: Sequence[Position]) -> dict[int, str]:
    """The family of the first value of each newest version, for its mark."""
    newest = {row.revisions[-1].id: row for row in rows}
    tags = session.scalars(
        select(ValueTag)
        .where(ValueTag.revision_id.in_(newest))
        .options(joinedload(ValueTag.proposal))
        .order_by(ValueTag.revision_id, ValueTag.rank)
    ).all()
    values = find_values(session, {row.thread.series_id for row in rows})
    found = {}
    for id, row in newest.items():
        served, _outweighed = chips_of(
            [tag for tag in tags if tag.revision_id == id], row.thread.series, values
        )
        found[id] = served[0].family if served else ""
    return found


def _drafts(session: Session, viewer: Viewer, now: datetime) -> tuple[Kept, ...]:
    return tuple(
        Kept(
            kind=one.row.kind,
            title=text.excerpt(one.title, LONGEST),
            thread_question=one.place.thread.question,
            url=one.place.url,
            on=clock.day(one.row.saved_at),
        )
        for one in list_own_drafts(session, viewer, now)
    )
