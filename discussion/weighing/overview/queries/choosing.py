"""In which thread to write: those that take positions by theme, and why the others do not."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.moving import LIVE_STATES
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import closed_in_words, voices_among
from discussion.language import _, in_words
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.joining import Joining, find_joining
from discussion.series.series.models import Series, Theme
from discussion.series.series.queries.reading import find_series
from discussion.weighing.overview.queries.rating import offer_rating
from discussion.weighing.overview.queries.route import Listed, last_day, list_threads, live_themes
from discussion.weighing.overview.queries.shapes import (
    ClosedLine,
    WriteChoice,
    WriteLine,
    WriteTheme,
)


def write_choice(session: Session, viewer: Viewer | None, slug: str) -> WriteChoice | None:
    """Every thread that the viewer may read, once, as it stands to somebody who would write."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    themes = live_themes(session, series)
    listed = list_threads(session, viewer, series)
    asked = [thread for thread in listed.threads.values() if thread.stage != "proposed"]
    voices = _voices(session, viewer, asked)
    takes = {thread.id for thread in asked if _takes(viewer, thread, voices)}
    own, kept = _own(session, viewer, asked), _kept(session, viewer, asked)
    can_propose = allowed(viewer, May.PROPOSE_THREAD, series)
    here = paths.choose_thread(series.slug)
    joining = find_joining(session, viewer, series, here, clock.now())
    return WriteChoice(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        language=series.language,
        themes=_by_theme(themes, listed, [one for one in asked if one.id in takes], own, kept),
        closed=tuple(_closed(one) for one in asked if one.id not in takes),
        needs=_needs(viewer, series, joining),
        joining=joining,
        rating=offer_rating(viewer, asked, listed.rounds.values()),
        propose_url=paths.propose_thread(series.slug) if can_propose else "",
    )


def _takes(viewer: Viewer | None, thread: Thread, voices: frozenset[int]) -> bool:
    """Whether new positions are taken; while it is closed to new voices, from who has one."""
    if thread.series.status != "open" or not facts.takes_positions(viewer, thread):
        return False
    return thread.closed_to != "new_voices" or thread.id in voices


def _voices(session: Session, viewer: Viewer | None, asked: Sequence[Thread]) -> frozenset[int]:
    guarded = [thread.id for thread in asked if thread.closed_to == "new_voices"]
    if viewer is None or not guarded:
        return frozenset()
    return voices_among(session, viewer.person_id, guarded)


def _needs(viewer: Viewer | None, series: Series, joining: Joining | None) -> str:
    """What is still needed before a position can be handed in; empty for who may."""
    if series.status != "open":
        return "over" if series.status in facts.OVER_STATUSES else "draft"
    if viewer is None:
        return "sign_in"
    if not viewer.is_confirmed:
        return "confirm"
    if series.id in viewer.paused_in:
        return "paused"
    if facts.may_contribute(viewer, series):
        return ""
    return "join" if joining and joining.url else "invitation"


def _own(session: Session, viewer: Viewer | None, asked: Sequence[Thread]) -> dict[int, str]:
    """By thread's id, the address of one's own position there."""
    if viewer is None:
        return {}
    rows = session.execute(
        select(Position.thread_id, Position.public_id)
        .where(Position.thread_id.in_([thread.id for thread in asked]))
        .where(Position.author_id == viewer.person_id)
        .where(Position.state.in_(LIVE_STATES))
        .where(Position.is_second.is_(False))
    )
    return {thread_id: paths.position(public_id) for thread_id, public_id in rows}


def _kept(session: Session, viewer: Viewer | None, asked: Sequence[Thread]) -> frozenset[str]:
    """Public ids of the threads in which a draft is kept."""
    if viewer is None:
        return frozenset()
    rows = session.scalars(
        select(KeptDraft.subject_id)
        .where(KeptDraft.person_id == viewer.person_id)
        .where(KeptDraft.kind == "position")
        .where(KeptDraft.subject_id.in_([thread.public_id for thread in asked]))
    )
    return frozenset(rows)


def _by_theme(
    themes: Sequence[Theme],
    listed: Listed,
    open_ones: Sequence[Thread],
    own: dict[int, str],
    kept: frozenset[str],
) -> tuple[WriteTheme, ...]:
    """Each thread under the first of its themes that is still used; those of none come last."""
    used = {theme.id: theme for theme in themes}
    grouped: dict[int | None, list[WriteLine]] = {}
    for thread in open_ones:
        home = next((id for id in listed.themes_of[thread.id] if id in used), None)
        grouped.setdefault(home, []).append(_line(thread, own, kept))
    found = [
        WriteTheme(theme.slug, theme.question, tuple(grouped[theme.id]))
        for theme in themes
        if theme.id in grouped
    ]
    if None in grouped:
        found.append(WriteTheme("", "", tuple(grouped[None])))
    return tuple(found)


def _line(thread: Thread, own: dict[int, str], kept: frozenset[str]) -> WriteLine:
    state = "yours" if thread.id in own else "kept" if thread.public_id in kept else "open"
    return WriteLine(
        question=thread.question,
        language=thread.language,
        url=own.get(thread.id) or paths.write(thread.slug),
        state=state,
        until=last_day(thread),
    )


def _closed(thread: Thread) -> ClosedLine:
    return ClosedLine(
        question=thread.question,
        language=thread.language,
        url=paths.thread(thread.slug),
        why=_why(thread),
    )


def _why(thread: Thread) -> str:
    if thread.stage == "open" and thread.series.status == "open":
        return closed_in_words(thread)
    if thread.series.status in facts.OVER_STATUSES:
        return _("The series is over.")
    if thread.stage == "open":
        return _("The series is not open yet.")
    if thread.stage == "weighing":
        return _("People are rating statements drawn from its positions.")
    if thread.stage == "making_sense":
        return _("Its findings are being discussed.")
    if thread.closed_on is not None:
        return _("Closed on %(date)s.", date=in_words(thread.closed_on))
    return _("Closed.")
