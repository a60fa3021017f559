"""An item of the library as much as a card shows of it, and the columns to read for that."""

from datetime import datetime
from typing import NamedTuple

from discussion.debate.evidence.models import EvidenceItem


class ItemInBrief(NamedTuple):
    """What its name, kind, strength, status and link are told from."""

    public_id: str
    is_hidden: bool
    title: str
    language: str
    authors: list[str]
    year: int | None
    publisher: str
    kind: str
    strength_scale: str
    strength_value: str
    status: str
    status_note: str
    url: str | None
    doi: str | None
    link_state: str
    link_checked_at: datetime | None
    created_at: datetime


IN_BRIEF = tuple(EvidenceItem.__table__.c[name] for name in ItemInBrief._fields)
