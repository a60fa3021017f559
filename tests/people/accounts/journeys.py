"""Steps that several tests of accounts take."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from discussion.jobs.models import Job
from discussion.people.accounts.models import MailedLink, Person
from discussion.people.accounts.operations.links import link_token
from discussion.people.accounts.operations.passwords import hash_password
from tests.conftest import SECRET
from tests.factories import make_person

PASSWORD = "heron kettle orbit marmalade"
OTHER = "lantern bicycle thunder olive"


def make_account(session: Session, password: str = PASSWORD, **changes: Any) -> Person:
    """A person who can sign in with the password."""
    hashed = hash_password(password, fast=True)
    return make_person(session, password_hash=hashed, **changes)


def sign_up(client: FlaskClient, **changes: str) -> TestResponse:
    form = {
        "display_name": "Ottoline Brandreth",
        "email": "ottoline@example.org",
        "new_password": PASSWORD,
        "role": "headteacher",
        "phase": "secondary",
        "is_adult": "y",
        "accepts": "y",
    }
    return client.post("/accounts/sign-up", data=form | changes)


def enter(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/accounts/sign-in", data={"email": email, "password": password} | more)


def is_in(client: FlaskClient) -> bool:
    """Whether the browser's own profile opens."""
    return client.get("/accounts/profile").status_code == 200


def newest_link(session: Session, purpose: str) -> MailedLink:
    session.expire_all()
    return session.scalars(
        select(MailedLink).where(MailedLink.purpose == purpose).order_by(MailedLink.id.desc())
    ).first() or _missing(purpose)


def link_path(link: MailedLink, page: str) -> str:
    return f"/accounts/{page}/{link_token(link, SECRET)}"


def find(session: Session, email: str) -> Person | None:
    session.expire_all()
    return session.scalar(select(Person).where(Person.email == email))


def mails(session: Session) -> list[str]:
    """The templates of the letters promised, in order, but those on new browsers."""
    session.expire_all()
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    written = [job.payload["template"] for job in jobs]
    return [template for template in written if template != "accounts/new_device"]


def _missing(purpose: str) -> MailedLink:
    raise AssertionError(f"no link for {purpose}")
