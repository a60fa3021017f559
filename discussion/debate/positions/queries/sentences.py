"""What a draft says, in words, field by field: to be read beside another draft of the same."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.shapes import Saying
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import short_source
from discussion.debate.positions.drafts import ROWS, LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import Field, Told, fields_of, in_page_order
from discussion.debate.positions.queries.cards import words_of_places
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_items
from discussion.series.series.models import Series
from discussion.vocabulary import Vocabulary, of_series


def says(draft: PositionDraft, thread: Thread, sources: Mapping[str, str]) -> list[Saying]:
    """Everything that was typed or chosen, in the order of the page; also what is empty.

    `sources` are the items of the library that it cites, by public id, as they are named in brief.
    """
    vocabulary = of_series(thread.series.slug)
    names = {value.slug: value.label for value in thread.series.values} | dict(sources)
    found: list[Saying] = []
    for one in in_page_order(PositionDraft):
        said = getattr(draft, one.name)
        label = _label(one, vocabulary)
        if one.name in ROWS:
            rows = (". ".join(filter(None, _row(row, names, vocabulary))) for row in said)
            found.append(Saying(one.typed, label, "\n".join(rows) or nothing_chosen()))
        elif one.how.told is Told.AS_ROWS:
            found += _places(label, said, thread)
        else:
            words = _words(one, said, vocabulary)
            found.append(Saying(one.typed, label, words, is_text=one.how.is_text))
    return found


def says_posting(posting: tuple[str, str], thread: Thread) -> list[Saying]:
    """The role and the phase in which its writer posts, as they were chosen."""
    known = of_series(thread.series.slug)
    labels = (_("I post here as"), str(known.sentences.my_phase))
    among = (known.role_labels, known.phase_labels)
    names = ("posting_role", "posting_phase")
    return [
        Saying(name, label, str(words.get(said) or said or nothing_chosen()))
        for name, label, words, said in zip(names, labels, among, posting, strict=True)
    ]


def find_sources(
    session: Session, viewer: Viewer | None, thread: Thread, ids: Collection[str]
) -> dict[str, str]:
    """Items of the library by their public ids, named in brief: those that the viewer may see."""
    if not ids:
        return {}
    rows = session.scalars(
        select(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(EvidenceItem.series_id == thread.series_id)
        .where(EvidenceItem.public_id.in_(ids))
        .where(visible_items(viewer))
    )
    return {row.public_id: short_source(row) for row in rows}


def nothing_chosen() -> str:
    """What stands for a choice that nobody made."""
    return _("Nothing chosen")


def _label(one: Field, vocabulary: Vocabulary) -> str:
    """What the field is called; where two are called alike, as its writer is told it."""
    label = str(one.label)
    used = Counter(str(each.label) for each in fields_of(PositionDraft))
    return vocabulary.say(one.in_copy) if one.in_copy and used[label] > 1 else label


def _words(one: Field, said: Any, vocabulary: Vocabulary) -> str:
    if one.how.is_text:
        return str(said)
    if isinstance(said, bool):
        return _("Ticked") if said else _("Not ticked")
    among = one.among(vocabulary)
    chosen = said if one.how.is_list else [said]
    return ", ".join(str(among.get(each, each)) for each in chosen if each) or nothing_chosen()


def _places(label: str, said: Mapping[str, float], thread: Thread) -> Iterator[Saying]:
    """One place for each scale of the thread."""
    words = words_of_places(said, thread.scales)
    for scale in thread.scales:
        called = f"{label}: {scale.low} – {scale.high}"
        yield Saying(f"place-{scale.slug}", called, words.get(scale.slug) or nothing_chosen())


def _row(
    row: TagDraft | LinkDraft, names: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[str]:
    for one in fields_of(type(row)):
        said = str(getattr(row, one.name))
        among = one.among(vocabulary)
        yield str(among[said]) if said in among else names.get(said, said)
