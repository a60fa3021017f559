"""Every setting: name, type, default, one sentence; the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from discussion import clock
from discussion.text.addresses import sender_of

PREFIX = "DISCUSSION_"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """The installation is not set up; the message says what to change."""


def _says(sentence: str, default: Any) -> Any:
    return field(default=default, metadata={"says": sentence})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs. Each is read from DISCUSSION_ and its name in capitals."""

    environment: str = _says("`production`, `demonstration` or `test`.", "production")
    secret_key: str = _says("Signs cookies and links in mail; at least 32 characters.", "")
    debug: bool = _says("Shows tracebacks in the browser; refused in production.", False)
    base_url: str = _says("The address readers use, without a slash at the end.", "")
    site_name: str = _says("The name in mail and page titles outside a series.", "Discussion")
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
    mail_from: str = _says(
        "The sender of every mail, as `Name <address>`.", "Discussion <no-reply@localhost>"
    )
    crossref_url: str = _says("Where DOIs are looked up.", "https://api.crossref.org")
    crossref_mailto: str = _says("The address Crossref asks polite clients to send.", "")
    check_links: bool = _says(
        "Asks other servers whether the links of the library still lead there.", None
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
    max_body_bytes: int = _says("The largest request body that is read.", 262_144)
    log_level: str = _says("`DEBUG`, `INFO`, `WARNING` or `ERROR`.", "INFO")
    fast_passwords: bool = _says("Cheap password hashes; only in the test environment.", False)

    def __post_init__(self) -> None:
        if self.check_links is None:  # nobody said: strangers are asked in earnest only
            object.__setattr__(self, "check_links", self.environment == "production")
        problems = [problem for rule in _RULES if (problem := rule(self))]
        if problems:
            raise SettingsError("\n".join(problems))

    @property
    def is_loopback(self) -> bool:
        """Whether readers reach the site on this machine only."""
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK

    @property
    def public_url(self) -> str:
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"

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
    """Read the settings; an unknown or ill-typed one raises SettingsError naming it."""
    given = {k: v for k, v in (environ or os.environ).items() if k.startswith(PREFIX)}
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
            "True in production" if item.default is None else str(item.default),
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
    if settings.environment != "production" or len(settings.secret_key) >= 32:
        return ""
    return (
        f"{PREFIX}SECRET_KEY must be set to at least 32 random characters in production:"
        ' try `python3 -c "import secrets; print(secrets.token_urlsafe(48))"`.'
    )


def _seals_well(settings: Settings) -> str:
    if settings.environment != "production" or not 0 < len(settings.redaction_key) < 32:
        return ""
    return f"{PREFIX}REDACTION_KEY must be at least 32 random characters, or empty."


def _keys_well(settings: Settings) -> str:
    if settings.environment != "production" or not 0 < len(settings.rater_key) < 32:
        return ""
    return f"{PREFIX}RATER_KEY must be at least 32 random characters, or empty."


def _is_a_zone(settings: Settings) -> str:
    if settings.time_zone in available_timezones():
        return ""
    return f"{PREFIX}TIME_ZONE must be the name of a time zone, such as {clock.USUAL}."


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


def _keeps_not_too_long(settings: Settings) -> str:
    if 0 <= settings.redaction_days <= 365:
        return ""
    return f"{PREFIX}REDACTION_DAYS must be a number of days from 0 to 365."


def _refuses_debug(settings: Settings) -> str:
    if settings.environment != "production" or not settings.debug:
        return ""
    return f"{PREFIX}DEBUG shows the site's inner workings to strangers: turn it off in production."


def _keeps_passwords_slow(settings: Settings) -> str:
    if settings.environment == "test" or not settings.fast_passwords:
        return ""
    return f"{PREFIX}FAST_PASSWORDS weakens stored passwords: it is for the test environment only."


_RULES = (
    _one_of("environment", ("production", "demonstration", "test")),
    _one_of("worker", ("embedded", "separate")),
    _one_of("sqlite_synchronous", ("full", "normal")),
    _one_of("log_level", ("DEBUG", "INFO", "WARNING", "ERROR")),
    _needs_a_secret,
    _seals_well,
    _keys_well,
    _can_be_written_to,
    _is_a_zone,
    _names_a_sender,
    _keeps_a_token,
    _keeps_not_too_long,
    _refuses_debug,
    _keeps_passwords_slow,
)
