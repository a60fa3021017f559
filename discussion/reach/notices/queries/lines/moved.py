"""What became of a thread, and of what somebody wrote in it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.positions.words import KEPT_REASONS, RESPONSE_TYPES
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.words import STAGES
from discussion.language import _
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_positions
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.finding import find_question
from discussion.reach.notices.queries.lines.own import (
    CHATHAM,
    Ids,
    is_secret,
    readable_thread,
    warm,
)
from discussion.reach.notices.shapes import Act, Line
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.standing import standing_of
from discussion.weighing.findings.models import FindingSnapshot

_MOVES = warm(StageMove, "move")
_THREADS = warm(Thread, "thread", joinedload(Thread.series))


def changed(session: Session, viewer: Viewer, all_ids: Sequence[Ids]) -> list[Line | None]:
    """Positions that one answered have a new version, while it is the newest."""
    rows = session.execute(
        select(Revision, mute_of(viewer, Position))
        .join(Position, Position.live_revision_id == Revision.id)
        .join(Position.thread)
        .join(Thread.series)
        .where(Revision.id.in_({ids["revision"] for ids in all_ids}))
        .where(Position.state.in_(TEXT_STATES), visible_positions(viewer))
        .options(
            joinedload(Revision.position).joinedload(Position.thread).joinedload(Thread.series)
        )
    ).all()
    found = {revision.id: revision for revision, is_muted in rows if not is_muted}
    own = _own_responses(session, viewer, list(found.values()))
    return [
        _changed(viewer, found.get(ids["revision"]), own.get(ids["revision"], ()))
        for ids in all_ids
    ]


def _changed(viewer: Viewer, revision: Revision | None, own: Sequence[Response]) -> Line | None:
    if revision is None or not own:
        return None
    position = revision.position
    reason = str(KEPT_REASONS.get(revision.change_reason, ""))
    return Line(
        about=_("You answered"),
        place=position.thread.question,
        says=_("The position that you answered has a new version. Does your answer stand?"),
        more=_("Why it changed: %(reason)s.", reason=reason.lower()) if reason else "",
        url=paths.version(position.public_id, revision.version or 1),
        action=_("See what changed"),
        acts=tuple(_stands(one, is_alone=len(own) == 1) for one in own if _may_change(viewer, one)),
        is_coarse=is_secret(position),
        is_own_secret=is_secret(*own),
        series=position.thread.series,
    )


def _may_change(viewer: Viewer, response: Response) -> bool:
    return response.state == "published" and allowed(viewer, May.REVISE_RESPONSE, response)


def _stands(response: Response, *, is_alone: bool) -> Act:
    """Each answer by itself: two of one person may be two voices."""
    says = _("My answer still stands")
    if not is_alone:
        says = _("Still stands: %(type)s", type=str(RESPONSE_TYPES[response.type]))
    return Act(says, paths.response_stands(response.position.public_id, response.public_id))


def moved_on(session: Session, viewer: Viewer, all_ids: Sequence[Ids]) -> list[Line | None]:
    """The stages that threads reached, while they are in them; what was found is told by itself."""
    moves = {move.id: move for move in _MOVES(session, all_ids) if isinstance(move, StageMove)}
    threads = _THREADS(session, [{"thread": move.thread_id} for move in moves.values()])
    found = {
        id: thread
        for id, move in moves.items()
        if (thread := _reached(session, viewer, move)) is not None
    }
    heard = _with_findings(session, found.values())
    named = _named_in(session, viewer, found.values())
    del threads  # until now no row was let go of

    def line(id: int) -> Line | None:
        thread = found.get(id)
        if thread is None or thread.id in heard:
            return None
        return _moved_on(moves[id], thread, in_secret=thread.id not in named)

    return [line(ids["move"]) for ids in all_ids]


def _reached(session: Session, viewer: Viewer, move: StageMove) -> Thread | None:
    """The thread, while it is where it moved to."""
    thread = readable_thread(session, viewer, move.thread_id)
    if thread is None or thread.id != move.thread_id:
        return None
    return thread if (thread.stage, thread.cycle) == (move.after, move.cycle) else None


def _moved_on(move: StageMove, thread: Thread, *, in_secret: bool) -> Line:
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
        is_own_secret=in_secret,
        series=thread.series,
    )


def found(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
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


def published(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
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


def question(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
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


def _named_in(session: Session, viewer: Viewer, threads: Iterable[Thread]) -> set[int]:
    """The threads in which not all that one wrote stands under the Chatham House Rule."""
    ids = {thread.id for thread in threads}
    if not ids:
        return set()
    positions = (
        select(Position.thread_id)
        .where(Position.thread_id.in_(ids), Position.author_id == viewer.person_id)
        .where(Position.attribution != CHATHAM, Position.state.in_(TEXT_STATES))
    )
    responses = (
        select(Position.thread_id)
        .join(Response, Response.position_id == Position.id)
        .where(Position.thread_id.in_(ids))
        .where(Response.author_id == viewer.person_id, Response.attribution != CHATHAM)
        .where(Response.state.in_(TEXT_STATES))
    )
    return set(session.scalars(positions.union(responses)))


def _own_responses(
    session: Session, viewer: Viewer, revisions: Sequence[Revision]
) -> dict[int, list[Response]]:
    """To versions before these, by the id of the newer one."""
    newer = {revision.position_id: revision.id for revision in revisions}
    if not newer:
        return {}
    rows = session.scalars(
        select(Response)
        .where(Response.position_id.in_(newer), Response.revision_id.not_in(newer.values()))
        .where(Response.author_id == viewer.person_id, Response.state.in_(TEXT_STATES))
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series)
        )
    )
    found: dict[int, list[Response]] = {}
    for row in rows:
        if not row.is_to_an_earlier:
            continue  # its author has said that it stands
        found.setdefault(newer[row.position_id], []).append(row)
    return found


def _with_findings(session: Session, threads: Iterable[Thread]) -> set[int]:
    """Of these threads those that have any."""
    ids = {thread.id for thread in threads if thread.stage == "making_sense"}
    if not ids:
        return set()
    asked = select(FindingSnapshot.thread_id).where(FindingSnapshot.thread_id.in_(ids)).distinct()
    return set(session.scalars(asked))


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
