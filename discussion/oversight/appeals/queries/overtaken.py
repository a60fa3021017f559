"""Who looked again at a decision while somebody else was writing."""

from discussion.decisions.shapes import Overtaken
from discussion.decisions.words import DECIDED_BY
from discussion.language import _
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.words import OUTCOMES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


def reviewed_meanwhile(viewer: Viewer, appeal: Appeal) -> Overtaken:
    """Who answered an appeal, and how; a fellow moderator is named, others said as what."""
    outcome = appeal.outcome
    if outcome is None:
        return Overtaken(_("It was changed while you were writing."))
    is_named = allowed(viewer, May.MODERATE, appeal)
    who = outcome.reviewed_by.display_name if is_named else DECIDED_BY[outcome.reviewed_by_role]
    did = OUTCOMES[outcome.outcome]
    return Overtaken(
        _(
            "%(who)s looked again while you were writing: %(did)s. An outcome is final.",
            who=who,
            did=did,
        ),
        why=outcome.why,
    )
