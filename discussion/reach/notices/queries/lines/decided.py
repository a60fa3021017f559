"""What was decided about something of one's own, with its reason; and what a moderator answered."""

from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.decisions.models import Decision
from discussion.language import _
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.queries.statement import about_of
from discussion.oversight.appeals.words import OUTCOMES
from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.lines.own import CHATHAM, Ids, is_secret
from discussion.reach.notices.shapes import Line
from discussion.reach.publications.models import Quoting
from discussion.subjects.finding import find_subject, headline, kind_named
from discussion.subjects.kinds import Subject

LONGEST = 160


def decided(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """A decision that is addressed to the viewer."""
    row = session.get(Decision, ids["decision"])
    if row is None or row.addressed_to_id != viewer.person_id:
        return None
    reason = row.reason.label if row.reason else ""
    subject = _subject_of(session, row)
    is_shown = subject is not None and (
        subject.shows_words(None) or subject.author_id == viewer.person_id
    )
    return Line(
        about=_("Your contribution"),
        place=text.excerpt(about_of(session, viewer, row).words, LONGEST) if is_shown else "",
        says=f"{headline(row.subject_kind, row.action)}.",
        more=_("The reason: %(reason)s.", reason=reason.rstrip(".")) if reason else "",
        url=paths.statement(row.public_id),
        action=_("Read the decision"),
        is_own_secret=_is_secret(subject),
        series=row.series,
    )


def appeal_answered(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """Somebody else has looked again."""
    row = session.get(Appeal, ids["appeal"])
    if row is None or row.made_by_id != viewer.person_id or row.outcome is None:
        return None
    return Line(
        about=_("Your appeal"),
        place=headline(row.decision.subject_kind, row.decision.action),
        says=_("Somebody else looked again: %(outcome)s.",
               outcome=str(OUTCOMES[row.outcome.outcome]).rstrip(".").lower()),
        url=paths.statement(row.decision.public_id),
        action=_("Read the answer"),
        is_own_secret=_is_secret(_subject_of(session, row.decision)),
        series=row.decision.series,
    )  # fmt: skip


def objection_answered(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """What the moderators say of an objection to how one is quoted."""
    return _of_quoting(session, viewer, ids, _("The moderators answered your objection."))


def quoted(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """One is quoted in a briefing that is being made, and may object."""
    return _of_quoting(session, viewer, ids, _("A briefing quotes you. Is it fair?"))


def _of_quoting(session: Session, viewer: Viewer, ids: Ids, says: str) -> Line | None:
    row = session.get(Quoting, ids["quoting"])
    if row is None:
        return None
    written = row.response or row.position
    entered = row.position.entered_by_id if row.position and not row.response else None
    if written is None or viewer.person_id not in (written.author_id, entered):
        return None
    return Line(
        about=_("Your words in a briefing"),
        place=row.publication.title,
        says=says,
        url=paths.quoted(row.public_id),
        action=_("Look at how you are quoted"),
        is_own_secret=is_secret(row.position, row.response),
        series=row.publication.series,
    )


def _subject_of(session: Session, row: Decision) -> Subject | None:
    return find_subject(session, kind_named(row.subject_kind), row.subject_id)


def _is_secret(subject: Subject | None) -> bool:
    return subject is not None and subject.attribution == CHATHAM
