"""What may come in from somebody who answers: buttons and a sentence, nothing else."""

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from discussion.problems import Problem
from discussion.web.forms import paragraphs_filter
from discussion.weighing.practice.drafts import AnswerDraft


@dataclass
class AnswerForm:
    """What was sent of one function, and what is wrong with it by field."""

    draft: AnswerDraft
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, given: MultiDict[str, str]) -> "AnswerForm":
        return cls(
            AnswerDraft(
                given.get("professed", ""),
                given.get("practised", ""),
                given.get("compulsion", ""),
                tuple(dict.fromkeys(given.getlist("values"))),
                paragraphs_filter(given.get("reason", "")),
                bool(given.get("may_show")),
            )
        )

    def say(self, *problems: Problem) -> None:
        """Put sentences beside their fields; the first of each field stays."""
        for problem in problems:
            self.wrong.setdefault(problem.field, problem.sentence)

    def problems(self) -> list[tuple[str, str]]:
        return list(self.wrong.items())
