"""What the worker does for statements and rounds."""

from discussion.weighing.rounds import tasks_rounds as rounds
from discussion.weighing.rounds import tasks_statements as statements

TASKS = {**rounds.TASKS}
PERIODIC = {**rounds.PERIODIC}
MAILS = {**statements.MAILS, **rounds.MAILS}
