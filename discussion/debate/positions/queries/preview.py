"""The card that a draft would make: what is published, made of what was typed so far."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import Around, Frame, card_from, find_values
from discussion.debate.positions.queries.named_as import NamedAs
from discussion.debate.positions.queries.rows import links_of, row_of, tags_of
from discussion.debate.positions.words import (
    CHANGE_MINDS,
    CONFIDENCES,
    MAX_OUTWEIGHED,
    MAX_SERVED,
    PLACES,
    STANCES,
)
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.series.values.models import ValueProposal
from discussion.vocabulary import Vocabulary, of_series

OWN_MARK = "preview"


def preview(
    session: Session,
    thread: Thread,
    draft: PositionDraft,
    name: NamedAs,
    position: Position | None,
    now: datetime,
) -> Card:
    """The card as others will see it; `position` is the one of which a version is written."""
    values = find_values(session, {thread.series_id})
    value_ids = {value.slug: value.id for value in values.values()}
    items = {
        item.public_id: item
        for item in session.scalars(
            select(EvidenceItem)
            .where(EvidenceItem.series_id == thread.series_id)
            .where(EvidenceItem.public_id.in_([link.item_id for link in draft.links]))
        )
    }
    drawn = _drawable(draft, set(value_ids), set(items), of_series(thread.series.slug))
    row = row_of(drawn, thread, now=now)
    row.version = 1 + (position.live.version or 0 if position and position.live else 0)
    row.tags = list(tags_of(drawn, value_ids, _proposal))
    row.links = list(links_of(drawn, items))
    attribution = draft.attribution if name.is_offered(draft.attribution) else name.loosest
    frame = Frame(
        id=OWN_MARK,
        number=position.number or 0 if position else 0,
        url="",
        state="published",
        byline=name.byline(attribution, now),
    )
    return card_from(row, thread, Around({}, {}, values), frame)


def _proposal(tag: TagDraft) -> ValueProposal:
    return ValueProposal(label=text.line(tag.proposed))


def _drawable(
    draft: PositionDraft, values: set[str], items: set[str], vocabulary: Vocabulary
) -> PositionDraft:
    """The draft without what a card has no words for, which is wrong and said beside its field."""

    def drawn(tags: tuple[TagDraft, ...], most: int) -> tuple[TagDraft, ...]:
        known = (tag for tag in tags if (tag.value in values if tag.value else tag.proposed))
        return tuple(known)[:most]

    return replace(
        draft,
        claim=text.line(draft.claim) or _("Your claim will appear here."),
        reasoning="",  # the preview is closed, so it is not rendered on each key
        served=drawn(draft.served, MAX_SERVED),
        outweighed=drawn(draft.outweighed, MAX_OUTWEIGHED),
        links=tuple(
            replace(link, stance=link.stance if link.stance in STANCES else "background")
            for link in draft.links
            if link.item_id in items
        ),
        level=draft.level if draft.level in vocabulary.levels else "",
        phases=tuple(phase for phase in draft.phases if phase in vocabulary.phases),
        confidence=draft.confidence if draft.confidence in CONFIDENCES else 0,
        change_mind=tuple(each for each in draft.change_mind if each in CHANGE_MINDS),
        placements={slug: at for slug, at in draft.placements.items() if at in PLACES},
    )
