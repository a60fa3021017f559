"""What rounds and the answers in them are called on their pages, and their limits."""

from dataclasses import dataclass

from discussion.language import Phrase, _l
from discussion.weighing.rounds.words import MOST_POINTS, NOT_NUMBERS

MOST_STATEMENTS = 60  # in one round; nobody has time for more
MOST_ROUNDS = 5  # in one cycle, fixed beforehand
MOST_GROUP = 50
LONGEST_DAYS = 366
OFFERED_DAYS = 14  # as long as a plan says before anybody typed
REMINDED_DAYS = 2  # before a round closes
FEWEST_OF_KIND = {"end": 2, "fact": 2, "means": 1}  # with which something can be said of a kind
STEP = 5  # what is counted while a round is open is known in steps of so many

_STRONGLY_DISAGREE, _DISAGREE = _l("Strongly disagree"), _l("Disagree")
_RATHER_DISAGREE, _NEITHER = _l("Rather disagree"), _l("Neither agree nor disagree")
_RATHER_AGREE, _AGREE, _STRONGLY_AGREE = _l("Rather agree"), _l("Agree"), _l("Strongly agree")

# The points of a scale, from 1 up.
SCALES: dict[int, tuple[Phrase, ...]] = {
    3: (_DISAGREE, _NEITHER, _AGREE),
    4: (_STRONGLY_DISAGREE, _DISAGREE, _AGREE, _STRONGLY_AGREE),
    5: (_STRONGLY_DISAGREE, _DISAGREE, _NEITHER, _AGREE, _STRONGLY_AGREE),
    6: (_STRONGLY_DISAGREE, _DISAGREE, _RATHER_DISAGREE, _RATHER_AGREE, _AGREE, _STRONGLY_AGREE),
    7: (_STRONGLY_DISAGREE, _DISAGREE, _RATHER_DISAGREE, _NEITHER, _RATHER_AGREE, _AGREE,
        _STRONGLY_AGREE),
}  # fmt: skip
assert max(SCALES) == MOST_POINTS

KEYS = {"dont_know": "d", "not_for_me": "n"}  # and each point its digit


@dataclass(frozen=True)
class Way:
    """A way of holding rounds, as moderators choose it, and the numbers that it stands for."""

    label: Phrase
    for_raters: Phrase
    how_sure: Phrase
    stop: str  # of STOP_RULES
    rounds: int | None = None  # None: whatever is set, since the rule needs no number
    feedback: str = ""  # of FEEDBACK; empty: whatever is set, since nobody sees a round before


OWN_WAY = "own"  # by numbers that are none of these
WAYS = {
    "once": Way(
        _l("Once"),
        _l("People rate each statement once."),
        _l(
            "Findings say what was found then. Whether anybody would answer otherwise after"
            " seeing the other answers stays unknown."
        ),
        "rounds",
        1,
    ),
    "twice": Way(
        _l("Twice"),
        _l(
            "People rate, then see their own answer beside everybody’s middle answer and spread,"
            " and rate again in a second round."
        ),
        _l(
            "Findings also say who moved, and how far. What still parts people then has stood a"
            " second look."
        ),
        "rounds",
        2,
        "spread",
    ),
    "settled": Way(
        _l("Until answers settle"),
        _l(
            "Such rounds follow until answers to four in five statements have stopped changing,"
            " five rounds at most. Fewer people may come back each time."
        ),
        _l(
            "You can be surest that views have settled. But the fewer answer the last round, the"
            " fewer differences can be told from chance."
        ),
        "stable",
        None,
        "spread",
    ),
}

THRESHOLDS = {
    "gap": _l("Groups are apart from this gap upwards"),
    "bound": _l("Groups answered alike where this difference is ruled out"),
    "alpha": _l("How likely it may be that a gap is only chance"),
    "consensus": _l("Common ground: at least this share of all, and of every group"),
    "same_side": _l("“Both agree” means at least this share of both groups"),
    "viewpoint": _l("Viewpoints are shown if found again at least this surely"),
}
ABOVE_HALF = ("consensus", "same_side")
EARLIER_THRESHOLDS = {"alike": _l("Groups are alike up to this gap")}  # by the rule before

THRESHOLD_SAYS = {
    "gap": _l("From 0 to 1. On five points 0.25 is one step of the scale."),
    "bound": _l("From 0 to 1, and not above the one before."),
    "alpha": _l("From 0 to 1. 0.05 is five in a hundred."),
    "consensus": _l("Above 0.5, and at most 1. 0.75 is three in four."),
    "same_side": _l("Above 0.5, and at most 1. 0.75 is three in four."),
    "viewpoint": _l("From 0 to 1, where 1 is always the same. 0.9 is nearly always."),
}  # of each threshold, what may be typed


def agrees(value: str, points: int) -> bool:
    """Whether an answer agrees: r ≥ ⌈L/2⌉ + 1; what is no number does not."""
    return value.isdigit() and int(value) >= (points + 1) // 2 + 1


def is_non_holder(value: str, points: int) -> bool:
    """Whether somebody rated a statement and does not agree with it."""
    return value.isdigit() and not agrees(value, points)


def in_one_word(value: str, points: int) -> str:
    """An answer in the words of its scale."""
    return str(NOT_NUMBERS[value] if value in NOT_NUMBERS else SCALES[points][int(value) - 1])
