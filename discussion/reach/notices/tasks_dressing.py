"""Letters that rooms write themselves, with the links that stop their kind, and as HTML."""

import re
from dataclasses import dataclass

from flask import render_template, url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Job
from discussion.jobs.registry import Mail
from discussion.language import language_tag
from discussion.mail.kinds import AT_ONCE, Kind
from discussion.mail.letters import Body, MailText
from discussion.people.accounts.models import Person
from discussion.reach.notices.operations.carrying import is_secret
from discussion.reach.notices.shapes import Line
from discussion.reach.notices.tasks_letters import Due, because, composed
from discussion.reach.notices.tasks_stopping import Stop, stop_url, stops
from discussion.web.site import site

Pieces = tuple[tuple[str, bool], ...]  # what is said, and whether it is an address of this site


@dataclass(frozen=True)
class Footed:
    """A letter of a room, to which its links are added."""

    subject: str
    said: str
    because: str
    stops: tuple[Stop, ...]
    hear_url: str
    language: str
    site_url: str

    @property
    def leads_to(self) -> str:
        """The address of the one button: the first that the letter names."""
        pieces = (piece for paragraph in self.paragraphs for piece in paragraph)
        return next((said for said, is_link in pieces if is_link), "")

    @property
    def paragraphs(self) -> tuple[Pieces, ...]:
        links = re.compile(rf"({re.escape(self.site_url)}(?=[/?#\s]|$)[^\s<>\"]*)")
        return tuple(
            tuple(
                (piece, number % 2 == 1)
                for number, piece in enumerate(links.split(paragraph))
                if piece
            )
            for paragraph in re.split(r"\n\s*\n", self.said)
        )


def dress(session: Session, job: Job, kind: Kind, mail: Mail) -> MailText:
    """What the room wrote; of one's own under the Chatham House Rule only that something waits.

    A letter of notices has its links already.
    """
    person = session.get_one(Person, job.payload["person_id"])
    if kind.waits and is_secret(session, job, clock.now()):
        nothing = Line("", "", "", is_own_secret=True, kind=kind.name)
        return composed(person, Due(AT_ONCE, job.created_at, job.created_at, [nothing], [], None))
    written = Footed(
        subject=mail.subject,
        said=str(mail.body).strip(),
        because=because(AT_ONCE) if kind.waits else "",
        stops=stops(person, (kind.name,)),
        hear_url=url_for("notices.hear", _external=True),
        language=language_tag(),
        site_url=site().settings.public_url,
    )
    languages = getattr(mail.body, "languages", (language_tag(),))
    plain = render_template("mail/notices/footed.txt", letter=written).strip() + "\n"
    return MailText(
        to=mail.to,
        subject=mail.subject,
        body=Body.of(plain, languages, getattr(mail.body, "sender", "")),
        unsubscribe=stop_url(person, (kind.name,)),
        html=mail.html or render_template("mail/notices/footed.html", letter=written),
        thread=f"{person.public_id} {kind.name}",
    )
