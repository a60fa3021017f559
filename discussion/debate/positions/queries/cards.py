"""Positions as cards: one loader for every page, fragment, feed and export."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from discussion import clock, paths, text
from discussion.debate.evidence.queries import (
    hidden_in_words,
    link_in_words,
    short_source,
    strength_in_words,
)
from discussion.debate.positions.drafts import Said
from discussion.debate.positions.drafts_fields import fields_of
from discussion.debate.positions.models import EvidenceLink, Position, Response, Revision, ValueTag
from discussion.debate.positions.queries.card import Byline, Card, Chip, EditorNote, Link, Place
from discussion.debate.positions.queries.card_rows import (
    LinkRow,
    NoteRow,
    PositionRow,
    ScaleRow,
    SeriesRow,
    TagRow,
    ThreadRow,
    VersionRow,
)
from discussion.debate.positions.queries.card_statements import (
    FAIR_COUNT,
    CardRows,
    FoundCard,
    ValueSet,
    read_cards,
)
from discussion.debate.positions.queries.meant import Meant, gloss_of, meant, value_chosen
from discussion.debate.positions.queries.naming import Letters, byline, byline_of, find_letters
from discussion.debate.threads.models import Thread
from discussion.language import _, language_tag
from discussion.permissions.facts import SHOWN_STATES, TEXT_STATES, Viewer
from discussion.series.series.models import Scale, Series
from discussion.series.values.models import Value, ValueInBrief
from discussion.series.values.words import OTHER
from discussion.vocabulary import Vocabulary, of_series

TOMBSTONES = frozenset(SHOWN_STATES) - frozenset(TEXT_STATES)
NOTHING_SAID = VersionRow(
    claim="", reasoning="", is_without_study=False, level="", phases=[], confidence=0,
    objection="", change_mind=[], change_mind_text="", setting="", interests="",
    reasoning_html="", language="", version=None, placements={}, place_words={}, live_at=None,
    tags=(), links=(),
)  # fmt: skip


@dataclass(frozen=True)
class Around:
    """What cards need beside their own rows, read once for all of them."""

    letters: Letters
    responses: Mapping[int, int]  # position id → how many are shown
    values: Mapping[int, Value | ValueInBrief]  # of the series, for following redirects
    restated: Mapping[int, int] = field(default_factory=dict)  # position id → fairly, how often
    # Where they were read as plain rows: what versions say, and what moderators say of positions.
    versions: Mapping[int, VersionRow] = field(default_factory=dict)
    notes: Mapping[int, Sequence[NoteRow]] | None = None


def list_cards(
    session: Session, viewer: Viewer | None, asked: Select[Any], **given: Any
) -> list[Card]:
    """Cards of the positions that the viewer may see, as a statement of `asked_cards` has them.

    `given` fills its parameters in. Two statements, however many positions there are.
    """
    return cards_of(viewer, read_cards(session, viewer, asked, given))


def cards_of(viewer: Viewer | None, rows: CardRows) -> list[Card]:
    """The cards of rows that were read, in their order."""
    person_id = viewer.person_id if viewer else None
    told_in = language_tag(), clock.zone().key
    return [
        _card(
            one,
            rows.values,
            person_id is not None and person_id != one.author_id,
            of_series(one.series.slug),
            *told_in,
        )
        for one in rows.found
    ]


@lru_cache(maxsize=4_000)  # a card is about 5 kB
def _card(
    found: FoundCard,
    values: ValueSet,
    can_mute: bool,
    _vocabulary: Vocabulary,
    _language: str,
    _zone: str,
) -> Card:
    """The same card for the same rows, told in the same words: nothing need ever be forgotten."""
    row = found.read()
    card = card_of(row, row.live, Around({}, {}, values.by_id))
    if not card.claim or not (can_mute or row.mute_id):
        return card
    return replace(card, can_mute=can_mute, mute_id=row.mute_id)


def as_heard(viewer: Viewer | None, author_id: int, card: Card, mute_id: str) -> Card:
    """The card with what the reader made of its voice; visitors share theirs."""
    if viewer is None or not card.claim:
        return card
    return replace(card, can_mute=author_id != viewer.person_id, mute_id=mute_id)


def revision_options() -> tuple[Any, ...]:
    """What to load with a revision so that a card can be made of it."""
    return (
        selectinload(Revision.tags).joinedload(ValueTag.proposal),
        selectinload(Revision.links).joinedload(EvidenceLink.item),
    )


def read_around(session: Session, positions: Collection[Position]) -> Around:
    """Letters, response counts and values for these positions, in three statements."""
    if not positions:
        return Around({}, {}, {})
    series_ids = {row.thread.series_id for row in positions}
    counts = session.execute(
        select(Response.position_id, func.count())
        .where(Response.position_id.in_([row.id for row in positions]))
        .where(Response.state == "published")
        .group_by(Response.position_id)
    )
    fair = session.execute(
        select(Position.id, FAIR_COUNT).where(Position.id.in_([row.id for row in positions]))
    )
    return Around(
        letters=find_letters(session, {row.thread_id for row in positions}),
        restated={position_id: int(total) for position_id, total in fair},
        responses={position_id: int(total) for position_id, total in counts},
        values=find_values(session, series_ids),
    )


def find_values(session: Session, series_ids: Collection[int]) -> dict[int, Value]:
    """Id → value, of these series, with those that were merged or retired."""
    rows = session.scalars(select(Value).where(Value.series_id.in_(series_ids)))
    return {row.id: row for row in rows}


def card_of(
    position: Position | PositionRow, revision: Revision | VersionRow | None, around: Around
) -> Card:
    """One revision of a position as a card; a tombstone when its text is not to be read."""
    is_tombstone = position.state in TOMBSTONES or revision is None
    return _card_of(position, None if is_tombstone else revision, around)


def revealed_card(position: Position, revision: Revision, around: Around) -> Card:
    """As card_of, but with the text whatever the state: for the author and for moderators."""
    return _card_of(position, revision, around)


def _card_of(
    position: Position | PositionRow, revision: Revision | VersionRow | None, around: Around
) -> Card:
    is_tombstone = revision is None
    said = NOTHING_SAID if revision is None else _said(revision, around)
    at = (None if is_tombstone else said.live_at) or position.first_published_at
    frame = Frame(
        id=position.public_id,
        number=position.number or 0,
        url=paths.position(position.public_id),
        state=position.state,
        byline=_nobody() if is_tombstone else _byline(position, around, at or position.created_at),
        notes=() if is_tombstone else _notes(position, around),
        is_featured=position.is_featured and not is_tombstone,
        is_pinned=position.is_pinned and not is_tombstone,
        response_count=_response_count(position, around),
        fair_count=0 if is_tombstone else _fair_count(position, around),
        has_left=position.is_former and position.state == "withdrawn",
    )
    return card_from(said, position.thread, around, frame)


def chips_of(
    tags: Iterable[ValueTag | TagRow],
    series: Series | SeriesRow,
    values: Mapping[int, Value | ValueInBrief],
) -> tuple[tuple[Chip, ...], tuple[Chip, ...]]:
    """The values that a version serves, and those it outweighs, as they are meant today."""
    found = meant(tags, values, value_chosen)
    served = tuple(_chip(one, series) for one in found if not one.is_outweighed)
    return served, tuple(_chip(one, series) for one in found if one.is_outweighed)


def _chip(one: Meant[ValueTag | TagRow], series: Series | SeriesRow) -> Chip:
    value = one.value
    if value is None:
        label = one.tag.proposal.label if one.tag.proposal else _("Proposed")
        return Chip("", label, OTHER, one.rank, gloss_of(one), "", True)
    url = paths.value(series.slug, value.slug)
    return Chip(value.slug, value.label, value.family, one.rank, gloss_of(one), url, False)


def link_of(link: EvidenceLink | LinkRow, series: Series | SeriesRow) -> Link:
    """A link with its item in brief; of one that is hidden, that there is one, and its stance."""
    item = link.item
    url = paths.item(series.slug, item.public_id)
    if item.is_hidden:
        return _hidden(link.stance, url)
    return Link(
        stance=link.stance,
        item_url=url,
        title=item.title,
        source=short_source(item),
        kind=item.kind,
        strength=strength_in_words(item, of_series(series.slug)),
        status=item.status,
        status_note=item.status_note,
        warrant=link.warrant,
        transfer=link.transfer,
        transfer_note=link.transfer_note,
        locator=link.locator,
        rebuttal=link.rebuttal,
        link_state=item.link_state,
        link_words=link_in_words(item),
    )


def _hidden(stance: str, url: str) -> Link:
    """Nor is told why it matters for the claim: that may say once more what was hidden."""
    return Link(
        stance=stance,
        item_url=url,
        title=hidden_in_words(),
        source="",
        kind="",
        strength="",
        status="current",
        status_note="",
        warrant="",
        transfer="unknown",
        transfer_note="",
        locator="",
        rebuttal="",
        is_hidden=True,
    )


def places_of(
    placements: Mapping[str, float], scales: Sequence[Scale | ScaleRow], said: Mapping[str, str]
) -> tuple[Place, ...]:
    """The places taken on a thread's scales, in the thread's order, in the words `said` then."""
    return tuple(
        Place(scale.slug, float(at), said.get(scale.slug) or step_in_words(scale, at=at))
        for scale in scales
        if (at := placements.get(scale.slug)) is not None
    )


def words_of_places(
    placements: Mapping[str, float], scales: Sequence[Scale | ScaleRow]
) -> dict[str, str]:
    """Each place in the words of its step now, to be kept with the version that takes it."""
    return {place.scale: place.words for place in places_of(placements, scales, {})}


def step_in_words(scale: Scale | ScaleRow, *, at: float) -> str:
    """A place in the words of the scale's nearest step."""
    steps = scale.steps if len(scale.steps) == 5 else [scale.low, "", _("Between"), "", scale.high]
    return steps[round(float(at) * 4)]


