"""What is decided about, and what is decided of it, before both are a row that nobody can edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discussion.series.series.models import Series


@dataclass(frozen=True)
class Case:
    """What is decided about: all that the record, the letter and the desk need to know of it."""

    kind: str  # position, response, thread, value, …
    id: str  # its public id
    series: "Series"
    addressed_to_id: int | None = None  # who gets the statement of reasons, and may appeal
    waits_as: tuple[tuple[str, str], ...] = ()  # its lines on the desk: (kind, public id)


@dataclass(frozen=True)
class Ruling:
    """What is decided, and what is said of it; everything may still be empty while it is typed."""

    action: str = ""  # of words.ACTIONS
    reason: str = ""  # its slug in the series' list
    why: str = ""  # said to the author
    facts: str = ""  # relied on; said to the author
    marks: Sequence[str] = ()  # what to mend, of words.MARKS
    twin: str = ""  # public id of the position that says it already
    version_id: int | None = None  # the version that is decided on, as it was on screen
    sources: str = ""  # a fingerprint of those that come with the version, likewise
    decided: str | None = None  # the newest decision, likewise; None asks nothing of it
    details: Mapping[str, Any] = field(default_factory=dict)  # plain JSON, for the chain alone
