"""What the whole room says of a statement, before anybody asks which groups differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from discussion.analysis.answered import Answered
from discussion.analysis.answers import exact
from discussion.analysis.ratings import DEFAULTS, Thresholds

RoomState = Literal["insufficient", "consensus", "split", "mixed"]

FEWEST_IN_ROOM = 10  # ratings


@dataclass(frozen=True)
class RoomFinding:
    """`side` is 1 where the consensus is to agree, −1 to disagree, 0 without one."""

    state: RoomState
    side: int
    room: Answered


def find_room(
    room: Answered, groups: Iterable[Answered], thresholds: Thresholds = DEFAULTS
) -> RoomFinding:
    """Whether a room agrees on a statement, is split, or neither.

    `room` are all answers, `groups` those of the round's headline groups, which may be none; people
    by point. Insufficient below ten ratings. Consensus: at least `thresholds.consensus` of the
    room's ratings, and of each headline group's, are on one and the same side; a group of fewer
    than `thresholds.min_group` is in no consensus. Split: at least a third of the ratings on each
    side. Compared exactly. Raises nothing of its own. Source: the median threshold of Delphi
    studies, Diamond et al. (2014), J Clin Epi 67(4) 401–409; the split is our own.
    """
    if room.raters < FEWEST_IN_ROOM:
        return RoomFinding("insufficient", 0, room)
    share = exact(thresholds.consensus)
    side = room.side_of(share)
    if side and all(
        each.raters >= thresholds.min_group and each.side_of(share) == side for each in groups
    ):
        return RoomFinding("consensus", side, room)
    return RoomFinding("split" if room.is_split else "mixed", 0, room)
