"""person: accounts, for whoever runs the site."""

import argparse

from flask import Flask
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.audit.operations import append_event
from discussion.cli.commands import CommandError
from discussion.cli.site import one_transaction, say
from discussion.people.accounts.forms import problem_with_address
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.entering import find_by_address
from discussion.people.accounts.operations.links import link_token, make_link
from discussion.people.accounts.operations.naming import UnfitName, refuse_unfit
from discussion.people.accounts.words import MAX_NAME
from discussion.text.addresses import normal_email
from discussion.web.site import site


def create(typed: argparse.Namespace) -> int:
    """Make a confirmed account without a password; the link that is printed sets one."""
    with one_transaction() as (session, app):
        email = _normal(typed.email)
        if find_by_address(session, email) is not None:
            raise CommandError("There is an account with this address already.")
        now = clock.now()
        person = Person(
            email=email,
            display_name=_fit_name(session, app, typed.name),
            email_confirmed_at=now,
            is_administrator=typed.administrator,
            created_at=now,
        )
        session.add(person)
        session.flush()
        _chain(session, person, "create_person", is_administrator=person.is_administrator)
        say("The account is there. This link sets its password, once, within an hour:")
        say(_reset_link(session, app, person))
    return 0


def confirm(typed: argparse.Namespace) -> int:
    """Take somebody’s address as confirmed; an audited act. Returns the exit status."""
    with one_transaction() as (session, _app):
        person = _found(session, typed.email)
        person.email_confirmed_at = person.email_confirmed_at or clock.now()
        _chain(session, person, "confirm_person")
    say("The address is confirmed.")
    return 0


def make_administrator(typed: argparse.Namespace) -> int:
    """Make somebody an administrator of the site; an audited act."""
    with one_transaction() as (session, _app):
        person = _found(session, typed.email)
        person.is_administrator = True
        _chain(session, person, "make_administrator")
    say("They are an administrator now.")
    return 0


def reset_link(typed: argparse.Namespace) -> int:
    """Say a link that sets a new password, once, within an hour; an audited act."""
    with one_transaction() as (session, app):
        person = _found(session, typed.email)
        link = _reset_link(session, app, person)
        _chain(session, person, "make_reset_link")
    say("This link sets a new password, once, within an hour:", link)
    return 0


def _fit_name(session: Session, app: Flask, typed: str) -> str:
    name = text.line(typed)
    if len(name) > MAX_NAME:
        raise CommandError(f"The name is too long: at most {MAX_NAME} characters.")
    try:
        refuse_unfit(session, name, site_name=site(app).settings.site_name)
    except UnfitName as error:
        raise CommandError(str(error)) from error
    return name


def _chain(session: Session, person: Person, verb: str, **details: bool) -> None:
    """Whoever runs the site has power too; the chain knows them as nobody in particular."""
    append_event(
        session,
        series_id=None,
        actor_id=None,
        verb=verb,
        subject=("person", person.public_id),
        now=clock.now(),
        details=details,
    )


def _reset_link(session: Session, app: Flask, person: Person) -> str:
    email = person.email or ""
    link = make_link(session, person, "reset", email=email, carries={"next": ""}, now=clock.now())
    token = link_token(link, app.config["SECRET_KEY"])
    return f"{site(app).settings.public_url}{app.url_for('accounts.reset', token=token)}"


def _found(session: Session, email: str) -> Person:
    person = find_by_address(session, _normal(email))
    if person is None:
        raise CommandError("There is no account with this address.")
    return person


def _normal(email: str) -> str:
    normal = normal_email(email)
    if not normal:
        raise CommandError(f"{problem_with_address(email)} This was given: {email}")
    return normal
