"""What the author will read, while the decision is still being written."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.drafts import Ruling
from discussion.decisions.targets import in_words as target_in_words
from discussion.decisions.targets import target_of
from discussion.decisions.words import ALREADY_SAID
from discussion.language import in_words
from discussion.oversight.moderation.letter_words import Told, letter_lines
from discussion.oversight.moderation.queries.shapes import Letter
from discussion.oversight.moderation.queries.twins import find_published_claim
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.subjects.finding import headline
from discussion.vocabulary import of_series


def draft_letter(
    session: Session,
    viewer: Viewer,
    series: Series,
    kind: str,
    draft: Ruling,
    now: datetime,
) -> Letter | None:
    """The letter as the draft stands; None until a decision is chosen."""
    if not draft.action:
        return None
    reason = next((one for one in series.reasons if one.slug == draft.reason), None)
    claim = find_published_claim(session, draft.twin) if ALREADY_SAID in draft.marks else ""
    own = viewer.belongings.get(series.id)
    told = Told(
        of_series(series.slug),
        kind=kind,
        action=draft.action,
        reason=reason.label if reason else "",
        explanation=reason.explanation if reason else "",
        facts=draft.facts,
        marks=tuple(draft.marks),
        twin=claim,
        twin_url=paths.position(draft.twin) if claim else "",
        why=draft.why,
        within=target_in_words(target_of(series, "contribution")),
        by_role=own.role if own else "administrator",
        on=in_words(now),
    )
    return Letter(headline(kind, draft.action), letter_lines(told))
