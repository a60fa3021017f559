"""What the author of a position says of how somebody who disagrees restates it."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.models import Response, ResponseText
from discussion.debate.positions.operations.holding import lock_contribution
from discussion.debate.threads.drafts_arranging import problems_in_answer
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, Refused, refuse
from discussion.subjects.happenings import happened
from discussion.vocabulary import of_series


def answer_restatement(
    session: Session,
    actor: Viewer,
    response: Response,
    *,
    seen: str,
    answer: str,
    said: str,
    now: datetime,
) -> ResponseText:
    """Say whether it is fair; if not, how its author would change it, to whoever restated.

    `seen` is the version that was read. Raises Invalid, and Refused when another is shown now.
    """
    require(actor, May.ANSWER_RESTATEMENT, response)
    lock_contribution(session, response)
    require(actor, May.ANSWER_RESTATEMENT, response)  # as it is now that nobody else changes it
    shown = response.live
    if shown is None or str(shown.version) != seen:
        raise Refused(_("The restatement has been changed since. Read it again."))
    refuse([*problems_in_answer(answer, said), *_identifying(response, answer, said)])
    wants = text.paragraphs(said) if answer == "no" else ""
    if (shown.fair, shown.wants) != (answer, wants):
        shown.fair, shown.wants = answer, wants
        session.flush()
        happened(session, "restatement.answered", shown.id, now=now)
    return shown


def _identifying(response: Response, answer: str, said: str) -> list[Problem]:
    """Neither side learns who the other is: what may tell is not carried between them."""
    signs = of_series(response.series.slug).signs
    if answer != "no" or not text.identifying(said, signs):
        return []
    sentence = _(
        "This may say who somebody is: a name, an address or a number. Say it without, as the"
        " person who restated you must not learn who you are."
    )
    return [Problem("said", sentence)]
