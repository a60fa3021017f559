"""The ladder of a thread: if it is decided at one level, what follows above and below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion import paths
from discussion.debate.mutes.queries import mute_of
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.positions.queries.answers import answer_of
from discussion.debate.positions.queries.card import Answer
from discussion.debate.positions.queries.cards import Around, find_values
from discussion.debate.positions.queries.naming import find_letters
from discussion.debate.positions.words import CONSEQUENCES, SAYS_WHAT_FOLLOWS
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.pacing import why_over
from discussion.language import _
from discussion.permissions import facts
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import published_positions, visible_responses
from discussion.vocabulary import of_series
from discussion.weighing.findings.queries.tagged import read_tags
from discussion.weighing.levels.queries.across import across_levels
from discussion.weighing.levels.queries.shapes import (
    Across,
    Decides,
    LadderPage,
    Proposal,
    Step,
)

ON_A_RUNG = 12  # answers, where all rungs are shown
ON_A_PAGE = 60  # where one is
PROPOSALS = 60

Counts = Mapping[tuple[str, str], int]  # level that decides, level spoken of → answers


@dataclass(frozen=True)
class Asked:
    """What an address asks of a ladder; what it has not is empty."""

    decided_at: str = ""
    position: str = ""
    rung: str = ""
    page: int = 1


def ladder_page(
    session: Session, viewer: Viewer | None, slug: str, asked: Asked
) -> LadderPage | None:
    """The ladder; None where the viewer reads no such thread, or no such position in it."""
    thread = find_thread(session, viewer, slug)
    if thread is None:
        return None
    about = _find_position(session, viewer, thread, asked.position) if asked.position else None
    if asked.position and about is None:
        return None
    vocabulary = of_series(thread.series.slug)
    counts = _count(session, viewer, thread, about)
    stands = _count_positions(session, viewer, thread)
    decided = _decided_at(asked, about, counts, stands, list(vocabulary.levels))
    tags = read_tags(session, thread)
    across = across_levels(thread.series.slug, tags.positions, tags.values, vocabulary)
    narrow = {"position": asked.position} if asked.position else {}
    is_whole = asked.rung in vocabulary.levels
    rung = asked.rung if is_whole else ""
    steps = _steps(session, viewer, thread, _Read(decided, about, asked, rung, counts, across))
    proposals = _proposals(session, viewer, thread, decided, about)
    more = counts.get((decided, rung), 0) > asked.page * ON_A_PAGE if rung else False
    here = paths.ladder(thread.slug, decided=decided, **narrow, rung=rung) if rung else ""
    return LadderPage(
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        series_levels_url=paths.series_levels(thread.series.slug),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        url=paths.ladder(thread.slug),
        decided_at=decided,
        decided_label=str(vocabulary.level_labels[decided]),
        about=_proposal(viewer, about, decided, is_chosen=True) if about else None,
        all_url=paths.ladder(thread.slug, decided=decided),
        total=sum(counts.values()),
        here=sum(count for (by, _of), count in counts.items() if by == decided),
        levels_answered=len({of for (by, of), count in counts.items() if by == decided and count}),
        steps=steps,
        decides=tuple(
            Decides(
                level,
                str(label),
                paths.ladder(thread.slug, decided=level, **narrow),
                sum(count for (by, _of), count in counts.items() if by == level),
                level == decided,
            )
            for level, label in vocabulary.level_labels.items()
        ),
        proposals=proposals,
        takes_answers=any(one.respond_url for one in proposals),
        why_not=_why_not(thread, proposals, stands.get(decided, 0)),
        rung=rung,
        earlier_url=f"{here}&page={asked.page - 1}" if rung and asked.page > 1 else "",
        later_url=f"{here}&page={asked.page + 1}" if more else "",
        across=across,
        related=across_levels(
            thread.series.slug,
            [*tags.positions, *(one for each in tags.related for one in each.positions)],
            tags.values,
            vocabulary,
            concludes=False,
            threads=tuple((each.question, paths.ladder(each.slug)) for each in tags.related),
        )
        if tags.related
        else None,
    )


@dataclass(frozen=True)
class _Read:
    """What the rungs are made from."""

    decided: str
    about: Position | None
    asked: Asked
    rung: str
    counts: Counts
    across: Across


def _steps(
    session: Session, viewer: Viewer | None, thread: Thread, read: _Read
) -> tuple[Step, ...]:
    vocabulary = of_series(thread.series.slug)
    levels = list(vocabulary.levels)
    around = Around(
        find_letters(session, {thread.id}), {}, find_values(session, {thread.series_id})
    )
    shared = {(pair.one, pair.other): pair.shared for pair in read.across.pairs}
    at = levels.index(read.decided)
    steps = []
    for place, level in enumerate(levels):
        if read.rung and level != read.rung:
            continue
        count = read.counts.get((read.decided, level), 0)
        answers = _answers(session, viewer, thread, around, level, read) if count else ()
        more = paths.ladder(
            thread.slug,
            decided=read.decided,
            **({"position": read.asked.position} if read.asked.position else {}),
            rung=level,
        )
        below = levels[place + 1] if place + 1 < len(levels) else ""
        steps.append(
            Step(
                level=level,
                label=str(vocabulary.level_labels[level]),
                place="here" if place == at else "above" if place < at else "below",
                count=count,
                answers=answers,
                more_url=more if not read.rung and count > len(answers) else "",
                shared=shared.get((level, below)),
            )
        )
    return tuple(steps)


def _answers(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    around: Around,
    level: str,
    read: _Read,
) -> tuple[Answer, ...]:
    """One rung's answers by kind, and within a kind by their random ids, never by time."""
    limit, skip = (ON_A_PAGE, (read.asked.page - 1) * ON_A_PAGE) if read.rung else (ON_A_RUNG, 0)
    rows = session.execute(
        select(Response, mute_of(viewer, Response))
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(*_shown(viewer, thread, read.about))
        .where(Response.decided_at == read.decided, Response.speaks_of == level)
        .order_by(_KIND_ORDER, Response.public_id)
        .limit(limit)
        .offset(skip)
        .options(
            contains_eager(Response.position)
            .contains_eager(Position.thread)
            .contains_eager(Thread.series),
            joinedload(Response.live),
            joinedload(Response.revision),
            joinedload(Response.author),
            joinedload(Response.item),
        )
    ).all()
    return tuple(
        answer_of(viewer, row, row.position, around, mute_id=mute_id or "") for row, mute_id in rows
    )


