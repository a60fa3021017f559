"""Letters that tell notices, as plain text and as HTML of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.jobs.registry import Payload
from discussion.language import _, _n, in_words, language_tag
from discussion.mail.kinds import AT_ONCE, DAILY, NEVER, RHYTHMS, WEEKLY
from discussion.mail.letters import Body, MailText, is_known, only_one
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.reach.notices.models import Follow, Notice, NoticeLetter
from discussion.reach.notices.operations.composing import is_written_to
from discussion.reach.notices.queries.choices import find_choices, rhythms_of
from discussion.reach.notices.queries.followable import Window, followable
from discussion.reach.notices.queries.lines.rounds import find_waiting
from discussion.reach.notices.queries.page import lines_of
from discussion.reach.notices.shapes import Line
from discussion.reach.notices.tasks_stopping import Stop, stop_url, stops
from discussion.reach.notices.words import FOLLOWED, ROUND
from discussion.web.site import site

LONGEST_QUOTE = 280


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
    minutes: str  # what can be done in two of them
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
class Due:
    """What goes into one letter."""

    rhythm: str
    since: datetime
    until: datetime
    lines: Sequence[Line]
    follows: Sequence[Line]
    minutes: Line | None


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
    wanted = [notice for notice in notices if rhythms[notice.kind] != NEVER]
    lines = lines_of(session, viewer, wanted)
    follows = list(_follows(session, viewer, row)) if rhythms[FOLLOWED] != NEVER else []
    if not lines and not follows:
        return None
    minutes = find_waiting(session, viewer) if row.rhythm != AT_ONCE else None
    return composed(person, Due(row.rhythm, row.since, row.until, lines, follows, minutes))


def composed(person: Person, due: Due) -> MailText:
    """The letter about all of it."""
    shown = [line for line in due.lines if not line.is_own_secret]
    is_alone = due.rhythm == AT_ONCE and len(due.lines) + len(due.follows) == 1
    told = [_told(line, is_alone=is_alone) for line in shown if line.kind != ROUND]
    if len(shown) < len(due.lines):
        told.append(_waits())
    rounds = [line for line in shown if line.kind == ROUND]
    new = tuple(_told(line, is_alone=is_alone) for line in (*rounds, *due.follows))
    sections = (
        Section("" if is_alone else _("What happened to yours"), tuple(told)),
        Section("" if is_alone else _("New where you take part or follow"), new),
    )
    of = only_one([line.series for line in (*shown, *due.follows) if line.series is not None])
    kinds = tuple(dict.fromkeys(line.kind for line in (*due.lines, *due.follows)))
    named = tuple(dict.fromkeys(line.kind for line in (*shown, *due.follows)))
    first = (*told, *new)[0]
    minutes, button = _minutes(due, is_alone=is_alone, first=first)
    written = Letter(
        heading=_heading(due, shown, first, is_alone=is_alone),
        kicker=_kicker(person, due),
        sections=tuple(section for section in sections if section.lines),
        minutes=minutes,
        button=button,
        because=because(due.rhythm),
        stops=stops(person, named) if named else _stops_like_this(person, kinds),
        hear_url=url_for("notices.hear", _external=True),
        sender=of.title if of is not None else site().settings.site_name,
        sender_url=address(f"/series/{of.slug}" if of is not None else "/"),
        host=of.host if of is not None else "",
        language=language_tag(),
        is_digest=not is_alone,
    )
    name = of.title if of is not None and is_known(of) else ""
    subject = written.heading if is_alone else _subject(name, due)
    plain = render_template("mail/notices/letter.txt", letter=written).strip() + "\n"
    return MailText(
        to=person.email or "",
        subject=subject,
        body=Body.of(plain, [language_tag(), *_languages((*shown, *due.follows))], name),
        unsubscribe=stop_url(person, kinds),
        html=render_template("mail/notices/letter.html", letter=written),
        thread=f"{person.public_id} {'notices' if written.is_digest else kinds[0]}",
    )


def because(rhythm: str) -> str:
    return _(
        "You have this letter because you chose “%(rhythm)s” for it.",
        rhythm=str(RHYTHMS[rhythm]).lower(),
    )


def address(path: str) -> str:
    return site().settings.public_url + path


def _follows(session: Session, viewer: Viewer, row: NoticeLetter) -> Iterable[Line]:
    """What is new where they follow, as they may read it now; what they stopped is not in it."""
    for id, (since, until) in row.follows.items():
        follow = session.get(Follow, int(id))
        kind = followable(follow.what) if follow and not follow.is_muted else None
        if follow is None or kind is None:
            continue
        found = kind.find(session, viewer, follow.subject)
        window = Window(datetime.fromisoformat(since), datetime.fromisoformat(until))
        news = kind.news(session, viewer, follow.subject, window)
        if found is not None and news:
            yield Line(
                about=str(kind.words),
                place=found.title,
                says=" ".join(news),
                url=found.url,
                action=_("Read what is new"),
                subject=_("Something is new where you follow"),
                series=found.series,
                kind=FOLLOWED,
            )


def _told(line: Line, *, is_alone: bool) -> Told:
    day = "" if line.is_coarse or is_alone else line.on
    return Told(
        kicker=" · ".join(part for part in (line.about, day) if part),
        place=line.place,
        says=line.says,
        more=line.more,
        quote=text.excerpt(line.quote, LONGEST_QUOTE) if is_alone and line.quote else "",
        action=line.action,
        url=address(line.url),
    )


def _waits() -> Told:
    """All that a letter says of what its receiver wrote under the Chatham House Rule."""
    says = _("Something waits in My contributions.")
    return Told("", "", says, "", "", _("Open My contributions"), address("/positions/mine"))


def _minutes(due: Due, *, is_alone: bool, first: Told) -> tuple[str, tuple[str, str] | None]:
    """What can be done in two minutes, unless the letter has told it, and its one button."""
    if is_alone:
        return "", (first.action, first.url)
    if due.minutes is None:
        return "", (_("Open your notices"), address(paths.notices()))
    button = (due.minutes.action, address(due.minutes.url))
    if any(line.url == due.minutes.url for line in due.lines):
        return "", button
    return f"{due.minutes.place} {due.minutes.says} {due.minutes.more}".strip(), button


def _heading(due: Due, shown: Sequence[Line], first: Told, *, is_alone: bool) -> str:
    if is_alone:
        line = (*due.lines, *due.follows)[0]
        is_told = line in shown or not due.lines
        return (line.subject or line.says) if is_told else first.says
    many = sum(line.kind != ROUND for line in due.lines)
    said = _("something is new where you take part or follow")
    if many:
        said = _n(
            "something happened to what you wrote",
            "%(num)s things happened to what you wrote",
            many,
        )
    return f"{_span(due)}: {said}"


def _kicker(person: Person, due: Due) -> str:
    since, until = (in_words(clock.day(at)) for at in (due.since, due.until))
    if due.rhythm == AT_ONCE or since == until:
        return _("For %(name)s", name=person.display_name)
    return _(
        "%(since)s to %(until)s, for %(name)s", since=since, until=until, name=person.display_name
    )


def _subject(name: str, due: Due) -> str:
    """Numbers alone, and the series where anybody may know of it."""
    span = _span(due) if not name else _span(due)[:1].lower() + _span(due)[1:]
    things = _n("one thing", "%(num)s things", len(due.lines) + len(due.follows))
    said = _("%(span)s, %(things)s", span=span, things=things)
    if due.minutes is not None:
        said = _("%(span)s, %(things)s and one to do", span=span, things=things)
    return f"{name}: {said}" if name else said


def _span(due: Due) -> str:
    return {DAILY: _("Your day"), WEEKLY: _("Your week")}.get(due.rhythm, _("News for you"))


def _stops_like_this(person: Person, kinds: tuple[str, ...]) -> tuple[Stop, ...]:
    return (Stop(_("letters like this one"), stop_url(person, kinds)),)


def _languages(lines: Iterable[Line]) -> Iterable[str]:
    for line in lines:
        for said in (line.place, line.quote):
            if isinstance(said, text.Spoken):
                yield said.language
