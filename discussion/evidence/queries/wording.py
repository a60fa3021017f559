"""How an item is named in a few words, and how its strength is said."""

from discussion import text
from discussion.evidence.models import EvidenceItem
from discussion.evidence.words import GRADE_WORDS, NEVER_RATED
from discussion.language import _


def short_source(item: EvidenceItem) -> str:
    """ "Donnelly and others 2019"; without an author the publisher, or how the title begins."""
    surnames = [author.partition(",")[0].strip() for author in item.authors]
    return f"{_who(surnames, item)} {item.year or _('n.d.')}"


def strength_in_words(item: EvidenceItem) -> str:
    """Strength exactly as published: "4 of 5 EEF padlocks", "not rated" or "not applicable"."""
    if item.kind in NEVER_RATED:
        return _("not applicable")
    if not item.strength_scale:
        return _("not rated")
    return rating_in_words(item.strength_scale, item.strength_value)


def rating_in_words(scale: str, value: str) -> str:
    """One step of one scale, as those who publish it say it."""
    match scale:
        case "eef_trial":
            return _("%(n)s of 5 EEF padlocks", n=value)
        case "eef_toolkit":
            return _("%(n)s of 5 EEF Toolkit padlocks", n=value)
        case "nesta":
            return _("level %(n)s of 5, Nesta Standards of Evidence", n=value)
        case "essa":
            return _("ESSA tier %(n)s", n=value)
        case "maryland":
            return _("%(n)s of 5, Maryland Scientific Methods Scale", n=value)
    return _("%(certainty)s certainty (GRADE)", certainty=GRADE_WORDS.get(value, value))


def _who(surnames: list[str], item: EvidenceItem) -> str:
    match surnames:
        case []:
            return item.publisher or text.excerpt(item.title, 40)
        case [one]:
            return one
        case [one, other]:
            return _("%(one)s and %(other)s", one=one, other=other)
    return _("%(first)s and others", first=surnames[0])
