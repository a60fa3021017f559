"""What rounds and the answers in them are called on their pages, and their limits."""

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

THRESHOLDS = {
    "gap": _l("Groups are apart from this gap upwards"),
    "alike": _l("Groups are alike up to this gap"),
    "alpha": _l("How likely it may be that a gap is only chance"),
    "consensus": _l("“Most agree” means at least this share of every group"),
}


def agrees(value: str, points: int) -> bool:
    """Whether an answer agrees: r ≥ ⌈L/2⌉ + 1; what is no number does not."""
    return value.isdigit() and int(value) >= (points + 1) // 2 + 1


def is_non_holder(value: str, points: int) -> bool:
    """Whether somebody rated a statement and does not agree with it."""
    return value.isdigit() and not agrees(value, points)


def in_one_word(value: str, points: int) -> str:
    """An answer in the words of its scale."""
    return str(NOT_NUMBERS[value] if value in NOT_NUMBERS else SCALES[points][int(value) - 1])
