"""What somebody wants to say, before it is a row; what is wrong with it: `drafts_problems.py`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from discussion import text
from discussion.debate.positions import words
from discussion.debate.positions.drafts_fields import (
    CHOICE,
    CHOICES,
    FLAG,
    LINE,
    MARKDOWN,
    OF_WRITER,
    PARAGRAPHS,
    PLACEMENTS,
    Field,
    in_page_order,
    number_among,
    rows_of,
    said,
    texts_of,
)
from discussion.language import _l
from discussion.series.series.words import ATTRIBUTIONS
from discussion.text.signs import Signs
from discussion.vocabulary import Vocabulary

ROWS = ("served", "outweighed", "links")  # the fields that are rows of tables of their own


@dataclass(frozen=True)
class TagDraft:
    """A value of the series by its slug, or one that is missing, in the person's words."""

    value: str = said(CHOICE, _l("Value"), at="values", is_column=False)
    proposed: str = said(
        LINE,
        _l("A proposed value"),
        at="values",
        longest=words.MAX_PROPOSED_VALUE,
        asks_again=False,
        is_column=False,
    )
    gloss: str = said(
        LINE,
        _l("What a value means here"),
        at="values",
        longest=words.MAX_GLOSS,
        in_copy=_l("What you mean by it here"),
    )


@dataclass(frozen=True)
class LinkDraft:
    """How an item of the library (by its public id) bears on the claim."""

    item_id: str = said(CHOICE, _l("Source"), at="evidence", typed_as="item", is_column=False)
    stance: str = said(
        CHOICE,
        _l("Stance"),
        at="evidence",
        in_copy=_l("What it shows about the claim"),
        among=lambda _known: words.STANCES,
    )
    warrant: str = said(
        PARAGRAPHS,
        _l("Why the evidence matters for the claim"),
        at="evidence",
        longest=words.MAX_WARRANT,
        in_copy=_l("Why it matters for the claim"),
    )
    transfer: str = said(
        replace(CHOICE, empty="unknown", read=lambda typed: "".join(typed[:1]) or "unknown"),
        _l("How like the setting is"),
        at="evidence",
        among=lambda _known: words.TRANSFERS,
    )
    transfer_note: str = said(
        LINE,
        _l("How the evidence fits the setting"),
        at="evidence",
        longest=words.MAX_TRANSFER_NOTE,
        in_copy=_l("Note on the setting"),
    )
    locator: str = said(
        LINE,
        _l("Where to find it in the source"),
        at="evidence",
        longest=words.MAX_LOCATOR,
        in_copy=_l("Where in the source"),
        asks_again=False,
    )
    rebuttal: str = said(
        PARAGRAPHS,
        _l("Why I still make the claim"),
        at="evidence",
        longest=words.MAX_REBUTTAL,
        in_copy=_l("What you answer to it"),
    )


@dataclass(frozen=True, kw_only=True)
class Said:
    """What draft, row and card hold under one name: the table of the fields of a version.

    To add a field: a line here, a column, a migration, a line in `card_rows.VersionRow`, and
    where it is shown a line in a template.
    """

    claim: str = said(LINE, _l("Claim"), at="claim", longest=words.MAX_CLAIM)
    reasoning: str = said(
        MARKDOWN,
        _l("Reasoning"),
        at="why",
        longest=words.MAX_REASONING,
        in_copy=_l("Reasoning, as you typed it"),
    )
    is_without_study: bool = said(
        FLAG,
        _l("Values and professional judgement; no study"),
        at="evidence",
        in_copy=_l("Whether it rests on values and judgement, without a study"),
    )
    level: str = said(
        CHOICE,
        _l("Where it applies"),
        at="place",
        in_copy=_l("Level"),
        among=lambda known: known.level_labels,
    )
    phases: tuple[str, ...] = said(
        CHOICES,
        _l("Where it applies"),
        at="place",
        in_copy=lambda said: said.phases_label,
        among=lambda known: known.phase_labels,
    )
    confidence: int = said(
        number_among(words.CONFIDENCES),
        _l("Confidence"),
        at="doubt",
        in_copy=_l("Confidence, from 1 to 4"),
        among=lambda _known: words.CONFIDENCES,
    )
    objection: str = said(
        PARAGRAPHS, _l("Strongest objection"), at="doubt", longest=words.MAX_OBJECTION
    )
    change_mind: tuple[str, ...] = said(
        CHOICES,
        _l("What would change my mind"),
        at="doubt",
        in_copy=_l("What would change your mind"),
        among=lambda _known: words.CHANGE_MINDS,
    )
    change_mind_text: str = said(
        PARAGRAPHS,
        _l("What would change my mind"),
        at="doubt",
        longest=words.MAX_CHANGE_MIND,
        in_copy=_l("What would change your mind, in your words"),
    )
    setting: str = said(LINE, _l("Setting"), at="place", longest=words.MAX_SETTING)
    interests: str = said(
        LINE,
        _l("Interests declared"),
        at="doubt",
        longest=words.MAX_INTERESTS,
        asks_again=False,
    )


