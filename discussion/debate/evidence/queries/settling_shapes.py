"""The frozen shapes of the desk's page about an item of the library."""

from dataclasses import dataclass
from datetime import datetime

from discussion.debate.evidence.queries.shapes import ItemPage
from discussion.decisions.queries.desk import Frame
from discussion.decisions.shapes import PastDecision


@dataclass(frozen=True)
class Checked:
    """The link was asked for once."""

    state: str
    words: str
    status_code: int | None
    leads_to: str
    at: datetime


@dataclass(frozen=True)
class SettlePage:
    frame: Frame
    item: ItemPage
    address: str
    new_address: str  # where it moved to
    checks: tuple[Checked, ...]  # of the address it has, the newest first
    is_waiting: bool
    is_own: bool  # the viewer added it, so somebody else decides
    choices: tuple[str, ...]
    was_asked: bool  # its authors were asked to look already
    seen: str
    past: tuple[PastDecision, ...]
    settle_url: str
