"""The page on which words are taken out: what was found, where else they stand, what was done."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.redactions.queries.fields import list_fields
from discussion.oversight.redactions.queries.gaps import Found, find_in
from discussion.oversight.redactions.queries.higher import SAID_ABOUT
from discussion.oversight.redactions.queries.reasons import find_reasons
from discussion.oversight.redactions.words import (
    FIELDS,
    MAX_DAYS,
    MAX_PHRASE,
    MAX_PHRASES,
    WHAT,
)
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.subjects.finding import about, find_subject, kind_at, kind_named, subject_of
from discussion.subjects.kinds import KINDS, Subject
from discussion.subjects.texts import Text
from discussion.vocabulary import Vocabulary, of_series

LOOKED_AT = 500  # other pieces of the same thread, at most
ELSEWHERE = 20


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
    """A reason for which words are taken out."""

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


def find_redactable(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Subject | None:
    """A piece of writing in a series that the viewer moderates, whatever its state."""
    found = find_subject(session, kind_at(kind), public_id)
    return found if found is not None and allowed(viewer, May.MODERATE, found.row) else None


def find_redaction(
    session: Session, viewer: Viewer | None, public_id: str
) -> tuple[Redaction, Subject] | None:
    """A redaction with what it is of, for those who moderate the series."""
    row = session.scalar(select(Redaction).where(Redaction.public_id == public_id))
    subject = find_redacted(session, row) if row is not None else None
    if row is None or subject is None or not allowed(viewer, May.MODERATE, subject.row):
        return None
    return row, subject


def find_redacted(session: Session, redaction: Redaction) -> Subject | None:
    """What words were taken out of."""
    return find_subject(session, kind_named(redaction.subject_kind), redaction.subject_id)


def redact_page(
    session: Session,
    viewer: Viewer | None,
    subject: Subject,
    *,
    phrases: Sequence[str] | None = None,
    now: datetime,
) -> RedactPage:
    """The form; with phrases also every place that would become a gap, and what it leaves."""
    require(viewer, May.REDACT, subject.row)
    series, kind = series_of(subject.row), subject.plural
    known = of_series(series.slug)
    fields = list_fields(session, subject) if phrases else []
    return RedactPage(
        kind=kind,
        heading=str(subject.words.redact),
        title=subject.title,
        series_slug=series.slug,
        series_title=series.title,
        back_url=subject.desk_url,
        post_url=paths.redact(kind, subject.id),
        what=tuple(Choice(slug, known.say(label)) for slug, label in WHAT.items()),
        reasons=tuple(
            Choice(one.slug, one.label) for one in series.reasons if one.retired_at is None
        ),
        most_phrases=MAX_PHRASES,
        longest=MAX_PHRASE,
        most_days=MAX_DAYS,
        earlier=_earlier(session, subject, now),
        is_preview=bool(phrases),
        places=tuple(_places(fields, phrases or (), known)),
        seen=seen_of(fields, phrases) if phrases else "",
        elsewhere=_elsewhere(session, viewer, subject, phrases) if phrases else (),
        withheld=len(find_reasons(session, subject, phrases)) if phrases else 0,
        fixed=_fixed(session, subject, phrases) if phrases else 0,
        address_holds=_is_in_address(subject, phrases or ()),
    )


def seen_of(fields: Sequence[Text], phrases: Sequence[str]) -> str:
    """A word for what a preview showed: another as soon as a text or a phrase is another."""
    shown = [
        [type(field.row).__tablename__, field.row_id, field.column, *field.texts]
        for field in fields
    ]
    return sha256(json.dumps([sorted(phrases), shown]).encode()).hexdigest()[:32]


def names_of(entries: Sequence[dict[str, Any]]) -> list[str]:
    """Where sealed words come from, in words."""
    return [
        f"{FIELDS[one['name']]} ({one['version']})" if one["version"] else str(FIELDS[one["name"]])
        for one in entries
    ]


def _places(
    fields: Sequence[Text], phrases: Sequence[str], known: Vocabulary
) -> Iterator[PlaceLine]:
    for field in fields:
        for found in find_in(field, phrases, known):
            yield _place(field, found)


def _place(field: Text, found: Found) -> PlaceLine:
    return PlaceLine(
        version=field.version,
        field=str(FIELDS[field.name]),
        before=found.before,
        words=found.words,
        after=found.after,
    )


def _earlier(session: Session, subject: Subject, now: datetime) -> tuple[Earlier, ...]:
    rows = session.scalars(
        select(Redaction).where(about(Redaction, subject)).order_by(Redaction.id.desc())
    )
    known = of_series(series_of(subject.row).slug)
    return tuple(_one_earlier(row, now, known) for row in rows)


def _one_earlier(row: Redaction, now: datetime, known: Vocabulary) -> Earlier:
    is_kept = row.sealed is not None and row.destroy_at > now
    state = "undone" if row.undone_at else "sealed" if is_kept else "destroyed"
    return Earlier(
        id=row.public_id,
        what=known.say(WHAT[row.what]),
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
    if subject.thread is None:
        return ()
    others = [
        *(one for kind in KINDS for one in kind.in_thread(session, subject.thread.id, LOOKED_AT)),
        *map(subject_of, subject.cited()),
    ]
    others.sort(key=lambda one: not one.slug)  # the thread's own texts first
    return tuple(
        Elsewhere(other.label, paths.redact(other.plural, other.id))
        for other in others
        if other.row is not subject.row
        and allowed(viewer, May.MODERATE, other.row)
        and (_holds(session, other, phrases) or _has_reasons(session, other, phrases))
    )[:ELSEWHERE]


def _holds(session: Session, subject: Subject, phrases: Sequence[str]) -> bool:
    """Whether it holds one of the phrases; a quick look first, since there may be many."""
    known = of_series(series_of(subject.row).slug)
    firsts = [word for one in phrases for word in text.fold(one).split()[:1]]
    return any(
        find_in(field, phrases, known)
        for field in list_fields(session, subject)
        if any(word in text.fold(" ".join(field.texts)) for word in firsts)
    )


def _has_reasons(session: Session, subject: Subject, phrases: Sequence[str]) -> bool:
    """Whether a reason holds them, of what everybody may read all reasons of."""
    shown = subject.public_reasons
    is_open = shown is not None and shown.about == subject.key and not shown.actions
    return is_open and bool(find_reasons(session, subject, phrases))


def _fixed(session: Session, subject: Subject, phrases: Sequence[str]) -> int:
    """How many rows that nobody changes hold the words: notes to the author, reports, appeals,
    and what the chain keeps of a thread's earlier question, headings and outcome.
    """
    decisions = session.scalars(select(Decision).where(about(Decision, subject))).all()
    said = [each for asked in SAID_ABOUT for each in asked(session, subject)]
    shown = find_reasons(session, subject, phrases)  # which are no longer shown then
    written = [f"{row.why}\n{row.facts}" for row in decisions if row.public_id not in shown]
    chained = session.execute(
        select(AuditEvent.why, AuditEvent.details).where(about(AuditEvent, subject))
    )
    rows = ["\n".join((why, *map(str, details.values()))) for why, details in chained]
    written += [*said, *rows]
    return sum(bool(text.find_phrases(one, phrases, is_markdown=False)) for one in written)


def _is_in_address(subject: Subject, phrases: Sequence[str]) -> bool:
    return bool(text.find_phrases(subject.slug, phrases, is_markdown=False))
