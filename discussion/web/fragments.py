"""Fragments that come out the same for the same words are rendered once and kept.

`{{ remembered(macro, card, level=3) }}` is `{{ macro(card, level=3) }}`, kept. It suits macros
that are imported without context and whose arguments are frozen: whatever they say follows from
these, from the languages and from the words of the sector alone. So there is nothing to invalidate,
and what one reader may not see never gets into the key that another one asks for. Macros are told
apart by their names.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from weakref import WeakKeyDictionary

from flask import Flask, g
from jinja2.runtime import Macro

from discussion.language import language_tag
from discussion.web.sector import sector

KEPT = 4_000  # a card is about 5 kB


def install(app: Flask) -> None:
    fragments = Fragments()
    app.jinja_env.globals.update(remembered=fragments.remembered, once=fragments.once)


class Fragments:
    """The newest fragments of one application."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fragments: OrderedDict[Hashable, str] = OrderedDict()
        self._of: WeakKeyDictionary[object, dict[Hashable, str]] = WeakKeyDictionary()

    def once(self, whole: object, macro: Macro, *given: object) -> str:
        """What a macro draws of a part of something large, kept for as long as the whole is held.

        `whole` is told by what it is, not by what it says: `@dataclass(frozen=True, eq=False)`.
        What is given and is no word follows from the whole.
        """
        key = (macro.name, *_told_in(), *(one for one in given if isinstance(one, str)))
        with self._lock:
            drawn = self._of.setdefault(whole, {})
            found = drawn.get(key)
        if found is None:
            found = drawn[key] = macro(*given)
        return found

    def remembered(self, macro: Macro, *given: Hashable, **named: Hashable) -> str:
        key = (macro.name, _told_in(), given, tuple(named.items()))
        with self._lock:
            found = self._fragments.get(key)
        if found is None:
            found = macro(*given, **named)
            with self._lock:
                self._fragments[key] = found
                while len(self._fragments) > KEPT:
                    self._fragments.popitem(last=False)
        return found


def _told_in() -> tuple[Hashable, ...]:
    return language_tag(), g.get("usual_language"), sector()