@dataclass(frozen=True, kw_only=True)
class PositionDraft(Said):
    """Everything the writing page asks for."""

    served: tuple[TagDraft, ...] = said(
        rows_of(TagDraft), _l("Values served"), at="values", is_column=False
    )
    outweighed: tuple[TagDraft, ...] = said(
        rows_of(TagDraft), _l("Values outweighed"), at="values", is_column=False
    )
    links: tuple[LinkDraft, ...] = said(
        rows_of(LinkDraft), _l("Evidence"), at="evidence", is_column=False
    )
    placements: Mapping[str, float] = said(  # scale slug → 0 … 1
        PLACEMENTS,
        _l("Where it stands"),
        at="place",
        in_copy=_l("Place on each scale, from 0 to 1"),
    )
    attribution: str = said(
        OF_WRITER,
        _l("How you are named"),
        at="name",
        among=lambda _known: ATTRIBUTIONS,
        is_column=False,
    )
    nobody_identified: bool = said(FLAG, _l("Nobody identified"), at="name")
    # As its writer says; empty: found from the letters.
    language: str = said(OF_WRITER, _l("Language"), at="why", is_column=False)
    change_reason: str = said(  # only of a new version
        OF_WRITER,
        _l("Why you changed it"),
        at="name",
        among=lambda _known: words.CHANGE_REASONS,
    )


# The columns of a version that nobody types, and whence they come.
BY_SITE = {
    "id": "given by the database",
    "position_id": "of what it is a version",
    "version": "given when it is live",
    "status": "what became of it",
    "reasoning_html": "made from the reasoning",
    "renderer_version": "what made it",
    "language": "as its writer says, else found from the letters",
    "place_words": "the words of the places, as they were read",
    "held_for": "why it waits",
    "redacted_at": "when words were taken out",
    "submitted_at": "when it was handed in",
    "live_at": "when it was first shown",
}


@dataclass(frozen=True)
class Bounds:
    """What the thread and its series allow."""

    values: frozenset[str]  # slugs that may be chosen
    items: frozenset[str]  # public ids that may be cited
    scales: frozenset[str]
    loosest: str  # attribution
    vocabulary: Vocabulary
    most_links: int | None = None  # that the texts may hold; None for any number


def texts_in(draft: PositionDraft) -> Iterator[tuple[str, Field, str]]:
    """Every text of a position: the id of where it is typed, its line of the table, and itself."""
    for one in in_page_order(PositionDraft):
        written = getattr(draft, one.name)
        if one.name in ROWS:
            for index, row in enumerate(written):
                for part in texts_of(type(row)):
                    yield f"{one.name}-{index}-{part.typed}", part, getattr(row, part.name)
        elif one.how.is_text:
            yield one.name, one, written


def warnings_in(draft: PositionDraft, signs: Signs) -> list[text.Notice]:
    """What may identify somebody, in any of the fields that are published."""
    return [
        notice
        for _field_id, one, written in texts_in(draft)
        if one.asks_again
        for notice in text.identifying(written, signs)
    ]


def is_at_least_as_strict(attribution: str, as_: str) -> bool:
    """Whether an attribution hides as much as another, or more; False for an unknown word."""
    order = list(ATTRIBUTIONS)
    return attribution in order and order.index(attribution) >= order.index(as_)


def strictest(*attributions: str) -> str:
    """Of several attributions the one that hides most. Raises ValueError for an unknown word."""
    order = list(ATTRIBUTIONS)
    return max(attributions, key=order.index)
