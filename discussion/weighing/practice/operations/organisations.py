"""Organisations: registered by an administrator, with their domains and who holds their runs."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, refuse
from discussion.series.series.models import Series
from discussion.weighing.practice.drafts import OrganisationDraft
from discussion.weighing.practice.models import Coordinator, Organisation


def register_organisation(
    session: Session, actor: Viewer, series: Series, draft: OrganisationDraft, *, now: datetime
) -> Organisation:
    """Let an organisation hold runs in a series; raises Invalid with what is wrong."""
    require(actor, May.ADMINISTER)
    people = _checked(session, series.id, draft, None)
    made = Organisation(
        series_id=series.id,
        name=draft.name,
        domains=list(dict.fromkeys(draft.domains)),
        made_by_id=actor.person_id,
        made_at=now,
    )
    made.coordinators = [Coordinator(person_id=one.id, made_at=now) for one in people]
    session.add(made)
    session.flush()
    _chain(session, actor, made, "register_organisation", now)
    return made


def change_organisation(
    session: Session, actor: Viewer, row: Organisation, draft: OrganisationDraft, *, now: datetime
) -> None:
    """Other domains, other coordinators, another name; who was invited stays so."""
    require(actor, May.ADMINISTER)
    people = {one.id for one in _checked(session, row.series_id, draft, row.id)}
    row.name, row.domains = draft.name, list(dict.fromkeys(draft.domains))
    for one in list(row.coordinators):
        if one.person_id not in people:
            session.delete(one)
    known = {one.person_id for one in row.coordinators}
    session.add_all(
        Coordinator(organisation_id=row.id, person_id=id, made_at=now)
        for id in sorted(people - known)
    )
    session.flush()
    session.expire(row, ["coordinators"])
    _chain(session, actor, row, "change_organisation", now)


def _checked(
    session: Session, series_id: int, draft: OrganisationDraft, own: int | None
) -> list[Person]:
    """The people who are named; raises Invalid."""
    refuse(draft.problems())
    same = session.scalar(
        select(Organisation.id)
        .where(Organisation.series_id == series_id)
        .where(Organisation.name == draft.name)
    )
    if same is not None and same != own:
        raise Invalid([Problem("name", _("There is an organisation of this name already."))])
    people = session.scalars(
        select(Person)
        .where(Person.email.in_(draft.coordinators))
        .where(Person.email_confirmed_at.is_not(None))
        .order_by(Person.id)
    ).all()
    if missing := set(draft.coordinators) - {one.email for one in people}:
        raise Invalid(
            [
                Problem(
                    "coordinators",
                    _(
                        "No account with a confirmed address: %(who)s. Ask them to sign up first.",
                        who=", ".join(sorted(missing)),
                    ),
                )
            ]
        )
    return list(people)


def _chain(session: Session, actor: Viewer, row: Organisation, verb: str, now: datetime) -> None:
    append_event(
        session,
        series_id=row.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("organisation", row.public_id),
        now=now,
        details={"domains": list(row.domains), "coordinators": len(row.coordinators)},
    )
