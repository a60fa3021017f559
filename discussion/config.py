"""Every setting: name, type, default, one sentence; the only reader of the environment."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from discussion import clock
from discussion.text.addresses import sender_of

PREFIX = "DISCUSSION_"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PUBLISHED_KEY = "only-for-tests-and-demonstrations-on-loopback"  # anybody can read it here
SHORTEST_KEY, FEWEST_SIGNS = 32, 10  # a key in hexadecimal has sixteen signs to choose from


class SettingsError(Exception):
    """The installation is not set up; the message says what to change."""


def _says(sentence: str, default: Any, usual: str = "") -> Any:
    """`usual` says what an environment decides, where the default is None."""
    return field(default=default, metadata={"says": sentence, "usual": usual or str(default)})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs. Each is read from DISCUSSION_ and its name in capitals."""

    environment: str = _says("`production`, `demonstration` or `test`.", "production")
    secret_key: str = _says("Signs cookies and links in mail; at least 32 random characters.", "")
    debug: bool = _says(
        "Shows tracebacks in the browser; only at 127.0.0.1, never in production.", False
    )
    base_url: str = _says(
        "The address readers use, without a slash at the end; https in production.", ""
    )
    site_name: str = _says(
        "The name in mail and page titles outside a series; empty takes the host name of the"
        " site's address.",
        "",
    )
    data_dir: Path = _says(
        "The folder of SQLite, the lock file, copies of data and mail on disk.", Path("instance")
    )
    database_url: str = _says("SQLAlchemy address; empty means SQLite in the data folder.", "")
    sqlite_synchronous: str = _says(
        "`full`: SQLite keeps every acknowledged write through a power cut; `normal` writes sooner,"
        " and may lose the last of them then, never the file.",
        "full",
    )
    host: str = _says("The address to listen at.", "127.0.0.1")
    port: int = _says("The port to listen at.", 8000)
    threads: int = _says("Threads that serve requests in one process.", 8)
    trusted_proxies: int = _says("How many proxies in front set X-Forwarded-For.", 0)
    time_zone: str = _says(
        "The zone in which the site's days begin and end, and in which its times are shown.",
        clock.USUAL,
    )
    worker: str = _says("`embedded` in the serving process, or `separate`.", "embedded")
    mail_url: str = _says(
        "`smtp://user:password@host:port` or `smtps://…`; empty writes .eml files.", ""
    )
    bounces_url: str = _says(
        "The mailbox of letters that came back, for `discussion bounces fetch`:"
        " `imaps://user:password@host/folder`.",
        "",
    )
    mail_from: str = _says(
        "The sender of every mail, as `address` or `Name <address>`; a series' letters bear its"
        " own name, and without a name the site's others bear the site's.",
        "no-reply@localhost",
    )
    embed: bool = _says(
        "Lets other sites show cards of public pages, at `/embed/…` and `/oembed`; where nobody"
        " says, demonstrations alone do.",
        None,
        "False in production",
    )
    crossref_url: str = _says("Where DOIs are looked up.", "https://api.crossref.org")
    crossref_mailto: str = _says("The address Crossref asks polite clients to send.", "")
    datacite_url: str = _says(
        "Where DOIs of briefings and essays are registered, as in https://api.datacite.org; empty"
        " gives none.",
        "",
    )
    datacite_prefix: str = _says("The prefix of those DOIs, as in 10.12345.", "")
    datacite_user: str = _says("The repository that registers them.", "")
    datacite_password: str = _says("Its password.", "")
    webhooks: bool = _says(
        "Tells other programs what is new, at the addresses that conveners set; where nobody says,"
        " in production alone.",
        None,
        "True in production",
    )
    check_links: bool = _says(
        "Asks other servers whether the links of the library still lead there.",
        None,
        "True in production",
    )
    redaction_key: str = _says(
        "Seals what moderators took out; empty derives it from the secret key by HKDF.", ""
    )
    redaction_days: int = _says("For how many days sealed words are kept by default, 0 to 365.", 30)
    rater_key: str = _says(
        "Keys private ratings; empty derives it from the secret key. Never change it.", ""
    )
    contact_address: str = _says(
        "The e-mail address of whoever runs the site, for readers; empty shows none.", ""
    )
    metrics: bool = _says("Answers /metrics, for Prometheus.", False)
    status_token: str = _says(
        "Lets whoever sends it as a bearer token read /statusz and /metrics from elsewhere; at"
        " least 32 characters, or empty for this machine only.",
        "",
    )
    backup_days: int = _says(
        "After how many days without `discussion backup` doctor complains; 0 if another program"
        " makes the backups.",
        2,
    )
    security_contact: str = _says(
        "Whom /.well-known/security.txt names: `mailto:`, `https:` or `tel:`; empty takes the"
        " contact address.",
        "",
    )
    max_body_bytes: int = _says("The largest request body that is read.", 262_144)
    log_level: str = _says("`DEBUG`, `INFO`, `WARNING` or `ERROR`.", "INFO")
    fast_passwords: bool = _says("Cheap password hashes; only in the test environment.", False)

    def __post_init__(self) -> None:
        if self.check_links is None:  # nobody said: strangers are asked in earnest only
            object.__setattr__(self, "check_links", self.environment == "production")
        if self.webhooks is None:
            object.__setattr__(self, "webhooks", self.environment == "production")
        if self.embed is None:
            object.__setattr__(self, "embed", self.environment != "production")
        if not self.site_name:
            object.__setattr__(self, "site_name", urlsplit(self.public_url).hostname or "")
        problems = [problem for rule in _RULES if (problem := rule(self))]
        if problems:
            raise SettingsError("\n".join(problems))

    @property
    def is_loopback(self) -> bool:
        """Whether readers' addresses lead to their own machine."""
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK

    @property
    def is_private(self) -> bool:
        """Whether nobody elsewhere is to reach it, by where it listens and by its address."""
        return self.is_loopback and self.host in LOOPBACK

    @property
    def is_for_here_only(self) -> bool:
        """Whether it holds what strangers must not meet: a published key, or tracebacks."""
        return self.debug or self.secret_key in ("", PUBLISHED_KEY)

    @property
    def public_url(self) -> str:
        return self.base_url.rstrip("/") or self.own_url

    @property
    def own_url(self) -> str:
        """Where the process itself answers, behind whatever stands in front."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def sqlalchemy_url(self) -> str:
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'discussion.sqlite'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def is_sqlite(self) -> bool:
        return self.sqlalchemy_url.startswith("sqlite")

    @property
    def mail_sender(self) -> tuple[str, str]:
        """The name and the address of the sender."""
        return sender_of(self.mail_from) or ("", "")

    @property
    def mail_folder(self) -> Path:
        return self.data_dir / "mail"


def from_environment(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings; an unknown or ill-typed one raises SettingsError naming it.

    `flask run --debug` says so in FLASK_DEBUG: it is debug as much as ours.
    """
    environ = os.environ if environ is None else environ
    given = {k: v for k, v in environ.items() if k.startswith(PREFIX)}
    if environ.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        given[f"{PREFIX}DEBUG"] = "true"
    known = {PREFIX + item.name.upper(): item for item in fields(Settings)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise SettingsError(f"Unknown setting {', '.join(unknown)}. `discussion doctor` lists all.")
    read = {known[name].name: _typed(name, known[name].type, text) for name, text in given.items()}
    return Settings(**{**read, **overrides})


def described() -> list[tuple[str, str, str, str]]:
    """Every setting as (name, type, default, sentence), for the documentation."""
    return [
        (
            PREFIX + item.name.upper(),
            getattr(item.type, "__name__", str(item.type)),
            item.metadata["usual"],
            item.metadata["says"],
        )
        for item in fields(Settings)
    ]


def _typed(name: str, kind: Any, text: str) -> Any:
    if kind is bool:
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "0": False,
            "false": False,
            "no": False,
        }
        if text.strip().lower() not in words:
            raise SettingsError(f"{name} must be true or false, not {text!r}.")
        return words[text.strip().lower()]
    try:
        return kind(text)
    except ValueError as error:
        raise SettingsError(f"{name} must be a {kind.__name__}, not {text!r}.") from error


