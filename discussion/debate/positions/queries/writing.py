"""The frozen shape of the writing page, and how it is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
from discussion.debate.positions.queries.card import Card, Chip
from discussion.debate.positions.queries.cards import find_values
from discussion.debate.positions.queries.coming_in import (
    asks_posting_role,
    besides_joining,
    joining_to_write,
    why_closed_for,
    why_not,
)
from discussion.debate.positions.queries.named_as import Name, NamedAs, names_note
from discussion.debate.positions.queries.preview import OWN_MARK, preview
from discussion.debate.positions.queries.sent_back import EditRequest, find_edit_request
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import last_of
from discussion.debate.threads.queries.needs import weighing_ahead
from discussion.debate.threads.queries.pacing import why_over
from discussion.debate.threads.queries.shapes import Map, Mark, Scale
from discussion.decisions.targets import due_at, target_of
from discussion.language import _, in_words
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions, visible_items, visible_threads
from discussion.series.members.models import Membership
from discussion.series.members.queries.joining import Joining
from discussion.series.series.models import Scale as ScaleRow
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.vocabulary import Vocabulary, of_series

KINDS = ("position", "revision", "behalf")


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen."""

    slug: str
    label: str
    definition: str


@dataclass(frozen=True)
class Shelf:
    """A family of values."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Source:
    """An item of the library as the form shows it."""

    id: str
    url: str
    title: str
    about: str  # "Donnelly and others 2019 · survey · not rated"
    short: str
    status_note: str


@dataclass(frozen=True)
class Step:
    when: str
    what: str
    then: str


@dataclass(frozen=True)
class WritePage:
    kind: str  # position, revision, behalf
    url: str
    draft_url: str
    preview_url: str
    find_url: str
    add_url: str
    sign_in_url: str  # empty when signed in
    thread_question: str
    thread_language: str
    thread_url: str
    series_slug: str
    series_title: str
    shelves: tuple[Shelf, ...]
    chips: Mapping[str, Chip]
    sources: Mapping[str, Source]
    found: tuple[Source, ...]
    was_sought: bool
    scales: tuple[Scale, ...]
    map: Map
    others_count: int
    names: tuple[Name, ...]
    names_note: str
    asks_posting_role: bool
    roles: Mapping[str, str]
    phases: Mapping[str, str]
    why_not: str  # why this cannot be published now; empty when it can
    joining: Joining | None  # for who has to join the series before they publish
    can_keep: bool  # else nothing typed here is taken any more, not even as a draft
    steps: tuple[Step, ...]
    card: Card
    is_numbered: bool
    live_version: int  # of the position being revised, 0 if none
    edit_request: EditRequest | None  # of the moderators


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


def write_page(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    draft: PositionDraft,
    *,
    kind: str,
    url: str,
    sought: str,
    posting: tuple[str, str],
    position: Position | None,
    now: datetime,
) -> WritePage:
    """Everything the page shows beside what was typed; `posting` is the role and phase chosen."""
    series = thread.series
    vocabulary = of_series(series.slug)
    joining = joining_to_write(session, viewer, thread, url, now)
    values = find_values(session, {series.id})
    query = "?for=round-table" if kind == "behalf" else ""
    bare = url.partition("?")[0]
    name = NamedAs.read(session, viewer, thread, posting=posting, kind=kind, position=position)
    card = preview(session, thread, draft, name, position, now)
    others = _others(session, viewer, thread, position)
    scales = tuple(_scale(scale) for scale in thread.scales)
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
        found=tuple(_source(item) for item in find_items(session, viewer, series, sought)),
        was_sought=bool(sought.strip()),
        scales=scales,
        map=_map(scales, others, card),
        others_count=len(others),
        names=name.choices(now),
        names_note=names_note(thread, position),
        asks_posting_role=kind == "position" and asks_posting_role(viewer, thread),
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
        steps=_steps(thread, now),
        card=card,
        is_numbered=bool(card.number),
        live_version=position.live.version or 0 if position and position.live else 0,
        edit_request=find_edit_request(session, position),
    )


def next_steps(thread: Thread, now: datetime, *, held: str = "") -> tuple[Step, ...]:
    """What happens to a position that is handed in now, and by when; `held` is why it waits."""
    return _steps(thread, now, held)


def _others(
    session: Session, viewer: Viewer | None, thread: Thread, own: Position | None
) -> list[Mapping[str, float]]:
    rows = session.scalars(
        select(Revision.placements)
        .join(Position, Position.live_revision_id == Revision.id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Position.thread_id == thread.id)
        .where(published_positions(viewer))
        .where(Position.id != (own.id if own else -1))
        .order_by(Position.public_id)
    )
    return [placements for placements in rows if placements]


def _map(scales: Collection[Scale], others: list[Mapping[str, float]], card: Card) -> Map:
    """A map of two scales, the first upright as on the thread's own; dots without numbers."""
    up, across = [*scales, None, None][:2]
    if across is None:
        across, up = up, None
    own = {place.scale: place.at for place in card.places}
    marks = [_mark(placements, across, up, "", "") for placements in others]
    marks.append(_mark(own, across, up, OWN_MARK, card.family))
    shown = tuple(mark for mark in marks if mark is not None)
    return Map(across, up, shown, (), ())


def _mark(
    placements: Mapping[str, float], across: Scale | None, up: Scale | None, id: str, family: str
) -> Mark | None:
    x = placements.get(across.slug) if across else None
    y = placements.get(up.slug) if up else None
    if x is None and y is None:
        return None
    line = "" if not (across and up) else "across" if x is None else "down" if y is None else ""
    return Mark(
        number=0,
        id=id,
        family=family,
        x=50.0 if x is None else round(9 + 82 * float(x), 1),
        y=50.0 if y is None else round(12 + 76 * float(y), 1),
        is_line=line,
        words="",
        value="",
        url="",
    )


def _scale(row: ScaleRow) -> Scale:
    between = [
        row.low,
        _("Nearer “%(end)s”", end=row.low),
        _("Between the two"),
        _("Nearer “%(end)s”", end=row.high),
        row.high,
    ]
    a, b, c, d, e = row.steps if len(row.steps) == 5 else between
    return Scale(row.slug, row.low, row.high, row.definition, (a, b, c, d, e))


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


def _steps(thread: Thread, now: datetime, held: str = "") -> tuple[Step, ...]:
    series = thread.series
    if series.moderation == "pre" or held:
        due = due_at(now, target_of(series, "contribution"))
        first = Step(
            _("by %(date)s", date=in_words(due)),
            held or _("A moderator reads it."),
            _("We tell you the result by e-mail, with the reason."),
        )
    else:
        first = Step(
            _("at once"),
            _("It is published."),
            _("A moderator may look at it later, and tells you if anything is wrong."),
        )
    return (first, *_stages(weighing_ahead(thread)))


def _stages(weighing_on: date | None) -> tuple[Step, Step]:
    respond = _("You can revise it until then.")
    drawn = _("You are asked whether yours is fair.")
    if weighing_on is None:
        return (
            Step(_("while the thread is open"), _("Others respond."), respond),
            Step(_("when the thread moves on"), _("Statements are drawn."), drawn),
        )
    day = in_words(weighing_on)
    return (
        Step(_("until %(date)s", date=day), _("Others respond."), respond),
        Step(_("from %(date)s", date=day), _("Statements are drawn."), drawn),
    )


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
