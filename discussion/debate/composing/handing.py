"""What somebody had ready before they came in is handed in as they come; nothing is asked again."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from flask import flash
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.composing import operations as drafts
from discussion.debate.composing.composition import Beside, Elsewhere, HandedIn
from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import About
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.people.accounts.shapes import Waiting
from discussion.people.accounts.words_kept import tokens_in
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid
from discussion.registers import Register


class Ready(Protocol):
    """A kept draft that was ready, read again as what handing it in takes."""

    @property
    def subject(self) -> About:
        """What it is about, and its draft."""

    @property
    def thread(self) -> Thread:
        """Where it stands."""

    @property
    def said(self) -> str:
        """By which its writer knows it."""

    @property
    def page(self) -> str:
        """Where its writer goes on with it."""

    def hand_in(self, session: Session, actor: Viewer, now: datetime) -> HandedIn | Beside:
        """Hand it in. Raises Invalid, Forbidden and Elsewhere."""


# None for drafts of another kind, and where what it is about cannot be read any more.
ReadReady = Callable[[Session, Viewer | None, KeptDraft], Ready | None]
READERS: Register[ReadReady] = Register()


class NotReadable(Exception):
    """What it was written about cannot be read any more."""


REFUSED = (Invalid, Forbidden, Elsewhere, NotReadable)


def hand_in_ready(session: Session, actor: Viewer, onward: str) -> str:
    """Hand it in, and return the page to go on to: the one that says so, or that of the draft."""
    leads: list[str] = []
    for kept in drafts.take_ready(session, actor):
        if leads:
            actor = _as_now(session, actor)  # they may belong to a series by what came before
        try:
            with session.begin_nested():
                led = _hand_in(session, actor, kept)
        except REFUSED:
            flash(
                _("What you wrote is kept, and not handed in yet: see what is still needed."),
                "kept",
            )
            ready = _read(session, actor, kept)
            led = ready.page if ready else ""
        leads.append(led)
    if len(leads) > 1:
        flash(
            _("What you wrote in several places is handed in or kept: see “My contributions”."),
            "done",
        )
    return next((led for led in reversed(leads) if led), onward)


def waiting_at(session: Session, token: str) -> tuple[Waiting, ...]:
    """What is handed in once an address is confirmed, to be said before the button is pressed."""
    kept = drafts.list_by_token(session, token, now=clock.now())
    return tuple(
        Waiting(row.kind, ready.said, ready.thread.question, ready.thread.language)
        for row in reversed(kept)
        if drafts.is_ready(row) and (ready := _read(session, None, row)) is not None
    )


def held_at(session: Session, token: str) -> tuple[tuple[str, datetime], ...]:
    """What nobody took up yet of these tokens: the token of each, and when it was saved."""
    found = ((one, drafts.find_by_token(session, one, now=clock.now())) for one in tokens_in(token))
    return tuple((one, kept.saved_at) for one, kept in found if kept is not None)


def _read(session: Session, viewer: Viewer | None, kept: KeptDraft) -> Ready | None:
    found = (read(session, viewer, kept) for read in READERS)
    return next((ready for ready in found if ready is not None), None)


def _hand_in(session: Session, actor: Viewer, kept: KeptDraft) -> str:
    ready, now = _read(session, actor, kept), clock.now()
    if ready is None:
        raise NotReadable
    done = ready.hand_in(session, actor, now)
    if isinstance(done, Beside):
        drafts.keep_beside(session, actor, done.kind, done.subject, kept.typed, now=now)
        drafts.discard_draft(session, actor, kept.kind, ready.subject)
        flash(done.sentence, "kept")
    elif done.sentence:
        flash(done.sentence, "done")
    return done.url


def _as_now(session: Session, actor: Viewer) -> Viewer:
    return viewer_of(session, session.get_one(Person, actor.person_id), clock.now())
