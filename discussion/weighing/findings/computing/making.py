"""From what was read to the snapshots that are due; this takes a while, so no transaction waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from discussion.records import dump
from discussion.sealing import BrokenSealError
from discussion.weighing.findings.computing.changing import find_change
from discussion.weighing.findings.computing.comparing import find_in, find_room_in
from discussion.weighing.findings.computing.counting import count_round
from discussion.weighing.findings.computing.earlier import (
    Sets,
    hide,
    list_asked_before,
    unknown_sets,
)
from discussion.weighing.findings.computing.given import GivenRound, GivenTags
from discussion.weighing.findings.computing.groups import MOST_OF_A_FAMILY, PARTITIONS
from discussion.weighing.findings.computing.hashing import hash_of, hash_of_answers, is_as_said
from discussion.weighing.findings.computing.packing import pack, unpack
from discussion.weighing.findings.computing.sharing import find_shared_reasons
from discussion.weighing.findings.computing.tagging import find_levels
from discussion.weighing.findings.content.counted import Counted
from discussion.weighing.findings.content.whole import CURRENT, Content
from discussion.weighing.rounds.keys import seal_of

Parameter = str | int | float | list[str]


@dataclass(frozen=True)
class Due:
    """One closed round: with answers to count, or as it was counted once and for all."""

    round_id: int
    latest_id: int | None  # of the round's newest snapshot
    latest_hash: str
    given: GivenRound | None  # with answers to count, the first time or since it was sorted
    counted: Counted | None
    sealed: str | None = None  # whose answers its numbers are sums of; None: nobody has kept it
    is_judged: bool = True  # whether its numbers were told beside those of rounds before
    is_over: bool = False  # its thread is closed, or has begun another cycle
    is_of_older_rule: bool = False  # made as snapshots no longer are, and not closed for good


@dataclass(frozen=True)
class Made:
    """A snapshot that is to be kept, unless somebody else was quicker; or only a round's sets."""

    round_id: int
    latest_id: int | None
    inputs_hash: str
    parameters: dict[str, Parameter]
    content: Content | None
    sealed: str | None


@dataclass(frozen=True)
class _Counted:
    """A round's numbers, and what they tell beside another round's."""

    counted: Counted
    sets: Sets
    sealed: str | None  # to be kept


def make(
    rounds: Sequence[Due], tags: GivenTags, secret: str, elsewhere: Sequence[str] = ()
) -> tuple[Made, ...]:
    """What is due of a thread's closed rounds, in order: those never counted, and the newest.

    `elsewhere` is what rounds of other threads have told, sealed: they may have asked the same.
    What a round's ratings say is counted once. Were it counted again when somebody has left, what
    that person had said would be the difference.
    """
    found: list[Made] = []
    before: Counted | None = None
    is_counting = any(due.counted is None or not due.is_judged for due in rounds)
    others = [_unsealed(one, secret) for one in elsewhere] if is_counting else []
    earlier = [each for each in others if each is not None]
    for due in rounds:
        now = _count(due, earlier, secret)
        inputs_hash = hash_of(now.counted, tags, secret)
        is_said = is_as_said(due.latest_hash, now.counted, tags, secret, is_over=due.is_over)
        is_old = not is_said or now.counted is not (due.counted or now.counted)
        is_due = due.latest_id is None or (due is rounds[-1] and (is_old or due.is_of_older_rule))
        content = _content(now.counted, tags, before) if is_due else None
        if content or now.sealed:
            found.append(
                Made(
                    due.round_id,
                    due.latest_id,
                    inputs_hash,
                    _parameters(now.counted),
                    content,
                    now.sealed,
                )
            )
        before = now.counted
        earlier.append(now.sets)
    return tuple(found)


def _count(due: Due, earlier: Sequence[Sets], secret: str) -> _Counted:
    """The first time from answers; later as it was counted, beside what was told before it."""
    if due.counted is None:
        if due.given is None:
            raise ValueError("a round that was never counted is given with its answers")
        counted, sets = count_round(due.given, earlier)
        sealed = seal_of(secret).close(pack(sets)) if sets else None
        hashed = replace(counted, hash=hash_of_answers(due.given, secret))
        return _Counted(hashed, sets, sealed)
    if due.counted.round.imported_from:
        return _Counted(due.counted, {}, None)
    sets, sealed = _sets(due, due.counted, secret)
    counted = due.counted if due.is_judged else _judged(due, due.counted, earlier, secret)
    return _Counted(counted, sets, sealed)


def _sets(due: Due, counted: Counted, secret: str) -> tuple[Sets, str | None]:
    """As they were kept; of rounds from before, made anew where every answer is still here."""
    if due.sealed is not None:
        kept = _unsealed(due.sealed, secret)
        return (unknown_sets(counted) if kept is None else kept), None
    if due.given is None or hash_of_answers(due.given, secret) != counted.hash:
        return unknown_sets(counted), None
    _again, sets = count_round(due.given)
    return sets, seal_of(secret).close(pack(sets))


def _unsealed(sealed: str, secret: str) -> Sets | None:
    """None where another secret sealed it."""
    try:
        return unpack(seal_of(secret).open(sealed))
    except BrokenSealError:
        return None


def _judged(due: Due, counted: Counted, earlier: Sequence[Sets], secret: str) -> Counted:
    """Numbers from before rounds were judged together, without those that now are not told."""
    codes = list_asked_before(counted, earlier)
    if not codes:
        return counted
    if due.given is not None and hash_of_answers(due.given, secret) == counted.hash:
        again, _told = count_round(due.given, earlier)
        return replace(
            again, hash=counted.hash, steps=None
        )  # which the sets kept of it do not have
    return hide(counted, codes)


def _content(counted: Counted, tags: GivenTags, before: Counted | None) -> Content:
    return Content(
        schema=CURRENT,
        ratings=counted,
        found=find_in(counted, tags),
        change=find_change(before, counted),
        levels=find_levels(tags),
        values=dict(tags.values),
        positions=len(tags.positions),
        restated=tags.restated,
        room=find_room_in(counted),
        reasons=find_shared_reasons(tags),
    )


def _parameters(counted: Counted) -> dict[str, Parameter]:
    """By what it was found, as the page names it."""
    about = counted.round
    limits: dict[str, float] = dump(about.limits.whole())
    limits.pop("alike")  # of the rule before
    return {
        **limits,
        "min_group": about.min_group,
        "points": about.points,
        "seed": about.seed,
        "partitions": list(PARTITIONS),
        "most_of_a_family": str(MOST_OF_A_FAMILY),
    }
