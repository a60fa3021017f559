"""The links in letters that stop a kind of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from discussion.mail.kinds import kind_named
from discussion.people.accounts.models import Person
from discussion.reach.notices.queries.tokens import stop_token


@dataclass(frozen=True)
class Stop:
    """A link that stops something, and what it says."""

    says: str
    url: str


def stops(person: Person, kinds: Sequence[str]) -> tuple[Stop, ...]:
    """A link for each kind that a letter tells."""
    return tuple(
        Stop(str(kind.says), stop_url(person, (name,)))
        for name in kinds
        if (kind := kind_named(name)) is not None
    )


def stop_url(person: Person, kinds: tuple[str, ...]) -> str:
    token = stop_token(person.public_id, kinds, str(current_app.config["SECRET_KEY"]))
    return url_for("notices.stop", token=token, _external=True)
