"""Drafts of who is signed in: what was typed, exactly so, until it is published or thrown away.

A draft begun in a thread that was merged since is found in the thread it went into, and belongs
there from when it is saved next.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import list_merged_into
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.series.series.models import Series

EARLIER = "_old"  # after a kind: the draft that a claimed one took the place of

Typed = Mapping[str, list[str]]


READY = {"do": ["publish"]}  # the button that was pressed, kept with what was typed


class About(Protocol):
    """What a text is written about: a thread, a position, one's own response."""

    @property
    def public_id(self) -> str: ...
    @property
    def thread(self) -> Thread: ...
    @property
    def series(self) -> Series: ...


class SavedElsewhere(Exception):
    """The draft was saved elsewhere since; nothing was overwritten."""

    def __init__(self, kept: KeptDraft) -> None:
        super().__init__("the draft was saved elsewhere since")
        self.kept = kept


def keep_draft(
    session: Session,
    actor: Viewer,
    kind: str,
    subject: About,
    typed: Typed,
    *,
    version: int | None,
    now: datetime,
) -> KeptDraft:
    """Keep what somebody signed in has typed about something.

    `version` is the one that was last read, 0 for none; None overwrites. Raises SavedElsewhere
    when another tab or device has saved since.
    """
    require(actor, May.KEEP_DRAFT, subject.thread)
    kept = _first_of(_kept_by(session, actor, kind, subject, locks=True), kind)
    if kept is None:
        return _first(session, actor, kind, subject, typed, now)
    if version is not None and version != kept.version:
        raise SavedElsewhere(kept)
    kept.subject_id = subject.public_id
    kept.typed, kept.version, kept.saved_at = dict(typed), kept.version + 1, now
    session.flush()
    return kept


def keep_beside(
    session: Session, actor: Viewer, kind: str, subject: About, typed: Typed, *, now: datetime
) -> KeptDraft:
    """Keep what was typed elsewhere as what to go on with; one's draft is set aside, not lost."""
    require(actor, May.KEEP_DRAFT, subject.thread)
    own = _first_of(_kept_by(session, actor, kind, subject, locks=True), kind)
    if own is None or own.typed == dict(typed):
        return keep_draft(session, actor, kind, subject, typed, version=None, now=now)
    set_aside(session, own)
    kept = _first(session, actor, kind, subject, typed, now)
    kept.version = own.version + 1
    session.flush()
    return kept


def as_ready(typed: Typed) -> Typed:
    """What was typed, to be handed in once its writer has come in."""
    return {**typed, **READY}


def is_ready(kept: KeptDraft) -> bool:
    """Whether its writer pressed *Publish* before they came in."""
    return all(kept.typed.get(name) == pressed for name, pressed in READY.items())


def take_ready(session: Session, actor: Viewer) -> list[KeptDraft]:
    """What the actor asked to be handed in before they came in, once each: it is a draft again."""
    require(actor, May.KEEP_ACCOUNT)
    rows = session.scalars(
        select(KeptDraft).where(KeptDraft.person_id == actor.person_id).order_by(KeptDraft.id)
    ).all()
    ready = [row for row in rows if is_ready(row)]
    for row in ready:
        row.typed = {name: typed for name, typed in row.typed.items() if name not in READY}
    session.flush()
    return ready


def find_draft(
    session: Session, viewer: Viewer | None, kind: str, subject: About, *, locks: bool = False
) -> KeptDraft | None:
    """One's own draft about a thread or a position; with EARLIER after the kind, the one before.

    With `locks` it is held until the transaction ends, and read anew.
    """
    if viewer is None:
        return None
    base = kind.removesuffix(EARLIER)
    rows = _kept_by(session, viewer, base, subject, locks=locks)
    newest = _first_of(rows, base)
    if kind == base:
        return newest
    return next((row for row in rows if row is not newest), None)


def is_about(session: Session, kept: KeptDraft, subject: About) -> bool:
    """Whether a draft is of this thread, or of one that went into it, or of this position."""
    return kept.subject_id in _subjects(session, subject)


def discard_draft(session: Session, actor: Viewer, kind: str, subject: About) -> None:
    """Throw away one's own draft, and the earlier one beside it."""
    require(actor, May.KEEP_ACCOUNT)
    session.execute(
        delete(KeptDraft)
        .where(KeptDraft.person_id == actor.person_id)
        .where(KeptDraft.kind.in_((kind, kind + EARLIER)))
        .where(KeptDraft.subject_id.in_(_subjects(session, subject)))
    )


def _first(
    session: Session, actor: Viewer, kind: str, subject: About, typed: Typed, now: datetime
) -> KeptDraft:
    kept = KeptDraft(
        person_id=actor.person_id,
        kind=kind,
        subject_id=subject.public_id,
        typed=dict(typed),
        saved_at=now,
    )
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError:  # another tab was the first a moment ago
        raise SavedElsewhere(
            session.scalars(_own(actor.person_id, kind, subject.public_id)).one()
        ) from None
    return kept


def set_aside(session: Session, own: KeptDraft) -> None:
    session.execute(
        delete(KeptDraft)
        .where(KeptDraft.person_id == own.person_id)
        .where(KeptDraft.kind == own.kind + EARLIER)
        .where(KeptDraft.subject_id == own.subject_id)
    )
    own.kind += EARLIER
    session.flush()


def locked(session: Session, person_id: int, kind: str, subject_id: str) -> KeptDraft | None:
    return session.scalar(_own(person_id, kind, subject_id).with_for_update())


def _own(person_id: int, kind: str, subject_id: str) -> Select[KeptDraft]:
    return (
        select(KeptDraft)
        .where(KeptDraft.person_id == person_id)
        .where(KeptDraft.kind == kind)
        .where(KeptDraft.subject_id == subject_id)
    )


def _kept_by(
    session: Session, viewer: Viewer, kind: str, subject: About, *, locks: bool = False
) -> list[KeptDraft]:
    """All that somebody kept of it: what to go on with, then what that took the place of."""
    rows = session.scalars(
        select(KeptDraft)
        .where(KeptDraft.person_id == viewer.person_id)
        .where(KeptDraft.kind.in_((kind, kind + EARLIER)))
        .where(KeptDraft.subject_id.in_(_subjects(session, subject)))
        .order_by(
            KeptDraft.kind,
            KeptDraft.subject_id != subject.public_id,
            KeptDraft.saved_at.desc(),
            KeptDraft.id,
        )
    )
    found = list(rows)
    for row in found if locks else ():
        session.refresh(row, with_for_update=True)
    return found


def _first_of(rows: list[KeptDraft], kind: str) -> KeptDraft | None:
    return next((row for row in rows if row.kind == kind), None)


def _subjects(session: Session, subject: About) -> list[str]:
    """The public ids under which drafts of it stand: its own, and of what was merged into it."""
    thread = subject.thread
    came = list_merged_into(session, thread) if thread is subject else []
    return [subject.public_id, *(thread.public_id for thread in came)]
