"""Letters about belonging: an invitation, a new role, one who is left alone."""

from collections.abc import Callable

from flask import current_app, url_for
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, named, render_letter
from discussion.series.members.invitations import secret_of
from discussion.series.members.models import Invitation, Membership
from discussion.series.members.queries.moderators import find_moderators
from discussion.series.series.models import Series
from discussion.series.series.tasks import reachable
from discussion.series.series.words import SERIES_ROLES


def invited(session: Session, payload: Payload) -> MailText | None:
    """The link, unless it was withdrawn before the mail went out."""
    invitation = session.get(Invitation, payload["ids"]["invitation"])
    if invitation is None or invitation.revoked_at is not None or not invitation.email:
        return None
    secret = secret_of(str(current_app.config["SECRET_KEY"]), invitation.public_id)
    return MailText(
        to=invitation.email,
        subject=_("You are invited to take part in %(series)s", series=named(invitation.series)),
        body=render_letter(
            "series/invited",
            of=invitation.series,
            title=invitation.series.title,
            question=invitation.series.question,
            role=str(SERIES_ROLES[invitation.role]).lower(),
            expires_on=invitation.expires_at,
            link=url_for("members.invitation", secret=secret, _external=True),
        ),
    )


def admitted(session: Session, payload: Payload) -> MailText | None:
    return _to_member(session, payload, "series/admitted", _("You are a member of %(series)s"))


def role_changed(session: Session, payload: Payload) -> MailText | None:
    return _to_member(
        session, payload, "series/role_changed", _("Your role in %(series)s has changed")
    )


def one_moderator(session: Session, payload: Payload) -> MailText | None:
    """To an administrator, while it is so: two moderate again, and nobody needs to hear of it."""
    series, person = session.get(Series, payload["ids"]["series"]), reachable(session, payload)
    if series is None or person is None or len(find_moderators(session, series.id)[series.id]) > 1:
        return None
    body = render_letter(
        "series/one_moderator",
        of=series,
        name=person.display_name,
        title=series.title,
        members_url=url_for("members.member_list", slug=series.slug, _external=True),
        left_url=url_for("appeals.left_to_me", _external=True),
    )
    return MailText(to=person.email or "", subject=_("One person moderates a series"), body=body)


def _to_member(session: Session, payload: Payload, template: str, subject: str) -> MailText | None:
    membership = session.get(Membership, payload["ids"]["membership"])
    person = reachable(session, payload)
    if membership is None or person is None:
        return None
    event = session.get(AuditEvent, payload["ids"].get("event", 0))
    body = render_letter(
        template,
        of=membership.series,
        name=person.display_name,
        title=membership.series.title,
        role=str(SERIES_ROLES[membership.role]).lower(),
        why=event.why if event else "",
        link=url_for("overview.page", slug=membership.series.slug, _external=True),
    )
    subject %= {"series": named(membership.series)}
    return MailText(to=person.email or "", subject=subject, body=body)


MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "series/invited": invited,
    "series/admitted": admitted,
    "series/role_changed": role_changed,
    "series/one_moderator": one_moderator,
}
