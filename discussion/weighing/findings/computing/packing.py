"""Sets of raters as text, to be sealed: whose answers each published number was a sum of.

People are named once, and so is a set: a number in hexadecimal digits, one bit for each of them.
Earlier ones stood wherever they were told, some as lists of places; all are read.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode, b85decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from discussion.analysis.arrays import Mask, np
from discussion.records import dump, read
from discussion.weighing.findings.computing.earlier import KINDS, Sets, Told, Wording
from discussion.weighing.findings.computing.people import People, Roster

_MARK = "."  # before what is written in base 64; earlier ones are in base 85, which has no dot


@dataclass(frozen=True)
class _PackedWording:
    """What was told of one, each set by its number."""

    same: str
    folded: str
    is_known: bool
    numbers: tuple[int, ...]
    answered: tuple[int, ...]
    reasonable: tuple[int, ...]


@dataclass(frozen=True)
class _Packed:
    """Sets of one round, each by its bits; each person is named once."""

    people: tuple[str, ...]
    sets: tuple[str, ...]
    wordings: tuple[_PackedWording, ...]


def pack(sets: Sets) -> str:
    """As text, small."""
    rosters = {each.roster for told in sets.values() for each in told.every()}
    everybody = Roster(()).join(rosters)
    masks = [everybody.mask(each) for told in sets.values() for each in told.every()]
    is_told = np.logical_or.reduce([np.zeros(len(everybody.names), dtype=bool), *masks])
    places = sorted(np.flatnonzero(is_told).tolist(), key=everybody.names.__getitem__)
    kept = np.array(places, dtype=np.intp)
    number: dict[bytes, int] = {}
    bits: list[str] = []

    def numbered(people: Iterable[People]) -> Iterator[int]:
        for each in people:
            own = np.packbits(everybody.mask(each)[kept]).tobytes()
            if own not in number:
                number[own] = len(bits)
                bits.append(_bits(everybody.mask(each)[kept]))
            yield number[own]

    wordings = tuple(
        _PackedWording(
            same=wording.same,
            folded=wording.folded,
            is_known=each.is_known,
            numbers=tuple(numbered(each.numbers)),
            answered=tuple(numbered(each.answered)),
            reasonable=tuple(numbered(each.reasonable)),
        )
        for wording, each in sets.items()
    )
    return _write(_Packed(tuple(everybody.names[each] for each in places), tuple(bits), wordings))


def unpack(packed: str) -> dict[Wording, Told]:
    """What `pack` wrote."""
    said = _read(packed)
    everybody = Roster(said.people)
    sets = [People(everybody, _flags(each, len(said.people))) for each in said.sets]

    def people(numbers: tuple[int, ...]) -> tuple[People, ...]:
        return tuple(sets[each] for each in numbers)

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


def _bits(flags: Mask) -> str:
    """Hexadecimal digits, without noughts before them; the first of the people is the highest."""
    digits = np.packbits(np.pad(flags, (-len(flags) % 8, 0))).tobytes().hex()
    return digits.lstrip("0") or "0"


def _flags(bits: str, people: int) -> Mask:
    whole = bytes.fromhex(bits.zfill((people + 7) // 8 * 2))
    flags = np.unpackbits(np.frombuffer(whole, dtype=np.uint8))
    return flags[len(flags) - people :].astype(bool)


def _read(packed: str) -> _Packed:
    is_marked = packed.startswith(_MARK)
    pressed = b64decode(packed[len(_MARK) :]) if is_marked else b85decode(packed)
    kept = json.loads(zlib.decompress(pressed))
    return read(_Packed, kept if is_marked else _numbered(kept))


def _numbered(kept: dict[str, Any]) -> dict[str, Any]:
    """An earlier one, of which each wording held its sets: by their bits, or as lists of places."""
    people, sets = kept["people"], list[str]()
    for each, kind in product(kept["wordings"], KINDS):
        own = [one if isinstance(one, str) else _of_places(one, len(people)) for one in each[kind]]
        each[kind] = list(range(len(sets), len(sets) + len(own)))
        sets += own
    return kept | {"sets": sets}


def _of_places(places: Iterable[int], people: int) -> str:
    flags = np.zeros(people, dtype=bool)
    flags[list(places)] = True
    return _bits(flags)


def _write(said: _Packed) -> str:
    kept = json.dumps(dump(said), separators=(",", ":"))
    return _MARK + b64encode(zlib.compress(kept.encode(), level=3)).decode()
