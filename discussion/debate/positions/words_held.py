"""Why something waits for a moderator before it appears: as it is kept, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from discussion import paths
from discussion.debate.positions.words import FLOOD_MINUTES
from discussion.language import _, _n, in_words, number_in_words

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


@dataclass(frozen=True)
class HeldLine:
    """One reason for a moderator to read, and where the other contribution is, if there is one."""

    words: str
    url: str = ""


def held_lines(held_for: Sequence[str], *, attribution: str = "named") -> tuple[HeldLine, ...]:
    """Why it is held, for moderators.

    A date of a sanction is known by name to those who gave it, so beside a label it is left out.
    """
    return tuple(_line(_read(one), attribution) for one in held_for)


def held_in_words(held_for: Sequence[str], *, attribution: str = "named") -> str:
    """The same in one line, or nothing."""
    lines = held_lines(held_for, attribution=attribution)
    return _("Held: %(why)s", why="; ".join(line.words for line in lines)) if lines else ""


def held_for_author(held_for: Sequence[str], moderation: str) -> str:
    """Why it is read first, for its author: plainly, and without blame.

    Nothing where the series reads everything first, since then it is not because of that.
    """
    return "" if moderation == "pre" else " ".join(_for_author(_read(one)) for one in held_for)


def _read(written: str) -> Hold:
    kind, _space, about = written.partition(" ")
    return Hold(kind, about)


def _line(hold: Hold, attribution: str) -> HeldLine:
    match hold.kind:
        case "pre_moderation" if attribution == "named":
            day = in_words(date.fromisoformat(hold.about), "d MMMM")
            return HeldLine(_("reads first until %(date)s", date=day))
        case "pre_moderation":
            return HeldLine(_("this author is read first for a while"))
        case "flood":
            count = int(hold.about)
            return HeldLine(
                _n(
                    "%(count)s contribution in %(minutes)s minutes",
                    "%(count)s contributions in %(minutes)s minutes",
                    count,
                    count=number_in_words(count).lower(),
                    minutes=FLOOD_MINUTES,
                )
            )
    same = _("same text as") if hold.kind == COPY else _("nearly the same text as")
    kind, _slash, public_id = hold.about.partition("/")
    if not public_id:
        return HeldLine(_("%(same)s something in another series", same=same))
    if kind == "positions":
        return HeldLine(_("%(same)s another position", same=same), paths.curate_position(public_id))
    return HeldLine(_("%(same)s another response", same=same), paths.curate_response(public_id))


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
