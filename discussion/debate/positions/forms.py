"""What stands in the form of a position, turned into a draft, and a version turned into that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from discussion import text
from discussion.debate.composing.forms import Row, Shape, Written
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import Told, fields_of
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.queries.meant import Meant, meant
from discussion.debate.positions.words import MAX_CONSENT_NOTE, PLACES
from discussion.series.values.models import Value

_IN_FORM = [one for one in fields_of(PositionDraft) if one.how.told is not Told.AS_ROWS]
AROUND = ("consent_note", "find", "posting_role", "posting_phase", "looked_again")
TEXTS = (*(one.typed for one in _IN_FORM if not one.how.is_list), *AROUND)
TABLES: Mapping[str, type[TagDraft] | type[LinkDraft]] = {
    "served": TagDraft,
    "outweighed": TagDraft,
    "links": LinkDraft,
}
SHAPE = Shape(
    texts=TEXTS,
    lists=tuple(one.typed for one in _IN_FORM if one.how.is_list),
    rows={name: tuple(one.typed for one in fields_of(row)) for name, row in TABLES.items()},
    given=("transfer",),
    item="links",
    longest={
        one.typed: one.longest
        for made in (PositionDraft, TagDraft, LinkDraft)
        for one in fields_of(made)
        if one.longest
    }
    | {"consent_note": MAX_CONSENT_NOTE},
)
ASKED_AGAIN = ("nobody_identified", "change_reason")  # of each version anew
Made = TypeVar("Made", TagDraft, LinkDraft)


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
        shape=SHAPE,
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
