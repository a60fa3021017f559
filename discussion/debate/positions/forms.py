"""The writing page's strings, row by row: kept exactly as typed, and turned into a draft."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from discussion import text
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.meant import Meant, meant
from discussion.debate.positions.words import CONFIDENCES, MAX_OUTWEIGHED, MAX_SERVED, PLACES
from discussion.series.values.models import Value

TEXTS = (
    "claim", "reasoning", "setting", "objection", "change_mind_text", "interests",
    "consent_note", "find", "level", "confidence", "attribution", "change_reason",
    "posting_role", "posting_phase", "language", "is_without_study", "nobody_identified",
    "looked_again",
)  # fmt: skip
LISTS = ("phases", "change_mind")
ROWS = {
    "served": ("value", "proposed", "gloss"),
    "outweighed": ("value", "proposed", "gloss"),
    "links": ("item", "stance", "warrant", "transfer", "transfer_note", "locator", "rebuttal"),
}
MOST = {"served": MAX_SERVED, "outweighed": MAX_OUTWEIGHED}
_ROW_FIELD = re.compile(r"(served|outweighed|links)-([0-9]{1,4})-([a-z_]{1,20})")
_PLACE_FIELD = re.compile(r"place-([a-z0-9-]{1,60})")

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
    texts = written.texts
    confidence = texts["confidence"]
    return PositionDraft(
        claim=_said(texts["claim"]),
        reasoning=_said(texts["reasoning"]),
        served=tuple(_tag(row) for row in written.rows["served"]),
        outweighed=tuple(_tag(row) for row in written.rows["outweighed"]),
        links=tuple(_link(row) for row in written.rows["links"]),
        is_without_study=bool(texts["is_without_study"]),
        level=texts["level"],
        phases=tuple(dict.fromkeys(written.picks["phases"])),
        setting=_said(texts["setting"]),
        placements={slug: _at(at) for slug, at in written.places.items() if slug in set(scales)},
        confidence=int(confidence) if confidence in {str(each) for each in CONFIDENCES} else 0,
        objection=_said(texts["objection"]),
        change_mind=tuple(dict.fromkeys(written.picks["change_mind"])),
        change_mind_text=_said(texts["change_mind_text"]),
        interests=_said(texts["interests"]),
        attribution=texts["attribution"],
        nobody_identified=bool(texts["nobody_identified"]),
        language=texts["language"],
        change_reason=texts["change_reason"],
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
    texts = dict.fromkeys(TEXTS, "") | {
        "claim": revision.claim,
        "reasoning": revision.reasoning,
        "setting": revision.setting,
        "objection": revision.objection,
        "change_mind_text": revision.change_mind_text,
        "interests": revision.interests,
        "level": revision.level,
        "confidence": str(revision.confidence),
        "attribution": position.attribution,
        "is_without_study": "yes" if revision.is_without_study else "",
        "language": text.typed_for(
            revision.language, revision.words, position.thread.usual_languages
        ),
    }
    return Written(
        texts=texts,
        picks={"phases": tuple(revision.phases), "change_mind": tuple(revision.change_mind)},
        rows={
            "served": _tags_of(revision, is_outweighed=False),
            "outweighed": _tags_of(revision, is_outweighed=True),
            "links": tuple(
                {
                    "item": link.item.public_id,
                    "stance": link.stance,
                    "warrant": link.warrant,
                    "transfer": link.transfer,
                    "transfer_note": link.transfer_note,
                    "locator": link.locator,
                    "rebuttal": link.rebuttal,
                }
                for link in revision.links
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


def _tag(row: Row) -> TagDraft:
    return TagDraft(value=row["value"], proposed=_said(row["proposed"]), gloss=_said(row["gloss"]))


def _link(row: Row) -> LinkDraft:
    return LinkDraft(
        item_id=row["item"],
        stance=row["stance"],
        warrant=_said(row["warrant"]),
        transfer=row["transfer"] or "unknown",
        transfer_note=_said(row["transfer_note"]),
        locator=_said(row["locator"]),
        rebuttal=_said(row["rebuttal"]),
    )


def _tags_of(revision: Revision, *, is_outweighed: bool) -> tuple[Row, ...]:
    return tuple(
        {
            "value": tag.value.slug if tag.value else "",
            "proposed": tag.proposal.label if tag.proposal else "",
            "gloss": tag.gloss,
        }
        for tag in revision.tags
        if tag.is_outweighed == is_outweighed
    )


def _said(typed: str) -> str:
    """What was typed, or nothing when nothing in it can be seen."""
    return typed if text.line(typed) else ""


def _at(typed: str) -> float:
    try:
        at = float(typed)
    except ValueError:
        return -1.0
    return at if at in PLACES else -1.0
