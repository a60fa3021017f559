"""Who rated, and what each group answered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    label: str
    url: str


@dataclass(frozen=True)
class Group:
    """A set of raters: everybody, a declared or inferred group, or who leans one way."""

    key: str  # everybody, family:care, role:…+phase:…, leans:M1:agree, inferred:1
    name: str  # in a sentence: "midwives", "everybody else"
    counted_name: str  # after a number: "midwives", "others"
    title: str  # at a head: "Midwives"
    size: int | None  # raters; None where it is not shown
    says: str  # "18 midwives"; "fewer than five midwives"
    is_inferred: bool
    url: str  # ?as=…; empty where there is none
    is_chosen: bool  # the page is read for it now


@dataclass(frozen=True)
class Cell:
    """What one group answered to one statement."""

    group: str  # key
    raters: int | None  # who gave a number
    agree: int | None
    disagree: int | None
    middle: int | None
    dont_know: int | None
    not_for_me: int | None
    counts: tuple[int, ...]  # by point of the scale, from 1 up; () where not shown
    shares: tuple[float, ...]  # the same of the group, 0 … 1
    mean: float | None  # in points
    median: float | None
    lower: float | None  # quartiles
    upper: float | None
    agreement: float | None  # van der Eijk's A, −1 … 1
    agreement_words: str  # of one mind, mixed, split
    words: str  # "18 of 18"; "fewer than five"; "not shown, since it would tell …"
    short: str  # the same in a narrow column: "fewer than 5", "not shown"
    why_not: str  # few, subtraction, nobody; empty where it is shown
