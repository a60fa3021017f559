"""How many authors found a statement fair, in words; never which person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from discussion.language import _, _n, number_in_words


@dataclass(frozen=True)
class Fairness:
    """What the authors of the positions that a statement draws on say to its wording."""

    fair: int
    mend: int
    unanswered: int
    words: str  # empty where nobody is asked


def fairness_of(answers: Iterable[str]) -> Fairness:
    """One answer for each position."""
    counts = Counter(answers)
    fair, mend, unanswered = (counts[name] for name in ("fair", "mend", "unanswered"))
    return Fairness(fair, mend, unanswered, _in_words(fair, mend, unanswered))


def _in_words(fair: int, mend: int, unanswered: int) -> str:
    total = fair + mend + unanswered
    if total == 0:
        return ""
    if total == 1:
        return _alone(fair, mend)
    if unanswered == total:
        return (
            _("Neither of its authors has answered.")
            if total == 2
            else _("None of its %(total)s authors has answered.", total=total)
        )
    parts = [_found_fair(fair, total)]
    if mend:
        parts.append(_("%(count)s asked for a change", count=_lower(mend)))
    if unanswered:
        parts.append(
            _n(
                "%(count)s has not answered",
                "%(count)s have not answered",
                unanswered,
                count=_lower(unanswered),
            )
        )
    return _("; ").join(parts) + _(".")


def _alone(fair: int, mend: int) -> str:
    if fair:
        return _("Its author found it fair.")
    return _("Its author asked for a change.") if mend else _("Its author has not answered.")


def _found_fair(fair: int, total: int) -> str:
    if fair == total == 2:
        return _("Both authors found it fair")
    if fair == total:
        return _("All %(total)s authors found it fair", total=total)
    if fair == 0 and total == 2:
        return _("Neither of its authors found it fair")
    if fair == 0:
        return _("None of its %(total)s authors found it fair", total=total)
    return _("%(fair)s of %(total)s authors found it fair", fair=fair, total=total)


def _lower(number: int) -> str:
    words = number_in_words(number)
    return words[:1].lower() + words[1:]
