"""What a thread is to say, before it is a row, and everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from discussion import text
from discussion.debate.positions.drafts import is_at_least_as_strict
from discussion.debate.positions.drafts_problems import problems_in_language
from discussion.debate.threads import words
from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.series.series.words import ATTRIBUTIONS
from discussion.text.signs import Signs
from discussion.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class ThreadDraft:
    """What the proposal's page asks for."""

    question: str = ""
    context: str = ""
    language: str = ""  # as its writer says; empty: found from the letters
    themes: tuple[str, ...] = ()  # slugs, as everything below
    levels: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    attribution: str = ""
    use_of_result: str = ""
    nobody_identified: bool = False


@dataclass(frozen=True, kw_only=True)
class EditDraft(ThreadDraft):
    """What moderators may change besides; dates of stages that are past are left as they are."""

    summary: str = ""
    open_on: date | None = None
    weighing_on: date | None = None
    making_sense_on: date | None = None
    closed_on: date | None = None
    has_new_address: bool = False


@dataclass(frozen=True)
class Bounds:
    """What the series allows, and the thread as it is."""

    themes: frozenset[str]
    scales: frozenset[str]
    loosest: str  # attribution
    vocabulary: Vocabulary


def problems_in(draft: ThreadDraft, bounds: Bounds) -> list[Problem]:
    """Everything that stands in the way, in the order of the page."""
    found = [*_words(draft), *_choices(draft, bounds)]
    if isinstance(draft, EditDraft):
        found += [*too_long("summary", draft.summary, words.MAX_SUMMARY), *_dates(draft)]
    elif not draft.nobody_identified:
        asked = str(bounds.vocabulary.sentences.confirm_nobody)
        found.append(Problem("nobody_identified", asked))
    return found


def problems_in_outcome(outcome: str, review_on: date | None, today: date) -> list[Problem]:
    """A thread closes with what came of it, and a day on which somebody looks again."""
    found = list(too_long("outcome", outcome, words.MAX_OUTCOME))
    if not outcome.strip():
        found.append(Problem("outcome", _("Write what came of this thread.")))
    if review_on is None:
        found.append(Problem("review_on", _("Say when the outcome is to be reviewed.")))
    elif review_on <= today:
        found.append(Problem("review_on", _("Choose a day in the future.")))
    return found


def problems_in_why(why: str, *, is_required: bool = True) -> list[Problem]:
    """A reason, where an author or proposer is affected."""
    found = list(too_long("why", why, words.MAX_WHY))
    if is_required and not why.strip():
        found.append(
            Problem("why", _("Say why. The reason is kept, and told to those it affects."))
        )
    return found


def problems_in_note(note: str, language: str) -> list[Problem]:
    """What stands in the way of a moderators’ note, and of its language."""
    if not note.strip():
        return [Problem("note", _("Write the note."))]
    return [*too_long("note", note, words.MAX_NOTE), *problems_in_language(language)]


def warnings_in(draft: ThreadDraft, signs: Signs) -> list[text.Notice]:
    """What may identify somebody, in what will be published."""
    written = (draft.question, draft.context, draft.use_of_result)
    return [notice for each in written for notice in text.identifying(each, signs)]


def _words(draft: ThreadDraft) -> Iterator[Problem]:
    question = text.line(draft.question)
    if not question:
        yield Problem("question", _("Ask the question of the thread."))
    elif not text.is_question(question):
        yield Problem("question", _("End the question with a question mark."))
    yield from too_long("question", draft.question, words.MAX_QUESTION)
    yield from too_long("context", draft.context, words.MAX_CONTEXT)
    yield from problems_in_language(draft.language)
    yield from too_long("use_of_result", draft.use_of_result, words.MAX_USE_OF_RESULT)


def _choices(draft: ThreadDraft, bounds: Bounds) -> Iterator[Problem]:
    if not 1 <= len(set(draft.themes)) <= words.MAX_THEMES:
        yield Problem("themes", _("Choose one to three themes."))
    elif not bounds.themes.issuperset(draft.themes):
        yield Problem("themes", _("Choose themes of this series."))
    if not draft.levels:
        yield Problem("levels", _("Choose at least one level that the question is about."))
    elif any(level not in bounds.vocabulary.levels for level in draft.levels):
        yield Problem("levels", _("Choose levels from the list."))
    if len(set(draft.scales)) > words.MAX_SCALES:
        yield Problem("scales", _("Choose at most three scales."))
    elif not bounds.scales.issuperset(draft.scales):
        yield Problem("scales", _("Choose scales of this series."))
    if draft.attribution not in ATTRIBUTIONS:
        yield Problem("attribution", _("Choose how contributors are named."))
    elif not is_at_least_as_strict(draft.attribution, bounds.loosest):
        yield Problem(
            "attribution",
            _("How contributors are named can become stricter, never looser: they relied on it."),
        )


def _dates(draft: EditDraft) -> Iterator[Problem]:
    given = [(name, getattr(draft, name)) for name in words.DATED.values()]
    dated = [(name, on) for name, on in given if on is not None]
    for (_before, earlier), (name, later) in pairwise(dated):
        if later <= earlier:
            yield Problem(name, _("Each stage begins later than the one before it."))
