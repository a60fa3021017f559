"""What moderators ask for around the positions of a thread, and what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from discussion import text
from discussion.debate.positions.drafts_problems import problems_in_language
from discussion.debate.threads import words_arranging as words
from discussion.debate.threads.words import MAX_WHY
from discussion.language import _
from discussion.problems import Problem, too_long

PINNED = "pinned"  # the shelf of pinned positions; "" is that under no heading, else a heading's id


@dataclass(frozen=True)
class Place:
    """Where a position is to stand: on which shelf, and as the how manieth of it."""

    shelf: str
    number: int


@dataclass(frozen=True)
class Arrangement:
    """Places for positions by public id, and what the moderator saw when choosing them."""

    places: Mapping[str, Place]
    seen: tuple[tuple[str, str], ...]  # (shelf, public id), in the order shown


@dataclass(frozen=True)
class SummaryDraft:
    """A summary in Markdown, and positions at their strongest by public id."""

    text: str = ""
    steelmen: Mapping[str, str] = field(default_factory=dict)
    language: str = ""  # of all of it, as its writer says; empty: found from the letters


def problems_in_heading(heading: str, others: Collection[str]) -> list[Problem]:
    """`others` are the thread's headings beside this one."""
    return list(_heading(heading, others))


def _heading(heading: str, others: Collection[str]) -> Iterator[Problem]:
    said = text.line(heading)
    if not said:
        yield Problem("heading", _("Write the heading."))
    elif text.fold(said) in {text.fold(other) for other in others}:
        yield Problem("heading", _("The thread has this heading already."))
    if len(others) >= words.MAX_HEADINGS:
        yield Problem(
            "heading",
            _("A thread has at most %(most)s headings. Remove one first.", most=words.MAX_HEADINGS),
        )
    yield from too_long("heading", heading, words.MAX_HEADING)


def problems_in_relation(why: str) -> list[Problem]:
    """Why another thread is worth reading beside this one."""
    found = list(too_long("why", why, words.MAX_RELATED_WHY))
    if not text.line(why):
        found.append(Problem("why", _("Say why it is worth reading beside this one.")))
    return found


def problems_in_summary(draft: SummaryDraft, *, rests_on: int) -> list[Problem]:
    """`rests_on` is how many positions stay summarised when this is written."""
    found = list(too_long("text", draft.text, words.MAX_THREAD_SUMMARY))
    if not draft.text.strip():
        found.append(Problem("text", _("Write the summary.")))
    found += problems_in_language(draft.language)
    for public_id, said in draft.steelmen.items():
        found += too_long(f"steelman-{public_id}", said, words.MAX_STEELMAN)
    if not rests_on:
        found.append(
            Problem(
                "steelmen",
                _("Put at least one position at its strongest: a summary says what it rests on."),
            )
        )
    return found


def problems_in_answer(answer: str, said: str) -> list[Problem]:
    """What the author of a position says to how it was put."""
    if answer not in ("yes", "no"):
        return [Problem("answer", _("Choose yes or no."))]
    if answer == "no" and not said.strip():
        return [Problem("said", _("Say how you would describe it."))]
    return list(too_long("said", said, words.MAX_MENDING))


def problems_in_pace(minutes: int | None) -> list[Problem]:
    """Slow mode is off at 0."""
    if minutes == 0:
        return []
    if minutes is None or not words.SLOW_LEAST <= minutes <= words.SLOW_MOST:
        return [
            Problem(
                "minutes",
                _(
                    "Choose %(least)s to %(most)s minutes, or 0 for no slow mode.",
                    least=words.SLOW_LEAST,
                    most=words.SLOW_MOST,
                ),
            )
        ]
    return []


def problems_in_closing(to: str, until: date | None, why: str, today: date) -> list[Problem]:
    """Whoever closes says why; until when may be left open."""
    found = list(too_long("why", why, MAX_WHY))
    if to not in words.CLOSED_TO:
        found.append(Problem("to", _("Choose who may write here.")))
    if to and not why.strip():
        found.append(Problem("why", _("Say why. Everybody reads it beside the closed door.")))
    if to and until is not None and until <= today:
        found.append(Problem("until", _("Choose a day in the future, or none.")))
    return found


def problems_in_look(review_on: date | None, why: str, today: date) -> list[Problem]:
    """Having looked at an outcome again, moderators say until when it is kept."""
    found = list(too_long("why", why, MAX_WHY))
    if review_on is None:
        found.append(Problem("review_on", _("Say until when the outcome is kept.")))
    elif review_on <= today:
        found.append(Problem("review_on", _("Choose a day in the future.")))
    return found
