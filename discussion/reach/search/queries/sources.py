"""How each kind of thing is read for the index: what is shown of it to whoever may read it.

In a session of its own, so that nothing that somebody holds half changed is read. What is not shown
now (a draft, what waits, is hidden, withdrawn or taken back) is not read, so it is not there.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    Revision,
    ValueTag,
)
from discussion.debate.positions.queries.naming import CONTRIBUTOR_STEP, coarse_day
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.search.shapes import Counted, Found
from discussion.series.series.models import Series, Theme
from discussion.series.values.models import Value
from discussion.subjects.finding import subject_of
from discussion.vocabulary import of_series
from discussion.vocabulary.shape import OTHER

Ids = Collection[int]
Reads = Callable[[Session, Ids], Iterator[Found]]


class Reader(NamedTuple):
    """How one sort of thing is read."""

    sort: str
    reads: Reads


class Shown(NamedTuple):
    """The family of the role and the phase that a byline tells; empty where it tells none."""

    role: str = ""
    phase: str = ""


def shown_of(row: Position | Response) -> Shown:
    """What `positions.queries.naming` says of an author, as words of lists.

    Of a name the role it posted under, of a label as much as its step of the ladder, under the
    Chatham House Rule nothing.
    """
    is_named = row.attribution == "named"
    if row.attribution not in ("named", "role") or not row.label_role:
        return Shown()
    step = 0 if is_named and row.author.left_at is None else row.label_step
    if step >= CONTRIBUTOR_STEP:
        return Shown()
    vocabulary = of_series(row.thread.series.slug)
    family = vocabulary.family_of(row.label_role) or OTHER
    phase = row.label_phase if step < 2 and row.label_phase in vocabulary.phase_labels else ""
    return Shown(family, phase)


def mode_of(row: Position | Response) -> str:
    """As what it is named: what stood under a name that has left is a label."""
    if row.attribution == "named" and row.author.left_at is not None:
        return "role"
    return row.attribution


def positions(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(Position)
        .where(Position.id.in_(ids), Position.state.in_(TEXT_STATES))
        .options(
            joinedload(Position.author),
            joinedload(Position.thread).joinedload(Thread.series),
            joinedload(Position.live).selectinload(Revision.tags).joinedload(ValueTag.proposal),
            joinedload(Position.live).selectinload(Revision.links).joinedload(EvidenceLink.item),
            selectinload(Position.responses),
        )
    )
    for row in rows:
        if (said := row.live) is None:
            continue
        shown = shown_of(row)
        seen = [link for link in said.links if not link.item.is_hidden]
        texts = [
            text.plain(said.reasoning), said.objection, said.change_mind_text, said.setting,
            said.interests,
            *(tag.gloss for tag in said.tags),
            *(words for link in seen for words in
              (link.warrant, link.rebuttal, link.transfer_note, link.locator)),
        ]  # fmt: skip
        is_answered = any(one.state in TEXT_STATES for one in row.responses)
        yield Found(
            "position", row.id, row.thread.series_id, row.thread_id, row.thread.series.language,
            said.claim, texts, row.public_id,
            coarse_day(said.live_at or row.first_published_at or row.created_at, mode_of(row)),
            Counted(
                level=said.level,
                answered="yes" if is_answered else "no",
                role=shown.role,
                phase=shown.phase,
                tags=" ".join(_tag(one) for one in sorted(said.tags, key=_side_and_rank)),
                items=_items_of(said),
            ),
        )  # fmt: skip


def _side_and_rank(tag: ValueTag) -> tuple[bool, int]:
    return tag.is_outweighed, tag.rank


def _tag(tag: ValueTag) -> str:
    side = "o" if tag.is_outweighed else "s"
    return f"{side}{tag.value_id}" if tag.value_id else f"{side}!{tag.proposal_id}"


def _items_of(said: Revision) -> str:
    cited = " ".join(str(one) for one in dict.fromkeys(link.item_id for link in said.links))
    return cited or ("-" if said.is_without_study else "")


def responses(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(Response)
        .join(Response.position)
        .where(Response.id.in_(ids), Response.state.in_(TEXT_STATES))
        .where(Position.state.in_(TEXT_STATES))
        .options(
            joinedload(Response.author),
            joinedload(Response.live),
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
        )
    )
    for row in rows:
        if (said := row.live) is None:
            continue
        thread, shown = row.position.thread, shown_of(row)
        at = said.live_at or row.first_published_at or row.created_at
        yield Found(
            "response", row.id, thread.series_id, thread.id, thread.series.language,
            "", [text.plain(said.source)], row.public_id,
            coarse_day(at, mode_of(row)),
            Counted(role=shown.role, phase=shown.phase),
        )  # fmt: skip


def threads(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(Thread).where(Thread.id.in_(ids)).options(joinedload(Thread.series))
    )
    for row in rows:
        said = subject_of(row).passages()
        if said:
            texts = [one.words for one in said if one.name != "question"]
            yield Found(
                "thread", row.id, row.series_id, row.id, row.series.language, row.question, texts,
                row.public_id,
            )  # fmt: skip


def items(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(EvidenceItem)
        .where(EvidenceItem.id.in_(ids))
        .options(joinedload(EvidenceItem.series))
    )
    for row in rows:
        said = subject_of(row).passages()
        if said:
            texts = [one.words for one in said if one.name != "title"]
            yield Found(
                "item", row.id, row.series_id, None, row.series.language, row.title,
                [*texts, str(row.year or "")], row.public_id, counted=Counted(items=str(row.id)),
            )  # fmt: skip


def themes(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(Theme)
        .where(Theme.id.in_(ids), Theme.retired_at.is_(None))
        .options(joinedload(Theme.series))
    )
    for row in rows:
        yield Found(
            "theme", row.id, row.series_id, None, row.series.language, row.question,
            [text.plain(row.summary)], row.slug,
        )  # fmt: skip


def values(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.execute(
        select(Value, Series.language)
        .join(Series, Series.id == Value.series_id)
        .where(Value.id.in_(ids), Value.retired_at.is_(None), Value.replaced_by_id.is_(None))
    )
    for row, language in rows:
        yield Found(
            "value", row.id, row.series_id, None, language, row.label, [row.definition],
            row.slug,
        )  # fmt: skip
