"""An edit form that two changed, field by field: what differs, and what the page sends again."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from markupsafe import Markup

from discussion import text
from discussion.kept.forms import HELPERS, is_unsaid
from discussion.kept.shapes import Differing, Settled, Side
from discussion.kept.words import OPENED
from discussion.web.versions import Merged

Base = Mapping[str, list[str]]


class EditedFields(Protocol):
    """The fields of an edit form as the page that compares shows them."""

    def label(self, name: str) -> str:
        """What the field is called."""

    def in_words(self, name: str, values: list[str]) -> str:
        """What was typed; of what was chosen its words."""

    def is_text(self, name: str) -> bool:
        """Whether two of it can be put together, word by word."""


def differing(
    fields: EditedFields, base: Base, merged: Merged, theirs: Base
) -> tuple[Differing, ...]:
    """The fields that both changed since `base`, mine and theirs."""
    return tuple(_differing(fields, base, merged, theirs, name) for name in merged.both)


def settled_alone(fields: EditedFields, base: Base, merged: Merged) -> tuple[Settled, ...]:
    """The fields that one of the two changed alone: theirs, then mine."""
    return (
        *_alone(fields, base, merged, merged.theirs_alone, is_mine=False),
        *_alone(fields, base, merged, merged.mine_alone, is_mine=True),
    )


def sent_again(merged: Merged, differ: Iterable[Differing]) -> list[tuple[str, str]]:
    """What the page carries on unseen: what is settled as it is, and mine of what differs."""
    asked = list(differ)
    left_out = {*merged.both, OPENED, "keep"}
    kept = [
        (name, each)
        for name, values in merged.values.items()
        if name not in left_out and not name.startswith(HELPERS) and not is_unsaid(name)
        for each in values
    ]
    mine = [(f"_mine-{one.name}", each) for one in asked for each in one.mine.values or ("",)]
    return kept + mine


def plain_text(values: Iterable[str]) -> str:
    """What was typed, with line ends of one kind."""
    return "\n".join(values).replace("\r\n", "\n")


def _differing(
    fields: EditedFields, base: Base, merged: Merged, theirs: Base, name: str
) -> Differing:
    was, mine, other = (each.get(name, []) for each in (base, merged.values, theirs))
    put = None
    if fields.is_text(name):
        put = text.put_together(plain_text(was), plain_text(mine), plain_text(other))
    return Differing(
        name=name,
        label=fields.label(name),
        mine=Side(_diff(fields, name, was, mine), tuple(mine)),
        theirs=Side(_diff(fields, name, was, other), tuple(other)),
        both=put,
    )


def _alone(
    fields: EditedFields, base: Base, merged: Merged, names: Iterable[str], *, is_mine: bool
) -> Iterable[Settled]:
    for name in names:
        diff = _diff(fields, name, base.get(name, []), merged.values.get(name, []))
        yield Settled(fields.label(name), is_mine, diff)


def _diff(fields: EditedFields, name: str, before: list[str], after: list[str]) -> Markup:
    return text.marked_diff(*(fields.in_words(name, each) for each in (before, after)))
