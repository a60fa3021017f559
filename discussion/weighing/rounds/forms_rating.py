"""What may come in about statements: one's answers, each named by the code of its statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from werkzeug.datastructures import MultiDict

from discussion import text
from discussion.problems import Problem
from discussion.web.forms import paragraphs_filter
from discussion.weighing.rounds.drafts_rating import RatingDraft
from discussion.weighing.rounds.queries.shapes import Option, Question, RatePage
from discussion.weighing.rounds.words import MAX_LINE, MAX_REASON

# Of the fields about one statement.
NAMES = ("value", "reasonable", "is_crux", "settles", "may_show", "reason")


@dataclass
class RatingForm:
    """The answers that were sent, and what is wrong with them by field."""

    drafts: tuple[RatingDraft, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)
    longest_reason: ClassVar[int] = MAX_REASON
    longest_line: ClassVar[int] = MAX_LINE

    @classmethod
    def sent(
        cls, given: MultiDict[str, str], codes: Iterable[str], *, is_all: bool
    ) -> "RatingForm":
        """Of all on a page those that were answered; of one alone that one, answered or not."""
        return cls(
            tuple(_draft(given, code) for code in codes if not is_all or _is_touched(given, code))
        )

    def say(self, *problems: Problem) -> None:
        """Put sentences beside their fields; the first of each field stays."""
        for problem in problems:
            self.wrong.setdefault(problem.field, problem.sentence)

    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong, as (field, sentence)."""
        return list(self.wrong.items())

    def shown(self, page: RatePage) -> RatePage:
        """The page with what was chosen and typed, so that nothing is lost."""
        drafts = {draft.code: draft for draft in self.drafts}
        return replace(
            page,
            questions=tuple(
                _as_sent(one, drafts[one.asked.code]) if one.asked.code in drafts else one
                for one in page.questions
            ),
        )

    @staticmethod
    def fields(given: MultiDict[str, str], codes: Iterable[str]) -> list[tuple[str, str]]:
        """The fields that were sent, by name, as a form sends them again."""
        names = ["all", "statement", "trail"]
        names += [f"{code}-{name}" for code in codes for name in NAMES]
        return [(name, given[name]) for name in names if given.get(name)]


def _is_touched(given: MultiDict[str, str], code: str) -> bool:
    return any(given.get(f"{code}-{name}") for name in NAMES)


def _draft(sent: MultiDict[str, str], code: str) -> RatingDraft:
    return RatingDraft(
        code=code,
        value=sent.get(f"{code}-value", ""),
        reasonable=sent.get(f"{code}-reasonable", ""),
        is_crux=bool(sent.get(f"{code}-is_crux")),
        reason=paragraphs_filter(sent.get(f"{code}-reason")),
        settles=text.line(sent.get(f"{code}-settles", "")),
        may_show=bool(sent.get(f"{code}-may_show")),
    )


def _as_sent(question: Question, draft: RatingDraft) -> Question:
    return replace(
        question,
        points=_chosen(question.points, draft.value),
        others=_chosen(question.others, draft.value),
        reasonable=_chosen(question.reasonable, draft.reasonable),
        is_crux=draft.is_crux,
        reason=draft.reason,
        settles=draft.settles,
        may_show=draft.may_show,
    )


def _chosen(options: Sequence[Option], value: str) -> tuple[Option, ...]:
    return tuple(replace(one, is_chosen=one.value == value) for one in options)
