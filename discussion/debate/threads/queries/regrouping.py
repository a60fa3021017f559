"""The pages on which threads are merged and split, and positions moved; and what can be undone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.positions.drafts import is_at_least_as_strict
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Regrouping, Thread
from discussion.debate.threads.queries.curating import Option, scale_options, theme_options
from discussion.debate.threads.queries.sequence import READING_ORDER
from discussion.debate.threads.words import DATED, LEAVING, STAYING, UNDO_HOURS
from discussion.permissions.facts import SHOWN_STATES, Viewer, is_proposer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_positions

WAITING = "draft"
MOST_TARGETS, MOST_WORDS = 30, 8


@dataclass(frozen=True)
class Goer:
    """A position that may go; nothing in it says who wrote it."""

    id: str
    number: int  # 0 while it waits
    claim: str  # empty for a tombstone
    state: str
    url: str
    move_url: str  # empty where somebody else decides
    is_own: bool


@dataclass(frozen=True)
class Past:
    """Something that was regrouped, as moderators see it."""

    kind: str
    from_question: str
    from_url: str
    to_question: str
    to_url: str
    on: date
    why: str
    moved: int
    undone_on: date | None
    undo_url: str  # empty where the viewer may not, or no longer
    undo_until: datetime | None  # for whoever did it


@dataclass(frozen=True)
class Regrouped:
    """What the pages share: the thread, and what may be done with it now."""

    id: str
    slug: str
    url: str
    curate_url: str
    history_url: str
    act_url: str
    series_slug: str
    series_title: str
    question: str
    stage: str
    is_own_proposal: bool  # somebody else decides on it
    why_not: str  # why nothing can be regrouped now; empty when it can
    can_merge: bool
    can_split: bool
    targets: tuple[Option, ...]  # open threads of the series, by question; not all of many
    looked_for: str  # words of the question of those
    is_cut: bool  # there are more


@dataclass(frozen=True)
class RegroupPage:
    thread: Regrouped
    positions: tuple[Goer, ...]
    past: tuple[Past, ...]


@dataclass(frozen=True)
class MergePage:
    """What a merge would do, in numbers."""

    thread: Regrouped
    into: Option | None  # None until one is chosen
    into_url: str
    positions: int
    waiting: int
    responses: int
    attribution: str  # of the other thread, where it is stricter; else empty
    scales_lost: tuple[str, ...]  # which the other thread does not show


@dataclass(frozen=True)
class SplitPage:
    thread: Regrouped
    positions: tuple[Goer, ...]
    themes: tuple[Option, ...]
    scales: tuple[Option, ...]
    loosest: str
    dates_ahead: tuple[str, ...]


@dataclass(frozen=True)
class MovePage:
    thread: Regrouped
    position: Goer


def may_undo(viewer: Viewer, regrouping: Regrouping, now: datetime) -> bool:
    """Whoever did it within a day; a convener whenever."""
    if allowed(viewer, May.CONVENE, regrouping.source):
        return True
    is_theirs = regrouping.decision.decided_by_id == viewer.person_id
    return is_theirs and now - regrouping.at < timedelta(hours=UNDO_HOURS)


def find_regrouping(session: Session, thread: Thread, public_id: str) -> Regrouping | None:
    """Something that was regrouped from or into this thread."""
    return session.scalar(
        select(Regrouping)
        .where(Regrouping.public_id == public_id)
        .where((Regrouping.source_id == thread.id) | (Regrouping.target_id == thread.id))
    )


def find_target(session: Session, thread: Thread, slug: str) -> Thread | None:
    """Another open thread of the series."""
    return session.scalar(_targets(thread).where(Thread.slug == slug))


def find_goer(
    session: Session, viewer: Viewer | None, thread: Thread, public_id: str
) -> Position | None:
    """A position of this thread, as far as the viewer may see it."""
    return session.scalar(
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.thread_id == thread.id)
        .where(Position.public_id == public_id)
        .where(visible_positions(viewer))
    )


def regroup_page(
    session: Session, viewer: Viewer, thread: Thread, now: datetime, *, find: str = ""
) -> RegroupPage:
    """What can be regrouped in a thread that the viewer curates, and what was.

    Threads to merge it with are those whose questions have the words of `find`.
    """
    return RegroupPage(
        thread=_about(session, viewer, thread, find=find),
        positions=_goers(session, viewer, thread),
        past=_past(session, viewer, thread, now),
    )


def merge_page(
    session: Session, viewer: Viewer, thread: Thread, target: Thread | None
) -> MergePage:
    """What would go where, before it goes; nothing in it tells who would have two positions."""
    rows = session.scalars(select(Position.state).where(Position.thread_id == thread.id)).all()
    tightens = target is not None and not is_at_least_as_strict(
        thread.attribution, target.attribution
    )
    kept = {scale.id for scale in target.scales} if target else set()
    return MergePage(
        thread=_about(session, viewer, thread),
        into=Option(target.slug, target.question) if target else None,
        into_url=paths.thread(target.slug) if target else "",
        positions=sum(state in SHOWN_STATES for state in rows),
        waiting=rows.count(WAITING),
        responses=_count_responses(session, thread),
        attribution=target.attribution if target and tightens else "",
        scales_lost=tuple(
            f"{scale.low} – {scale.high}" for scale in thread.scales if scale.id not in kept
        )
        if target
        else (),
    )


def split_page(session: Session, viewer: Viewer, thread: Thread) -> SplitPage:
    """The page on which positions of a thread are chosen to go into a new one."""
    return SplitPage(
        thread=_about(session, viewer, thread, has_targets=False),
        positions=_goers(session, viewer, thread),
        themes=theme_options(thread.series.themes, kept=thread.themes),
        scales=scale_options(thread.series.scales, kept=thread.scales),
        loosest=thread.attribution,
        dates_ahead=tuple(DATED[stage] for stage in ("weighing", "making_sense", "closed")),
    )


def move_page(
    session: Session, viewer: Viewer, thread: Thread, position: Position, *, find: str = ""
) -> MovePage:
    """The page on which one position goes to another thread, whose question has these words."""
    return MovePage(_about(session, viewer, thread, find=find), _goer(viewer, thread, position))


def _about(
    session: Session, viewer: Viewer, thread: Thread, *, find: str = "", has_targets: bool = True
) -> Regrouped:
    series = thread.series
    is_own = (
        thread.stage == "proposed"
        and is_proposer(viewer, thread)
        and not allowed(viewer, May.CONVENE, series)
    )
    asked = _targets(thread, find).limit(MOST_TARGETS + 1)
    targets = session.scalars(asked).all() if has_targets else ()
    is_free = not thread.is_hidden and series.status == "open" and not is_own
    return Regrouped(
        id=thread.public_id,
        slug=thread.slug,
        url=paths.thread(thread.slug),
        curate_url=paths.curate_thread(thread.slug),
        history_url=paths.thread_history(thread.slug),
        act_url=paths.regroup_thread(thread.slug),
        series_slug=series.slug,
        series_title=series.title,
        question=thread.question,
        stage=thread.stage,
        is_own_proposal=is_own,
        why_not=""
        if thread.stage in LEAVING["merge"]
        else str(STAYING[thread.stage]) % {"question": thread.question},
        can_merge=is_free and thread.stage in LEAVING["merge"] and bool(targets or find),
        can_split=is_free and thread.stage in LEAVING["split"],
        targets=tuple(Option(one.slug, one.question) for one in targets[:MOST_TARGETS]),
        looked_for=find,
        is_cut=len(targets) > MOST_TARGETS,
    )


def _targets(thread: Thread, find: str = "") -> Select[Thread]:
    words = [Thread.question.icontains(word, autoescape=True) for word in find.split()[:MOST_WORDS]]
    return (
        select(Thread)
        .where(Thread.series_id == thread.series_id)
        .where(Thread.id != thread.id)
        .where(Thread.stage == "open")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .where(*words)
        .order_by(Thread.question, Thread.id)
    )


def _goers(session: Session, viewer: Viewer, thread: Thread) -> tuple[Goer, ...]:
    """Shown ones in reading order, then those that wait."""
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_((WAITING, *SHOWN_STATES)))
        .order_by(Position.number.is_(None), *READING_ORDER)
        .options(joinedload(Position.live), joinedload(Position.thread).joinedload(Thread.series))
    ).all()
    return tuple(_goer(viewer, thread, row) for row in rows)


def _goer(viewer: Viewer, thread: Thread, row: Position) -> Goer:
    may = allowed(viewer, May.MOVE_POSITION, row)
    newest = row.live if row.state != WAITING else row.revisions[-1]
    is_text = row.state in ("published", WAITING)
    return Goer(
        id=row.public_id,
        number=row.number or 0,
        claim=newest.claim if newest and is_text else "",
        state=row.state,
        url=paths.position(row.public_id),
        move_url=paths.move_position(thread.slug, row.public_id) if may else "",
        is_own=not may,
    )


def _count_responses(session: Session, thread: Thread) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Response)
            .join(Position, Position.id == Response.position_id)
            .where(Position.thread_id == thread.id)
            .where(Response.state == "published")
        )
        or 0
    )


def _past(session: Session, viewer: Viewer, thread: Thread, now: datetime) -> tuple[Past, ...]:
    rows = session.scalars(
        select(Regrouping)
        .where((Regrouping.source_id == thread.id) | (Regrouping.target_id == thread.id))
        .order_by(Regrouping.id.desc())
        .options(
            joinedload(Regrouping.source).joinedload(Thread.series),
            joinedload(Regrouping.target),
            joinedload(Regrouping.decision),
        )
    ).all()
    return tuple(_of_past(viewer, row, thread, now) for row in rows)


def _of_past(viewer: Viewer, row: Regrouping, thread: Thread, now: datetime) -> Past:
    may = row.undone_at is None and may_undo(viewer, row, now)
    is_theirs = row.decision.decided_by_id == viewer.person_id
    return Past(
        kind=row.kind,
        from_question=row.source.question,
        from_url=paths.thread(row.source.slug),
        to_question=row.target.question,
        to_url=paths.thread(row.target.slug),
        on=clock.day(row.at),
        why=row.decision.why,
        moved=len(row.moved),
        undone_on=clock.day(row.undone_at) if row.undone_at else None,
        undo_url=paths.undo_regrouping(thread.slug, row.public_id) if may else "",
        undo_until=row.at + timedelta(hours=UNDO_HOURS) if may and is_theirs else None,
    )
