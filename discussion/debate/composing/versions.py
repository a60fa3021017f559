"""What another tab saved while one was writing is put together with it, field by field.

Rows of one kind are one field, since their order tells something. The form says what it was opened
with, or last saved as; what differs from that in the kept draft was changed elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import request

from discussion.debate.composing.composition import Composition
from discussion.debate.composing.forms import Shape, Written, as_typed, read_kept
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.shapes import Saying
from discussion.kept.forms import settled
from discussion.kept.words import OPENED
from discussion.web.versions import Merged, Opened, Values, merge, unpacked

NOTHING: Mapping[str, list[str]] = {}


@dataclass(frozen=True)
class Together:
    """What is typed here and what was saved elsewhere since, as one; `merged` says which is which.

    `theirs` and `saved_at` are of what is kept now, empty and None where nothing is.
    """

    written: Written
    merged: Merged
    base: Values
    theirs: Values
    saved_at: datetime | None

    @property
    def clashes(self) -> bool:
        """Whether both changed the same field, differently."""
        return bool(self.merged.both)


class Clash(Exception):
    """The same was changed here and elsewhere; nothing was saved."""

    def __init__(self, together: Together) -> None:
        super().__init__("the same was changed here and elsewhere")
        self.together = together


def opened_with(written: Written, at: datetime) -> str:
    """What a form says that holds this at this time, for its hidden field."""
    return Opened(at, values_of(written)).packed()


def sent_opened() -> Opened | None:
    """What the form that was sent says it was opened with; None where it says nothing."""
    return unpacked(request.form.get(OPENED, ""))


def values_of(written: Written) -> Values:
    """What was written, field by field, also of what is empty; rows of one kind are one field."""
    names = (*written.shape.texts, *written.shape.lists, *written.shape.rows)
    places = {slug: _number(at) for slug, at in written.places.items()}
    values: Values = {name: [] for name in names}
    values |= as_typed(replace(written, rows={}, places=places))
    for name, rows in written.rows.items():
        said = [{part: _ended(row.get(part, "")) for part in sorted(row)} for row in rows]
        if said:
            values[name] = [json.dumps(said)]
    return values


def written_of(values: Mapping[str, list[str]], shape: Shape) -> Written:
    """The same read again; what is no row of ours is none."""
    flat = {name: typed for name, typed in values.items() if name not in shape.rows}
    for name in shape.rows:
        for typed in values.get(name, []):
            flat |= _flat(name, typed)
    return read_kept(flat, shape)


def read_settled(shape: Shape) -> Written:
    """What the page that compares sends: its choices in place of what they are about."""
    return written_of(settled(dict(request.form.lists())), shape)


def put_together(
    sheet: Composition, written: Written, kept: KeptDraft | None, opened: Opened | None
) -> Together:
    """What was typed, with what was saved elsewhere since the form was opened.

    Where no draft is kept any more, what was handed in since counts, if a form is opened with that.
    Of a form that does not say what it was opened with, all that it holds counts as changed.
    """
    base = dict(opened.values) if opened else {}
    mine = values_of(written)
    found = _saved(sheet, kept, opened)
    if found is None:
        return Together(written, Merged(mine), base, {}, None)
    saved, saved_at = found
    theirs = values_of(saved)
    names = {one.name for one in sheet.says(written)} & {*base, *mine, *theirs}
    merged = merge(*({name: each.get(name, []) for name in names} for each in (base, mine, theirs)))
    values = mine | merged.values
    made = written_of(values, sheet.shape)
    return Together(made, replace(merged, values=values), base, theirs, saved_at)


class FieldsOf:
    """The fields of what is composed, called as it calls them."""

    def __init__(self, sheet: Composition) -> None:
        self._sheet = sheet
        self._said = self._says(NOTHING)

    def label(self, name: str) -> str:
        """As what is composed calls it."""
        return self._said[name].label

    def in_words(self, name: str, values: list[str]) -> str:
        """What was typed; of what was chosen its words, and of rows one a line."""
        return self._says({name: values})[name].words

    def is_text(self, name: str) -> bool:
        """Whether it is in its writer's own words."""
        return self._said[name].is_text

    def _says(self, values: Mapping[str, list[str]]) -> dict[str, Saying]:
        written = written_of(values, self._sheet.shape)
        return {one.name: one for one in self._sheet.says(written)}


def _saved(
    sheet: Composition, kept: KeptDraft | None, opened: Opened | None
) -> tuple[Written, datetime] | None:
    """What stands now of what the form was opened with; None where that is nothing."""
    if kept is not None:
        return sheet.follow(read_kept(kept.typed, sheet.shape)), kept.saved_at
    handed_in = sheet.handed_in_at
    if opened is not None and handed_in is not None and handed_in > opened.at:
        return sheet.first(), handed_in
    return None


def _flat(name: str, typed: str) -> Values:
    """Rows that were one field, as the fields of a form."""
    try:
        rows = json.loads(typed)
        return {
            f"{name}-{index}-{part}": [str(said)]
            for index, row in enumerate(rows)
            for part, said in row.items()
            if said
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _number(typed: str) -> str:
    """A place as the form spells it: "0" as "0.0"; what is none as it was typed."""
    try:
        return str(float(typed))
    except ValueError:
        return typed


def _ended(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