_KIND_ORDER = case(
    {kind: at for at, kind in enumerate(CONSEQUENCES)}, value=Response.consequence, else_=9
)


def _shown(
    viewer: Viewer | None, thread: Thread, about: Position | None
) -> tuple[ColumnElement[bool], ...]:
    """What everybody who reads the thread may read of it: nothing that waits or is gone."""
    shown = (
        Position.thread_id == thread.id,
        Response.type == SAYS_WHAT_FOLLOWS,
        Response.state.in_(TEXT_STATES),
        published_positions(viewer),
        visible_responses(viewer),
    )
    return (*shown, Position.id == about.id) if about is not None else shown


def _count(
    session: Session, viewer: Viewer | None, thread: Thread, about: Position | None
) -> Counts:
    rows = session.execute(
        select(Response.decided_at, Response.speaks_of, func.count())
        .select_from(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(*_shown(viewer, thread, about))
        .group_by(Response.decided_at, Response.speaks_of)
    )
    return {(decided, of): count for decided, of, count in rows}


def _count_positions(session: Session, viewer: Viewer | None, thread: Thread) -> dict[str, int]:
    rows = session.execute(
        select(Revision.level, func.count())
        .select_from(Position)
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Position.thread_id == thread.id)
        .where(published_positions(viewer))
        .group_by(Revision.level)
    )
    return {key: count for key, count in rows}  # noqa: C416


def _decided_at(
    asked: Asked,
    about: Position | None,
    counts: Counts,
    stands: Mapping[str, int],
    levels: Sequence[str],
) -> str:
    """The level asked for; else the position's own; else where most is said, then most stands."""
    if asked.decided_at in levels:
        return asked.decided_at
    if about is not None and about.live is not None and about.live.level in levels:
        return about.live.level
    said = dict.fromkeys(levels, 0)
    for (by, _of), count in counts.items():
        if by in said:
            said[by] += count
    return max(levels, key=lambda level: (said[level], stands.get(level, 0)))


def _find_position(
    session: Session, viewer: Viewer | None, thread: Thread, public_id: str
) -> Position | None:
    return session.scalar(_standing(viewer, thread).where(Position.public_id == public_id).limit(1))


def _standing(viewer: Viewer | None, thread: Thread) -> Select[Position]:
    return (
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .join(Revision, Revision.id == Position.live_revision_id)
        .where(Position.thread_id == thread.id)
        .where(published_positions(viewer))
        .options(
            contains_eager(Position.thread).contains_eager(Thread.series),
            contains_eager(Position.live),
        )
    )


def _proposals(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    decided: str,
    about: Position | None,
) -> tuple[Proposal, ...]:
    """The positions that would have it decided here; by number, which tells nothing of time."""
    rows = session.scalars(
        _standing(viewer, thread)
        .where(Revision.level == decided)
        .order_by(Position.number, Position.id)
        .limit(PROPOSALS)
    ).all()
    if about is not None and about not in rows:
        rows = [about, *rows]
    return tuple(
        _proposal(viewer, row, decided, is_chosen=about is not None and row.id == about.id)
        for row in rows
    )


def _proposal(viewer: Viewer | None, row: Position, decided: str, *, is_chosen: bool) -> Proposal:
    live = row.live
    can = (
        facts.takes_responses(None, row) and row.thread.series.status == "open"
        if viewer is None
        else allowed(viewer, May.RESPOND, row)
    )
    return Proposal(
        id=row.public_id,
        number=row.number or 0,
        claim=live.claim if live else "",
        language=live.language if live else row.thread.language,
        respond_url=paths.respond(row.public_id, type=SAYS_WHAT_FOLLOWS, decided_at=decided)
        if can
        else "",
        is_chosen=is_chosen,
    )


def _why_not(thread: Thread, proposals: Sequence[Proposal], standing: int) -> str:
    if over := why_over(thread):
        return over
    if not standing:
        return _(
            "No position would have it decided at this level yet. Choose another level, or write"
            " one."
        )
    if not any(one.respond_url for one in proposals):
        return _("Nothing can be added to these positions now.")
    return ""
