"""What the worker does for accounts: letters with their links, and tidying."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.registry import Letter, Payload, Task
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import AccountSession, AddressChange, MailedLink, Person
from discussion.people.accounts.operations.links import link_token
from discussion.people.accounts.operations.moving import move_due
from discussion.people.accounts.operations.tidying import tidy_accounts
from discussion.people.accounts.words import REVERSIBLE_FOR
from discussion.web.site import site

ENDPOINTS = {
    "confirm": "accounts.confirm",
    "reset": "accounts.reset",
    "change_old": "accounts.address",
    "change_new": "accounts.address",
    "change_back": "accounts.address",
}


# letter → to which side it goes, and whether it is still true
TOLD: dict[str, tuple[str, Callable[[AddressChange, datetime], bool]]] = {
    "change_waits": ("old", lambda change, _now: not change.changed_at and not change.ended_at),
    "change_made": ("old", lambda change, now: not change.ended_at and change.is_reversible(now)),
    "change_done": ("new", lambda change, _now: bool(change.changed_at and not change.ended_at)),
    "change_stopped": ("new", lambda change, _now: change.ended_how == "old"),
    "change_reversed": ("new", lambda change, _now: change.ended_how == "reversed"),
}

ASK_AGAIN = {
    "confirm": "accounts.sign_up",
    "reset": "accounts.ask_reset",
    "change_old": "accounts.own_address",
    "change_new": "accounts.own_address",
}


def tidy(session: Session, _payload: Payload, now: datetime) -> None:
    """Forget what is no longer needed."""
    tidy_accounts(session, now=now)


def move_addresses(session: Session, _payload: Payload, now: datetime) -> None:
    """Carry out changes of address that have waited for their days."""
    move_due(session, now=now)


def write_link(session: Session, payload: Payload) -> MailText | None:
    """A letter with a link that does one thing once; none if the link is spent already."""
    link = session.get(MailedLink, payload["ids"]["link"])
    if link is None or link.used_at is not None:
        return None
    if link.expires_at <= clock.now():
        return _ran_out(session, link)
    name = link.carries.get("display_name", link.person.display_name)
    token = link_token(link, str(current_app.secret_key))
    body = render_letter(
        f"accounts/{link.purpose}",
        name=name,
        site_name=_site_name(),
        link=url_for(ENDPOINTS[link.purpose], token=token, _external=True),
        until=in_words(link.expires_at, "d MMMM y, HH:mm"),
        email=link.carries.get("email", link.email),
    )
    return MailText(to=link.email, subject=_subjects()[link.purpose], body=body)


def _ran_out(session: Session, link: MailedLink) -> MailText | None:
    """The mail stood still for longer than the link lasts: where to ask again, if need be."""
    is_needed = link.purpose != "confirm" or link.person.email_confirmed_at is None
    later = select(MailedLink.id).where(
        MailedLink.person_id == link.person_id,
        MailedLink.purpose == link.purpose,
        MailedLink.id > link.id,
    )
    if link.purpose not in ASK_AGAIN or not is_needed or session.scalar(later.limit(1)):
        return None
    body = render_letter(
        "accounts/ran_out",
        name=link.carries.get("display_name", link.person.display_name),
        site_name=_site_name(),
        link=url_for(ASK_AGAIN[link.purpose], _external=True),
    )
    subject = _("Your link for %(site)s ran out before it could be sent", site=_site_name())
    return MailText(to=link.email, subject=subject, body=body)


def write_notice(session: Session, payload: Payload) -> MailText | None:
    """A letter without a link that does anything: where to go, should it be a surprise."""
    person = session.get(Person, payload["person_id"])
    if person is None or not person.email or person.left_at is not None:
        return None
    notice = payload["template"].removeprefix("accounts/")
    body = render_letter(
        payload["template"],
        name=person.display_name,
        site_name=_site_name(),
        sign_in=url_for("accounts.sign_in", _external=True),
        reset=url_for("accounts.ask_reset", _external=True),
    )
    return MailText(to=person.email, subject=_subjects()[notice], body=body)


def write_change(session: Session, payload: Payload) -> MailText | None:
    """A letter on an account that moves, to the side that it concerns; nobody else has that link.

    None if what it would tell of is no longer so.
    """
    change = session.get(AddressChange, payload["ids"]["change"])
    person = session.get(Person, payload["person_id"])
    name = payload["template"].removeprefix("accounts/")
    if change is None or person is None or not TOLD[name][1](change, clock.now()):
        return None
    link = session.get(MailedLink, payload["ids"].get("link") or 0)
    if payload["ids"]["link"] and (link is None or link.used_at is not None):
        return None
    token = link_token(link, str(current_app.secret_key)) if link is not None else ""
    at = change.due_at if change.changed_at is None else change.changed_at + REVERSIBLE_FOR
    body = render_letter(
        payload["template"],
        name=person.display_name,
        site_name=_site_name(),
        email=change.new_email,
        link=url_for("accounts.address", token=token, _external=True) if token else "",
        on=in_words(at, "d MMMM y, HH:mm") if at is not None else "",
        sign_in=url_for("accounts.sign_in", next=url_for("accounts.own_address"), _external=True),
        reset=url_for("accounts.ask_reset", _external=True),
    )
    to = change.old_email if TOLD[name][0] == "old" else change.new_email
    return MailText(to=to, subject=_subjects()[name], body=body)


def write_new_device(session: Session, payload: Payload) -> MailText | None:
    """Somebody signed in where the account was never signed in to; ended since or not."""
    row = session.get(AccountSession, payload["ids"]["session"])
    person = session.get(Person, payload["person_id"])
    if row is None or person is None or not person.email or person.left_at is not None:
        return None
    body = render_letter(
        "accounts/new_device",
        name=person.display_name,
        site_name=_site_name(),
        device=row.device,
        at=in_words(row.made_at, "d MMMM y, HH:mm"),
        sessions=url_for("accounts.profile", _anchor="sessions", _external=True),
        reset=url_for("accounts.ask_reset", _external=True),
    )
    return MailText(to=person.email, subject=_subjects()["new_device"], body=body)


def write_registered(session: Session, payload: Payload) -> MailText | None:
    """To who has an account and asked for one: two ways in, each leading on to where they were."""
    person = session.get(Person, payload["person_id"])
    if person is None or not person.email or person.left_at is not None:
        return None
    link = session.get(MailedLink, payload["ids"].get("link") or 0)
    works = link is not None and link.used_at is None and link.expires_at > clock.now()
    onward = link.carries.get("next", "") if link is not None else ""
    if works and link is not None:
        token = link_token(link, str(current_app.secret_key))
        reset = url_for("accounts.reset", token=token, _external=True)
    else:
        reset = url_for("accounts.ask_reset", _external=True)
    body = render_letter(
        "accounts/registered",
        name=person.display_name,
        site_name=_site_name(),
        sign_in=url_for("accounts.sign_in", next=onward or None, _external=True),
        reset=reset,
        until=in_words(link.expires_at, "d MMMM y, HH:mm") if works and link is not None else "",
    )
    return MailText(to=person.email, subject=_subjects()["registered"], body=body)


def _subjects() -> dict[str, str]:
    name = _site_name()
    return {
        "confirm": _("Confirm your address for %(site)s", site=name),
        "reset": _("Choose a new password for %(site)s", site=name),
        "change_old": _("Your account at %(site)s is to move to another address", site=name),
        "change_new": _("Confirm your new address for %(site)s", site=name),
        "registered": _("You already have an account at %(site)s", site=name),
        "change_waits": _("Your account at %(site)s is to leave this address", site=name),
        "change_made": _("Your account at %(site)s has left this address", site=name),
        "change_done": _("Your address for %(site)s is changed", site=name),
        "change_stopped": _("The change of your address for %(site)s was stopped", site=name),
        "change_reversed": _("Your account at %(site)s was taken back", site=name),
        "new_device": _("A new sign-in to your account at %(site)s", site=name),
        "password_changed": _("Your password for %(site)s was changed", site=name),
    }


def _site_name() -> str:
    return site().settings.site_name


TASKS: dict[str, Task] = {
    "accounts.tidy": tidy,
    "accounts.move_addresses": move_addresses,
}

PERIODIC = {"accounts.tidy": timedelta(hours=1), "accounts.move_addresses": timedelta(minutes=15)}

MAILS: dict[str, Letter] = {
    "accounts/confirm": write_link,
    "accounts/reset": write_link,
    "accounts/change_old": write_link,
    "accounts/change_new": write_link,
    "accounts/registered": write_registered,
    "accounts/password_changed": write_notice,
    "accounts/new_device": write_new_device,
    **{f"accounts/{name}": write_change for name in TOLD},
}
