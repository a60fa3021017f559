"""From what was read to the snapshots that are due; this takes a while, so no transaction waits."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from discussion.findings.computing.changing import find_change
from discussion.findings.computing.comparing import find_in
from discussion.findings.computing.counting import count_round
from discussion.findings.computing.given import GivenRound, GivenTags
from discussion.findings.computing.groups import MOST_OF_A_FAMILY, PARTITIONS
from discussion.findings.computing.tagging import find_levels

SCHEMA = 1
_KEYS = b"discussion findings inputs 1"


@dataclass(frozen=True)
class Due:
    """One closed round: with answers to count, or as it was counted once and for all."""

    round_id: int
    latest_id: int | None  # of the round's newest snapshot
    latest_hash: str
    given: GivenRound | None  # with answers to count, the first time or since it was sorted
    counted: dict[str, Any] | None


@dataclass(frozen=True)
class Made:
    """A snapshot that is to be kept, unless somebody else was quicker."""

    round_id: int
    latest_id: int | None
    inputs_hash: str
    parameters: dict[str, Any]
    results: dict[str, Any]


def make(rounds: Sequence[Due], tags: GivenTags, secret: str) -> tuple[Made, ...]:
    """What is due of a thread's closed rounds, in order: those never counted, and the newest.

    What a round's ratings say is counted once. Were it counted again when somebody has left, what
    that person had said would be the difference.
    """
    found: list[Made] = []
    before: dict[str, Any] | None = None
    for due in rounds:
        counted = due.counted or _count(due, secret)
        inputs_hash = hash_of(counted, tags, secret)
        is_newest = due is rounds[-1]
        if due.latest_id is None or (is_newest and due.latest_hash != inputs_hash):
            results = _results(counted, tags, before)
            found.append(
                Made(due.round_id, due.latest_id, inputs_hash, _parameters(counted), results)
            )
        before = counted
    return tuple(found)


def hash_of(counted: dict[str, Any], tags: GivenTags, secret: str) -> str:
    """Of everything that a snapshot is made from; under a key, so that nobody can try answers."""
    said = asdict(tags) | {"retracted": sorted(tags.retracted)}
    return _keyed([counted["hash"], said], secret)


def _count(due: Due, secret: str) -> dict[str, Any]:
    given = due.given
    if given is None:
        raise ValueError("a round that was never counted is given with its answers")
    raters = {key: asdict(rater) for key, rater in given.raters.items()}
    statements = [
        [each.id, each.version, each.kind, dict(each.answers), dict(each.reasonable),
         sorted(each.cruxes)]
        for each in given.statements
    ]  # fmt: skip
    return count_round(given) | {"hash": _keyed([given.id, raters, statements], secret)}


def _results(
    counted: dict[str, Any], tags: GivenTags, before: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "ratings": counted,
        "found": find_in(counted, tags),
        "change": find_change(before, counted),
        "levels": find_levels(tags),
        "values": dict(tags.values),
        "positions": len(tags.positions),
    }


def _keyed(said: Any, secret: str) -> str:
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    key = hmac.new(secret.encode(), _KEYS, sha256).digest()
    return hmac.new(key, canonical.encode(), sha256).hexdigest()


def _parameters(counted: dict[str, Any]) -> dict[str, Any]:
    about = counted["round"]
    return {
        **about["limits"],
        "min_group": about["min_group"],
        "points": about["points"],
        "seed": about["seed"],
        "partitions": list(PARTITIONS),
        "most_of_a_family": str(MOST_OF_A_FAMILY),
    }
