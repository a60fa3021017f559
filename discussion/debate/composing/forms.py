"""The composer's strings, row by row: kept exactly as typed, and changed by the form's buttons."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from discussion.debate.composing.operations import as_ready

_ROW_FIELD = re.compile(r"([a-z]{1,20})-([0-9]{1,4})-([a-z_]{1,20})")
_PLACE_FIELD = re.compile(r"place-([a-z0-9-]{1,60})")

Row = Mapping[str, str]
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Shape:
    """What a form asks for, by the names of its fields."""

    texts: tuple[str, ...]
    lists: tuple[str, ...] = ()  # where several are chosen
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # and what each asks for
    given: tuple[str, ...] = ()  # what a row has chosen before anything is typed in it
    item: str = ""  # the field or the rows in which an item of the library is named
    found_as: str = ""  # under which name an item is chosen among what was found
    asked_again: tuple[str, ...] = ()  # confirmed anew when a draft is taken up
    longest: Mapping[str, int] = field(default_factory=dict)  # characters, by name; in a row too


@dataclass(frozen=True)
class Written:
    """What stands in the form: single fields, choices of several, rows, and places on scales."""

    texts: Row
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    places: Row = field(default_factory=dict)  # scale slug → "0" … "1", as typed
    shape: Shape = field(default=Shape(()), compare=False, repr=False)

    @property
    def posting(self) -> tuple[str, str]:
        """The role and phase in which its writer posts, as typed."""
        return self.texts["posting_role"], self.texts["posting_phase"]

    def saying(self, **texts: str) -> "Written":
        """The same with these single fields."""
        return replace(self, texts={**self.texts, **texts})


def read(form: MultiDict[str, str], shape: Shape) -> Written:
    """Everything typed; rows lose their gaps, and nothing else is changed, cut or refused."""
    numbered: dict[str, dict[int, dict[str, str]]] = {name: {} for name in shape.rows}
    places: dict[str, str] = {}
    for name, value in form.items():
        if match := _ROW_FIELD.fullmatch(name):
            rows, index, part = match.groups()
            if part in shape.rows.get(rows, ()):
                numbered[rows].setdefault(int(index), {})[part] = value
        elif (match := _PLACE_FIELD.fullmatch(name)) and value:
            places[match[1]] = value
    texts = {name: form.get(name, "") for name in shape.texts}
    if shape.found_as:
        texts[shape.item] = form.get(shape.found_as) or texts[shape.item]
    return Written(
        texts=texts,
        picks={name: tuple(form.getlist(name)) for name in shape.lists},
        rows={name: _in_order(shape, name, found) for name, found in numbered.items()},
        places=places,
        shape=shape,
    )


def read_kept(typed: Mapping[str, Iterable[str]], shape: Shape) -> Written:
    """What a kept draft holds, as if it were posted again."""
    pairs = ((name, value) for name, values in typed.items() for value in values)
    return read(MultiDict(pairs), shape)


def as_typed(written: Written) -> Typed:
    """The form's fields and their strings, as they would be posted again."""
    typed = {name: [value] for name, value in written.texts.items() if value}
    typed |= {name: list(values) for name, values in written.picks.items() if values}
    typed |= {f"place-{slug}": [at] for slug, at in written.places.items()}
    for name, rows in written.rows.items():
        for index, row in enumerate(rows):
            typed |= {f"{name}-{index}-{part}": [value] for part, value in row.items() if value}
    return typed


def as_kept(written: Written, *, is_ready: bool = False) -> Typed:
    """What is kept of it as a draft; with the checks that were made where it is ready."""
    typed = as_typed(written)
    if is_ready:
        return dict(as_ready(typed))
    return {name: said for name, said in typed.items() if name not in written.shape.asked_again}


def act(written: Written, do: str) -> Written:
    """The form after a button such as `served-up-1`, `links-remove-0` or `links-add-k3m…`."""
    name, _, rest = do.partition("-")
    verb, _, which = rest.partition("-")
    if name not in written.rows:
        return written
    rows = list(written.rows[name])
    if verb == "add":
        named = {"item": which[:20]} if name == written.shape.item else {}
        rows.append(_blank(written.shape, name) | named)
    elif which.isascii() and which.isdigit() and len(which) < 4 and int(which) < len(rows):
        _CHANGES.get(verb, _leave)(rows, int(which))
    return replace(written, rows={**written.rows, name: tuple(rows)})


def with_item(written: Written, item: str) -> Written:
    """The form with an item of the library that was just added to it; the empty text for none."""
    where = written.shape.item
    if not item or not where:
        return written
    if where not in written.rows:
        return written.saying(**{where: item})
    is_there = any(row["item"] == item for row in written.rows[where])
    return written if is_there else act(written, f"{where}-add-{item}")


def _in_order(shape: Shape, name: str, found: Mapping[int, Row]) -> tuple[Row, ...]:
    rows = ({**_blank(shape, name), **found[index]} for index in sorted(found))
    return tuple(
        row for row in rows if any(value for part, value in row.items() if part not in shape.given)
    )


def _blank(shape: Shape, name: str) -> dict[str, str]:
    return dict.fromkeys(shape.rows[name], "")


def _up(rows: list[Row], at: int) -> None:
    if at > 0:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]


def _down(rows: list[Row], at: int) -> None:
    if at + 1 < len(rows):
        rows[at + 1], rows[at] = rows[at], rows[at + 1]


def _remove(rows: list[Row], at: int) -> None:
    del rows[at]


def _leave(_rows: list[Row], _at: int) -> None:
    """A button this form does not have changes nothing."""


_CHANGES = {"up": _up, "down": _down, "remove": _remove}
