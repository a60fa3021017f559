"""Everything that one snapshot says of one pair of groups."""

from dataclasses import dataclass

from discussion.weighing.findings.shapes.ground import Crux, Reading, Settling, Shared, Unknown
from discussion.weighing.findings.shapes.groups import Group
from discussion.weighing.findings.shapes.ledger import LedgerLine
from discussion.weighing.findings.shapes.patterns import Peaks, SharedReasons
from discussion.weighing.findings.shapes.provenance import Provenance, Representative
from discussion.weighing.findings.shapes.reasonable import Change, Meta
from discussion.weighing.findings.shapes.rows import Dimension, KindRows, Row
from discussion.weighing.findings.shapes.tags import Levels, ReadDifferently, Tags
from discussion.weighing.findings.shapes.viewpoints import Leans, Viewpoints


@dataclass(frozen=True)
class Clause:
    """One thing that is known, or cannot be told: `lead` and `says` are read as one sentence."""

    kinds: tuple[str, ...]  # end, fact, means; () of viewpoints, which run through all
    # apart, split, viewpoints, agreed, consensus, alike, unclear, insufficient, missing, unknown
    state: str
    lead: str  # "they differ over an end"
    says: str  # "15 of 16 nurses and 2 of 18 midwives agree with “…”"; empty: the lead is all
    codes: tuple[str, ...]  # the statements that it rests on; the one that it names first

    @property
    def is_told(self) -> bool:
        """Whether it tells something of people, rather than that nothing can be told."""
        return self.state not in ("unclear", "insufficient", "missing")


@dataclass(frozen=True)
class Sentence:
    """The finding in a sentence, the same wherever it is said: `text` is understood alone."""

    verdict: str  # one of words.VERDICTS; empty when nothing has been weighed
    heading: str  # between whom, and what is known: at most three clauses
    answered: str  # "34 answered."
    text: str  # both
    prompt: str  # what moderators could do about such a finding
    among: str = ""  # "Among 18 midwives and 16 nurses:"
    clauses: tuple[Clause, ...] = ()  # of the heading; () by the rule before
    short: str = ""  # for lists: between whom, and the first clause


@dataclass(frozen=True, eq=False)  # what is drawn of one is kept beside it: see web/fragments.py
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
    settling: tuple[Settling, ...]
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
    ledger: tuple[LedgerLine, ...]  # ends, facts, means; () by the rule before
    least_divisive: Reading
    least_rows: tuple[Shared, ...]
    rule: str  # by which rule it was made, where that is not the present one
    leans: Leans | None = None  # who stands where; None where no statement splits both groups
    peaks: tuple[Peaks, ...] = ()  # by scale
    shared_reasons: tuple[SharedReasons, ...] = ()
    viewpoints: Viewpoints | None = None  # None by the rule before, and of imported answers
