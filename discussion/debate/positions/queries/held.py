"""Why something waits for a moderator before it appears, as moderators read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from discussion import paths
from discussion.debate.positions.words import FLOOD_MINUTES
from discussion.debate.positions.words_held import COPY, Hold, read_hold
from discussion.language import _, _n, in_words, number_in_words
from discussion.subjects.finding import kind_at


@dataclass(frozen=True)
class HeldLine:
    """One reason for a moderator to read, and where the other contribution is, if there is one."""

    words: str
    url: str = ""


def held_lines(held_for: Sequence[str], *, attribution: str = "named") -> tuple[HeldLine, ...]:
    """Why it is held, for moderators.

    A date of a sanction is known by name to those who gave it, so beside a label it is left out.
    """
    return tuple(_line(read_hold(one), attribution) for one in held_for)


def held_in_words(held_for: Sequence[str], *, attribution: str = "named") -> str:
    """The same in one line, or nothing."""
    lines = held_lines(held_for, attribution=attribution)
    return _("Held: %(why)s", why="; ".join(line.words for line in lines)) if lines else ""


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
    named = kind_at(kind)
    another = named.words.another if named is not None else ""
    return HeldLine(f"{same} {another}", f"{paths.desk()}/{kind}/{public_id}")
