"""Everything that one snapshot says of one pair of groups."""

from dataclasses import dataclass

from discussion.weighing.findings.shapes.ground import Crux, Reading, Shared, Unknown
from discussion.weighing.findings.shapes.groups import Group
from discussion.weighing.findings.shapes.provenance import Provenance, Representative
from discussion.weighing.findings.shapes.reasonable import Change, Meta
from discussion.weighing.findings.shapes.rows import Dimension, KindRows, Row
from discussion.weighing.findings.shapes.tags import Levels, ReadDifferently, Tags


@dataclass(frozen=True)
class Sentence:
    """The finding in a sentence: `text` is understood alone; `heading` leaves the numbers out."""

    verdict: str  # one of words.VERDICTS; empty when nothing has been weighed
    heading: str  # "People who differ here mostly differ over ends: … On the facts they are alike."
    answered: str  # "34 answered."
    text: str  # both
    prompt: str  # what moderators could do about such a finding


@dataclass(frozen=True)
class Found:
    """Everything one snapshot says of one pair of groups."""

    sentence: Sentence
    groups: tuple[Group, ...]  # the two that are compared; () when no two can be
    everybody: Group
    lede: str  # "34 answered: 18 midwives and 16 nurses in towns, who …"
    statements_says: str  # "Eight statements, drawn from eight positions, …"
    scale_says: str  # "Agree means 4 or 5 on a scale of five. …"
    points: int
    kinds: tuple[KindRows, ...]
    dimensions: tuple[Dimension, ...]  # ends, facts, means
    common: Reading
    common_rows: tuple[Shared, ...]
    parts: Reading  # what parts people
    parts_rows: tuple[Row, ...]
    cruxes: Reading
    crux_rows: tuple[Crux, ...]
    unknown: Reading
    unknown_rows: tuple[Unknown, ...]
    read_differently: Reading
    read_differently_rows: tuple[ReadDifferently, ...]
    not_reading: Reading  # not reading the same things
    different_reasons: Reading  # agreement for different reasons
    tags: Tags
    meta: Meta
    change: Change | None  # None in a first round
    levels: tuple[Levels, ...]
    ask_next: tuple[str, ...]  # for moderators, shown to all
    inferred_warning: str  # where groups are inferred; else empty
    representative: tuple[Representative, ...]  # of data of Polis' shape; else ()
    provenance: Provenance
