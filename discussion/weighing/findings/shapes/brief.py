"""One finding in brief, for the front page and the list of a series' findings."""

from dataclasses import dataclass
from datetime import date

from discussion.weighing.findings.shapes.groups import Cell, Group
from discussion.weighing.findings.shapes.rows import Dimension


@dataclass(frozen=True)
class BriefRow:
    """A statement as it is drawn beside the sentence; the finding's page has them all."""

    code: str
    kind: str
    text: str
    cells: tuple[Cell, ...]  # of the groups, in their order
    gap: float | None
    gap_words: str
    state: str
    state_words: str
    is_one_sided: bool
    says: str  # "2 of 18 and 15 of 16 agree"


@dataclass(frozen=True)
class Brief:
    """What a snapshot says, never without who answered and how many."""

    state: str  # found, or cannot_tell
    sentence: str  # between whom and over what, or what is missing to tell
    answered: str  # "40 answered."
    groups: tuple[Group, ...]  # the two that are compared; () when no two can be
    who: tuple[str, ...]  # what they are called beside a picture
    rows: tuple[BriefRow, ...]  # one or two that show it, where both groups can be shown
    dimensions: tuple[Dimension, ...]
    points: int  # of the scale
    found_on: date
    cycle: int  # of the thread, in which it was rated
    url: str
    thread_slug: str
    thread_question: str
    thread_language: str
    thread_url: str
    notes: tuple[str, ...]  # inferred groups, and where imported answers come from
