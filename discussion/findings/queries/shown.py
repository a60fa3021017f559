"""A snapshot as it may be shown now. The row never changes; what everybody may read of it does.

Of snapshots that were made before rounds were judged together, a later round's numbers for what an
earlier one had asked are left out, with everything that was said from them.
"""

from typing import Any

from sqlalchemy.orm import Session

from discussion.findings.computing.earlier import hide
from discussion.findings.models import FindingSnapshot
from discussion.findings.queries.due import list_unjudged

NOT_SAID = {"headline": "", "comparisons": {}}


def results_of(session: Session, snapshot: FindingSnapshot) -> dict[str, Any]:
    """Everything that a page, a file or a letter may take from a snapshot."""
    results: dict[str, Any] = snapshot.results
    if codes := list_unjudged(session, snapshot):
        return results | {
            "ratings": hide(results["ratings"], codes), "found": NOT_SAID, "change": None,
        }  # fmt: skip
    return results
