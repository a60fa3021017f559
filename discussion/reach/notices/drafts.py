"""How somebody wants to hear, as a form hands it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HearDraft:
    """Rhythms by kind; and when letters may come."""

    rhythms: Mapping[str, str]
    zone: str = ""  # empty: the site's
    weekday: int = 0
    quiet: tuple[int, int] | None = None  # minutes of the day
    nothing_until: date | None = None
