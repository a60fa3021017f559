"""What somebody wants to answer, before it is a row, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from discussion.debate.positions import words
from discussion.debate.positions.drafts import Bounds, is_at_least_as_strict
from discussion.debate.positions.drafts_problems import problems_in_language, too_many_links
from discussion.language import _
from discussion.problems import Problem, too_long


@dataclass(frozen=True)
class ResponseDraft:
    """What a form of a response hands on; empty strings where nothing was typed or chosen."""

    type: str = ""
    text: str = ""
    item_id: str = ""
    value: str = ""
    attribution: str = ""
    nobody_identified: bool = False
    language: str = ""
    # Of what follows: the level that would decide, the one spoken of, and what kind of thing it is.
    decided_at: str = ""
    speaks_of: str = ""
    consequence: str = ""


LONGEST = {
    words.RESTATES: words.MAX_RESTATEMENT,
    words.SAYS_WHAT_FOLLOWS: words.MAX_CONSEQUENCE,
}


def problems_in_response(draft: ResponseDraft, bounds: Bounds) -> list[Problem]:
    """Everything that stands between a response and publishing."""
    return list(_problems(draft, bounds))


def _problems(draft: ResponseDraft, bounds: Bounds) -> Iterator[Problem]:
    if draft.type not in words.RESPONSE_TYPES:
        yield Problem("type", _("Choose what kind of response this is."))
    if not draft.text.strip():
        yield Problem("text", _("Write your response."))
    yield from too_long("text", draft.text, LONGEST.get(draft.type, words.MAX_RESPONSE))
    if draft.type == words.SAYS_WHAT_FOLLOWS:
        yield from _on_the_ladder(draft, bounds)
    yield from problems_in_language(draft.language)
    yield from too_many_links([("text", draft.text)], bounds.most_links)
    if draft.item_id and draft.item_id not in bounds.items:
        yield Problem("item_id", _("This item is not in the library. Pick it again."))
    if draft.value and draft.value not in bounds.values:
        yield Problem("value", _("This value is not in the series’ set. Choose another."))
    if not is_at_least_as_strict(draft.attribution, bounds.loosest):
        yield Problem("attribution", _("Choose how you are named, as strictly as the thread asks."))
    if not draft.nobody_identified:
        asked = str(bounds.vocabulary.sentences.confirm_nobody)
        yield Problem("nobody_identified", asked)


def _on_the_ladder(draft: ResponseDraft, bounds: Bounds) -> Iterator[Problem]:
    levels = bounds.vocabulary.levels
    if draft.decided_at not in levels:
        yield Problem("decided_at", _("Choose the level that would decide."))
    if draft.speaks_of not in levels:
        yield Problem("speaks_of", _("Choose the level that you speak of."))
    if draft.consequence not in words.CONSEQUENCES:
        yield Problem("consequence", _("Choose what kind of thing it is."))
