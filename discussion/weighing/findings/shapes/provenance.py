"""How it was got, and what sets inferred groups apart."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Representative:
    """What sets an inferred group apart, as Polis finds it; for data of its shape alone."""

    group: str  # key
    group_title: str
    code: str
    text: str
    side: str  # agree, disagree
    says: str


@dataclass(frozen=True)
class Line:
    """One line of how it was got."""

    title: str
    says: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """How it was got: what was fixed beforehand, from what, by which code, when."""

    lines: tuple[Line, ...]
    parameters: dict[str, str]  # by name, as text: gap 0.25 …
    inputs_hash: str
    code_version: str
    made_at: datetime
    because: str  # in words
    attribution: str  # of imported data; shown wherever the data is
