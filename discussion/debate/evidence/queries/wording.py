"""How an item is named in a few words, and how its strength is said."""

from datetime import datetime, timedelta

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.brief import ItemInBrief
from discussion.debate.evidence.queries.links import address_of
from discussion.debate.evidence.words import LINK_PROBLEMS, LINK_STATES
from discussion.language import _, in_words
from discussion.vocabulary import Vocabulary

NEW_FOR = timedelta(days=31)


def short_source(item: EvidenceItem | ItemInBrief) -> str:
    """ "Donnelly and others 2019"; without an author the publisher, or how the title begins."""
    surnames = [author.partition(",")[0].strip() for author in item.authors]
    dated = f" {item.year}" if item.year else f", {_('no date')}"
    return _who(surnames, item) + dated


def strength_in_words(item: EvidenceItem | ItemInBrief, vocabulary: Vocabulary) -> str:
    """Strength exactly as published: "4 of 5 on such a scale", "not rated" or "not applicable"."""
    if vocabulary.is_never_rated(item.kind):
        return _("not applicable")
    if not item.strength_scale:
        return _("not rated")
    return vocabulary.strength_scales[item.strength_scale].in_words(item.strength_value)


def hidden_in_words() -> str:
    """All that is told of an item that moderators have hidden."""
    return _("A source that moderators have hidden")


def link_in_words(item: EvidenceItem | ItemInBrief, problem: str = "") -> str:
    """ "Link checked 3 December 2026: leads there"; empty for what is not on the web.

    `problem` says why it could not be checked, where there is room for that.
    """
    if not address_of(item):
        return ""
    if item.link_checked_at is None:
        return _("Link not yet checked")
    on, state = _checked_on(item, item.link_checked_at), LINK_STATES[item.link_state]
    if item.link_state == "unreachable":
        said = problem_in_words(problem) or state
        return _("Link tried %(date)s: %(state)s", date=on, state=said)
    return _("Link checked %(date)s: %(state)s", date=on, state=state)


def _checked_on(item: EvidenceItem | ItemInBrief, at: datetime) -> str:
    """The day; of what is new, the month alone.

    A link is first looked at when something brings it into the library, and whoever wrote that may
    be shown under the Chatham House Rule, without the day.
    """
    is_new = at - item.created_at < NEW_FOR
    return in_words(at, "MMMM y") if is_new else in_words(at)


def problem_in_words(problem: str) -> str:
    """Why a link could not be checked."""
    return str(LINK_PROBLEMS[problem]) if problem else ""


def _who(surnames: list[str], item: EvidenceItem | ItemInBrief) -> str:
    match surnames:
        case []:
            return item.publisher or text.excerpt(item.title, 40)
        case [one]:
            return one
        case [one, other]:
            return _("%(one)s and %(other)s", one=one, other=other)
    return _("%(first)s and others", first=surnames[0])
