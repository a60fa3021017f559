"""What two people made of one text, put together word by word: a three-way merge, as `diff3`'s."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from discussion.text.differing import MOST_PAIRS, count_pairs

_Step = tuple[str, int, int, int, int]
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class _Change:
    """Words `start` to `end` of the text before became these."""

    start: int
    end: int
    words: list[str]
    is_mine: bool


def put_together(before: str, mine: str, theirs: str) -> str:
    """Both changes in one text; where both changed the same words, theirs stand and mine follow.

    Texts that repeat the same words too often to be compared in good time follow one another whole.
    """
    if mine in (before, theirs):
        return theirs
    if theirs == before:
        return mine
    base = _WORD.findall(before)
    texts = [_WORD.findall(each) for each in (mine, theirs)]
    steps = [_steps(base, words) for words in texts]
    if steps[0] is None or steps[1] is None:
        return f"{theirs.rstrip()}\n\n{mine.lstrip()}"
    changes = [_changes(steps[n], texts[n], is_mine=n == 0) for n in (0, 1)]
    base = _respaced(base, zip(steps, texts, strict=True))
    made, at = "", 0
    for group in _groups([*changes[0], *changes[1]]):
        start, end = group[0].start, max(one.end for one in group)
        made = _after(made, "".join(base[at:start]))
        made, at = _after(made, _joined(base, group, start, end)), end
    return _after(made, "".join(base[at:]))


def _steps(base: list[str], words: list[str]) -> Sequence[_Step] | None:
    """What is alike and what is not; None where that would take too long to say."""
    old, new = ([word.strip() for word in each] for each in (base, words))
    if count_pairs(old, new) > MOST_PAIRS:
        return None
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _changes(steps: Sequence[_Step] | None, words: list[str], *, is_mine: bool) -> list[_Change]:
    return [_Change(a, b, words[c:d], is_mine) for tag, a, b, c, d in steps or () if tag != "equal"]


def _respaced(
    base: list[str], sides: Iterable[tuple[Sequence[_Step] | None, list[str]]]
) -> list[str]:
    """The words that both left, with the breaks that either put after them; the wider of two."""
    made = list(base)
    for steps, words in sides:
        for tag, a, b, c, _d in steps or ():
            for n in range(b - a) if tag == "equal" else ():
                word = words[c + n]
                is_wider = word.count("\n") > made[a + n].count("\n")
                if word != base[a + n] and (made[a + n] == base[a + n] or is_wider):
                    made[a + n] = word
    return made


def _groups(changes: list[_Change]) -> list[list[_Change]]:
    """Changes that touch the same words stand in one group."""
    groups: list[list[_Change]] = []
    for one in sorted(changes, key=lambda each: (each.start, each.end)):
        end = max(each.end for each in groups[-1]) if groups else -1
        is_same_point = bool(groups) and one.start == end == groups[-1][-1].start
        if groups and (one.start < end or is_same_point):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _joined(base: list[str], group: list[_Change], start: int, end: int) -> str:
    sides = [
        _applied(base, [one for one in group if one.is_mine == side], start, end)
        for side in (False, True)
        if any(one.is_mine == side for one in group)
    ]
    if len(sides) == 2 and sides[0].strip() == sides[1].strip():
        return sides[0]
    return _after(sides[0], sides[1]) if len(sides) == 2 else sides[0]


def _applied(base: list[str], changes: list[_Change], start: int, end: int) -> str:
    made, at = "", start
    for one in changes:
        made = _after(made, "".join(base[at : one.start]))
        made, at = _after(made, "".join(one.words)), one.end
    return _after(made, "".join(base[at:end]))


def _after(before: str, more: str) -> str:
    """Put together with a space where neither has one."""
    is_apart = not before or not more or before[-1].isspace() or more[0].isspace()
    return before + more if is_apart else f"{before} {more}"
