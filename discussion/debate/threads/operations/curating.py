"""Editing a thread, hiding it, and what moderators do with the positions in it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.debate.positions.models import EditorsNote, Position
from discussion.debate.positions.operations.publishing import tighten_thread
from discussion.debate.threads.drafts import (
    EditDraft,
    problems_in,
    problems_in_note,
    problems_in_why,
)
from discussion.debate.threads.models import OldAddress, Thread
from discussion.debate.threads.operations.proposing import bounds_of, free_slug, refuse_own, write
from discussion.debate.threads.operations.record import case_of, lock_thread, record
from discussion.debate.threads.words import DATED, STAGES
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.recording import write_decision
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused, refuse


def edit_thread(
    session: Session, actor: Viewer, thread: Thread, draft: EditDraft, *, now: datetime
) -> Thread:
    """Change what the thread says and when it moves; raises Invalid.

    Where attribution tightens, everything written in the thread tightens with it. With a new
    address the former one leads to it for ever.
    """
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    problems = problems_in(draft, bounds_of(thread.series, thread=thread))
    if problems:
        raise Invalid(problems)
    before = {"question": thread.question, "attribution": thread.attribution, "slug": thread.slug}
    was = _fields(thread)
    write(session, thread, draft)
    thread.summary = text.line(draft.summary)
    _set_dates_ahead(thread, draft)
    if draft.has_new_address:
        _give_new_address(session, thread)
    if thread.attribution != before["attribution"]:
        tighten_thread(session, thread)
    thread.changed_at = now
    changed = [name for name, value in _fields(thread).items() if value != was[name]]
    ruling = Ruling("edit", marks=changed, details=before)
    write_decision(session, actor, case_of(thread), ruling, now=now)
    return thread


def _fields(thread: Thread) -> dict[str, object]:
    """What moderators may edit, as the history of the thread names it: words.FIELDS."""
    return {
        "question": thread.question,
        "context": thread.context,
        "language": thread.language,
        "themes": [theme.id for theme in thread.themes],
        "levels": list(thread.levels),
        "scales": [scale.id for scale in thread.scales],
        "attribution": thread.attribution,
        "use_of_result": thread.use_of_result,
        "summary": thread.summary,
        "dates": [getattr(thread, name) for name in DATED.values()],
        "address": thread.slug,
    }


def hide_thread(
    session: Session, actor: Viewer, thread: Thread, *, why: str, now: datetime
) -> Thread:
    """Take a thread out of sight of everybody but the moderators."""
    require(actor, May.CURATE_THREAD, thread)

    def check(_ruling: Ruling) -> None:
        if thread.is_hidden:
            raise Refused(_("This thread is already hidden."))
        refuse(problems_in_why(why))

    _show_or_hide(session, actor, thread, Ruling("hide", why=why), check, now)
    return thread


def restore_thread(
    session: Session, actor: Viewer, thread: Thread, *, why: str = "", now: datetime
) -> Thread:
    """Show a hidden thread again; a declined proposal waits again."""
    require(actor, May.CURATE_THREAD, thread)
    if thread.stage == "proposed":
        refuse_own(actor, thread)

    def check(_ruling: Ruling) -> None:
        if not thread.is_hidden:
            raise Refused(_("This thread is not hidden."))
        refuse(problems_in_why(why, is_required=False))

    _show_or_hide(session, actor, thread, Ruling("restore", why=why), check, now)
    return thread


def _show_or_hide(
    session: Session,
    actor: Viewer,
    thread: Thread,
    ruling: Ruling,
    check: Callable[[Ruling], None],
    now: datetime,
) -> None:
    """Its proposer, if there is one, gets a statement of reasons."""

    def hold() -> Case:
        lock_thread(session, thread)
        return case_of(thread, thread.proposed_by_id)

    def apply(ruling: Ruling) -> Ruling:
        thread.is_hidden = ruling.action == "hide"
        thread.changed_at = now
        return ruling

    carry_out(session, actor, ruling, Steps(hold, check, apply), now=now)


def mark_position(
    session: Session, actor: Viewer, position: Position, mark: str, *, now: datetime
) -> None:
    """Pin, unpin, feature or unfeature a position."""
    require(actor, May.CURATE_POSITION, position)
    if mark not in MARKS:
        raise Refused(_("A position can be pinned or featured."))
    name, is_on = MARKS[mark]
    setattr(position, name, is_on)
    record(session, actor, position, mark, now=now)


MARKS = {
    "pin": ("is_pinned", True),
    "unpin": ("is_pinned", False),
    "feature": ("is_featured", True),
    "unfeature": ("is_featured", False),
}


def note_on_thread(
    session: Session,
    actor: Viewer,
    thread: Thread,
    note: str,
    *,
    language: str = "",
    now: datetime,
) -> EditorsNote:
    """Write a note on a thread, always labelled as the moderators'."""
    require(actor, May.CURATE_THREAD, thread)
    row = _note(actor, thread, note, language, now)
    row.thread_id = thread.id
    session.add(row)
    record(session, actor, thread, "note", why=row.text, now=now)
    return row


def note_on_position(
    session: Session,
    actor: Viewer,
    position: Position,
    note: str,
    *,
    language: str = "",
    now: datetime,
) -> EditorsNote:
    """Write a note on a position, always labelled as the moderators'."""
    require(actor, May.CURATE_POSITION, position)
    row = _note(actor, position.thread, note, language, now)
    row.position_id = position.id
    session.add(row)
    record(session, actor, position, "note", why=row.text, now=now)
    return row


def take_note_away(
    session: Session, actor: Viewer, thread: Thread, note_id: int, *, now: datetime
) -> None:
    """Take away a note on the thread or on a position in it; the record keeps what it said."""
    require(actor, May.CURATE_THREAD, thread)
    note = session.scalar(
        select(EditorsNote)
        .outerjoin(EditorsNote.position)
        .where(EditorsNote.id == note_id)
        .where(EditorsNote.removed_at.is_(None))
        .where((EditorsNote.thread_id == thread.id) | (Position.thread_id == thread.id))
    )
    if note is None:
        raise Refused(_("This note is no longer there."))
    if note.position is not None:  # nobody takes away what was said about their own
        require(actor, May.CURATE_POSITION, note.position)
    subject = note.position or thread
    note.removed_at = now
    record(session, actor, subject, "unnote", why=note.text, now=now)


def _note(actor: Viewer, thread: Thread, note: str, language: str, now: datetime) -> EditorsNote:
    if problems := problems_in_note(note, language):
        raise Invalid(problems)
    return EditorsNote(
        text=text.paragraphs(note),
        language=text.language_of(note, language, thread.usual_languages),
        written_by_id=actor.person_id,
        written_on=clock.day(now),
    )


def _set_dates_ahead(thread: Thread, draft: EditDraft) -> None:
    """A stage that is past or present keeps the day on which it began."""
    stages = list(STAGES)
    for stage in stages[stages.index(thread.stage) + 1 :]:
        setattr(thread, DATED[stage], getattr(draft, DATED[stage]))


def _give_new_address(session: Session, thread: Thread) -> None:
    old = thread.slug
    if text.slugify(thread.question) == old:
        return
    thread.slug = free_slug(session, thread.question)
    session.add(OldAddress(slug=old, thread_id=thread.id))
    session.flush()
