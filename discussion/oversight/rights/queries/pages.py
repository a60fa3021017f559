"""One's own data, leaving, consents: what each page shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Part, Position, Response
from discussion.language import _, _n
from discussion.oversight.rights.models import DataCopy
from discussion.oversight.rights.queries.copies import list_ready, list_running
from discussion.oversight.rights.queries.leaving import find_open_leaving, needed_for
from discussion.oversight.rights.queries.shapes import (
    Agreement,
    Choice,
    ConsentsPage,
    CopyLine,
    LeavePage,
    RightsPage,
    TermsPage,
)
from discussion.oversight.rights.words import (
    AGREED,
    CHOICES,
    CHOSEN,
    COPIES_A_DAY,
    COPY_KEPT,
    GRACE,
)
from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.vocabulary import of_site

CURRENT = {"adult": None, "terms": TERMS_VERSION, "rules": RULES_VERSION}


def rights_page(session: Session, viewer: Viewer, now: datetime, problem: str = "") -> RightsPage:
    """The page of one’s data: copies that are ready, what is being made, and leaving."""
    return RightsPage(
        is_being_made=bool(list_running(session, viewer.person_id, now)),
        copies=tuple(_copy(row) for row in list_ready(session, viewer.person_id, now)),
        most_a_day=COPIES_A_DAY,
        kept_days=COPY_KEPT.days,
        ask_url=paths.data_copies(),
        leave_url=paths.leave(),
        leaves_on=clock.day(viewer.leaves_at) if viewer.leaves_at else None,
        grace_days=GRACE.days,
        consents_url=paths.consents(),
        problem=problem,
    )


def leave_page(session: Session, viewer: Viewer) -> LeavePage:
    """What goes and what stays, for this person."""
    leaving = find_open_leaving(session, viewer.person_id)
    return LeavePage(
        leaves_on=clock.day(leaving.due_at) if leaving else None,
        choice=leaving.choice if leaving else "",
        needed_for=tuple(needed_for(session, viewer.person_id)),
        positions=_count_published(session, Position, viewer.person_id),
        responses=_count_published(session, Response, viewer.person_id),
        private_answers=_count(session, Part, Part.person_id == viewer.person_id),
        choices={slug: str(label) for slug, label in CHOICES.items()},
        send_url=paths.leave(),
        stay_url=paths.stay(),
        copy_url=paths.rights(),
        grace_days=GRACE.days,
        name=_("Former contributor (%(label)s)", label=of_site().example_label),
    )


def consents_page(session: Session, viewer: Viewer) -> ConsentsPage:
    """What somebody agreed to, what they may take back, and what they still owe."""
    person = session.get_one(Person, viewer.person_id)
    rows = session.scalars(
        select(Consent)
        .where(Consent.person_id == person.id)
        .order_by(Consent.given_at.desc(), Consent.id)
    ).all()
    return ConsentsPage(
        agreements=tuple(_agreement(row) for row in rows if row.kind in AGREED),
        choices=_choices(session, person),
        owes_consent=viewer.owes_consent,
        owes_first=viewer.owes_first,
        accept_url=paths.accept_terms(),
        send_url=paths.consents(),
        leave_url=paths.leave(),
        profile_url="/accounts/profile",
    )


def terms_page(
    session: Session,
    viewer: Viewer,
    *,
    send_url: str,
    typed: tuple[tuple[str, str], ...] = (),
    is_wrong: bool = False,
) -> TermsPage:
    """The terms to be agreed to before going on; `typed` is what was being sent to `send_url`."""
    rows = session.execute(
        select(Consent.kind, Consent.version)
        .where(Consent.person_id == viewer.person_id)
        .where(Consent.withdrawn_at.is_(None))
        .order_by(Consent.id)
    ).all()
    accepted = {row.kind: row.version for row in rows}
    return TermsPage(
        send_url=send_url,
        terms_version=TERMS_VERSION,
        rules_version=RULES_VERSION,
        accepted=accepted.get("terms", ""),
        asks_age="adult" not in accepted,
        typed=typed,
        is_wrong=is_wrong,
    )


def _copy(row: DataCopy) -> CopyLine:
    assert row.ready_at is not None
    assert row.expires_at is not None
    return CopyLine(
        url=paths.data_copy(row.public_id),
        made_at=row.ready_at,
        until=clock.day(row.expires_at),
        size=_size(row.size),
    )


def _size(size: int) -> str:
    kilobytes = max(1, round(size / 1_000))
    if kilobytes < 1_000:
        return _("%(number)s kB", number=kilobytes)
    return _("%(number)s MB", number=f"{kilobytes / 1_000:.1f}")


def _agreement(row: Consent) -> Agreement:
    wanted = CURRENT[row.kind]
    return Agreement(
        what=str(AGREED[row.kind]),
        version=row.version,
        given_on=clock.day(row.given_at),
        withdrawn_on=clock.day(row.withdrawn_at) if row.withdrawn_at else None,
        is_current=row.withdrawn_at is None and wanted in (None, row.version),
    )


def _choices(session: Session, person: Person) -> tuple[Choice, ...]:
    warned = _count(
        session,
        Membership,
        Membership.person_id == person.id,
        Membership.wants_warnings.is_(True),
        Membership.removed_at.is_(None),
    )
    stands = {
        "organisation": person.organisation if person.shows_organisation else "",
        "region": str(of_site().regions.get(person.region, "")) if person.shows_region else "",
        "interests": person.interests,
        "warnings": _n("in %(num)s series", "in %(num)s series", warned) if warned else "",
        "private": _("for as long as you are here, or until you delete them"),
    }
    return tuple(
        Choice(slug, str(what), bool(stands[slug]), stands[slug]) for slug, what in CHOSEN.items()
    )


def _count_published(
    session: Session, table: type[Position] | type[Response], person_id: int
) -> int:
    return _count(session, table, table.author_id == person_id, table.state == "published")


def _count(session: Session, table: type[Any], *where: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0
