"""Kept drafts: what somebody typed, exactly as typed, until it is published or thrown away.

A draft begun in a thread that was merged since is found in the thread it went into, and belongs
there from when it is saved next.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Protocol

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import list_merged_into
from discussion.people.accounts.words_kept import joined, tokens_in
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.series.series.models import Series

KEPT_SIGNED_OUT = timedelta(days=7)
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
    _set_aside(session, own)
    kept = _first(session, actor, kind, subject, typed, now)
    kept.version = own.version + 1
    session.flush()
    return kept


def keep_signed_out(
    session: Session,
    kind: str,
    subject: About,
    typed: Typed,
    *,
    token: str,
    now: datetime,
    named: str = "",
) -> str:
    """Keep what a visitor has typed for seven days; returns the tokens that find it again.

    `token` are those that this browser had: what was written before is kept beside it, since it
    may have been somebody else, but for the draft that the page goes on with, which is `named`.
    """
    require(None, May.KEEP_DRAFT, subject.thread)
    had = tokens_in(token)
    for own in had:
        kept = find_by_token(session, own, now=now)
        if kept is None or (kept.kind, kept.subject_id) != (kind, subject.public_id):
            continue
        if own in tokens_in(named) or kept.typed == dict(typed):
            kept.version += 1
            break
    else:
        own = token_urlsafe(24)
        kept = KeptDraft(kind=kind, subject_id=subject.public_id, token_hash=hashed(own))
        session.add(kept)
    kept.typed, kept.saved_at, kept.expires_at = dict(typed), now, now + KEPT_SIGNED_OUT
    session.flush()
    return joined(own, *had)


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


def find_by_token(session: Session, token: str, *, now: datetime) -> KeptDraft | None:
    """The newest draft that was kept signed out and has neither been claimed nor expired."""
    return next(iter(list_by_token(session, token, now=now)), None)


def list_by_token(session: Session, token: str, *, now: datetime) -> list[KeptDraft]:
    """All drafts that were kept signed out in one browser, the newest first."""
    hashes = [hashed(one) for one in tokens_in(token)]
    if not hashes:
        return []
    rows = session.scalars(
        select(KeptDraft).where(KeptDraft.token_hash.in_(hashes)).where(KeptDraft.expires_at > now)
    ).all()
    return sorted(rows, key=lambda row: hashes.index(row.token_hash or ""))


def find_signed_out(
    session: Session, kind: str, subject: About, token: str, *, now: datetime
) -> KeptDraft | None:
    """What was written signed out about this thread or position."""
    kept = list_by_token(session, token, now=now)
    return next((row for row in kept if row.kind == kind and is_about(session, row, subject)), None)


def claim_drafts(session: Session, actor: Viewer, token: str, *, now: datetime) -> list[KeptDraft]:
    """Make what was kept under a token the actor's own, after signing in or confirming.

    A draft the actor already had of the same thing is not lost: it is kept aside as the earlier
    one, and the writing page offers it.
    """
    require(actor, May.KEEP_ACCOUNT)
    claimed = list_by_token(session, token, now=now)
    for kept in reversed(claimed):
        own = _locked(session, actor.person_id, kept.kind, kept.subject_id)
        if own is not None:
            _set_aside(session, own)
            kept.version = own.version + 1
        kept.person_id, kept.token_hash, kept.expires_at = actor.person_id, None, None
        session.flush()
    return claimed


def discard_draft(session: Session, actor: Viewer, kind: str, subject: About) -> None:
    """Throw away one's own draft, and the earlier one beside it."""
    require(actor, May.KEEP_ACCOUNT)
    session.execute(
        delete(KeptDraft)
        .where(KeptDraft.person_id == actor.person_id)
        .where(KeptDraft.kind.in_((kind, kind + EARLIER)))
        .where(KeptDraft.subject_id.in_(_subjects(session, subject)))
    )


def discard_signed_out(
    session: Session, kind: str, subject: About, token: str, *, now: datetime
) -> None:
    """Throw away what was kept of this under a token: whoever holds it may."""
    require(None, May.ENTER)
    if kept := find_signed_out(session, kind, subject, token, now=now):
        session.delete(kept)
        session.flush()


def forget_expired(session: Session, *, now: datetime) -> int:
    """Delete what was kept signed out and not claimed in time; returns how many. For the clock."""
    expired = session.scalars(select(KeptDraft).where(KeptDraft.expires_at <= now)).all()
    for kept in expired:
        session.delete(kept)
    session.flush()
    return len(expired)


def hashed(token: str) -> str:
    """By which a token is found again; the token itself is stored nowhere."""
    return sha256(token.encode(errors="replace")).hexdigest()


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


def _set_aside(session: Session, own: KeptDraft) -> None:
    session.execute(
        delete(KeptDraft)
        .where(KeptDraft.person_id == own.person_id)
        .where(KeptDraft.kind == own.kind + EARLIER)
        .where(KeptDraft.subject_id == own.subject_id)
    )
    own.kind += EARLIER
    session.flush()


def _locked(session: Session, person_id: int, kind: str, subject_id: str) -> KeptDraft | None:
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
