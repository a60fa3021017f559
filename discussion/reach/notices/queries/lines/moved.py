"""What became of a thread, and of what somebody wrote in it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.positions.words import KEPT_REASONS
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.words import STAGES
from discussion.language import _
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_positions
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.finding import find_question
from discussion.reach.notices.queries.lines.own import CHATHAM, is_secret, readable_thread
from discussion.reach.notices.shapes import Line
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.standing import standing_of
from discussion.weighing.findings.models import FindingSnapshot


def changed(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """A position that one answered has a new version, while it is the newest."""
    revision = session.get(Revision, ids["revision"])
    position = revision.position if revision else None
    if revision is None or position is None or position.live_revision_id != revision.id:
        return None
    readable = session.execute(
        select(mute_of(viewer, Position))
        .select_from(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Position.id == position.id, Position.state.in_(TEXT_STATES))
        .where(visible_positions(viewer))
    ).one_or_none()
    own = _own_responses(session, viewer, position, revision)
    if readable is None or readable[0] or not own:
        return None
    reason = str(KEPT_REASONS.get(revision.change_reason, ""))
    return Line(
        about=_("You answered"),
        place=position.thread.question,
        says=_("The position that you answered has a new version. Does your answer stand?"),
        more=_("Why it changed: %(reason)s.", reason=reason.lower()) if reason else "",
        url=paths.version(position.public_id, revision.version or 1),
        action=_("See what changed"),
        is_coarse=is_secret(position),
        is_own_secret=is_secret(*own),
        series=position.thread.series,
    )


def moved_on(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """The stage that it reached, while it is in it; what was found is told by itself."""
    move = session.get(StageMove, ids["move"])
    thread = readable_thread(session, viewer, move.thread_id) if move else None
    if move is None or thread is None or thread.id != move.thread_id:
        return None
    if (thread.stage, thread.cycle) != (move.after, move.cycle):
        return None
    if move.after == "making_sense" and _has_findings(session, thread):
        return None
    says = {
        "open": _("It is open again."),
        "closed": _("It is closed. Its outcome says what came of it."),
    }.get(move.after) or _("It has moved on: %(stage)s.", stage=str(STAGES[move.after]).lower())
    return Line(
        about=_("You took part"),
        place=thread.question,
        says=says,
        url=paths.thread(thread.slug),
        action=_("Read the thread"),
        is_own_secret=wrote_in_secret(session, viewer, thread),
        series=thread.series,
    )


def found(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """A round has closed, and what it found can be read."""
    snapshot = session.get(FindingSnapshot, ids["snapshot"])
    if snapshot is None or snapshot.round is None:
        return None
    if not allowed(viewer, May.READ_FINDINGS, snapshot.round):
        return None
    thread = snapshot.thread
    return Line(
        about=_("A round"),
        place=thread.question,
        says=_("It has closed, and what was found can be read."),
        url=paths.findings(thread.slug),
        action=_("Read what was found"),
        series=thread.series,
    )


def published(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """A briefing that rests on what one wrote, while it is shown."""
    row = session.get(Publication, ids["publication"])
    if row is None or not allowed(viewer, May.READ_PUBLICATION, row):
        return None
    version = max(row.versions, key=lambda one: one.number, default=None)
    if version is None or version.withdrawn_at is not None:
        return None
    if standing_of(session, version).why:
        return None
    own = [one for one in version.sources if _wrote(one, viewer)]
    if not own:
        return None
    return Line(
        about=_("A briefing"),
        place=row.title,
        says=_("It is out. It quotes you, or rests on what you wrote."),
        url=paths.publication(row.series.slug, row.slug),
        action=_("Read it"),
        is_own_secret=any(is_secret(one.response or one.position) for one in own),
        series=row.series,
    )


def question(session: Session, viewer: Viewer, ids: Mapping[str, Any]) -> Line | None:
    """A question that came from one's own words is answered."""
    row = session.get(Question, ids["question"])
    seen = find_question(session, viewer, row.series.slug, row.public_id) if row else None
    if row is None or seen is None or not row.is_answered:
        return None
    return Line(
        about=_("A question that came from what you wrote"),
        place=row.text,
        says=_("It is answered."),
        more=row.answer,
        url=paths.needed_question(row.series.slug, row.public_id),
        action=_("Read what answers it"),
        is_own_secret=_has_secret(session, viewer, row),
        series=row.series,
    )


def wrote_in_secret(session: Session, viewer: Viewer, thread: Thread) -> bool:
    """Whether all that one wrote in a thread stands under the Chatham House Rule."""
    by_name = [
        exists()
        .where(Position.thread_id == thread.id, Position.author_id == viewer.person_id)
        .where(Position.attribution != CHATHAM, Position.state.in_(TEXT_STATES)),
        exists()
        .where(Response.position_id == Position.id, Position.thread_id == thread.id)
        .where(Response.author_id == viewer.person_id, Response.attribution != CHATHAM)
        .where(Response.state.in_(TEXT_STATES)),
    ]
    return not any(session.scalar(select(one)) for one in by_name)


def _own_responses(
    session: Session, viewer: Viewer, position: Position, revision: Revision
) -> list[Response]:
    return list(
        session.scalars(
            select(Response)
            .where(Response.position_id == position.id, Response.revision_id != revision.id)
            .where(Response.author_id == viewer.person_id, Response.state.in_(TEXT_STATES))
        )
    )


def _has_findings(session: Session, thread: Thread) -> bool:
    asked = exists().where(FindingSnapshot.thread_id == thread.id)
    return bool(session.scalar(select(asked)))


def _wrote(source: PublicationSource, viewer: Viewer) -> bool:
    written = source.response or source.position
    return written is not None and written.author_id == viewer.person_id


def _has_secret(session: Session, viewer: Viewer, row: Question) -> bool:
    """Of one's own words in a question, whether any stood under the Chatham House Rule."""
    ids = {one.subject.partition(".")[2].partition(".")[0] or one.subject for one in row.origins}
    return any(
        session.scalar(
            select(
                exists()
                .where(table.public_id.in_(ids), table.author_id == viewer.person_id)
                .where(table.attribution == CHATHAM)
            )
        )
        for table in (Position, Response)
    )