def _one_of(name: str, allowed: tuple[str, ...]) -> Any:
    def rule(settings: Settings) -> str:
        if getattr(settings, name) in allowed:
            return ""
        return f"{PREFIX}{name.upper()} must be one of {', '.join(allowed)}."

    return rule


def _needs_a_secret(settings: Settings) -> str:
    """Whoever knows the key can sign in as anybody: at home on one machine alone it may be open."""
    if settings.environment != "production" and (settings.is_private or not settings.secret_key):
        return ""  # without any, see _keeps_to_this_machine
    return _wrong_with(f"{PREFIX}SECRET_KEY", settings.secret_key)


def _seals_well(settings: Settings) -> str:
    return _wrong_with_own(settings, "REDACTION_KEY", settings.redaction_key)


def _keys_well(settings: Settings) -> str:
    return _wrong_with_own(settings, "RATER_KEY", settings.rater_key)


@cache
def _zones() -> set[str]:
    """Their names; looking through the system's files for them takes long."""
    return available_timezones()


def _is_a_zone(settings: Settings) -> str:
    if settings.time_zone in _zones():
        return ""
    return f"{PREFIX}TIME_ZONE must be the name of a time zone, such as {clock.USUAL}."


def _wrong_with_own(settings: Settings, name: str, key: str) -> str:
    if settings.environment != "production" or not key:
        return ""
    problem = _wrong_with(PREFIX + name, key)
    return f"{problem} Left empty, it is derived from the secret key." if problem else ""


def _wrong_with(name: str, key: str) -> str:
    """Why a key is none, and how to make one; "" if it may be random."""
    why = next((why for why, is_so in _weaknesses(key) if is_so), "")
    return why and (
        f"{name} {why}: it must be set to at least {SHORTEST_KEY} random characters. Try"
        ' `python3 -c "import secrets; print(secrets.token_urlsafe(48))"`.'
    )


