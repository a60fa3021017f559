"""What somebody heard, and how they want to hear, for a copy of their data."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.language import _l
from discussion.mail.kinds import kind_named
from discussion.oversight.rights.queries.own import Section
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.reach.notices.models import Follow, Notice, NoticeChoice, NoticeHours, Visit


def list_notices(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(Notice).where(Notice.person_id == asked.person.id).order_by(Notice.id)
    for row in stream(session, rows):
        yield {
            "kind": _said(row.kind),
            "heard_at": row.told_at,
            **record_of(row, "at", "seen_at"),
        }


def list_choices(session: Session, asked: Asked) -> Iterator[Record]:
    chosen = select(NoticeChoice).where(NoticeChoice.person_id == asked.person.id)
    for row in stream(session, chosen.order_by(NoticeChoice.kind)):
        yield {"kind": _said(row.kind), **record_of(row, "rhythm", "chosen_at")}
    hours = select(NoticeHours).where(NoticeHours.person_id == asked.person.id)
    for times in stream(session, hours):
        yield record_of(times, "zone", "weekday", "quiet_from", "quiet_until", "nothing_until")


def list_followed(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(Follow).where(Follow.person_id == asked.person.id).order_by(Follow.id)
    for row in stream(session, rows):
        yield record_of(row, "what", "subject", "is_muted", "at")


def list_visits(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(Visit).where(Visit.person_id == asked.person.id)
    for row in stream(session, rows.order_by(Visit.what, Visit.subject)):
        yield record_of(row, "what", "subject", "at", "before")


def _said(kind: str) -> str:
    found = kind_named(kind)
    return str(found.says) if found else kind


OWN = (
    Section(
        "notices",
        _l("Notices"),
        _l("That something happened to what you wrote or follow, and when you heard of it."),
        list_notices,
    ),
    Section(
        "hearing",
        _l("How you hear"),
        _l("How soon you want to hear of what, and when you want no letters."),
        list_choices,
    ),
    Section(
        "follows",
        _l("What you follow or mute"),
        _l("Nobody else sees it."),
        list_followed,
    ),
    Section(
        "visits",
        _l("Your last visits"),
        _l("When you were last at a series or a thread, so that a page can say what is new."),
        list_visits,
    ),
)
