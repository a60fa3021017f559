"""What a statement is to say, before it is a row, and everything that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from discussion import text
from discussion.debate.positions.drafts_problems import problems_in_language
from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.weighing.statements.words import KINDS, MAX_SAID, MAX_STATEMENT, MAX_WHY


@dataclass(frozen=True, kw_only=True)
class StatementDraft:
    """What the drafting page asks for."""

    kind: str = ""
    text: str = ""
    language: str = ""  # as its writer says; empty: found from the letters
    sources: tuple[str, ...] = ()  # public ids of positions
    is_moderators_own: bool = False
    answer_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """The next version of a statement."""

    text: str = ""
    language: str = ""
    is_editorial: bool = False
    why: str = ""
    answer_by: date | None = None


def problems_in_statement(draft: StatementDraft, *, others: set[str], today: date) -> list[Problem]:
    """`others` are the statements that the thread has already, folded."""
    found = [*problems_in_kind(draft.kind), *_text(draft.text, others)]
    found += problems_in_language(draft.language)
    found += problems_in_sources(draft.sources, is_own=draft.is_moderators_own)
    if draft.sources:
        found += _asking(draft.answer_by, today)
    return found


def problems_in_rewording(
    draft: Rewording, *, before: str, others: set[str], asks: bool, today: date
) -> list[Problem]:
    """`asks` is whether there are authors to be asked afresh when it means something else."""
    found = [*_text(draft.text, others), *problems_in_language(draft.language)]
    if text.line(draft.text) == before:
        found.append(
            Problem(
                "text", _("This is what it says already. Change something, or leave it as it is.")
            )
        )
    found += too_long("why", draft.why, MAX_WHY)
    if draft.is_editorial and not draft.why.strip():
        found.append(
            Problem(
                "why",
                _("Say why it means the same. People who rate it and its authors rely on this."),
            )
        )
    if asks and not draft.is_editorial:
        found += _asking(draft.answer_by, today)
    return found


def problems_in_kind(kind: str) -> Iterator[Problem]:
    """Whether it is about an end, a fact or a means."""
    if kind not in KINDS:
        yield Problem("kind", _("Choose what it is about: an end, a fact or a means."))


def problems_in_sources(sources: tuple[str, ...], *, is_own: bool) -> Iterator[Problem]:
    """Whether it draws on positions, or is the moderators' own, and not both."""
    if not sources and not is_own:
        yield Problem(
            "sources",
            _("Choose the positions that it draws on, or mark it as the moderators’ own."),
        )
    if sources and is_own:
        yield Problem(
            "is_moderators_own",
            _("It draws on positions, so it is not the moderators’ own. Choose one or the other."),
        )


def problems_in_asking(answer_by: date | None, today: date) -> list[Problem]:
    """By when authors are asked."""
    return list(_asking(answer_by, today))


def problems_in_fairness(answer: str, said: str) -> list[Problem]:
    """What an author says of a statement that draws on their position."""
    if answer not in ("fair", "mend"):
        return [Problem("answer", _("Say whether it is fair or should be changed."))]
    if answer == "mend" and not said.strip():
        return [Problem("said", _("Say what should be changed."))]
    return list(too_long("said", said, MAX_SAID))


def _text(typed: str, others: set[str]) -> Iterator[Problem]:
    if not text.line(typed):
        yield Problem("text", _("Write the statement."))
    elif text.fold(text.line(typed)) in others:
        yield Problem("text", _("Another statement of this thread says exactly this."))
    yield from too_long("text", text.line(typed), MAX_STATEMENT)


def _asking(answer_by: date | None, today: date) -> Iterator[Problem]:
    if answer_by is None:
        yield Problem("answer_by", _("Say by when authors are asked to answer."))
    elif answer_by <= today:
        yield Problem("answer_by", _("Choose a day in the future, so that authors have time."))
