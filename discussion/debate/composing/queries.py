"""The kinds of drafts there are: what each is known by, and where its writer goes on with it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.registers import Register


@dataclass(frozen=True)
class Place:
    """Where a draft belongs, and its page."""

    thread: Thread
    url: str


@dataclass(frozen=True)
class Kind:
    """One kind of draft; what it is about is found by public ids."""

    name: str
    title: str  # the field by which a draft is known
    find: Callable[[Session, Collection[str]], Mapping[str, Place]]


KINDS: Register[Kind] = Register()


@dataclass(frozen=True)
class Own:
    """One's own draft, and where one goes on with it."""

    row: KeptDraft
    title: str  # as typed
    place: Place


def list_own(session: Session, viewer: Viewer, now: datetime) -> list[Own]:
    """Everything somebody may go on with, the newest first; one statement a kind."""
    kinds = {kind.name: kind for kind in KINDS}
    rows = session.scalars(
        select(KeptDraft)
        .where(KeptDraft.person_id == viewer.person_id)
        .where(KeptDraft.kind.in_(kinds))
        .where(or_(KeptDraft.expires_at.is_(None), KeptDraft.expires_at > now))
        .order_by(KeptDraft.saved_at.desc(), KeptDraft.id)
    ).all()
    places = {
        name: kind.find(session, ids) for name, kind in kinds.items() if (ids := _about(rows, name))
    }
    return [
        Own(row, "".join(row.typed.get(kinds[row.kind].title, [])[:1]), place)
        for row in rows
        if (place := places[row.kind].get(row.subject_id))
    ]


def _about(rows: Sequence[KeptDraft], kind: str) -> list[str]:
    return [row.subject_id for row in rows if row.kind == kind]
