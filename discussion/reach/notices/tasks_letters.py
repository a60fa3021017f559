"""Letters that tell notices, as plain text and as HTML; and the links that stop them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import current_app, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.jobs.models import Job
from discussion.jobs.registry import Mail, Payload
from discussion.language import _, _n, language_tag
from discussion.mail.kinds import AT_ONCE, NEVER, RHYTHMS, Kind, kind_named
from discussion.mail.letters import Body, MailText, is_known, only_one
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.reach.notices.models import Notice, NoticeLetter
from discussion.reach.notices.operations.carrying import is_secret
from discussion.reach.notices.operations.composing import is_written_to
from discussion.reach.notices.queries.choices import find_choices, rhythms_of
from discussion.reach.notices.queries.page import line_of
from discussion.reach.notices.queries.tokens import stop_token
from discussion.reach.notices.shapes import Line, OfSeries
from discussion.web.site import site

LONGEST_QUOTE = 280


@dataclass(frozen=True)
class Stop:
    """A link that stops something, and what it says."""

    says: str
    url: str


@dataclass(frozen=True)
class Told:
    """One thing in a letter."""

    kicker: str
    place: str  # the question of a thread, in its own language
    says: str
    more: str
    quote: str
    action: str
    url: str


@dataclass(frozen=True)
class Section:
    title: str  # empty in a letter about one thing
    lines: tuple[Told, ...]


@dataclass(frozen=True)
class Letter:
    """All that a letter says, in either face."""

    heading: str
    kicker: str  # for whom, and of which days
    sections: tuple[Section, ...]
    button: tuple[str, str] | None  # words and address
    because: str
    stops: tuple[Stop, ...]
    hear_url: str
    sender: str  # the series, or the site
    sender_url: str
    host: str
    language: str
    is_digest: bool


@dataclass(frozen=True)
class Footed:
    """A letter of a room, to which its links are added."""

    subject: str
    said: str
    stops: tuple[Stop, ...]
    hear_url: str
    language: str
    site_url: str

    @property
    def paragraphs(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """What it says, in pieces; the true ones are addresses of this site."""
        links = re.compile(rf"({re.escape(self.site_url)}(?=[/?#\s]|$)[^\s<>\"]*)")
        return tuple(
            tuple(
                (piece, number % 2 == 1)
                for number, piece in enumerate(links.split(paragraph))
                if piece
            )
            for paragraph in re.split(r"\n\s*\n", self.said)
        )


def letter(session: Session, payload: Payload) -> MailText | None:
    """What was put together, as it may be read now; nothing where nothing of it may."""
    row = session.get(NoticeLetter, payload["ids"]["letter"])
    person = session.get(Person, payload["person_id"])
    if row is None or person is None or not is_written_to(person):
        return None
    viewer = viewer_of(session, person, clock.now())
    rhythms = rhythms_of(find_choices(session, [person.id]).get(person.id))
    notices = session.scalars(
        select(Notice).where(Notice.letter_id == row.id).order_by(Notice.at, Notice.id)
    ).all()
    lines = [
        line
        for notice in notices
        if rhythms[notice.kind] != NEVER and (line := line_of(session, viewer, notice)) is not None
    ]
    if not lines:
        return None
    return _composed(person, row.rhythm, lines)


def _composed(person: Person, rhythm: str, lines: Sequence[Line]) -> MailText:
    open_lines = [line for line in lines if not line.is_own_secret]
    is_alone = rhythm == AT_ONCE and len(lines) == 1
    of = only_one([line.series for line in lines if line.series is not None])
    kinds = tuple(dict.fromkeys(line.kind for line in lines))
    told = tuple(_told(line, is_alone=is_alone) for line in open_lines)
    if len(open_lines) < len(lines):
        told = (*told, _waits())
    first = told[0]
    sections = (Section("" if is_alone else _("What happened to yours"), told),)
    if is_alone:
        heading = subject = lines[0].subject if open_lines else first.says
    else:
        heading = _n(
            "Something happened to what you wrote",
            "%(num)s things happened to what you wrote",
            len(lines),
        )
        subject = _subject(of, rhythm, len(lines))
    written = Letter(
        heading=heading,
        kicker=_("For %(name)s", name=person.display_name),
        sections=sections,
        button=(first.action, first.url) if is_alone else None,
        because=because(rhythm),
        stops=stops(person, kinds),
        hear_url=url_for("notices.hear", _external=True),
        sender=of.title if of is not None else site().settings.site_name,
        sender_url=_address(f"/series/{of.slug}" if of is not None else "/"),
        host=of.host if of is not None else "",
        language=language_tag(),
        is_digest=not is_alone,
    )
    return _mail(person, written, of, subject, kinds, lines)


def _bare(person: Person, kind: Kind) -> MailText:
    """A letter about something under the Chatham House Rule, which says nothing of it."""
    nothing = Line("", "", "", is_own_secret=True, kind=kind.name)
    return _composed(person, AT_ONCE, [nothing])


def _mail(
    person: Person,
    written: Letter,
    of: OfSeries | None,
    subject: str,
    kinds: tuple[str, ...],
    lines: Iterable[Line],
) -> MailText:
    plain = render_template("mail/notices/letter.txt", letter=written).strip() + "\n"
    sender = of.title if of is not None and is_known(of) else ""
    languages = [language_tag(), *_languages(lines)]
    return MailText(
        to=person.email or "",
        subject=subject,
        body=Body.of(plain, languages, sender),
        unsubscribe=stop_url(person, kinds),
        html=render_template("mail/notices/letter.html", letter=written),
        thread=f"{person.public_id} {'notices' if written.is_digest else kinds[0]}",
    )


def _languages(lines: Iterable[Line]) -> Iterable[str]:
    for line in lines:
        for said in (line.place, line.quote):
            if isinstance(said, text.Spoken) and not line.is_own_secret:
                yield said.language


def _subject(of: OfSeries | None, rhythm: str, many: int) -> str:
    span = {"daily": _("your day"), "weekly": _("your week")}.get(rhythm, _("news for you"))
    things = _n("one thing", "%(num)s things", many)
    if of is not None and is_known(of):
        return _("%(series)s: %(span)s, %(things)s", series=of.title, span=span, things=things)
    said = _("%(span)s, %(things)s", span=span, things=things)
    return said[:1].upper() + said[1:]


def _told(line: Line, *, is_alone: bool) -> Told:
    day = "" if line.is_coarse or is_alone else line.on
    return Told(
        kicker=" · ".join(part for part in (line.about, day) if part),
        place=line.place,
        says=line.says,
        more=line.more,
        quote=text.excerpt(line.quote, LONGEST_QUOTE) if is_alone and line.quote else "",
        action=line.action,
        url=_address(line.url),
    )


def _waits() -> Told:
    """All that a letter says of what its receiver wrote under the Chatham House Rule."""
    says = _("Something waits in My contributions.")
    return Told("", "", says, "", "", _("Open My contributions"), _address("/positions/mine"))


def because(rhythm: str) -> str:
    return _("You have this letter because you chose “%(rhythm)s” for it.",
             rhythm=str(RHYTHMS[rhythm]).lower())  # fmt: skip


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


def dress(session: Session, job: Job, kind: Kind, mail: Mail) -> MailText:
    """A letter that its room wrote, with the link that stops its kind, and as HTML."""
    person = session.get_one(Person, job.payload["person_id"])
    if is_secret(session, job, clock.now()):
        return _bare(person, kind)
    written = Footed(
        subject=mail.subject,
        said=str(mail.body).strip(),
        stops=stops(person, (kind.name,)),
        hear_url=url_for("notices.hear", _external=True),
        language=language_tag(),
        site_url=site().settings.public_url,
    )
    languages = getattr(mail.body, "languages", (language_tag(),))
    sender = getattr(mail.body, "sender", "")
    plain = render_template("mail/notices/footed.txt", letter=written).strip() + "\n"
    return MailText(
        to=mail.to,
        subject=mail.subject,
        body=Body.of(plain, languages, sender),
        unsubscribe=stop_url(person, (kind.name,)),
        html=render_template("mail/notices/footed.html", letter=written),
        thread=f"{person.public_id} {kind.name}",
    )


def _address(path: str) -> str:
    return site().settings.public_url + path
