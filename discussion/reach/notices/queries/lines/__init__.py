"""What a notice says, by what happened: each draws it as its receiver may read it now, or not."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session, joinedload

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.lines import asked, decided, moved, rounds, sources
from discussion.reach.notices.queries.lines.answers import answered, restated
from discussion.reach.notices.queries.lines.own import Ids, warm
from discussion.reach.notices.shapes import Line
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

Told = tuple[str, Ids]  # what happened, and to which rows
# Nothing, where the viewer may not read it any more, or it is not so any more.
Draw = Callable[[Session, Viewer, Ids], Line | None]
DrawAll = Callable[
    [Session, Viewer, Sequence[Ids]], list[Line | None]
]  # in the order of what is asked
Warm = Callable[[Session, Sequence[Ids]], object]


def _each(draw: Draw, warm: Warm | None = None) -> DrawAll:
    """One by one, of rows that are read together before."""

    def drawn(session: Session, viewer: Viewer, all_ids: Sequence[Ids]) -> list[Line | None]:
        held = warm(session, all_ids) if warm and len(all_ids) > 1 else None
        found = [draw(session, viewer, ids) for ids in all_ids]
        del held  # until now no row was let go of
        return found

    return drawn


_POSITION = warm(Position, "position", joinedload(Position.thread).joinedload(Thread.series))
_DECISION = warm(Decision, "decision", joinedload(Decision.reason), joinedload(Decision.series))
_decided = _each(decided.decided, _DECISION)
_ROUND = warm(Round, "round", joinedload(Round.thread).joinedload(Thread.series))

LINES: dict[str, DrawAll] = {
    "answered": answered,
    "restated": _each(restated),
    "changed": moved.changed,
    "moved_on": moved.moved_on,
    "found": _each(
        moved.found, warm(FindingSnapshot, "snapshot", joinedload(FindingSnapshot.round))
    ),
    "published": _each(moved.published),
    "question": _each(moved.question),
    # Letters that rooms write themselves, by their templates.
    "threads/steelman": _each(asked.steelman, _POSITION),
    "rounds/fair": _each(asked.fair, warm(Thread, "thread", joinedload(Thread.series))),
    "series/place_asked": _each(asked.place_asked, _POSITION),
    "publications/quoted": _each(decided.quoted),
    "moderation/decision": _decided,
    "threads/opened": _decided,
    "threads/merged": _decided,
    "threads/declined": _decided,
    "threads/moved": _decided,
    "series/proposal_answered": _decided,
    "publications/answered": _each(decided.objection_answered),
    "appeals/answered": _each(decided.appeal_answered),
    "rounds/opened": _each(rounds.opened, _ROUND),
    "rounds/closes_soon": _each(rounds.closes_soon, _ROUND),
    "evidence/look": _each(
        sources.look, warm(EvidenceItem, "item", joinedload(EvidenceItem.series))
    ),
    "values/merged": _each(sources.merged, _POSITION),
}

# Of what is told or not by more than what the database counts: whether that is so now.
PASSING: dict[str, Callable[[Session, Ids], bool]] = {
    "rounds/opened": rounds.may_pass,
    "rounds/closes_soon": rounds.may_pass,
}


def draw(session: Session, viewer: Viewer, what: str, ids: Ids) -> Line | None:
    return draw_all(session, viewer, [(what, ids)])[0]


def draw_all(session: Session, viewer: Viewer, told: Sequence[Told]) -> list[Line | None]:
    """In their order; those of a kind are read together."""
    lines: list[Line | None] = [None] * len(told)
    by_kind: dict[str, list[int]] = {}
    for at, (what, _ids) in enumerate(told):
        by_kind.setdefault(what, []).append(at)
    for what, places in by_kind.items():
        if what not in LINES:
            continue
        drawn = LINES[what](session, viewer, [told[at][1] for at in places])
        for at, line in zip(places, drawn, strict=True):
            lines[at] = line
    return lines
