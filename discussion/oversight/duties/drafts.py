"""A version of a record, before it is a row."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DutyDraft:
    """A record that the law asks for, as it is written, with when it is reviewed next."""

    text: str
    code_version: str
    review_on: date
    what_changed: str
    seen: int  # the newest version when it was begun; 0 where there was none
