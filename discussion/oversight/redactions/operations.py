"""Taking words out, putting them back while they are kept, and destroying what was kept."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out, case_of
from discussion.decisions.operations.notifications import tell
from discussion.decisions.operations.recording import find_reason
from discussion.decisions.words import MAX_WHY
from discussion.jobs.queue import enqueue
from discussion.language import _, _n, in_language, in_words
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.redactions.queries.fields import find_row, list_fields, write_html
from discussion.oversight.redactions.queries.gaps import Gapped, gapped
from discussion.oversight.redactions.queries.page import names_of
from discussion.oversight.redactions.queries.reasons import find_reasons, find_withholding
from discussion.oversight.redactions.words import MAX_DAYS, MAX_PHRASE, MAX_PHRASES, MOMENT, WHAT
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.models import Reason
from discussion.subjects.finding import about, subject_of
from discussion.subjects.kinds import Subject
from discussion.vocabulary import Vocabulary, of_series
from discussion.weighing.statements.models import Statement

PUT_BACK, TAKE_QUOTES = "redactions.put_back", "redactions.take_quotes"


def redact(
    session: Session,
    actor: Viewer,
    subject: Subject,
    draft: RedactionDraft,
    *,
    close: Callable[[str], str],
    now: datetime,
) -> Redaction:
    """Take the phrases out of every version of a piece of writing, and seal what stood there.

    `close` encrypts; with 0 days nothing is kept. Nothing that is written down holds the words: not
    the decision, not the chain, not the letter. Raises Refused with what is missing.
    """
    require(actor, May.REDACT, subject.row)
    series = series_of(subject.row)
    known = of_series(series.slug)
    before: list[dict[str, Any]] = []
    places = 0
    made: list[Redaction] = []

    def hold() -> Case:
        _refuse_incomplete(draft, find_reason(session, series, draft.reason))
        _hold(session, subject)
        return case_of(subject)

    def apply(ruling: Ruling) -> Ruling:
        nonlocal places
        taken = [
            each
            for field in list_fields(session, subject)
            if (each := gapped(field, draft.phrases, draft.what, known)) is not None
        ]
        withheld = find_reasons(session, subject, draft.phrases)
        if not taken and not withheld:
            raise Refused(_("No version contains these words. Write them exactly as in the text."))
        before.extend(_written(each) for each in taken)
        _write(taken, now)
        _date(subject.row, now)
        session.flush()
        places = sum(each.places for each in taken) + len(withheld)
        with in_language(series.language):
            facts = facts_of(draft, places, now, known)
        details = {
            "what": draft.what,
            "places": places,
            "days": draft.days,
            "withholds": list(withheld),
        }
        return replace(ruling, facts=facts, details=details)

    def follow(decision: Decision) -> None:
        made.append(
            Redaction(
                series_id=series.id,
                subject_kind=subject.kind,
                subject_id=subject.id,
                what=draft.what,
                places=places,
                sealed=close(json.dumps(before)) if draft.days else None,
                decision_id=decision.id,
                made_at=now,
                destroy_at=now + timedelta(days=draft.days),
                destroyed_at=None if draft.days else now,
            )
        )
        session.add_all(made)
        session.flush()
        _hurry_earlier(session, made[0], now)
        tell(session, decision, now)

    ruling = Ruling("redact", draft.reason, draft.why)
    carry_out(session, actor, ruling, Steps(hold, apply=apply, follow=follow), now=now)
    return made[0]


def undo(
    session: Session,
    actor: Viewer,
    redaction: Redaction,
    subject: Subject,
    *,
    open_seal: Callable[[str], str],
    close: Callable[[str], str],
    now: datetime,
) -> list[str]:
    """Put the words back where nothing was changed since; returns where that could not be done.

    What could not be put back stays sealed until its day, and may be tried again.
    """
    require(actor, May.REDACT, subject.row)
    left: list[dict[str, Any]] = []

    def apply(ruling: Ruling) -> Ruling:
        left.extend(
            put_back(session, redaction, subject, open_seal=open_seal, close=close, now=now)
        )
        return replace(ruling, details={"redaction": redaction.public_id, "left": len(left)})

    steps = Steps(lambda: case_of(subject), apply=apply)
    carry_out(session, actor, Ruling("unredact"), steps, now=now)
    return names_of(left)


def put_back(
    session: Session,
    redaction: Redaction,
    subject: Subject,
    *,
    open_seal: Callable[[str], str],
    close: Callable[[str], str],
    now: datetime,
) -> list[dict[str, Any]]:
    """Put the words back where nothing was changed since; returns what could not be. Asks no right.

    For undo(), and for an appeal whose reviewer was asked theirs. Raises Refused.
    """
    _hold(session, subject)
    session.refresh(redaction, with_for_update={"of": Redaction})
    if not is_kept(redaction, now):
        raise Refused(_("The words are no longer kept: they cannot be put back."))
    entries = json.loads(open_seal(redaction.sealed or ""))
    left = [entry for entry in entries if not _put_back(session, entry)]
    if entries and len(left) == len(entries):
        raise Refused(_("Nothing could be put back: every place has been changed since."))
    redaction.sealed = close(json.dumps(left)) if left else None
    redaction.undone_at = None if left else now
    _date(subject.row, now)
    session.flush()
    return left


def promise_words_back(session: Session, decision_id: int, now: datetime) -> bool:
    """After an appeal: the worker, which has the key, puts back what this decision took out.

    False where the words are no longer kept. Asks no right.
    """
    redaction = find_by_decision(session, decision_id)
    if redaction is None or not is_kept(redaction, now):
        return False
    enqueue(
        session,
        PUT_BACK,
        {"redaction": redaction.id},
        now=now,
        once_key=f"{PUT_BACK}-{redaction.id}",
    )
    return True


def promise_quotes_out(
    session: Session, decision: Decision, statement: Statement, now: datetime
) -> None:
    """The worker, which has the key, takes a withheld statement's words out of what quotes them."""
    enqueue(session, TAKE_QUOTES, {"decision": decision.id, "statement": statement.id}, now=now)


