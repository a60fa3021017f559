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

from flask import Flask, g
from jinja2.runtime import Macro

from discussion.language import language_tag
from discussion.web.sector import sector

KEPT = 4_000  # a card is about 5 kB


def install(app: Flask) -> None:
    app.jinja_env.globals["remembered"] = Fragments().remembered


class Fragments:
    """The newest fragments of one application."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fragments: OrderedDict[Hashable, str] = OrderedDict()

    def remembered(self, macro: Macro, *given: Hashable, **named: Hashable) -> str:
        told_in = language_tag(), g.get("usual_language"), sector()
        key = (macro.name, told_in, given, tuple(named.items()))
        with self._lock:
            found = self._fragments.get(key)
        if found is None:
            found = macro(*given, **named)
            with self._lock:
                self._fragments[key] = found
                while len(self._fragments) > KEPT:
                    self._fragments.popitem(last=False)
        return found
