"""Kinds of letters of which people say how soon they want to hear, if at all.

What the law or an account needs is of no kind, and always goes. A room that writes letters of a new
kind adds it to `KINDS` in `wiring/`; the page *How I hear*, the links that stop a kind and the
choice itself follow.
"""

from dataclasses import dataclass

from discussion.language import Phrase, _l
from discussion.registers import Register

AT_ONCE, DAILY, WEEKLY, NEVER = "at_once", "daily", "weekly", "never"
RHYTHMS: dict[str, Phrase] = {
    AT_ONCE: _l("At once"),
    DAILY: _l("Daily"),
    WEEKLY: _l("Weekly"),
    NEVER: _l("Never"),
}


@dataclass(frozen=True)
class Kind:
    """What may be heard of by mail, and how soon where nobody says."""

    name: str
    says: Phrase  # names its group of choices: "Somebody answers me"
    usual: str = WEEKLY
    rhythms: tuple[str, ...] = (AT_ONCE, DAILY, WEEKLY, NEVER)
    templates: tuple[str, ...] = ()  # letters that rooms write themselves
    # What is not told at once waits as a notice for the next letter of its rhythm. Else its letters
    # come in a rhythm of their own, and may only be wanted or not.
    waits: bool = True
    only_for: str = ""  # moderators, conveners: of some series


KINDS: Register[Kind] = Register()


def kind_of(template: str) -> Kind | None:
    """The kind of a letter; None where it always goes."""
    return next((kind for kind in KINDS if template in kind.templates), None)


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)
