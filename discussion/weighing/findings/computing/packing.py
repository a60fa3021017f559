"""Sets of raters as text, to be sealed: whose answers each published number was a sum of."""

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Iterable
from dataclasses import dataclass, replace

from discussion.records import dump, read
from discussion.weighing.findings.computing.earlier import People, Sets, Told, Wording


@dataclass(frozen=True)
class _PackedWording:
    """What was told of one, people by their places."""

    same: str
    folded: str
    is_known: bool
    numbers: tuple[tuple[int, ...], ...]
    answered: tuple[tuple[int, ...], ...]
    reasonable: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Packed:
    """Sets of one round; each person is named once."""

    people: tuple[str, ...]
    wordings: tuple[_PackedWording, ...]


def pack(sets: Sets) -> str:
    """As text, small."""
    told = list(sets.values())
    names = sorted({who for each in told for one in each.every() for who in one})
    place = {who: number for number, who in enumerate(names)}

    def places(people: Iterable[People]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(sorted(map(place.__getitem__, each))) for each in people)

    wordings = tuple(
        _PackedWording(
            same=wording.same,
            folded=wording.folded,
            is_known=each.is_known,
            numbers=places(each.numbers),
            answered=places(each.answered),
            reasonable=places(each.reasonable),
        )
        for wording, each in sets.items()
    )
    return _write(_Packed(tuple(names), wordings))


def unpack(packed: str) -> dict[Wording, Told]:
    """What `pack` wrote."""
    said = _read(packed)

    def people(places: tuple[tuple[int, ...], ...]) -> tuple[People, ...]:
        return tuple(frozenset(said.people[number] for number in each) for each in places)

    return {
        Wording(each.same, each.folded): Told(
            people(each.numbers), people(each.answered), people(each.reasonable), each.is_known
        )
        for each in said.wordings
    }


def rename(packed: str, name: str, other: str) -> str | None:
    """The same with somebody under another name; None where they are in no set."""
    said = _read(packed)
    if name not in said.people:
        return None
    people = tuple(other if each == name else each for each in said.people)
    return _write(replace(said, people=people))


def _read(packed: str) -> _Packed:
    return read(_Packed, json.loads(zlib.decompress(b85decode(packed))))


def _write(said: _Packed) -> str:
    kept = json.dumps(dump(said), separators=(",", ":"))
    return b85encode(zlib.compress(kept.encode())).decode()
