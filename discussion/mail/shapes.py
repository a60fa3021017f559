"""What the pages of the mail folder show, and what a report says of a letter."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Envelope:
    """A letter as the list of the demonstration’s mail shows it."""

    name: str  # of the file, without its ending
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Span:
    """A piece of a letter; a link when it leads to this site."""

    text: str
    is_link: bool


@dataclass(frozen=True)
class BoxPage:
    letters: tuple[Envelope, ...]


@dataclass(frozen=True)
class LetterPage:
    envelope: Envelope
    sender: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Bounce:
    """One letter that will not arrive."""

    letter: str  # the name in its Message-ID
    to: str  # its address, as it travelled
    status: str  # 5.1.1
