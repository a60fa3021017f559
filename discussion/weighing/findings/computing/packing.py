"""Sets of raters as text, to be sealed: whose answers each published number was a sum of.

People are named once; a set is a number in hexadecimal digits, one bit for each of them. Earlier
ones were lists of places, which are read as well.
"""

import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import compress, product

from discussion.records import dump, read
from discussion.weighing.findings.computing.earlier import KINDS, People, Sets, Told, Wording

_ONE = ord("1")


@dataclass(frozen=True)
class _PackedWording:
    """What was told of one, each set by its bits."""

    same: str
    folded: str
    is_known: bool
    numbers: tuple[str, ...]
    answered: tuple[str, ...]
    reasonable: tuple[str, ...]


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

    def bits(people: Iterable[People]) -> tuple[str, ...]:
        return tuple(_bits(map(place.__getitem__, each), len(names)) for each in people)

    wordings = tuple(
        _PackedWording(
            same=wording.same,
            folded=wording.folded,
            is_known=each.is_known,
            numbers=bits(each.numbers),
            answered=bits(each.answered),
            reasonable=bits(each.reasonable),
        )
        for wording, each in sets.items()
    )
    return _write(_Packed(tuple(names), wordings))


def unpack(packed: str) -> dict[Wording, Told]:
    """What `pack` wrote."""
    said = _read(packed)

    def people(sets: tuple[str, ...]) -> tuple[People, ...]:
        return tuple(
            frozenset(compress(said.people, _flags(each, len(said.people)))) for each in sets
        )

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


def _bits(places: Iterable[int], people: int) -> str:
    """Hexadecimal digits; the first of the people is the highest bit."""
    flags = bytearray(b"0" * people)
    for place in places:
        flags[place] = _ONE
    return f"{int(flags or b'0', 2):x}"


def _flags(bits: str, people: int) -> Iterable[int]:
    return map(int, f"{int(bits, 16):0{people}b}")


def _read(packed: str) -> _Packed:
    kept = json.loads(zlib.decompress(b85decode(packed)))
    for each, kind in product(kept["wordings"], KINDS):
        each[kind] = [
            one if isinstance(one, str) else _bits(one, len(kept["people"])) for one in each[kind]
        ]
    return read(_Packed, kept)


def _write(said: _Packed) -> str:
    kept = json.dumps(dump(said), separators=(",", ":"))
    return b85encode(zlib.compress(kept.encode())).decode()
