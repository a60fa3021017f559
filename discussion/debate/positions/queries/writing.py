"""How the writing page is read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import (
    find_items,
    hidden_in_words,
    short_source,
    strength_in_words,
)
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.card import Chip
from discussion.debate.positions.queries.cards import find_values
from discussion.debate.positions.queries.coming_in import (
    asks_posting_role,
    besides_joining,
    joining_to_write,
    why_closed_for,
    why_not,
)
from discussion.debate.positions.queries.higher import NEAR
from discussion.debate.positions.queries.named_as import NamedAs, names_note
from discussion.debate.positions.queries.next_steps import next_steps
from discussion.debate.positions.queries.preview import preview
from discussion.debate.positions.queries.sent_back import find_edit_request
from discussion.debate.positions.queries.writing_map import map_beside, others_in, scale_of
from discussion.debate.positions.queries.writing_shapes import Choice, Shelf, Source, WritePage
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import last_of
from discussion.debate.threads.queries.pacing import why_over
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_items, visible_threads
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.vocabulary import Vocabulary, of_series

KINDS = ("position", "revision", "behalf")


def find_thread_to_write(session: Session, viewer: Viewer | None, slug: str) -> Thread | None:
    """The thread at this address, or the one it leads to now, if the viewer may read it."""
    return session.scalar(
        select(Thread)
        .join(Thread.series)
        .where(Thread.id == last_of(slug))
        .where(visible_threads(viewer))
    )


def find_own_position(session: Session, viewer: Viewer | None, public_id: str) -> Position | None:
    """A position that the viewer wrote, or entered for somebody, in any state."""
    position = session.scalar(select(Position).where(Position.public_id == public_id))
    if position is None or not facts.is_readable_thread(viewer, position.thread):
        return None
    is_own = facts.is_author(viewer, position) or facts.entered_it(viewer, position)
    return position if is_own else None


def newest_revision(position: Position) -> Revision:
    """The version somebody would go on from: the one handed in last."""
    return position.revisions[-1]


@dataclass(frozen=True)
class Writing:
    """What is written, and where: a new position, a new version of one, or what a guest said."""

    kind: str  # position, revision, behalf
    thread: Thread
    position: Position | None  # of which a version is written
    url: str
    is_first: bool  # somebody's own, and new


@dataclass(frozen=True)
class Asked:
    """What the form asks beside the position: what is sought, and the role and phase chosen."""

    sought: str
    posting: tuple[str, str]


def write_page(
    session: Session,
    viewer: Viewer | None,
    writing: Writing,
    draft: PositionDraft,
    asked: Asked,
    now: datetime,
) -> WritePage:
    """Everything the page shows beside what was typed."""
    kind, thread, position, url = writing.kind, writing.thread, writing.position, writing.url
    series = thread.series
    vocabulary = of_series(series.slug)
    joining = joining_to_write(session, viewer, thread, url, now)
    values = find_values(session, {series.id})
    query = "?for=round-table" if kind == "behalf" else ""
    bare = url.partition("?")[0]
    name = NamedAs.read(
        session, viewer, thread, posting=asked.posting, kind=kind, position=position
    )
    card = preview(session, thread, draft, name, position, now)
    others = others_in(session, viewer, thread, position)
    scales = tuple(scale_of(scale) for scale in thread.scales)
    return WritePage(
        kind=kind,
        url=url,
        draft_url=f"{bare}/draft{query}",
        preview_url=f"{bare}/preview{query}",
        find_url=f"{paths.library(series.slug)}/find",
        add_url=f"{paths.library(series.slug)}/add?{urlencode({'next': url})}",
        sign_in_url="" if viewer else paths.sign_in(url),
        thread_question=thread.question,
        thread_language=thread.language,
        thread_url=paths.thread(thread.slug),
        series_slug=series.slug,
        series_title=series.title,
        shelves=_shelves(values.values(), vocabulary),
        chips={value.slug: _chip(value, series) for value in values.values()},
        sources=_sources(session, viewer, series, [link.item_id for link in draft.links]),
        found=tuple(_source(item) for item in find_items(session, viewer, series, asked.sought)),
        was_sought=bool(asked.sought.strip()),
        scales=scales,
        map=map_beside(scales, others, card),
        others_count=len(others),
        names=name.choices(now),
        names_note=names_note(thread, position),
        asks_posting_role=writing.is_first and asks_posting_role(viewer, thread),
        roles=vocabulary.role_labels,
        phases=vocabulary.phase_labels,
        joining=joining,
        why_not=besides_joining(
            why_over(thread)
            or why_closed_for(session, viewer, thread, kind, position)
            or why_not(viewer, thread),
            joining,
        ),
        can_keep=not why_over(thread),
        steps=next_steps(thread, now),
        card=card,
        is_numbered=bool(card.number),
        live_version=position.live.version or 0 if position and position.live else 0,
        edit_request=find_edit_request(session, position),
        near=NEAR()(session, viewer, thread, draft, position),
    )


def _shelves(values: Collection[Value], vocabulary: Vocabulary) -> tuple[Shelf, ...]:
    current = [value for value in values if value.retired_at is None]
    return tuple(
        Shelf(
            str(label),
            tuple(
                Choice(value.slug, value.label, value.definition)
                for value in sorted(current, key=lambda value: value.order)
                if value.family == family
            ),
        )
        for family, label in vocabulary.value_family_labels.items()
        if any(value.family == family for value in current)
    )


def _chip(value: Value, series: Series) -> Chip:
    url = paths.value(series.slug, value.slug)
    return Chip(value.slug, value.label, value.family, 1, "", url, False)


def _sources(
    session: Session, viewer: Viewer | None, series: Series, ids: list[str]
) -> dict[str, Source]:
    if not ids:
        return {}
    rows = session.scalars(
        select(EvidenceItem)
        .join(EvidenceItem.series)
        .where(EvidenceItem.series_id == series.id)
        .where(EvidenceItem.public_id.in_(ids))
        .where(or_(visible_items(viewer), EvidenceItem.is_hidden.is_(True)))
    )
    return {item.public_id: _source(item) for item in rows}


def _source(item: EvidenceItem) -> Source:
    if item.is_hidden:
        return Source(item.public_id, "", hidden_in_words(), "", hidden_in_words(), "")
    short = short_source(item)
    known = of_series(item.series.slug)
    kind = known.evidence_kind_labels[item.kind]
    about = " · ".join((short, str(kind).lower(), strength_in_words(item, known)))
    url = paths.item(item.series.slug, item.public_id)
    return Source(item.public_id, url, item.title, about, short, item.status_note)


def is_member(session: Session, person_id: int, series: Series) -> bool:
    """Whether somebody belongs to a series now."""
    return (
        session.scalar(
            select(Membership.id)
            .where(Membership.series_id == series.id)
            .where(Membership.person_id == person_id)
            .where(Membership.removed_at.is_(None))
        )
        is not None
    )
