"""Why something waits for a moderator before it appears: as it is kept, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from discussion.language import _, in_words

READS_FIRST, COPY, NEAR, FLOOD = "pre_moderation", "copy", "near", "flood"


@dataclass(frozen=True)
class Hold:
    """One reason: what it is, and about what (a date, another contribution, or how many)."""

    kind: str
    about: str = ""

    @property
    def written(self) -> str:
        """As a column keeps it."""
        return f"{self.kind} {self.about}".rstrip()


def held_for_author(held_for: Sequence[str], moderation: str) -> str:
    """Why it is read first, for its author: plainly, and without blame.

    Nothing where the series reads everything first, since then it is not because of that.
    """
    return "" if moderation == "pre" else " ".join(_for_author(read_hold(one)) for one in held_for)


def read_hold(written: str) -> Hold:
    """As a column keeps it."""
    kind, _space, about = written.partition(" ")
    return Hold(kind, about)


def _for_author(hold: Hold) -> str:
    match hold.kind:
        case "pre_moderation":
            day = in_words(date.fromisoformat(hold.about))
            return _(
                "A moderator reads this first, because what you write here is read before it "
                "appears until %(date)s.",
                date=day,
            )
        case "flood":
            return _(
                "A moderator reads this first, because it came within minutes of several "
                "others of yours."
            )
    return _("A moderator reads this first, because a very similar text is here already.")
