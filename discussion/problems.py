"""What is wrong with what somebody typed, said beside its field: one shape, whatever the form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from discussion import text
from discussion.language import _


@dataclass(frozen=True)
class Problem:
    """One thing to correct: the id of the field, and a sentence.

    What is merely not there yet also has a name, for the list of what is still needed.
    """

    field: str
    sentence: str
    need: str = ""


class Invalid(Exception):
    """What was typed breaks what must be true; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.sentence for problem in self.problems))


class Refused(Exception):
    """It would break a rule, or is not possible as things stand; the sentences say why."""

    def __init__(self, *sentences: object) -> None:
        super().__init__(" ".join(str(one) for one in sentences))
        self.sentences = tuple(str(one) for one in sentences)

    @property
    def sentence(self) -> str:
        """All of them, in one line."""
        return str(self)


class TooLate(Refused):
    """Somebody else was quicker: it is done already, or can no longer be done."""


def refuse(problems: Iterable[Problem]) -> None:
    """Raise Invalid where there are any."""
    if found := list(problems):
        raise Invalid(found)


def too_long(field_id: str, typed: str, longest: int) -> Iterator[Problem]:
    """By how many characters it is, and how many there may be; nothing where it is not."""
    over = text.count(typed) - longest
    if over > 0:
        yield Problem(
            field_id,
            _("Too long by %(over)s: at most %(longest)s characters.", over=over, longest=longest),
        )