def promise_quotes_back(session: Session, statement: Statement, now: datetime) -> None:
    """What was taken out with a statement's words comes back with them, while it is kept."""
    decision_id = find_withholding(session, statement)
    if decision_id is not None:
        promise_words_back(session, decision_id, now)


def take_out_quotes(
    session: Session,
    decision: Decision,
    statement: Statement,
    *,
    close: Callable[[str], str],
    days: int,
    now: datetime,
) -> None:
    """Out of the thread's own texts: its summary, headings, outcome and notes. Asks no right.

    Once for each decision; nothing where the words are shown again.
    """
    if not statement.is_withheld or find_by_decision(session, decision.id) is not None:
        return
    thread = subject_of(statement.thread)
    _hold(session, thread)
    known = of_series(statement.thread.series.slug)
    phrases = [version.written.strip().rstrip(".!?").strip() for version in statement.versions]
    taken = [
        each
        for field in list_fields(session, thread)
        if (
            each := gapped(field, [one for one in phrases if text.has_letters(one)], "other", known)
        )
    ]
    if not taken:
        return
    before = [_written(each) for each in taken]
    _write(taken, now)
    session.add(
        Redaction(
            series_id=decision.series_id,
            subject_kind=thread.kind,
            subject_id=thread.id,
            what="other",
            places=sum(each.places for each in taken),
            sealed=close(json.dumps(before)) if days else None,
            decision_id=decision.id,
            made_at=now,
            destroy_at=now + timedelta(days=days),
            destroyed_at=None if days else now,
        )
    )
    _date(thread.row, now)
    session.flush()


def is_kept(redaction: Redaction, now: datetime) -> bool:
    """Whether there is still something to put back."""
    is_open = redaction.undone_at is None and redaction.destroy_at > now
    return is_open and redaction.sealed is not None


def find_by_decision(session: Session, decision_id: int) -> Redaction | None:
    """The redaction that a decision made."""
    return session.scalar(select(Redaction).where(Redaction.decision_id == decision_id))


def destroy_expired(session: Session, now: datetime) -> int:
    """Destroy what was kept for as long as was said; returns how many. For the clock."""
    over = session.scalars(
        select(Redaction)
        .where(Redaction.sealed.is_not(None))
        .where(Redaction.destroy_at <= now)
        .order_by(Redaction.id)
        .with_for_update(of=Redaction)
    ).all()
    _destroy(session, over, now)
    return len(over)


def destroy_of(session: Session, subject: Subject, now: datetime) -> None:
    """Destroy what was sealed of one piece of writing: its author took it along.

    Asks no right: it is called for people who leave.
    """
    sealed = session.scalars(
        select(Redaction)
        .where(about(Redaction, subject))
        .where(Redaction.sealed.is_not(None))
        .with_for_update(of=Redaction)
    ).all()
    _destroy(session, sealed, now)


