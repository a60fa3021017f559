"""What forms hand to operations: a question in words, who looks into one; and what is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from discussion import text
from discussion.language import _, in_words
from discussion.problems import Problem, too_long
from discussion.reach.needed.words import (
    KINDS,
    MAX_HOW,
    MAX_QUOTE,
    MAX_REASON,
    MAX_TEXT,
    MAX_URL,
    MAX_WHO,
    MOST_ORIGINS,
)

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")
_NAMED = re.compile(r"(?:\d{1,2}\.? )?(\w+) (\d{4})")


@dataclass(frozen=True)
class QuestionDraft:
    """A question or a barrier as moderators word it, and what it came from."""

    text: str
    kind: str = "question"
    level: str = ""
    origins: tuple[str, ...] = ()  # keys of leads
    quote_from: str = ""  # where a position or a response stands
    quote: str = ""  # whole sentences of it, exactly
    why: str = ""  # of a change
    is_unsaid: bool = False  # what it said before is to be read nowhere any more


@dataclass(frozen=True)
class LookingDraft:
    """Who looks into it, how, and by when."""

    who: str
    url: str = ""
    how: str = ""
    until: str = ""  # a month, as it was typed


def problems_in(draft: QuestionDraft) -> Iterator[Problem]:
    """What is wrong with the words alone."""
    if not text.line(draft.text):
        yield Problem("text", _("Write the question in one sentence."))
    yield from too_long("text", draft.text, MAX_TEXT)
    yield from too_long("why", draft.why, MAX_REASON)
    yield from too_long("quote", draft.quote, MAX_QUOTE)
    if draft.kind not in KINDS:
        yield Problem("kind", _("Choose what it is."))
    if draft.kind == "question" and text.line(draft.text) and not text.is_question(draft.text):
        yield Problem("text", _("End the question with a question mark."))
    if bool(text.line(draft.quote)) != bool(text.line(draft.quote_from)):
        field = "quote" if text.line(draft.quote_from) else "quote_from"
        yield Problem(field, _("A quotation needs its words and where they stand."))
    if not draft.origins and not text.line(draft.quote):
        yield Problem("origins", _("Choose what it came from, or quote somebody."))
    if len(draft.origins) > MOST_ORIGINS:
        yield Problem("origins", _("Choose at most %(most)s.", most=MOST_ORIGINS))


def problems_looking(draft: LookingDraft) -> Iterator[Problem]:
    if not text.line(draft.who):
        yield Problem("who", _("Say who is looking into it."))
    yield from too_long("who", draft.who, MAX_WHO)
    yield from too_long("url", draft.url, MAX_URL)
    yield from too_long("how", draft.how, MAX_HOW)
    if draft.url.strip() and not draft.url.strip().startswith(("https://", "http://")):
        yield Problem("url", _("Write the whole address, from https:// on."))
    if draft.until.strip() and month_of(draft.until) is None:
        yield Problem("until", _("Write a month and a year, such as May 2027."))


def month_of(typed: str) -> date | None:
    """The first of the month that was typed: 2027-05, 14 May 2027, May 2027; None of none."""
    said = text.line(typed)
    if found := _ISO.fullmatch(said):
        return _month(int(found[1]), int(found[2]))
    if found := _NAMED.fullmatch(said):
        name = found[1].casefold()
        for month in range(1, 13):
            first = date(2000, month, 1)
            if name in (in_words(first, "MMMM").casefold(), in_words(first, "MMM").casefold()):
                return _month(int(found[2]), month)
    return None


def _month(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 1900 < year < 2200 else None
