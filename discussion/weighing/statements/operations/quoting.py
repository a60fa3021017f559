"""What is asked, where a statement's words are withheld, of the room that takes words out."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.registers import Only
from discussion.subjects.kinds import Subject
from discussion.weighing.statements.models import Statement

FindReasons = Callable[[Session, Subject, Sequence[str]], list[str]]
QuotesOut = Callable[[Session, Decision, Statement, datetime], None]
QuotesBack = Callable[[Session, Statement, datetime], None]

QUOTING: Only[FindReasons] = Only("Which reasons, by decision, say these words")
QUOTES_OUT: Only[QuotesOut] = Only("Who takes a statement's words out of what quotes them")
QUOTES_BACK: Only[QuotesBack] = Only("Who puts them back")
