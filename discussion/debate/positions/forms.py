"""The writing page's strings, row by row: kept exactly as typed, and turned into a draft."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from discussion import text
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import Told, fields_of
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.queries.meant import Meant, meant
from discussion.debate.positions.words import MAX_OUTWEIGHED, MAX_SERVED, PLACES
from discussion.series.values.models import Value

_IN_FORM = [one for one in fields_of(PositionDraft) if one.how.told is not Told.AS_ROWS]
AROUND = ("consent_note", "find", "posting_role", "posting_phase", "looked_again")
TEXTS = (*(one.typed for one in _IN_FORM if not one.how.is_list), *AROUND)
LISTS = tuple(one.typed for one in _IN_FORM if one.how.is_list)
TABLES: Mapping[str, type[TagDraft] | type[LinkDraft]] = {
    "served": TagDraft,
    "outweighed": TagDraft,
    "links": LinkDraft,
}
ROWS = {name: tuple(one.typed for one in fields_of(row)) for name, row in TABLES.items()}
ASKED_AGAIN = ("nobody_identified", "change_reason")  # of each version anew
MOST = {"served": MAX_SERVED, "outweighed": MAX_OUTWEIGHED}
_ROW_FIELD = re.compile(r"(served|outweighed|links)-([0-9]{1,4})-([a-z_]{1,20})")
_PLACE_FIELD = re.compile(r"place-([a-z0-9-]{1,60})")

Made = TypeVar("Made", TagDraft, LinkDraft)
Row = Mapping[str, str]
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Written:
    """What stands in the form: single fields, choices of several, rows, and places on scales."""

    texts: Row
    picks: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]
    places: Row = field(default_factory=dict)  # scale slug → "0" … "1", as typed

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen that is worth keeping."""
        said = (value for name, value in self.texts.items() if name != "attribution")
        return not any((*said, *self.picks.values(), *self.rows.values(), *self.places.values()))


def read(form: MultiDict[str, str]) -> Written:
    """Everything typed; rows lose their gaps, and nothing else is changed, cut or refused."""
    numbered: dict[str, dict[int, dict[str, str]]] = {name: {} for name in ROWS}
    places: dict[str, str] = {}
    for name, value in form.items():
        if match := _ROW_FIELD.fullmatch(name):
            rows, index, part = match.groups()
            if part in ROWS[rows]:
                numbered[rows].setdefault(int(index), {})[part] = value
        elif (match := _PLACE_FIELD.fullmatch(name)) and value:
            places[match[1]] = value
    return Written(
        texts={name: form.get(name, "") for name in TEXTS},
        picks={name: tuple(form.getlist(name)) for name in LISTS},
        rows={name: _in_order(name, found) for name, found in numbered.items()},
        places=places,
    )


def read_kept(typed: Mapping[str, Iterable[str]]) -> Written:
    """What a kept draft holds, as if it were posted again."""
    return read(MultiDict((name, value) for name, values in typed.items() for value in values))


def as_typed(written: Written) -> Typed:
    """The form's fields and their strings, as they would be posted again."""
    typed = {name: [value] for name, value in written.texts.items() if value}
    typed |= {name: list(values) for name, values in written.picks.items() if values}
    typed |= {f"place-{slug}": [at] for slug, at in written.places.items()}
    for name, rows in written.rows.items():
        for index, row in enumerate(rows):
            typed |= {f"{name}-{index}-{part}": [value] for part, value in row.items() if value}
    return typed


def act(written: Written, do: str) -> Written:
    """The form after a button such as `served-up-1`, `links-remove-0` or `links-add-k3m…`."""
    name, _, rest = do.partition("-")
    verb, _, which = rest.partition("-")
    if name not in ROWS:
        return written
    rows = list(written.rows[name])
    if verb == "add":
        rows.append(_blank(name) | ({"item": which[:20]} if name == "links" else {}))
    elif which.isascii() and which.isdigit() and len(which) < 4 and int(which) < len(rows):
        _CHANGES.get(verb, _leave)(rows, int(which))
    return replace(written, rows={**written.rows, name: tuple(rows)})


def draft_of(written: Written, *, scales: Iterable[str]) -> PositionDraft:
    """The draft as it would be published; what cannot be read stays wrong rather than vanishing.

    Places on scales that the thread does not use (any more) are left out: nobody could mend them.
    """
    typed = {name: (value,) for name, value in written.texts.items()} | dict(written.picks)
    single = {one.name: one.how.read(typed[one.typed]) for one in _IN_FORM}
    return PositionDraft(
        served=tuple(_row(TagDraft, row) for row in written.rows["served"]),
        outweighed=tuple(_row(TagDraft, row) for row in written.rows["outweighed"]),
        links=tuple(_row(LinkDraft, row) for row in written.rows["links"]),
        placements={slug: _at(at) for slug, at in written.places.items() if slug in set(scales)},
        **single,
    )


