"""The thirteen kinds of people, as rules see them and as rows."""

from dataclasses import dataclass

from discussion.permissions.facts import Belonging, Viewer

SERIES_ID = 7
ROLES = {
    "n": "contributor",
    "c": "contributor",
    "a": "contributor",
    "b": "moderator",
    "m": "moderator",
    "k": "convener",
    "e": "convener",
}
LETTERS = "vusncabmkexrl"
ID_OF = {letter: number for number, letter in enumerate(LETTERS, start=100)}
SOMEBODY_ELSE = 999
GUEST = 998


@dataclass(frozen=True)
class Pens:
    """Who wrote what, from the point of view of one person."""

    position_author: int
    entered_by: int | None
    response_author: int
    proposer: int
    adder: int


def viewer_of_kind(letter: str) -> Viewer | None:
    if letter == "v":
        return None
    belongings = (
        {SERIES_ID: Belonging(ROLES[letter], is_admitted=letter != "n")} if letter in ROLES else {}
    )
    return Viewer(
        person_id=ID_OF[letter],
        public_id=f"person-{letter}",
        name=f"Person {letter}",
        is_confirmed=letter != "u",
        is_administrator=letter == "x",
        belongings=belongings,
        removed_from=frozenset({SERIES_ID}) if letter in "rl" else frozenset(),
    )


def pens_of_kind(letter: str, wrote: str) -> Pens:
    """Authors wrote the position, or the response to somebody else's; the rest wrote nothing."""
    own = ID_OF[letter]
    is_author = letter in "abl"
    is_entered = letter == "e" and wrote == "position"
    return Pens(
        position_author=own if is_author and wrote == "position"
        else (GUEST if is_entered else SOMEBODY_ELSE),
        entered_by=own if is_entered else None,
        response_author=own if is_author and wrote == "response" else SOMEBODY_ELSE,
        proposer=own if is_author else SOMEBODY_ELSE,
        adder=own if is_author else SOMEBODY_ELSE,
    )  # fmt: skip
