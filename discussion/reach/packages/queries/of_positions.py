"""Tables of what people wrote: positions with their versions, tags and links, responses, parts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from discussion import paths
from discussion.debate.positions.models import (
    PartCounts,
    Position,
    Response,
    Revision,
)
from discussion.debate.positions.queries.answers import answer_of
from discussion.debate.positions.queries.card import Byline, Card, Chip
from discussion.debate.positions.queries.cards import (
    Around,
    card_of,
    find_values,
    revision_options,
)
from discussion.debate.positions.queries.naming import coarse_date, find_letters
from discussion.debate.positions.queries.parts import LEAST, shown_of
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import has_moved_on
from discussion.permissions.visibility import published_positions
from discussion.reach.packages.queries.tabling import Reading
from discussion.reach.packages.shapes import Row
from discussion.reach.packages.words import BATCH, CHATHAM_HOUSE

_CARDS = (  # what is read with positions of which cards are made
    selectinload(Position.revisions).options(*revision_options()),
    selectinload(Position.notes),
)


@dataclass(frozen=True)
class Told:
    """A version of a position, as its card shows it."""

    position: Position
    revision: Revision
    card: Card
    is_newest: bool


def told(reading: Reading, thread: Thread) -> Iterator[tuple[str, Row]]:
    """Positions, their versions, and the values and links of each: of every card that is made once.

    Each by the name of its table; those of one table in the order of positions and versions.
    """
    for one in _told(reading, thread):
        if one.is_newest:
            yield "positions", _position(reading, thread, one)
        yield "versions", _version(reading, one)
        yield from (("value_tags", row) for row in _value_tags(one))
        yield from (("links", row) for row in _links(one))


def _position(reading: Reading, thread: Thread, one: Told) -> Row:
    """In the version that stands."""
    card, row = one.card, one.position
    return (
        card.id,
        thread.slug,
        *_byline(card.byline),
        _first(row.first_published_at, card.byline),
        card.byline.date,
        card.version,
        *_said(one),
        reading.site_url + card.url,
    )


def _version(reading: Reading, one: Told) -> Row:
    """Every one that was ever live, the newest too."""
    card = one.card
    return (
        card.id,
        card.version,
        one.is_newest,
        card.byline.date,
        one.revision.change_reason,
        *_said(one),
        reading.site_url + paths.version(card.id, card.version),
    )


def _value_tags(one: Told) -> Iterator[Row]:
    """What a version serves and outweighs, as values are meant today."""
    for side, chips in (("served", one.card.served), ("outweighed", one.card.outweighed)):
        for chip in chips:
            yield one.card.id, one.card.version, one.is_newest, side, chip.rank, *_value(chip)


def _links(one: Told) -> Iterator[Row]:
    """How a version cites items; of a hidden one only that there is one, and its stance."""
    for place, link in enumerate(one.card.links, start=1):
        item = None if link.is_hidden else link.item_url.rpartition("/")[2]
        yield (
            one.card.id,
            one.card.version,
            one.is_newest,
            place,
            item,
            link.stance,
            link.warrant,
            link.transfer,
            link.transfer_note,
            link.locator,
            link.rebuttal,
        )


def responses(reading: Reading, thread: Thread) -> Iterator[Row]:
    """Those that are shown, to positions that are."""
    around = _around(reading, thread)
    rows = (
        select(Response)
        .where(Response.state == "published")
        .options(
            joinedload(Response.live),
            joinedload(Response.revision),
            joinedload(Response.author),
            joinedload(Response.item),
        )
        .order_by(Response.public_id)
    )
    for some in _batches(reading, thread):
        by_id = {row.id: row for row in some}
        for row in reading.session.scalars(rows.where(Response.position_id.in_(by_id))):
            said = row.live
            if said is None or not said.source or not _is_told(reading, row, said.live_at):
                continue
            shown = answer_of(reading.viewer, row, by_id[row.position_id], around)
            chip = shown.value
            yield (
                shown.id,
                by_id[row.position_id].public_id,
                shown.on_version,
                shown.type,
                shown.fairness or None,
                *(
                    (shown.rung.decided_at, shown.rung.speaks_of, shown.rung.consequence)
                    if shown.rung
                    else (None, None, None)
                ),
                *_byline(shown.byline),
                _first(row.first_published_at, shown.byline),
                shown.byline.date,
                shown.language,
                said.source,
                None
                if shown.item is None or shown.item.is_hidden
                else shown.item.item_url.rpartition("/")[2],
                chip.slug if chip else None,
                reading.site_url + shown.url,
            )


def parts(reading: Reading, thread: Thread) -> Iterator[Row]:
    """What private answers may be told in numbers, once the thread has moved on."""
    least = max(reading.series.min_group, LEAST)
    for some in _batches(reading, thread):
        counted: dict[int, list[PartCounts]] = defaultdict(list)
        rows = select(PartCounts).where(PartCounts.position_id.in_([row.id for row in some]))
        for one in reading.session.scalars(rows.order_by(PartCounts.frozen_at, PartCounts.id)):
            counted[one.position_id].append(one)
        for row in some:
            shown = shown_of(counted.get(row.id, ()), least)
            if shown is None or not has_moved_on(reading.viewer, row):
                continue
            yield row.public_id, "people", "", shown.people
            for count in shown.stances:
                yield row.public_id, "stance", count.label, count.count
            for count in shown.over:
                yield row.public_id, "over", count.label, count.count


def _told(reading: Reading, thread: Thread) -> Iterator[Told]:
    around = _around(reading, thread)
    for some in _batches(reading, thread, *_CARDS):
        for row in some:
            shown = [one for one in row.shown_revisions if _is_told(reading, row, one.live_at)]
            for one in shown:
                if one.claim:
                    yield Told(row, one, card_of(row, one, around), one is shown[-1])


def _around(reading: Reading, thread: Thread) -> Around:
    letters = find_letters(reading.session, [thread.id])
    return Around(letters, {}, find_values(reading.session, [thread.series_id]))


def _batches(
    reading: Reading, thread: Thread, *beside: ExecutableOption
) -> Iterator[Sequence[Position]]:
    """The positions that may be read, a few at a time, by their random ids."""
    after, is_last = "", False
    while not is_last:
        some = reading.session.scalars(
            select(Position)
            .join(Position.thread)
            .join(Thread.series)
            .where(Position.thread_id == thread.id)
            .where(published_positions(reading.viewer))
            .where(Position.public_id > after)
            .order_by(Position.public_id)
            .limit(BATCH)
            .options(
                joinedload(Position.author),
                joinedload(Position.thread).joinedload(Thread.series),
                *beside,
            )
        ).all()
        if not some:
            return
        after, is_last = some[-1].public_id, len(some) < BATCH
        yield [row for row in some if _is_told(reading, row, row.first_published_at)]


def _is_told(reading: Reading, row: Position | Response, at: datetime | None) -> bool:
    """What is under the Chatham House Rule comes with all else of its day, on the next one."""
    return at is not None and (row.attribution != CHATHAM_HOUSE or at < reading.morning)


def _byline(said: Byline) -> tuple[str, str, str, str]:
    return said.name, said.detail, said.organisation, said.mode


def _first(at: datetime | None, said: Byline) -> str:
    """When it was first shown, as its byline would tell; never after it was last changed."""
    return min(coarse_date(at, said.mode), said.date) if at else said.date


def _said(one: Told) -> Row:
    """What a version says, in the columns that positions and versions share."""
    card = one.card
    return (
        card.language,
        card.claim,
        one.revision.reasoning,
        card.level,
        tuple(card.phases),
        card.setting,
        _places(card),
        card.confidence,
        card.objection,
        tuple(card.change_mind),
        card.change_mind_text,
        card.is_without_study,
        card.interests,
    )


def _places(card: Card) -> tuple[str, ...]:
    return tuple(f"{place.scale}={place.at:g}" for place in card.places)


def _value(chip: Chip) -> tuple[str | None, str, str, str, bool]:
    return chip.slug or None, chip.label, chip.family, chip.gloss, chip.is_proposed
