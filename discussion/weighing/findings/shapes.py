"""What the findings pages show. Numbers are None where they are not shown, and words say why.

Everything here may be read by whoever reads the thread, but `Mine`, which is one person's own.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    label: str
    url: str


@dataclass(frozen=True)
class Sentence:
    """The finding in a sentence: `text` is understood alone; `heading` leaves the numbers out."""

    verdict: str  # one of words.VERDICTS; empty when nothing has been weighed
    heading: str  # "People who differ here mostly differ over ends: … On the facts they are alike."
    answered: str  # "34 answered."
    text: str  # both
    prompt: str  # what moderators could do about such a finding


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


@dataclass(frozen=True)
class Row:
    """One statement between the two groups that are compared."""

    code: str  # E1
    kind: str  # end, fact, means; empty: imported and not sorted
    text: str
    sources: tuple[Link, ...]  # the positions it was drawn from
    cells: tuple[Cell, ...]  # of the groups, in their order
    everybody: Cell
    chosen: Cell | None  # of the group that the page is read for
    dont_know: str  # of everybody: "24"
    gap: float | None
    gap_words: str  # "0.55", "none"
    p: float | None
    p_words: str  # "1 in 126", "1 in 5,000 drawn"
    p_kind: str  # exact, sampled
    adjusted_p: float | None
    adjusted_p_words: str
    state: str  # apart, alike, unclear, insufficient
    state_words: str
    is_one_sided: bool  # one group is wholly higher: then the gap is the distance of the means
    is_left_out: bool  # it made the groups
    opens: tuple[str, ...]  # how its numbers were got, in sentences


@dataclass(frozen=True)
class KindRows:
    """The rows of one kind, in order."""

    kind: str
    title: str  # Ends
    says: str  # what matters
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Dimension:
    """What is known of ends, facts or means."""

    kind: str
    title: str
    state: str
    state_words: str
    says: str  # "One of two statements"
    reasons: tuple[str, ...]  # in sentences
    needed: int
    rated: int
    apart: tuple[str, ...]  # codes
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]


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


@dataclass(frozen=True)
class ReadDifferently:
    """One source that both groups cite on one claim, and read differently."""

    title: str
    url: str
    claim: str
    conflict: float
    says: str


@dataclass(frozen=True)
class Reading:
    """One block of prose with its rows: `said` large, `says` in paragraphs. All may be empty."""

    said: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Emphasis:
    """How much weight each group's positions give one value, 0 … 1."""

    value: str
    label: str
    url: str
    a: float
    b: float
    is_shared: bool
    is_distinctive: bool


@dataclass(frozen=True)
class Tags:
    """What the two groups' positions show, without any rating."""

    is_compared: bool  # false: for these groups positions are not looked at, `says` tells why
    gap: float | None
    shared: float | None
    emphases: tuple[Emphasis, ...]
    tagged: tuple[int, int]
    positions: tuple[int, int]
    overlap: float | None
    shared_items: tuple[Link, ...]
    only_a: int
    only_b: int
    is_reading_other_things: bool
    retracted: tuple[Link, ...]  # left out
    says: tuple[str, ...]


@dataclass(frozen=True)
class Legitimacy:
    """Not mine, but reasonable: what those who do not hold a statement say of it."""

    code: str
    kind: str
    text: str
    holders: int
    non_holders: int
    answered: int
    yes: int
    share: float | None
    bar: float  # the test set beforehand: 0.75
    is_disputed: bool
    is_respected: bool
    says: str  # "13 of 15 who do not hold it find it reasonable"
    against_bar: str  # "just below the 75% mark"; empty where nobody answered


