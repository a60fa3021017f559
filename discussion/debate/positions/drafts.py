"""What somebody wants to say, before it is a row; what is wrong with it: `drafts_problems.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from discussion import text
from discussion.debate.positions import words


@dataclass(frozen=True)
class TagDraft:
    """A value of the series by its slug, or one that is missing, in the person's words."""

    value: str = ""
    proposed: str = ""
    gloss: str = ""


@dataclass(frozen=True)
class LinkDraft:
    """How an item of the library (by its public id) bears on the claim."""

    item_id: str
    stance: str = ""
    warrant: str = ""
    transfer: str = "unknown"
    transfer_note: str = ""
    locator: str = ""
    rebuttal: str = ""


@dataclass(frozen=True, kw_only=True)
class PositionDraft:
    """Everything the writing page asks for."""

    claim: str = ""
    reasoning: str = ""
    served: tuple[TagDraft, ...] = ()
    outweighed: tuple[TagDraft, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    is_without_study: bool = False
    level: str = ""
    phases: tuple[str, ...] = ()
    setting: str = ""
    placements: Mapping[str, float] = field(default_factory=dict)  # scale slug → 0 … 1
    confidence: int = 0
    objection: str = ""
    change_mind: tuple[str, ...] = ()
    change_mind_text: str = ""
    interests: str = ""
    attribution: str = ""
    nobody_identified: bool = False
    language: str = ""  # as its writer says; empty: found from the letters
    change_reason: str = ""  # only for a revision


@dataclass(frozen=True)
class Bounds:
    """What the thread and its series allow."""

    values: frozenset[str]  # slugs that may be chosen
    items: frozenset[str]  # public ids that may be cited
    scales: frozenset[str]
    loosest: str  # attribution
    most_links: int | None = None  # that the texts may hold; None for any number


def warnings_in(draft: PositionDraft) -> list[text.Notice]:
    """What may identify somebody, in any of the fields that are published."""
    written = [
        draft.claim,
        draft.reasoning,
        draft.setting,
        draft.objection,
        draft.change_mind_text,
        *(tag.gloss for tag in (*draft.served, *draft.outweighed)),
        *(
            part
            for link in draft.links
            for part in (link.warrant, link.transfer_note, link.rebuttal)
        ),
    ]
    return [notice for each in written for notice in text.identifying(each)]


def digest(notices: Iterable[text.Notice]) -> str:
    """Confirming holds for what was shown; something new is asked about again."""
    found = "\n".join(sorted({f"{notice.kind} {notice.found}" for notice in notices}))
    return sha256(found.encode(errors="replace")).hexdigest()[:12]


def is_at_least_as_strict(attribution: str, as_: str) -> bool:
    order = list(words.ATTRIBUTIONS)
    return attribution in order and order.index(attribution) >= order.index(as_)


def strictest(*attributions: str) -> str:
    order = list(words.ATTRIBUTIONS)
    return max(attributions, key=order.index)
