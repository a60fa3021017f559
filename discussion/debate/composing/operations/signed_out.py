"""Drafts of who is not signed in: found again by a token that the browser keeps, and claimed."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations.own import (
    About,
    Typed,
    is_about,
    locked,
    set_aside,
)
from discussion.people.accounts.words_kept import joined, tokens_in
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require

KEPT_SIGNED_OUT = timedelta(days=7)


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
        own = locked(session, actor.person_id, kept.kind, kept.subject_id)
        if own is not None:
            set_aside(session, own)
            kept.version = own.version + 1
        kept.person_id, kept.token_hash, kept.expires_at = actor.person_id, None, None
        session.flush()
    return claimed


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