def place_in_words(
    places: Sequence[Place], scales: Sequence[Scale | ScaleRow], said: Mapping[str, str]
) -> str:
    """ "Required, decided locally", or why there is no place.

    Where a scale was replaced since, what was `said` on the earlier one stands, and that it was.
    """
    if not scales:
        return ""
    placed = {place.scale: place.words for place in places}
    named = [words for scale in scales if (words := _words_on(scale, placed, said))]
    if not named:
        return _("Not placed on either scale") if len(scales) > 1 else _("Not placed on the scale")
    named = [named[0], *(words[:1].lower() + words[1:] for words in named[1:])]
    if len(named) < len(scales):
        named.append(_("the rest is left open"))
    return ", ".join(named)


def _words_on(scale: Scale | ScaleRow, placed: Mapping[str, str], said: Mapping[str, str]) -> str:
    if scale.slug in placed:
        return placed[scale.slug]
    earlier = next((said[slug] for slug in reversed(scale.replaces or ()) if slug in said), "")
    return _("%(words)s (on an earlier scale)", words=earlier) if earlier else ""


@dataclass(frozen=True)
class Frame:
    """What stands on a card around what a version says."""

    id: str
    number: int
    url: str
    state: str
    byline: Byline
    notes: tuple[EditorNote, ...] = ()
    is_featured: bool = False
    is_pinned: bool = False
    response_count: int = 0
    fair_count: int = 0
    has_left: bool = False


