"""The page on which words are taken out: what was found, where else they stand, what was done."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.audit.models import AuditEvent
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.language import _
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.redactions.queries.fields import Field, Subject, list_fields
from discussion.oversight.redactions.queries.gaps import Found, find_in
from discussion.oversight.redactions.queries.reasons import find_reasons
from discussion.oversight.redactions.words import (
    FIELDS,
    KINDS,
    MAX_DAYS,
    MAX_PHRASE,
    MAX_PHRASES,
    SAYS,
    WHAT,
)
from discussion.oversight.reports.models import Report
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.weighing.rounds.models import Statement

LOOKED_AT = 500  # other pieces of the same thread, at most
ELSEWHERE = 20

_MODELS: dict[str, type[Any]] = {
    "positions": Position, "responses": Response, "evidence": EvidenceItem, "threads": Thread,
    "statements": Statement,
}  # fmt: skip
_AUTHORS: dict[type, Callable[[Any], int | None]] = {
    Position: lambda row: row.author_id,
    Response: lambda row: row.author_id,
    EvidenceItem: lambda row: row.added_by_id,
    Thread: lambda row: row.proposed_by_id,
    Statement: lambda _row: None,  # moderators wrote it, as moderators
}


@dataclass(frozen=True)
class PlaceLine:
    """One place that would become a gap."""

    version: str
    field: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Elsewhere:
    """Another piece of writing in which the words stand, with where to take them out."""

    label: str
    url: str


@dataclass(frozen=True)
class Earlier:
    """A redaction that was made of this before; never the words."""

    id: str
    what: str
    places: int
    made_at: datetime
    destroy_at: datetime
    state: str  # sealed, destroyed, undone
    undo_url: str  # empty when the words are gone


@dataclass(frozen=True)
class Choice:
    slug: str
    label: str


@dataclass(frozen=True)
class RedactPage:
    kind: str
    heading: str
    title: str
    series_slug: str
    series_title: str
    back_url: str
    post_url: str
    what: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    most_phrases: int
    longest: int
    most_days: int
    earlier: tuple[Earlier, ...]
    is_preview: bool
    places: tuple[PlaceLine, ...]
    seen: str  # stands for exactly these places, so that nothing else is taken out
    elsewhere: tuple[Elsewhere, ...]
    withheld: int  # reasons that everybody reads, which hold the words and would not be shown
    fixed: int  # decisions, reports and appeals that hold the words and cannot be changed
    address_holds: bool  # the thread's address is made of them, and stays


def find_subject(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Subject | None:
    """A piece of writing in a series that the viewer moderates, whatever its state."""
    model = _MODELS.get(kind)
    if model is None:
        return None
    found: Subject | None = session.scalar(select(model).where(model.public_id == public_id))
    return found if found is not None and allowed(viewer, May.MODERATE, found) else None


def find_redaction(
    session: Session, viewer: Viewer | None, public_id: str
) -> tuple[Redaction, Subject] | None:
    """A redaction with what it is of, for those who moderate the series."""
    row = session.scalar(select(Redaction).where(Redaction.public_id == public_id))
    subject = subject_of(session, row) if row is not None else None
    if row is None or subject is None or not allowed(viewer, May.MODERATE, subject):
        return None
    return row, subject


def subject_of(session: Session, redaction: Redaction) -> Subject | None:
    """What words were taken out of."""
    kind = next(each for each, name in KINDS.items() if name == redaction.subject_kind)
    model = _MODELS[kind]
    found: Subject | None = session.scalar(
        select(model).where(model.public_id == redaction.subject_id)
    )
    return found


def redact_page(
    session: Session,
    viewer: Viewer | None,
    subject: Subject,
    *,
    phrases: Sequence[str] | None = None,
    now: datetime,
) -> RedactPage:
    """The form; with phrases also every place that would become a gap, and what it leaves."""
    require(viewer, May.REDACT, subject)
    series = series_of(subject)
    kind = plural_of(subject)
    fields = list_fields(session, subject) if phrases else []
    return RedactPage(
        kind=kind,
        heading=str(SAYS[kind]),
        title=_title(subject),
        series_slug=series.slug,
        series_title=series.title,
        back_url=_back_url(subject),
        post_url=paths.redact(kind, subject.public_id),
        what=tuple(Choice(slug, str(label)) for slug, label in WHAT.items()),
        reasons=tuple(
            Choice(one.slug, one.label) for one in series.reasons if one.retired_at is None
        ),
        most_phrases=MAX_PHRASES,
        longest=MAX_PHRASE,
        most_days=MAX_DAYS,
        earlier=_earlier(session, subject, now),
        is_preview=bool(phrases),
        places=tuple(_places(fields, phrases or ())),
        seen=seen_of(fields, phrases) if phrases else "",
        elsewhere=_elsewhere(session, viewer, subject, phrases) if phrases else (),
        withheld=len(find_reasons(session, subject, phrases)) if phrases else 0,
        fixed=_fixed(session, subject, phrases) if phrases else 0,
        address_holds=_is_in_address(subject, phrases or ()),
    )


def seen_of(fields: Sequence[Field], phrases: Sequence[str]) -> str:
    """A word for what a preview showed: another as soon as a text or a phrase is another."""
    shown = [
        [type(field.row).__tablename__, inspect(field.row).identity[0], field.column, *field.texts]
        for field in fields
    ]
    return sha256(json.dumps([sorted(phrases), shown]).encode()).hexdigest()[:32]


def kind_of(subject: Subject) -> str:
    """How decisions name it."""
    return KINDS[plural_of(subject)]


def plural_of(subject: Subject) -> str:
    """Its name in addresses."""
    return next(kind for kind, model in _MODELS.items() if isinstance(subject, model))


def author_of(subject: Subject) -> int | None:
    """The id of whoever wrote it."""
    return _AUTHORS[type(subject)](subject)


def names_of(entries: Sequence[dict[str, Any]]) -> list[str]:
    """Where sealed words come from, in words."""
    return [
        f"{FIELDS[one['name']]} ({one['version']})" if one["version"] else str(FIELDS[one["name"]])
        for one in entries
    ]


def _places(fields: Sequence[Field], phrases: Sequence[str]) -> Iterator[PlaceLine]:
    for field in fields:
        for found in find_in(field, phrases):
            yield _place(field, found)


def _place(field: Field, found: Found) -> PlaceLine:
    return PlaceLine(
        version=field.version,
        field=str(FIELDS[field.name]),
        before=found.before,
        words=found.words,
        after=found.after,
    )


def _earlier(session: Session, subject: Subject, now: datetime) -> tuple[Earlier, ...]:
    rows = session.scalars(
        select(Redaction)
        .where(Redaction.subject_kind == kind_of(subject))
        .where(Redaction.subject_id == subject.public_id)
        .order_by(Redaction.id.desc())
    )
    return tuple(_one_earlier(row, now) for row in rows)


def _one_earlier(row: Redaction, now: datetime) -> Earlier:
    is_kept = row.sealed is not None and row.destroy_at > now
    state = "undone" if row.undone_at else "sealed" if is_kept else "destroyed"
    return Earlier(
        id=row.public_id,
        what=str(WHAT[row.what]),
        places=row.places,
        made_at=row.made_at,
        destroy_at=row.destroy_at,
        state=state,
        undo_url=paths.undo_redaction(row.public_id) if state == "sealed" else "",
    )


def _elsewhere(
    session: Session, viewer: Viewer | None, subject: Subject, phrases: Sequence[str]
) -> tuple[Elsewhere, ...]:
    """Other pieces of the same thread in which the words stand, and the library's items it cites.

    Somebody who answers often repeats a name.
    """
    thread = _thread_of(subject)
    if thread is None:
        return ()
    others: list[Subject] = [
        thread,
        *session.scalars(select(Position).where(Position.thread_id == thread.id).limit(LOOKED_AT)),
        *session.scalars(
            select(Response)
            .join(Response.position)
            .where(Position.thread_id == thread.id)
            .limit(LOOKED_AT)
        ),
        *session.scalars(select(Statement).where(Statement.thread_id == thread.id)),
        *_cited(session, subject),
    ]
    return tuple(
        Elsewhere(_label(other), paths.redact(plural_of(other), other.public_id))
        for other in others
        if other is not subject
        and allowed(viewer, May.MODERATE, other)
        and (_holds(session, other, phrases) or _has_reasons(session, other, phrases))
    )[:ELSEWHERE]


def _cited(session: Session, subject: Subject) -> list[EvidenceItem]:
    if isinstance(subject, Position):
        return list({link.item for revision in subject.revisions for link in revision.links})
    if isinstance(subject, Response) and subject.item is not None:
        return [subject.item]
    return []


def _holds(session: Session, subject: Subject, phrases: Sequence[str]) -> bool:
    """Whether it holds one of the phrases; a quick look first, since there may be many."""
    firsts = [word for one in phrases for word in text.fold(one).split()[:1]]
    return any(
        find_in(field, phrases)
        for field in list_fields(session, subject)
        if any(word in text.fold(" ".join(field.texts)) for word in firsts)
    )


def _has_reasons(session: Session, subject: Subject, phrases: Sequence[str]) -> bool:
    return isinstance(subject, Thread) and bool(find_reasons(session, subject, phrases))


def _fixed(session: Session, subject: Subject, phrases: Sequence[str]) -> int:
    """How many rows that nobody changes hold the words: notes to the author, reports, appeals,
    and what the chain keeps of a thread's earlier question, headings and outcome.
    """
    kind, id = kind_of(subject), subject.public_id
    decisions = session.scalars(
        select(Decision).where(Decision.subject_kind == kind).where(Decision.subject_id == id)
    ).all()
    reports = session.scalars(
        select(Report.text).where(Report.subject_kind == kind).where(Report.subject_id == id)
    )
    appeals = session.scalars(
        select(Appeal.text).where(Appeal.decision_id.in_([row.id for row in decisions]))
    )
    shown = find_reasons(session, subject, phrases)  # which are no longer shown then
    written = [f"{row.why}\n{row.facts}" for row in decisions if row.public_id not in shown]
    chained = session.execute(
        select(AuditEvent.why, AuditEvent.details)
        .where(AuditEvent.subject_kind == kind)
        .where(AuditEvent.subject_id == id)
    )
    rows = ["\n".join((why, *map(str, details.values()))) for why, details in chained]
    written += [*reports, *appeals, *rows]
    return sum(bool(text.find_phrases(one, phrases, is_markdown=False)) for one in written)


def _is_in_address(subject: Subject, phrases: Sequence[str]) -> bool:
    if not isinstance(subject, Thread):
        return False
    return bool(text.find_phrases(subject.slug, phrases, is_markdown=False))


def _thread_of(subject: Subject) -> Thread | None:
    match subject:
        case Thread():
            return subject
        case Position() | Statement():
            return subject.thread
        case Response():
            return subject.position.thread
    return None


def _title(subject: Subject) -> str:
    if isinstance(subject, EvidenceItem):
        return subject.title
    thread = _thread_of(subject)
    return thread.question if thread else ""


def _label(subject: Subject) -> str:
    if isinstance(subject, Thread):
        return _("The thread’s own texts")
    if isinstance(subject, EvidenceItem):
        return _("The library: %(title)s", title=text.excerpt(subject.title, 60))
    if isinstance(subject, Statement):
        return _("The statement: %(words)s", words=text.excerpt(subject.versions[-1].written, 60))
    if isinstance(subject, Position):
        if subject.number:
            return _("Position %(number)s", number=subject.number)
        return _("A position that was not published")
    return _("A response to position %(number)s", number=subject.position.number or "–")


def _back_url(subject: Subject) -> str:
    if isinstance(subject, Thread):
        return paths.curate_thread(subject.slug)
    if isinstance(subject, EvidenceItem):
        return paths.item(subject.series.slug, subject.public_id)
    if isinstance(subject, Statement):
        return paths.drafted_statement(subject.thread.slug, subject.public_id)
    return f"{paths.desk()}/{plural_of(subject)}/{subject.public_id}"
