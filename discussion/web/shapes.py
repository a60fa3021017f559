"""What rooms hand to the shell of every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from discussion.language import Phrase


@dataclass(frozen=True)
class MenuItem:
    """A page that the shell leads to."""

    words: Phrase  # translated once they are shown
    address: Callable[[str], str]  # by the slug of the series; "" where the page is of none
    holds: tuple[str, ...] = ()  # how addresses begin that are parts of it, beside its own
    shown: Literal["always", "in_series", "signed_in"] = "always"
    needs: str = ""  # of permissions/menus.py: only of a series that has any


@dataclass(frozen=True)
class DeskLink:
    """Where what waits for the viewer is decided."""

    url: str
    count: int | None = None  # how many items wait, if it is counted
    oldest: str = ""  # how long the oldest has waited, in whole days


class Since(Protocol):
    """How a page can be followed, and what is new on it since the reader's last visit."""

    @property
    def says(self) -> Phrase: ...
    @property
    def url(self) -> str: ...
    @property
    def news(self) -> str: ...


class Pause(Protocol):
    """Why the viewer may not post in a series for now."""

    @property
    def series_title(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def url(self) -> str: ...