@dataclass(frozen=True)
class _Chosen:
    """A row of the form that names a value."""

    row: Row
    value_id: int | None
    is_outweighed: bool
    rank: int


def follow_merges(written: Written, values: Iterable[Value]) -> Written:
    """What was typed, with values that were merged since named as what they are today.

    Two that are one now are one row, at the better place, with all that was said of them. What a
    merge would put on both sides stays as it was chosen, for its writer to decide.
    """
    by_id = {value.id: value for value in values}
    ids = {value.slug: value.id for value in by_id.values()}
    chosen = [
        _Chosen(row, ids.get(row["value"]), name == "outweighed", rank)
        for name in ("served", "outweighed")
        for rank, row in enumerate(written.rows[name])
    ]
    today = meant(chosen, by_id)
    rows = {
        name: tuple(_today(one) for one in today if one.is_outweighed == (name == "outweighed"))
        for name in ("served", "outweighed")
    }
    return replace(written, rows={**written.rows, **rows})


def _today(one: Meant[_Chosen]) -> Row:
    glosses = (each.row["gloss"] for each in (one.tag, *one.folded) if each.row["gloss"])
    slug = one.value.slug if one.value else one.tag.row["value"]
    return {**one.tag.row, "value": slug, "gloss": " · ".join(dict.fromkeys(glosses))}


def written_from(position: Position, revision: Revision) -> Written:
    """A version as it would stand in the form, to be revised; the checklist is asked again."""
    texts = dict.fromkeys(TEXTS, "")
    picks: dict[str, tuple[str, ...]] = {}
    for one in fields_of(PositionDraft):
        if one.is_column and one.name not in ASKED_AGAIN and one.how.told is not Told.AS_ROWS:
            again = one.how.again(getattr(revision, one.name))
            if one.how.is_list:
                picks[one.typed] = tuple(again)
            else:
                texts[one.typed] = again[0]
    texts["attribution"] = position.attribution
    texts["language"] = text.typed_for(
        revision.language, revision.words, position.thread.usual_languages
    )
    return Written(
        texts=texts,
        picks=picks,
        rows={
            "served": _tags_of(revision, is_outweighed=False),
            "outweighed": _tags_of(revision, is_outweighed=True),
            "links": tuple(
                {"item": link.item.public_id} | _again(LinkDraft, link) for link in revision.links
            ),
        },
        places={
            slug: f"{float(at):g}" for slug, at in revision.placements.items() if at is not None
        },
    )


def _in_order(name: str, found: Mapping[int, Row]) -> tuple[Row, ...]:
    rows = ({**_blank(name), **found[index]} for index in sorted(found))
    return tuple(row for row in rows if any(v for part, v in row.items() if part != "transfer"))


def _blank(name: str) -> dict[str, str]:
    return dict.fromkeys(ROWS[name], "")


def _up(rows: list[Row], at: int) -> None:
    if at > 0:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]


def _down(rows: list[Row], at: int) -> None:
    if at + 1 < len(rows):
        rows[at + 1], rows[at] = rows[at], rows[at + 1]


def _remove(rows: list[Row], at: int) -> None:
    del rows[at]


def _leave(_rows: list[Row], _at: int) -> None:
    """A button this form does not have changes nothing."""


_CHANGES = {"up": _up, "down": _down, "remove": _remove}


def _row(table: type[Made], row: Row) -> Made:
    return table(**{one.name: one.how.read((row[one.typed],)) for one in fields_of(table)})


def _again(table: type[TagDraft] | type[LinkDraft], row: ValueTag | EvidenceLink) -> dict[str, str]:
    """The columns of a row as they would be typed."""
    return {
        one.typed: one.how.again(getattr(row, one.name))[0]
        for one in fields_of(table)
        if one.is_column
    }


def _tags_of(revision: Revision, *, is_outweighed: bool) -> tuple[Row, ...]:
    return tuple(
        {
            "value": tag.value.slug if tag.value else "",
            "proposed": tag.proposal.label if tag.proposal else "",
        }
        | _again(TagDraft, tag)
        for tag in revision.tags
        if tag.is_outweighed == is_outweighed
    )


def _at(typed: str) -> float:
    try:
        at = float(typed)
    except ValueError:
        return -1.0
    return at if at in PLACES else -1.0
