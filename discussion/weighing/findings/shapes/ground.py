"""What is common, what parts people, what might move them, and what nobody knows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """One block of prose with its rows: `said` large, `says` in paragraphs. All may be empty."""

    said: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """One statement, as far as it is common ground."""

    code: str
    text: str
    says: str  # "18 of 18 midwives and 16 of 16 nurses in towns agree"
    measure: float | None  # C.1's small-group form, or Polis' product for Polis' data
    bridge: float | None  # the product of (agreeing + 1) / (raters + 2)
    consensus: str  # agree, disagree, none, insufficient: by the share set beforehand
    against: bool  # what they have in common is that they disagree with it


@dataclass(frozen=True)
class Crux:
    """A statement of which both sides say that another view of it would change their position."""

    code: str
    text: str
    share: float
    pairs: int
    possible: int
    says: str  # "25 of 255 pairs", with who is on which side
    is_on_one_side: bool = False  # only one side has enough who say so


@dataclass(frozen=True)
class Settling:
    """What people ask to see before another view of a fact is theirs, without who asks."""

    code: str
    text: str
    lines: tuple[str, ...]  # in an order drawn by lot; of five people or more


@dataclass(frozen=True)
class Unknown:
    """A statement that many say they do not know."""

    code: str
    text: str
    dont_know: int
    asked: int
    share: float
    says: str
    cites: int | None  # items of evidence that its source positions cite; None: not counted
