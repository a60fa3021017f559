"""What the worker does for rounds."""

from discussion.rounds import tasks_statements as statements

MAILS = {**statements.MAILS}
