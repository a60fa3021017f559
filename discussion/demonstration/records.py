"""The two safety records that everybody reads, as a host might have completed them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion.demonstration.people import Staff
from discussion.oversight.duties.drafts import DutyDraft
from discussion.oversight.duties.operations import write_record

CODE = "Illegal content codes of practice for user-to-user services"
RECORDS = {
    "accountable-person": """
## Name and office

Owen Castell, convener of this invented series. He exists in this demonstration alone.

## How to reach them

owen.castell@example.org, read on working days.

## What they answer for

The risk assessments, reports of safeguarding and of illegal content, complaints, and these records.

## Deputy

Priya Raman, second moderator, on every day on which he is away.
""",
    "complaints-procedure": """
## Reporting

A report link stands below every position and response, and on every thread and source. You need no
account. Safeguarding and illegal content are looked at within 4 hours, everything else within one
working day.

## Appealing

Each decision about what you wrote comes with a statement of reasons, and can be appealed once. A
moderator who did not make it looks again within 5 working days, and can overturn it.

## Complaining about the service

If you think that a duty is not met, or that too much is taken down, write to the accountable
person. You are answered within 10 working days.

## If you are not content

Ofcom watches over services like this one. It does not take up single cases.
""",
}


def add_records(session: Session, staff: Staff, now: datetime) -> None:
    """Who is accountable, and how to complain; the assessments are left to be written."""
    at = now - timedelta(days=14)
    convener = staff.viewer(session, "convener", at)
    review_on = (at + timedelta(days=350)).date()
    for kind, text in RECORDS.items():
        write_record(session, convener, kind, DutyDraft(text, CODE, review_on, "", 0), now=at)
