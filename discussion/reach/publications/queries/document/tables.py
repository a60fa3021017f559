"""The tables of a briefing: values served and given up, what sources carry, who took part."""

from collections.abc import Sequence
from dataclasses import dataclass

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.queries.card import Card
from discussion.language import _
from discussion.reach.publications.shapes import SourceRow, Stand, ValueRow, WhoRow


@dataclass(frozen=True)
class Voice:
    """One byline of a published position, or of a response."""

    name: str
    detail: str
    mode: str
    is_position: bool

    @property
    def label(self) -> str:
        """What it is counted as: the role that is shown, without the letter."""
        if self.mode == "chatham_house":
            return _("Contributors")
        if self.mode == "named":
            return self.detail or _("By name, without a role")
        return self.name.partition(" · ")[0]


def value_rows(cards: Sequence[Card]) -> tuple[ValueRow, ...]:
    """Each value with who serves it and who says it is outweighed, the most contested first."""
    labels: dict[str, tuple[str, str]] = {}
    served: dict[str, list[Stand]] = {}
    costs: dict[str, list[Stand]] = {}
    for card in cards:
        for chips, into in ((card.served, served), (card.outweighed, costs)):
            for chip in chips:
                key = chip.slug or chip.label
                labels[key] = chip.label, chip.family
                into.setdefault(key, []).append(stand_of(card, is_second=chip.rank > 1))
    rows = [
        ValueRow(label, family, tuple(_in_order(served.get(key))), tuple(_in_order(costs.get(key))))
        for key, (label, family) in labels.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.outweighed), -len(row.served), row.label)))


def source_rows(
    items: Sequence[tuple[EvidenceItem, int]], cards: Sequence[Card]
) -> tuple[SourceRow, ...]:
    """Each source with what positions make it carry; one that is only background is left out."""
    found = []
    for item, number in items:
        url = paths.item(item.series.slug, item.public_id)
        stances: dict[str, dict[str, Stand]] = {}
        for card in cards:
            for link in card.links:
                if link.item_url == url:
                    stances.setdefault(link.stance, {})[card.id] = stand_of(card)
        columns = [
            tuple(_in_order(list(stances.get(stance, {}).values())))
            for stance in ("supports", "qualifies", "contradicts")
        ]
        if any(columns):
            found.append(SourceRow(item.title, number, *columns))
    return tuple(found)


def who_rows(voices: Sequence[Voice]) -> tuple[WhoRow, ...]:
    """How many voices of each label wrote positions, and how many only answered."""
    wrote = {one.name: one.label for one in voices if one.is_position}
    answered = {one.name: one.label for one in voices if one.name not in wrote}
    labels = sorted({*wrote.values(), *answered.values()})
    counted = [
        WhoRow(label, list(wrote.values()).count(label), list(answered.values()).count(label))
        for label in labels
    ]
    return tuple(sorted(counted, key=lambda row: (-(row.positions + row.responses), row.label)))


def stand_of(card: Card, *, is_second: bool = False) -> Stand:
    """A position's mark in a table."""
    return Stand(
        f"P{card.number}", card.number, card.family, is_second, paths.version(card.id, card.version)
    )


def _in_order(stands: Sequence[Stand] | None) -> list[Stand]:
    return sorted(stands or (), key=lambda one: (one.is_second, one.number))
