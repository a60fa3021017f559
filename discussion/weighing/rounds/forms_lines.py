"""What a moderator sends about one line that may be shown."""

from dataclasses import dataclass, field
from typing import ClassVar

from werkzeug.datastructures import MultiDict

from discussion.debate.threads.words import MAX_WHY
from discussion.problems import Problem
from discussion.web.forms import paragraphs_filter


@dataclass
class LineForm:
    """Which line, what is decided of it and why, and what is wrong with that."""

    line: str = ""
    is_let: bool = False
    why: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    longest: ClassVar[int] = MAX_WHY

    @classmethod
    def sent(cls, given: MultiDict[str, str]) -> "LineForm":
        return cls(
            given.get("line", ""), given.get("do") == "let", paragraphs_filter(given.get("why"))
        )

    def say(self, *problems: Problem) -> None:
        """The sentences stand beside the reason of this line."""
        for problem in problems:
            self.wrong.setdefault(f"why-{self.line}", problem.sentence)

    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong, as (field, sentence)."""
        return list(self.wrong.items())