@dataclass(frozen=True)
class Meta:
    """Meta-consensus: how much of what is disputed is found reasonable; None of nothing."""

    normative: float | None
    epistemic: float | None
    preference_range: float | None
    rows: tuple[Legitimacy, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """One statement in this round and the one before, all raters together."""

    code: str
    text: str
    before: float | None  # medians
    after: float | None
    has_settled: bool
    says: str


@dataclass(frozen=True)
class Change:
    """What changed since the round before."""

    before: int  # number of the round
    is_stable: bool
    stop_rule: str  # in words, as it was fixed
    rows: tuple[Moved, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class LevelPair:
    """Two levels: how much emphasis they share, and which value differs most."""

    first: str
    second: str
    coherence: float | None
    value: str  # label of the value that differs most; empty
    value_url: str
    a: float | None
    b: float | None
    says: str


@dataclass(frozen=True)
class Levels:
    """Coherence across levels in one thread, or over it and its related threads."""

    scope: str  # thread, related
    threads: tuple[Link, ...]
    index: float | None
    pairs: tuple[LevelPair, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Another pair that can be compared."""

    key: str  # family, role, phase, level, value, leans:M1, inferred
    title: str  # "Midwives and nurses in towns"
    url: str
    is_chosen: bool
    note: str


@dataclass(frozen=True)
class Line:
    """One line of how it was got."""

    title: str
    says: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """How it was got: what was fixed beforehand, from what, by which code, when."""

    lines: tuple[Line, ...]
    parameters: dict[str, str]  # by name, as text: gap 0.25 …
    inputs_hash: str
    code_version: str
    made_at: datetime
    because: str  # in words
    attribution: str  # of imported data; shown wherever the data is


@dataclass(frozen=True)
class Representative:
    """What sets an inferred group apart, as Polis finds it; for data of its shape alone."""

    group: str  # key
    group_title: str
    code: str
    text: str
    side: str  # agree, disagree
    says: str


@dataclass(frozen=True)
class Edition:
    """One snapshot that can be read."""

    version: int
    round_number: int
    made_at: datetime
    label: str  # "Round 1, version 2"
    url: str
    is_shown: bool
    is_latest: bool


@dataclass(frozen=True)
class Stage:
    """One step of the thread's course."""

    key: str
    title: str
    on: date | None
    is_past: bool
    is_now: bool
    is_skipped: bool = False
    is_late: bool = False  # ahead, and its day has passed: it waits


@dataclass(frozen=True)
class OwnAnswer:
    """One of one's own answers beside the room's."""

    code: str
    kind: str
    text: str
    answer: str  # in words: "agree", "I don’t know"
    room: str  # in words, as far as it is shown
    says: str


@dataclass(frozen=True)
class Mine:
    """Where I stand: for one person alone, never kept."""

    group: str  # "You answered as a midwife."; empty where none is shown
    says: tuple[str, ...]
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class Waiting:
    """What a thread without a closed round waits for."""

    state: str  # none, planned, open, computing
    says: str
    answered: int | None
    closes_on: date | None
    round_url: str = ""  # of the round that is open


@dataclass(frozen=True)
class Refusal:
    """Why the page is not read for the group that was asked for."""

    asked: str
    says: str


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


@dataclass(frozen=True)
class OfEarlierCycle:
    """These findings are of a cycle of the thread that has ended since."""

    number: int
    url: str  # of the cycle's own page


@dataclass(frozen=True)
class FindingsPage:
    """A thread's findings, or what it waits for."""

    thread_question: str
    thread_slug: str
    thread_url: str
    series_slug: str
    series_title: str
    stages: tuple[Stage, ...]
    waiting: Waiting | None  # also beside older findings, while a new round runs
    found: Found | None
    ended_early: str  # that its round closed with the series, before its last day
    version: int | None
    round_number: int | None
    earlier_cycle: OfEarlierCycle | None  # that they are of; None for the cycle of today
    is_latest: bool
    latest_url: str
    permanent_url: str
    json_url: str
    editions: tuple[Edition, ...]
    comparisons: tuple[Comparison, ...]
    lenses: tuple[Group, ...]  # for ?as=
    lens: Group | None  # the page is read for it
    lens_says: tuple[str, ...]  # how this group stands beside the room
    refusal: Refusal | None
    mine: Mine | None  # where I stand: only for who rated, and never kept anywhere
    contribute_url: str  # where evidence can be added