def card_from(
    said: Revision | VersionRow, thread: Thread | ThreadRow, around: Around, frame: Frame
) -> Card:
    """A card of what a version says."""
    series = thread.series
    served, outweighed = chips_of(said.tags, series, around.values)
    as_said = said.place_words or {}
    places = places_of(said.placements or {}, thread.scales, as_said)
    plain = {one.name: one.of_row(getattr(said, one.name)) for one in fields_of(Said)}
    return Card(
        **plain | {"reasoning": text.stored(said.reasoning_html or "")},
        language=said.language or thread.language,
        family=served[0].family if served else OTHER,
        served=served,
        outweighed=outweighed,
        links=tuple(link_of(link, series) for link in said.links),
        places=places,
        place_words=place_in_words(places, thread.scales, as_said),
        version=said.version or 0,
        id=frame.id,
        number=frame.number,
        url=frame.url,
        state=frame.state,
        byline=frame.byline,
        notes=frame.notes,
        is_featured=frame.is_featured,
        is_pinned=frame.is_pinned,
        response_count=frame.response_count,
        fair_count=frame.fair_count,
        has_left=frame.has_left,
    )


def _byline(position: Position | PositionRow, around: Around, at: datetime) -> Byline:
    if isinstance(position, PositionRow):
        return byline_of(position, position.letter, at)
    return byline(position, position.thread_id, around.letters, at)


def _response_count(position: Position | PositionRow, around: Around) -> int:
    if isinstance(position, PositionRow):
        return position.response_count
    return around.responses.get(position.id, 0)


def _fair_count(position: Position | PositionRow, around: Around) -> int:
    if isinstance(position, PositionRow):
        return position.fair_count
    return around.restated.get(position.id, 0)


def _said(revision: Revision | VersionRow, around: Around) -> Revision | VersionRow:
    return (
        revision if isinstance(revision, VersionRow) else around.versions.get(revision.id, revision)
    )


def _notes(position: Position | PositionRow, around: Around) -> tuple[EditorNote, ...]:
    notes = position.notes if around.notes is None else around.notes.get(position.id, ())
    return tuple(
        EditorNote(note.text, note.language, note.written_on)
        for note in notes
        if isinstance(note, NoteRow) or not note.removed_at
    )


def _nobody() -> Byline:
    return Byline("", "", "", "", "", "chatham_house")
