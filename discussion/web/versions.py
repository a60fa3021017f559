"""Edit forms say what they were opened with; what two changed is put together or compared.

A view that saves an edit form is marked with `versioned(fresh)`, where `fresh` makes the form as
its page opens it now. Everything else is done for it: see `kept/views/versions.py`. What is
composed is put together by the composer, which knows its drafts and its rows, with the same
`merge`: such a view is marked with `puts_together`.
"""

import base64
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import current_app
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.form import BaseForm

Values = dict[str, list[str]]
Fresh = Callable[..., BaseForm | None]  # takes what the address names; None where nothing is edited
Offer = Callable[..., None]  # takes the form, and what the address names
View = TypeVar("View", bound=Callable[..., Any])
_MARK = "_versioned"
_LATEST = 2.0**32  # seconds: what is said of a time is any number at all
MOST_OPENED = 400_000  # characters: what one form may say of itself


@dataclass(frozen=True)
class Versioned:
    """How an edit form is opened; and what it lets one choose, where its page alone knows that."""

    fresh: Fresh | None  # None where the view itself puts together
    offer: Offer | None = None


def versioned(fresh: Fresh, offer: Offer | None = None) -> Callable[[View], View]:
    """Mark a view as one that saves what `fresh` opens."""

    def mark(view: View) -> View:
        setattr(view, _MARK, Versioned(fresh, offer))
        return view

    return mark


def puts_together(view: View) -> View:
    """Mark a view that says itself what its form was opened with, and merges what changed since."""
    setattr(view, _MARK, Versioned(None))
    return view


def versioned_at(endpoint: str | None) -> Versioned | None:
    """How the form is opened that this endpoint saves; None where it saves none."""
    view = current_app.view_functions.get(endpoint or "")
    found: Versioned | None = getattr(view, _MARK, None)
    return found


@dataclass(frozen=True)
class Opened:
    """What a form was opened with, and when."""

    at: datetime
    values: Values

    def packed(self) -> str:
        said = json.dumps([self.at.timestamp(), self.values]).encode()
        return base64.urlsafe_b64encode(zlib.compress(said, 9)).decode("ascii")


def unpacked(typed: str) -> Opened | None:
    """None for what no form of ours said."""
    if len(typed) > MOST_OPENED:
        return None
    try:
        unzipping = zlib.decompressobj()
        said = unzipping.decompress(base64.urlsafe_b64decode(typed.encode()), 4 * MOST_OPENED)
        at, values = json.loads(said)
        return Opened(
            datetime.fromtimestamp(min(max(float(at), 0), _LATEST), UTC),
            {str(name): [str(each) for each in given] for name, given in values.items()},
        )
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error):
        return None


def values_of(form: BaseForm) -> Values:
    """The form's fields as a browser would send them if nobody touched them."""
    return {one.name: _sent(one) for one in form}


def _sent(one: Any) -> list[str]:
    if isinstance(one, BooleanField):
        return ["y"] if one.data else []
    if isinstance(one, SelectMultipleField):
        return [str(each) for each in one.data or ()]
    if isinstance(one, (SelectField, RadioField)):
        return [] if one.data in (None, "None") else [str(one.data)]
    return [str(one._value() or "")] if hasattr(one, "_value") else [str(one.data or "")]


def plain(values: list[str]) -> list[str]:
    """As they are compared: line ends and spaces around them are nothing."""
    found = [value.replace("\r\n", "\n").replace("\r", "\n").strip() for value in values]
    return sorted(value for value in found if value)


@dataclass(frozen=True)
class Merged:
    """What to save; which fields only somebody else changed, and which both did."""

    values: Values
    theirs_alone: tuple[str, ...] = ()
    mine_alone: tuple[str, ...] = ()
    both: tuple[str, ...] = field(default=())


def merge(base: Mapping[str, list[str]], mine: Values, theirs: Values) -> Merged:
    """Put together what was changed since `base`, field by field; of both, mine is in `values`."""
    made = dict(mine)
    alone: tuple[list[str], list[str], list[str]] = ([], [], [])
    for name, was in base.items():
        is_mine = plain(mine.get(name, [])) != plain(was)
        is_theirs = name in theirs and plain(theirs[name]) != plain(was)
        if is_mine and is_theirs:
            if plain(mine.get(name, [])) != plain(theirs[name]):
                alone[2].append(name)
        elif is_theirs:
            alone[0].append(name)
            made[name] = theirs[name]
        elif is_mine:
            alone[1].append(name)
    return Merged(made, tuple(alone[0]), tuple(alone[1]), tuple(alone[2]))
