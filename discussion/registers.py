"""How a lower room asks a higher one, without knowing it.

What it asks for is a Protocol that stands beside a register in the lower room; what answers it is
registered by `register_rooms` in `discussion/wiring/`, in one list, before anything is served, run
or tested. Registering the same again changes nothing.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Register(Generic[Answer]):
    """Any number of answers to one question, in the order of `register_rooms`."""

    def __init__(self) -> None:
        self._answers: list[Answer] = []

    def add(self, *answers: Answer) -> None:
        self._answers += [one for one in answers if one not in self._answers]

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers)


class Only(Generic[Answer]):
    """The one answer to a question. Raises LookupError while nobody has given it."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._answer: Answer | None = None

    def add(self, answer: Answer) -> None:
        """Raises ValueError when somebody else has answered before."""
        if self._answer not in (None, answer):
            raise ValueError(f"{self._question}: answered twice, by {self._answer} and {answer}")
        self._answer = answer

    def __call__(self) -> Answer:
        if self._answer is None:
            raise LookupError(f"{self._question}: nobody answers, see register_rooms in wiring/")
        return self._answer
