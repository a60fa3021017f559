"""doctor: what is missing or unsafe, in sentences; and the table of settings."""

import argparse
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from discussion import clock
from discussion.cli.doctor_alone import look_alone
from discussion.cli.doctor_names import look_at_names
from discussion.cli.site import answer, open_engine
from discussion.config import LOOPBACK, Settings, SettingsError, described, from_environment
from discussion.db import session_for
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.links import is_asked, is_unchecked
from discussion.jobs.queries import LITTLE_SPACE, how_it_stands
from discussion.people.accounts.models import Person

IN_TURN = timedelta(days=2)  # by then a link that was added has been looked at

Check = Callable[[Settings], Iterator[str]]


def doctor(typed: argparse.Namespace) -> int:
    """Print one sentence a finding; 0 when there is none."""
    try:
        settings = from_environment()
    except SettingsError as error:
        answer(
            typed, {"findings": [str(error)]}, str(error), "", "These settings exist:", *_names()
        )
        return 1
    findings = list(diagnose(settings))
    answer(
        typed,
        {"findings": findings},
        *(findings or ["Nothing is missing, and nothing looks unsafe."]),
    )
    return 1 if findings else 0


def diagnose(settings: Settings) -> Iterator[str]:
    """Everything that should be different here, each with what to do."""
    for check in (*SETTINGS_CHECKS, *FOLDER_CHECKS):
        yield from check(settings)
    try:
        with open_engine(settings) as engine:
            for look in DATABASE_CHECKS:
                yield from look(engine)
            yield from _standing(settings, engine)
    except SQLAlchemyError as error:
        yield f"The database cannot be used ({type(error).__name__}): see DISCUSSION_DATABASE_URL."


def print_settings(typed: argparse.Namespace) -> int:
    """The table of settings, as docs/deploying.md shows it."""
    names = ("name", "type", "default", "says")
    found = [dict(zip(names, each, strict=True)) for each in described()]
    answer(typed, found, *settings_table())
    return 0


def settings_table() -> list[str]:
    """Every setting in Markdown."""
    rows = [
        f"| `{name}` | {kind} | {_shown(default)} | {says} |"
        for name, kind, default, says in described()
    ]
    return ["| setting | type | default | what it is |", "|---|---|---|---|", *rows]


def _shown(default: str) -> str:
    return f"`{default}`" if default else "empty"


def _names() -> list[str]:
    return [f"  {name}: {says}" for name, _kind, _default, says in described()]


def _environment(settings: Settings) -> Iterator[str]:
    if settings.environment != "production":
        yield (
            f"The environment is {settings.environment}: no reader but you should reach this site."
            " Set DISCUSSION_ENVIRONMENT=production."
        )
    if settings.debug:
        yield "DISCUSSION_DEBUG is on: it shows tracebacks to readers. Turn it off."


def _address(settings: Settings) -> Iterator[str]:
    if not settings.base_url:
        yield (
            "DISCUSSION_BASE_URL is empty: links in mail would lead to"
            f" {settings.public_url}. Set it to the address readers use."
        )
    elif not settings.is_loopback and urlsplit(settings.base_url).scheme != "https":
        yield "DISCUSSION_BASE_URL is not https: sign-ins would not last, as their cookies need it."
    if len(settings.secret_key) < 32:
        yield "DISCUSSION_SECRET_KEY is shorter than 32 characters: anybody could forge a sign-in."


def _sealing(settings: Settings) -> Iterator[str]:
    if settings.environment == "production" and not settings.redaction_key:
        yield (
            "DISCUSSION_REDACTION_KEY is empty: what moderators took out is sealed under a key that"
            " follows from the secret key, so whoever has that can read it, and a new secret key"
            " makes it unreadable. Set it to 32 random characters of its own."
        )


def _proxies(settings: Settings) -> Iterator[str]:
    is_public = bool(settings.base_url) and not settings.is_loopback
    if is_public and settings.host in LOOPBACK and settings.trusted_proxies == 0:
        yield (
            "The site listens on this machine only, so a proxy stands in front, but"
            " DISCUSSION_TRUSTED_PROXIES is 0: every reader seems to come from one address, and one"
            " who mistypes many shuts out all. Set it to the number of proxies."
        )
    if settings.host not in LOOPBACK and settings.trusted_proxies:
        yield (
            f"The site listens at {settings.host} and believes X-Forwarded-For: whoever reaches the"
            " port without the proxy can claim any address. Close the port to others."
        )


def _mail(settings: Settings) -> Iterator[str]:
    if not settings.mail_url:
        yield (
            f"DISCUSSION_MAIL_URL is empty: mail is only kept in {settings.mail_folder}, and nobody"
            " can confirm an address."
        )
    if "localhost" in settings.mail_from and not settings.is_loopback:
        yield "DISCUSSION_MAIL_FROM ends in localhost: receivers will refuse it."


