"""What is asked of rooms that keep words about a piece of writing: `wiring/` says who answers."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from discussion.registers import Register
from discussion.subjects.kinds import Subject

# Texts about it that nobody changes, each as it was written.
SAID_ABOUT: Register[Callable[[Session, Subject], Sequence[str]]] = Register()
