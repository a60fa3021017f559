"""What findings are made from, as one number under a key: equal only where all of it is.

What is hashed is JSON with sorted keys and nothing between, of a round's answers and of what
positions say. That of thousands of answers is put together from pieces, which says the same.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from operator import add
from typing import TypeVar

from discussion.weighing.findings.computing.given import GivenRound, GivenTags, Rater
from discussion.weighing.findings.content.counted import Counted

Said = TypeVar("Said")
_KEYS = b"discussion findings inputs 1"
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(counted: Counted, tags: GivenTags, secret: str) -> str:
    """Of everything that a snapshot is made from; under a key, so that nobody can try answers."""
    said = asdict(tags) | {"retracted": sorted(tags.retracted)}
    if not tags.restated:  # as it was before positions could be restated
        del said["restated"]
    if not tags.scales:  # as it was before positions were looked at along scales
        del said["scales"]
        for each in (*said["positions"], *(p for one in said["related"] for p in one["positions"])):
            del each["places"]
    return _keyed([_json([counted.hash, said])], secret)


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
    return _keyed(_answers(given), secret)


def _answers(given: GivenRound) -> Iterator[str]:
    """The same in pieces: of thousands of raters it is long."""
    names = {who: _json(who) + ":" for who in sorted(given.raters)}
    yield f"[{_json(given.id)},{_object(given.raters, names, _rater)},["
    for number, each in enumerate(given.statements):
        answers = _object(each.answers, names, _json)
        reasonable = _object(each.reasonable, names, _json)
        parts = map(_json, (each.id, each.version, each.kind))
        yield f"{',' if number else ''}[{','.join(parts)},"
        yield from (answers, ",", reasonable, ",", _json(sorted(each.cruxes)), "]")
    yield "]]"


def _rater(rater: Rater) -> str:
    return _json(asdict(rater))


def _object(
    by_rater: Mapping[str, Said], names: Mapping[str, str], written: Callable[[Said], str]
) -> str:
    """What was said by rater; `names` are all raters, sorted, as they are written before it."""
    known = [who for who in names if who in by_rater] if len(by_rater) < len(names) else names
    said = list(map(by_rater.__getitem__, known))
    as_written = {each: written(each) for each in set(said)}
    pairs = map(add, map(names.__getitem__, known), map(as_written.__getitem__, said))
    return "{" + ",".join(pairs) + "}"


def _json(said: object) -> str:
    return _ENCODER.encode(said)


def _keyed(canonical: Iterable[str], secret: str) -> str:
    hashed = hmac.new(hmac.new(secret.encode(), _KEYS, sha256).digest(), digestmod=sha256)
    for piece in canonical:
        hashed.update(piece.encode())
    return hashed.hexdigest()
