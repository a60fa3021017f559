"""A version as a row, made of what was typed: to be kept, or only to be looked at before."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import keep_in
from discussion.debate.positions.models import EvidenceLink, Revision, ValueTag
from discussion.debate.positions.queries.cards import words_of_places
from discussion.debate.threads.models import Thread
from discussion.series.values.models import ValueProposal


def row_of(draft: PositionDraft, thread: Thread, *, prefix: str = "", now: datetime) -> Revision:
    """The version without its tags and links; `prefix` begins the ids in its HTML."""
    row = Revision(
        status="pending",
        reasoning_html=str(text.render(draft.reasoning, prefix=prefix)),
        renderer_version=text.RENDERER_VERSION,
        language=text.language_of(
            f"{draft.claim}\n{draft.reasoning}", draft.language, thread.usual_languages
        ),
        place_words=words_of_places(draft.placements, thread.scales),
        submitted_at=now,
    )
    keep_in(row, draft)
    return row


def tags_of(
    draft: PositionDraft,
    value_ids: Mapping[str, int],
    proposal_of: Callable[[TagDraft], ValueProposal],
) -> Iterator[ValueTag]:
    """Its values by rank; `value_ids` are by slug, and what is in none of them is proposed."""
    for is_outweighed, tags in ((False, draft.served), (True, draft.outweighed)):
        for rank, tag in enumerate(tags, start=1):
            row = ValueTag(is_outweighed=is_outweighed, rank=rank)
            keep_in(row, tag)
            if tag.value:
                row.value_id = value_ids[tag.value]
            else:
                row.proposal = proposal_of(tag)
            yield row


def links_of(draft: PositionDraft, items: Mapping[str, EvidenceItem]) -> Iterator[EvidenceLink]:
    """Its evidence in order; `items` are by public id."""
    for order, link in enumerate(draft.links):
        row = EvidenceLink(item=items[link.item_id], order=order)
        keep_in(row, link)
        yield row
