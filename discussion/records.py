"""Frozen dataclasses as JSON keeps them, and back: the dataclass alone describes what is kept.

Fractions and days are kept as text ("3/4", "2026-11-30"), tuples as lists, everything else as JSON
has it. Where a field may be of several dataclasses, it is the first all of whose keys are there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]  # from what JSON holds to what a hint promises
SCALARS = (str, int, float, bool, NoneType)
_LATER = "discussion.records.later"


class UnreadableError(ValueError):
    """What is kept is not what its dataclass says."""


def later(default: T) -> T:
    """A field that is left out where it holds its default: not all that is kept has it."""
    return field(default=default, metadata={_LATER: True})


def read(kind: type[T], kept: object) -> T:
    """What was kept, as this dataclass; keys that it does not name are passed over.

    A field that is not there has its default. Mappings of dataclasses are read one by one as they
    are asked for. Raises UnreadableError for what is missing, and for what is of another type.
    """
    found: T = _reader(kind)(kept)
    return found


def dump(value: object) -> Any:
    """As `read` reads it, made of what JSON can say alone.

    Raises TypeError for what is no dataclass, mapping, tuple, fraction, day or plain value.
    """
    if type(value) in SCALARS:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: dump(getattr(value, each.name))
            for each in fields(value)
            if not (_is_later(each) and getattr(value, each.name) == each.default)
        }
    if isinstance(value, Mapping):
        return {key: dump(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return list(value) if _are_plain(value) else [dump(each) for each in value]
    if isinstance(value, Fraction):
        return str(value)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, SCALARS):  # text that knows its language
        return value
    raise TypeError(f"{type(value).__name__} is nothing that is kept as JSON")


class _AsAsked(Mapping[str, Any]):
    """A mapping whose values are read when they are asked for, each once."""

    def __init__(self, kept: Mapping[str, object], reader: Reader) -> None:
        self._kept, self._reader = kept, reader
        self._read: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            self._read[key] = self._reader(self._kept[key])
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def __repr__(self) -> str:
        return repr(dict(self))


def _reader(hint: Any) -> Reader:
    """How a field with this hint is read; worked out once."""
    return _worked_out(hint)


@cache
def _worked_out(hint: Any) -> Reader:
    arguments = get_args(hint)
    match get_origin(hint):
        case _ if hint in SCALARS:
            return partial(_scalar, hint)
        case _ if hint is Fraction:
            return _fraction
        case _ if hint is date:
            return _day
        case _ if is_dataclass(hint):
            return _of_class(hint)
        case origin if origin is tuple:
            return _tuple_of(arguments)
        case origin if origin is Literal:
            return partial(_one_of, arguments)
        case origin if origin in (Union, UnionType):
            return _any_of(arguments)
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return _mapping_of(arguments[1])
    raise TypeError(f"{hint!r} is nothing that is kept as JSON")


def _of_class(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    known = [(each.name, _reader(hints[each.name]), _has_default(each)) for each in fields(kind)]

    def read_class(kept: Any) -> Any:
        if not isinstance(kept, Mapping):
            raise UnreadableError(f"{kind.__name__} is kept as {type(kept).__name__}")
        given = {}
        for name, reader, has_default in known:
            try:
                given[name] = reader(kept[name])
            except KeyError:
                if not has_default:
                    raise UnreadableError(f"{kind.__name__} is kept without {name}") from None
            except UnreadableError as error:
                raise UnreadableError(f"{kind.__name__}.{name}: {error}") from None
        return kind(**given)

    return read_class


def _mapping_of(hint: Any) -> Reader:
    reader, is_plain = _reader(hint), hint in SCALARS

    def read_mapping(kept: Any) -> Any:
        if not isinstance(kept, Mapping):
            raise UnreadableError(f"a mapping is kept as {type(kept).__name__}")
        found = _AsAsked(kept, reader)
        return dict(found) if is_plain else found

    return read_mapping


def _tuple_of(hints: tuple[Any, ...]) -> Reader:
    if hints[1:] == (...,):
        reader, plain = _reader(hints[0]), {hints[0]} & set(SCALARS)

        def read_all(kept: Any) -> Any:
            """Many plain values, as sets of raters are, are looked at together."""
            if set(map(type, _listed(kept))) <= plain:
                return tuple(kept)
            return tuple(map(reader, kept))

        return read_all
    readers = tuple(map(_reader, hints))

    def read_tuple(kept: Any) -> Any:
        if len(_listed(kept)) != len(readers):
            raise UnreadableError(f"{len(readers)} are kept as {len(kept)}")
        return tuple(reader(each) for reader, each in zip(readers, kept, strict=True))

    return read_tuple


def _any_of(hints: tuple[Any, ...]) -> Reader:
    """One dataclass, or several told apart by their keys, or else plain values."""
    classes = [each for each in hints if is_dataclass(each)]
    by_keys = [(_reader(each), _keys_of(each)) for each in classes]
    others = [_reader(each) for each in hints if each not in classes]

    def read_any(kept: Any) -> Any:
        if isinstance(kept, Mapping):
            for reader, keys in by_keys:
                if len(by_keys) == 1 or keys <= kept.keys():
                    return reader(kept)
        for reader in others:
            try:
                return reader(kept)
            except UnreadableError:
                continue
        raise UnreadableError(f"{type(kept).__name__} is none of {hints}")

    return read_any


def _are_plain(values: Iterable[object]) -> bool:
    return set(map(type, values)) <= set(SCALARS)


def _scalar(kind: type, kept: Any) -> Any:
    if type(kept) is kind or (kind is float and type(kept) is int):
        return kept
    raise UnreadableError(f"{kind.__name__} is kept as {type(kept).__name__}")


def _fraction(kept: Any) -> Any:
    try:
        return Fraction(_scalar(str, kept))
    except (ValueError, ZeroDivisionError):
        raise UnreadableError(f"{kept!r} is no fraction") from None


def _day(kept: Any) -> Any:
    """TOML has days of its own."""
    try:
        return kept if type(kept) is date else date.fromisoformat(_scalar(str, kept))
    except ValueError:
        raise UnreadableError(f"{kept!r} is no day") from None


def _one_of(allowed: tuple[Any, ...], kept: Any) -> Any:
    if kept in allowed:
        return kept
    raise UnreadableError(f"{kept!r} is none of {allowed}")


def _listed(kept: Any) -> Any:
    if isinstance(kept, list | tuple):
        return kept
    raise UnreadableError(f"a list is kept as {type(kept).__name__}")


def _keys_of(kind: Any) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind) if not _has_default(each))


def _has_default(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING


def _is_later(each: Field[Any]) -> bool:
    return bool(each.metadata.get(_LATER))
