"""What conveners see of the webhooks of a series."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion.series.series.queries.kept import Convened


@dataclass(frozen=True)
class Hook:
    """A webhook; of its address no more than tells it from others."""

    id: str
    name: str
    address: str  # chat.example.org/…9f2c
    kinds: tuple[str, ...]  # in words
    form: str  # in words
    is_on: bool
    stopped: str  # why, in words
    made_on: date
    act_url: str
    edit_url: str
    secret_url: str


@dataclass(frozen=True)
class Told:
    """One line of the log."""

    name: str
    kind: str  # in words
    at: datetime
    state: str  # in words
    status: int | None
    problem: str  # in words
    attempts: int
    is_well: bool


@dataclass(frozen=True)
class HooksPage:
    series: Convened
    url: str
    hooks: tuple[Hook, ...]
    log: tuple[Told, ...]  # the newest first
    is_sending: bool  # the host of the site lets it
    is_public: bool  # else nothing of the series is told
    is_full: bool


@dataclass(frozen=True)
class EditPage:
    series: Convened
    name: str
    address: str
    url: str
    back_url: str


@dataclass(frozen=True)
class SecretPage:
    series: Convened
    name: str
    secret: str
    back_url: str
