"""Where groups are each split, with who stands where; and viewpoints that run through them."""

from dataclasses import dataclass

from discussion.weighing.findings.shapes.groups import Cell, Group


@dataclass(frozen=True)
class LeanRow:
    """One statement with a third or more of each group on both sides."""

    code: str
    text: str
    cells: tuple[Cell, ...]  # of the two groups, in their order
    says: str  # "of 18 midwives 7 agree and 6 disagree with “…”, and …"
    state_words: str  # whether the two answered alike; empty where the title says it


@dataclass(frozen=True)
class Leans:
    """Who stands where, group by group."""

    title: str
    says: str
    groups: tuple[Group, ...]  # the two that are compared
    rows: tuple[LeanRow, ...]
    is_boxes: bool  # a box a person; else a bar, where there are too many to count by eye


@dataclass(frozen=True)
class Holding:
    """How many of a declared group hold a viewpoint."""

    group: Group
    size: int | None  # None where that is not shown
    says: str  # "7 of 18 midwives"; "fewer than five midwives"


@dataclass(frozen=True)
class Viewpoint:
    """One way of answering: nobody's own, and of nobody by name."""

    letter: str  # A
    size: int
    says: str  # "12 of 36"
    within: tuple[Holding, ...]  # of the two headline groups; () where there are none
    others: int | None  # who hold it and are in neither; None where that is not shown
    code: str  # of the statement that marks it out most; empty where that is not shown
    text: str  # its wording
    stands: str  # "Most agree with"


@dataclass(frozen=True)
class Profile:
    """What those who hold one viewpoint answered to one statement."""

    letter: str
    cell: Cell
    place: float | None  # where their mean stands: 0 all disagree … 1 all agree
    words: str  # "12 of 12 agree"; "6 agree, 5 disagree"; why it is not shown
    is_apart: bool  # it is this viewpoint that the statement sets apart


@dataclass(frozen=True)
class ViewpointRow:
    """One statement, as each viewpoint answered it."""

    code: str
    text: str
    profiles: tuple[Profile, ...]  # in the order of the viewpoints


@dataclass(frozen=True)
class ViewpointRows:
    """The statements that set one viewpoint apart, that all share, or that do neither."""

    key: str  # A, B, C, shared, rest, hidden
    title: str  # "What sets A apart"
    rows: tuple[ViewpointRow, ...]


@dataclass(frozen=True)
class Viewpoints:
    """Two or three of them; or why none are shown."""

    # found; too_few_raters, too_few_statements, none, unstable, across, withheld
    state: str
    title: str  # "Two viewpoints"
    says: tuple[str, ...]
    viewpoints: tuple[Viewpoint, ...]
    blocks: tuple[ViewpointRows, ...]
    stability: float | None  # 0 chance … 1 the same ones again
    how: tuple[str, ...]  # how they were made, and what they are not