def _folder(settings: Settings) -> Iterator[str]:
    folder = settings.data_dir
    if not folder.is_dir():
        yield f"The data folder {folder} does not exist yet: run `discussion init`."
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o007:
        yield f"The data folder {folder} is open to other users: chmod 700 {folder}."
    if not os.access(folder, os.W_OK):
        yield f"The data folder {folder} cannot be written to by this user."
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield f"Only {free // 2**20} MB are free where {folder} is: the database could stop."


def _migrations(engine: Engine) -> Iterator[str]:
    from discussion.migrations import is_current

    if not is_current(engine):
        yield "The database is not up to date: run `discussion init`."


def _people(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        query = select(func.count()).where(Person.is_administrator.is_(True))
        if not connection.scalar(query):
            yield "Nobody is an administrator: run `discussion person make-administrator EMAIL`."


def _standing(settings: Settings, engine: Engine) -> Iterator[str]:
    """What runs beside the site, each with since when."""
    from discussion.wiring.registering import register_rooms

    register_rooms()
    with session_for(engine, writes=False) as session:
        parts = how_it_stands(session, settings, clock.now())
    for name, part in parts.items():
        if part.state in (says := _STANDING[name]):
            numbers = {"oldest_seconds": 0.0, "waiting": 0, "failing": 0} | dict(part.numbers)
            since = f"{part.since:%d.%m.%Y %H:%M} UTC" if part.since else "an unknown moment"
            yield says[part.state].format(
                since=since,
                kind=part.kind,
                waiting=int(numbers["waiting"]),
                oldest=_span(numbers["oldest_seconds"]),
                days=settings.backup_days,
                failing=int(numbers["failing"]),
            )
        if part.numbers.get("given_up"):
            yield _GIVEN_UP[name].format(count=int(part.numbers["given_up"]))


_NO_WORKER = (
    "so no mail is sent and nothing moves by its day: run `discussion serve` with"
    " DISCUSSION_WORKER=embedded, or `discussion worker` beside it."
)
_STANDING = {
    "worker": {
        "never seen": f"No worker is alive, {_NO_WORKER}",
        "silent": f"No worker is alive since {{since}}, {_NO_WORKER}",
    },
    "mail": {
        "failing": "Mail has not gone out since {since} ({kind}). {waiting} letters wait, the"
                   " oldest for {oldest}. See DISCUSSION_MAIL_URL; try `discussion mail test`.",
        "late": "{waiting} letters wait, the oldest for {oldest}: is a worker at work?",
    },
    "work": {"late": "{waiting} jobs have waited since {since}: is a worker at work?"},
    "findings": {
        "failing": "The findings of {failing} threads could not be made, of the first since {since}"
                   " ({kind}): see `error` in the table job. After a day they are given up; the"
                   " desk of their moderators names them, and tries again when asked.",
    },
    "disk": {},  # said with the data folder
    "backups": {
        "never made": "No backup was ever made: run `discussion backup FILE` each night, or set"
                      " DISCUSSION_BACKUP_DAYS=0 if another program makes them.",
        "old": "The last backup was made on {since}, more than {days} days ago: see why"
               " `discussion backup` did not run.",
    },
}  # fmt: skip
_GIVEN_UP = {
    "mail": "{count} letters of the last thirty days could not be delivered and were given up.",
    "work": "{count} jobs of the last thirty days were given up after many attempts: see `error` in"
            " the table job.",
}  # fmt: skip


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2 * 24 * 60 else f"{minutes // 1440} days"


def find_links(engine: Engine) -> Iterator[str]:
    """Two counts; what was added within two days is still in turn."""
    lately = clock.now() - IN_TURN
    with engine.connect() as connection:
        unchecked = connection.scalar(
            select(func.count()).where(is_unchecked()).where(EvidenceItem.created_at < lately)
        )
        dead = connection.scalar(
            select(func.count())
            .where(EvidenceItem.link_state == "dead")
            .where(EvidenceItem.link_settled_at.is_(None))
            .where(is_asked())
        )
    if unchecked:
        yield (
            f"{unchecked} links of the library were never checked: set DISCUSSION_CHECK_LINKS and"
            " run a worker, or check them by hand on the desk."
        )
    if dead:
        yield f"{dead} links of the library lead nowhere: they wait on the moderators' desk."


SETTINGS_CHECKS: tuple[Check, ...] = (_environment, _address, _sealing, _proxies, _mail)
FOLDER_CHECKS: tuple[Check, ...] = (_folder,)
DATABASE_CHECKS: tuple[Callable[[Engine], Iterator[str]], ...] = (
    _migrations,
    _people,
    find_links,
    look_alone,
    look_at_names,
)