def _weaknesses(key: str) -> Iterator[tuple[str, bool]]:
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    yield "is empty", not key
    yield "is printed in this project", key == PUBLISHED_KEY
    yield f"has only {len(key)} characters", len(key) < SHORTEST_KEY
    yield f"has only {len(set(key))} different characters", len(set(key)) < FEWEST_SIGNS
    yield "repeats itself", key in (key + key)[1:-1]
    yield "is in the order of the alphabet", len(steps) < FEWEST_SIGNS


def _has_an_address(settings: Settings) -> str:
    if settings.environment != "production" or urlsplit(settings.base_url).scheme == "https":
        return ""
    return (
        f"{PREFIX}BASE_URL must be the https address that readers use, such as"
        " https://talk.example.org: in production passwords travel over TLS only."
    )


def _keeps_to_this_machine(settings: Settings) -> str:
    if settings.is_private or not settings.is_for_here_only:
        return ""
    what = "debug is on" if settings.debug else "no secret key is set"
    return (
        f"While {what}, the site may be reached from this machine only: {PREFIX}HOST and the host"
        f" of {PREFIX}BASE_URL must be 127.0.0.1, not {settings.host} and {settings.public_url}."
    )


def _registers_wholly(settings: Settings) -> str:
    """A register is told nothing over an open line, and nothing that it would refuse for ever."""
    if not settings.datacite_url:
        return ""
    address = urlsplit(settings.datacite_url)
    if address.scheme != "https" and (address.hostname or "") not in LOOPBACK:
        return f"{PREFIX}DATACITE_URL must be an https address: a password is sent to it."
    needed = ("datacite_prefix", "datacite_user", "datacite_password")
    missing = [f"{PREFIX}{name.upper()}" for name in needed if not getattr(settings, name)]
    if missing:
        return f"{PREFIX}DATACITE_URL is set, so {', '.join(missing)} must be set too."
    if not re.fullmatch(r"10\.\d{4,9}", settings.datacite_prefix):
        return f"{PREFIX}DATACITE_PREFIX must be a prefix of DOIs, as in 10.12345."
    return ""


def _can_be_written_to(settings: Settings) -> str:
    name, at, host = settings.contact_address.partition("@")
    is_address = bool(name and at and host) and settings.contact_address.isprintable()
    if not settings.contact_address or (is_address and " " not in settings.contact_address):
        return ""
    return f"{PREFIX}CONTACT_ADDRESS must be an e-mail address, or empty."


def _names_a_sender(settings: Settings) -> str:
    if sender_of(settings.mail_from):
        return ""
    return (
        f"{PREFIX}MAIL_FROM must be an address, or a name and an address as in"
        f" `The name <no-reply@example.org>`, not {settings.mail_from!r}."
    )


def _keeps_a_token(settings: Settings) -> str:
    if not 0 < len(settings.status_token) < 32:
        return ""
    return f"{PREFIX}STATUS_TOKEN must be at least 32 random characters, or empty."


def _can_be_told(settings: Settings) -> str:
    contact = settings.security_contact
    is_address = contact.startswith(("mailto:", "https://", "tel:")) and contact.isprintable()
    if not contact or (is_address and " " not in contact):
        return ""
    return f"{PREFIX}SECURITY_CONTACT must begin with mailto:, https:// or tel:, or be empty."


def _keeps_not_too_long(settings: Settings) -> str:
    if 0 <= settings.redaction_days <= 365:
        return ""
    return f"{PREFIX}REDACTION_DAYS must be a number of days from 0 to 365."


def _counts(settings: Settings) -> str:
    for name, (least, most) in _NUMBERS.items():
        if not least <= getattr(settings, name) <= most:
            return f"{PREFIX}{name.upper()} must be a number from {least} to {most}."
    return ""


def _refuses_debug(settings: Settings) -> str:
    if settings.environment != "production" or not settings.debug:
        return ""
    return f"{PREFIX}DEBUG shows the site's inner workings to strangers: turn it off in production."


def _keeps_passwords_slow(settings: Settings) -> str:
    if settings.environment == "test" or not settings.fast_passwords:
        return ""
    return f"{PREFIX}FAST_PASSWORDS weakens stored passwords: it is for the test environment only."


_NUMBERS = {
    "port": (0, 65_535),
    "threads": (1, 1_000),
    "trusted_proxies": (0, 20),
    "max_body_bytes": (1_024, 2**31 - 1),
}
_RULES = (
    _counts,
    _one_of("environment", ("production", "demonstration", "test")),
    _one_of("worker", ("embedded", "separate")),
    _one_of("sqlite_synchronous", ("full", "normal")),
    _one_of("log_level", ("DEBUG", "INFO", "WARNING", "ERROR")),
    _needs_a_secret,
    _has_an_address,
    _keeps_to_this_machine,
    _seals_well,
    _keys_well,
    _registers_wholly,
    _can_be_written_to,
    _can_be_told,
    _is_a_zone,
    _names_a_sender,
    _keeps_a_token,
    _keeps_not_too_long,
    _refuses_debug,
    _keeps_passwords_slow,
)