def _destroy(session: Session, sealed: Sequence[Redaction], now: datetime) -> None:
    for redaction in sealed:
        redaction.sealed, redaction.destroyed_at = None, now
        append_event(
            session,
            series_id=redaction.series_id,
            actor_id=None,
            verb="destroy_sealed",
            subject=(redaction.subject_kind, redaction.subject_id),
            now=now,
            details={"redaction": redaction.public_id},
        )
    session.flush()


def facts_of(draft: RedactionDraft, places: int, now: datetime, known: Vocabulary) -> str:
    """What the author is told of it, which never repeats the words."""
    what = known.say(WHAT[draft.what])
    said = [
        _n(
            "%(what)s: taken out in %(num)s place, in every version.",
            "%(what)s: taken out in %(num)s places, in every version.",
            places,
            what=what,
        )
    ]
    if draft.days:
        until = in_words(now + timedelta(days=draft.days), MOMENT)
        said.append(
            _(
                "The words are kept locked away until %(until)s, so that a mistake"
                " can be undone. Then they are destroyed.",
                until=until,
            )
        )
    else:
        said.append(_("The words are not kept."))
    said.append(
        _(
            "Drafts that you keep, and e-mails that were sent, are not changed: please take "
            "it out there as well."
        )
    )
    return " ".join(said)


def _write(taken: Sequence[Gapped], now: datetime) -> None:
    for each in taken:
        row = each.field.row
        setattr(row, each.field.column, each.value)
        write_html(row, each.field.column)
        if hasattr(row, "redacted_at"):
            row.redacted_at = now


def _written(gap: Gapped) -> dict[str, Any]:
    """What undoing needs: where it stood, what stood there, and what stands there now."""
    field = gap.field
    return {
        "table": type(field.row).__tablename__,
        "id": field.row_id,
        "column": field.column,
        "name": field.name,
        "version": field.version,
        "before": getattr(field.row, field.column),
        "after": gap.value,
    }


def _put_back(session: Session, entry: dict[str, Any]) -> bool:
    row = find_row(session, entry["table"], entry["id"])
    if row is None or getattr(row, entry["column"]) != entry["after"]:
        return False
    setattr(row, entry["column"], entry["before"])
    write_html(row, entry["column"])
    return True


def _hold(session: Session, subject: Subject) -> None:
    """Hold the subject, and read everything that hangs on it anew; others may answer meanwhile."""
    session.flush()
    how = {"of": type(subject.row), "key_share": subject.is_contribution}
    session.refresh(subject.row, with_for_update=how)
    session.expire_all()


def _date(row: object, now: datetime) -> None:
    """Where a row keeps when it was changed."""
    if hasattr(row, "changed_at"):
        row.changed_at = now


def _hurry_earlier(session: Session, made: Redaction, now: datetime) -> None:
    """What was sealed of the same piece before holds these words too: the first end counts.

    Where nothing is to be kept, it goes at once.
    """
    earlier = session.scalars(
        select(Redaction)
        .where(about(Redaction, (made.subject_kind, made.subject_id)))
        .where(Redaction.id != made.id)
        .where(Redaction.sealed.is_not(None))
    )
    for other in earlier:
        other.destroy_at = min(other.destroy_at, made.destroy_at)
        if other.destroy_at <= now:
            other.sealed, other.destroyed_at = None, now
    session.flush()


def _refuse_incomplete(draft: RedactionDraft, reason: Reason | None) -> None:
    problems = []
    if not 1 <= len(draft.phrases) <= MAX_PHRASES:
        problems.append(_("Write the words to take out: one to %(most)s lines.", most=MAX_PHRASES))
    if any(text.count(one) > MAX_PHRASE or not text.has_letters(one) for one in draft.phrases):
        problems.append(
            _(
                "Each line has at least two letters and at most %(most)s characters.",
                most=MAX_PHRASE,
            )
        )
    if draft.what not in WHAT:
        problems.append(_("Choose what the gap is called."))
    if reason is None:
        problems.append(_("Choose a reason from the series’ list."))
    if not 0 <= draft.days <= MAX_DAYS:
        problems.append(_("Choose a number of days from 0 to %(most)s.", most=MAX_DAYS))
    if text.count(draft.why) > MAX_WHY:
        problems.append(_("Your note is too long."))
    if text.find_phrases(draft.why, draft.phrases, is_markdown=False):
        problems.append(
            _("Your note repeats the words, and it is kept for ever. Write it without them.")
        )
    if problems:
        raise Refused(*problems)
