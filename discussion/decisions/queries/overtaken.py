"""What somebody else decided while a moderator was writing, told to whoever was not first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Overtaken
from discussion.decisions.words import ACTIONS, DECIDED_BY
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import about, kind_named
from discussion.subjects.shapes import Key

if TYPE_CHECKING:
    from discussion.series.series.models import Series


def newest_decision(session: Session, subject: Key, *, did: Sequence[str] = ()) -> str:
    """The public id of what was last decided on something; nothing where nothing was."""
    row = _newest(session, subject, did)
    return row.public_id if row else ""


def decided_meanwhile(
    session: Session,
    viewer: Viewer,
    series: "Series",
    subject: Key,
    *,
    seen: str = "",
    did: Sequence[str] = (),
    otherwise: str = "",
) -> Overtaken:
    """Who decided what since `seen` was the newest; else that it was changed, by whomever.

    With `did` only such actions are looked for. A fellow moderator is named, as in a statement of
    reasons; to others it is said as what.
    """
    row = _newest(session, subject, did)
    if row is None or row.public_id == seen:
        changed = _("It was changed, or reported again, while you were writing.")
        return Overtaken(otherwise or changed)
    action = str(ACTIONS.get(row.action, row.action))
    return Overtaken(
        says=_says(viewer, row, action, is_named=allowed(viewer, May.MODERATE, series)),
        reason=row.reason.label if row.reason else "",
        why=row.why,
        url=paths.statement(row.public_id) if allowed(viewer, May.READ_STATEMENT, row) else "",
    )


def _says(viewer: Viewer, row: Decision, did: str, *, is_named: bool) -> str:
    if row.decided_by_id == viewer.person_id:
        return _("You have decided this already: %(did)s.", did=did)
    if is_named:
        return _(
            "%(name)s decided this while you were writing: %(did)s.",
            name=row.decided_by.display_name,
            did=did,
        )
    return _(
        "%(who)s decided this while you were writing: %(did)s.",
        who=DECIDED_BY[row.decided_by_role],
        did=did,
    )


def _newest(session: Session, subject: Key, did: Sequence[str] = ()) -> Decision | None:
    known = kind_named(subject[0])
    told = known.told_actions if known else ()
    return session.scalar(
        select(Decision)
        .where(about(Decision, subject))
        .where(Decision.action.in_(told) if told else true())
        .where(Decision.action.in_(did) if did else true())
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(1)
        .options(joinedload(Decision.reason), joinedload(Decision.decided_by))
    )
