"""What findings are made from, as one number under a key: equal only where all of it is.

What is hashed is JSON with sorted keys and nothing between, of a round's answers and of what
positions say. That of thousands of answers is put together from pieces, which says the same.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256

from discussion.weighing.findings.computing.given import GivenRound, GivenTags, Rater
from discussion.weighing.findings.content.counted import Counted

_KEYS = b"discussion findings inputs 1"
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(counted: Counted, tags: GivenTags, secret: str) -> str:
    """Of everything that a snapshot is made from; under a key, so that nobody can try answers."""
    said = asdict(tags) | {"retracted": sorted(tags.retracted)}
    if not tags.scales:  # as it was before positions were looked at along scales
        del said["scales"]
        for each in (*said["positions"], *(p for one in said["related"] for p in one["positions"])):
            del each["places"]
    return _keyed(_json([counted.hash, said]), secret)


def is_as_said(
    latest: str, counted: Counted, tags: GivenTags, secret: str, *, is_over: bool
) -> bool:
    """Whether a snapshot's hash is of what is said now.

    What is over stays as it was made before positions were looked at along scales.
    """
    known = [hash_of(counted, tags, secret)]
    if is_over:
        known.append(hash_of(counted, replace(tags, scales=()), secret))
    return latest in known


def hash_of_answers(given: GivenRound, secret: str) -> str:
    """Of a round's private answers, with what its raters had declared."""
    names = {who: _json(who) for who in sorted(given.raters)}
    value, rater = cache(_json), cache(_rater)
    raters = _object({who: rater(said) for who, said in given.raters.items()}, names)
    statements = []
    for each in given.statements:
        answers = _object({who: value(said) for who, said in each.answers.items()}, names)
        reasonable = _object({who: value(said) for who, said in each.reasonable.items()}, names)
        parts = map(_json, (each.id, each.version, each.kind))
        statements.append(_array([*parts, answers, reasonable, _json(sorted(each.cruxes))]))
    return _keyed(_array([_json(given.id), raters, _array(statements)]), secret)


def _rater(rater: Rater) -> str:
    return _json(asdict(rater))


def _array(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _object(written: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What is written by rater; `names` are all raters, sorted, as they are written."""
    pairs = [f"{name}:{written[who]}" for who, name in names.items() if who in written]
    return "{" + ",".join(pairs) + "}"


def _json(said: object) -> str:
    return _ENCODER.encode(said)


def _keyed(canonical: str, secret: str) -> str:
    key = hmac.new(secret.encode(), _KEYS, sha256).digest()
    return hmac.new(key, canonical.encode(), sha256).hexdigest()
