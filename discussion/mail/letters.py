"""What a room hands over to be mailed, and how it writes it.

In a room's `tasks.py`:

    def confirm(session: Session, payload: dict[str, Any]) -> MailText | None:
        person = session.get(Person, payload["person_id"])
        if person is None or not person.email:
            return None                                     # nobody to write to any more
        link = url_for("accounts.confirm", token=…, _external=True)
        body = render_letter("accounts/confirm", name=person.display_name, link=link)
        return MailText(to=person.email, subject=_("Confirm your address"), body=body)

    MAILS = {"accounts/confirm": confirm}

The text stands in `templates/mail/accounts/confirm.txt`: plain text, nothing escaped, and every
sentence through gettext. `url_for(…, _external=True)` gives addresses of the site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Protocol, TypeVar

from flask import render_template, url_for

from discussion.language import _, language_tag
from discussion.text import Spoken
from discussion.web.sector import speaking_of
from discussion.web.site import site


@dataclass(frozen=True)
class MailText:
    """One letter to one address."""

    to: str
    subject: str
    body: str
    unsubscribe: str = ""  # where one request ends such letters; mail programs show it as a button
    html: str = ""  # the same as a page of its own
    thread: str = ""  # letters of one thread stand together; only a keyed hash of it is told


class Sender(Protocol):
    """The series that a letter is of."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def status(self) -> str: ...


AnySender = TypeVar("AnySender", bound=Sender)


class Body(str):
    """What a letter says, and what its envelope says of that."""

    __slots__ = ("languages", "sender")
    languages: tuple[str, ...]  # its own, and of what it quotes
    sender: str  # the series' name; empty where the site writes

    @classmethod
    def of(cls, said: str, languages: Iterable[str], sender: str) -> "Body":
        made = cls(said)
        made.languages, made.sender = tuple(dict.fromkeys(languages)), sender
        return made


def render_letter(template: str, of: Sender | None = None, **context: Any) -> Body:
    """The text of templates/mail/<template>.txt, signed by the series that it is of, or the site.

    Everybody who looks over a shoulder reads who sent a letter: of a series that not everybody may
    know, only the letter itself says the name.
    """
    settings = site().settings
    with speaking_of(of.slug if of else ""):
        said = render_template(f"mail/{template}.txt", **context).strip()
    name = of.title if of else settings.site_name
    where = url_for("overview.page", slug=of.slug, _external=True) if of else settings.public_url
    languages = (language_tag(), *_languages_in(context))
    sender = of.title if of is not None and is_known(of) else ""
    return Body.of(f"{said}\n\n{name}\n{where}\n", languages, sender)


def is_known(series: Sender) -> bool:
    """Whether anybody may know that there is this series, and so that somebody takes part in it."""
    return series.visibility == "public" and series.status != "draft"


def named(series: Sender) -> str:
    """What a subject may call it; see `is_known`."""
    return f"“{series.title}”" if is_known(series) else _("a discussion series")


def only_one(series: Iterable[AnySender]) -> AnySender | None:
    """The series, if it is one alone that a letter about several things is of."""
    found = {one.id: one for one in series}
    return next(iter(found.values())) if len(found) == 1 else None


def _languages_in(given: Any) -> Iterator[str]:
    """Of all words that know their language, however deep they stand in what a letter is given."""
    if isinstance(given, Spoken):
        yield given.language
    elif isinstance(given, Mapping):
        for one in given.values():
            yield from _languages_in(one)
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _languages_in(one)
    elif is_dataclass(given) and not isinstance(given, type):
        for each in fields(given):
            yield from _languages_in(getattr(given, each.name))
