"""Taking back a merge, a split or a move: what is still there goes back, what is new stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.seats import promote_seconds
from discussion.debate.threads.drafts import problems_in_why
from discussion.debate.threads.models import Regrouping
from discussion.debate.threads.operations.carrying import (
    carry,
    carry_notes,
    carry_related,
    list_positions,
    lock_rows,
)
from discussion.debate.threads.operations.higher import CARRIED
from discussion.debate.threads.operations.record import record
from discussion.debate.threads.operations.regrouping import (
    refuse_rated,
    refuse_unless_in,
    write_move,
)
from discussion.debate.threads.operations.regrouping_letters import tell_moved
from discussion.debate.threads.queries.regrouping import may_undo
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require
from discussion.problems import Invalid, Refused


@dataclass(frozen=True)
class Undone:
    """What went back, and what could not."""

    back: int  # positions
    elsewhere: int  # that had gone on to other threads, and stay there
    renumbered: int  # whose former number somebody has now

    def sentences(self) -> tuple[str, ...]:
        """What could not be put back as it was."""
        said = []
        if self.elsewhere:
            said.append(
                _n(
                    "One position had moved on to another thread, and stays there.",
                    "%(num)s positions had moved on to other threads, and stay there.",
                    self.elsewhere,
                )
            )
        if self.renumbered:
            said.append(
                _n(
                    "One position has a new number, because its old one was taken.",
                    "%(num)s positions have new numbers, because their old ones were taken.",
                    self.renumbered,
                )
            )
        return tuple(said)


def undo_regrouping(
    session: Session, actor: Viewer, regrouping: Regrouping, *, why: str, now: datetime
) -> Undone:
    """Put back what still stands where it went, with its responses and its former numbers.

    Within a day whoever did it may, later a convener. What was written since stays where it was
    written, but for a split, whose thread goes back as a whole. Attribution is never loosened
    again. Raises Refused and Invalid.
    """
    require(actor, May.CURATE_THREAD, regrouping.source)
    if not may_undo(actor, regrouping, now):
        raise Forbidden(May.CONVENE)
    if problems := problems_in_why(why):
        raise Invalid(problems)
    if regrouping.kind == "move":
        moved = select(Position).where(Position.public_id.in_(regrouping.moved))
        require(actor, May.MOVE_POSITION, session.scalars(moved).one())
    undone, going = take_back(session, regrouping, now)
    regrouping.undone_by_id = actor.person_id
    _tell(session, actor, regrouping, going, why, now)
    return undone


def take_back(
    session: Session, regrouping: Regrouping, now: datetime
) -> tuple[Undone, list[Position]]:
    """Put back what can be put back, and say what; asks no right. Raises Refused."""
    source, target = regrouping.source, regrouping.target
    lock_rows(session, target, source)
    session.refresh(regrouping, with_for_update={"of": Regrouping})
    _refuse(regrouping)
    going = [row for row in list_positions(session, target) if _goes_back(regrouping, row)]
    if regrouping.kind == "split":
        refuse_rated(session, target)
    if regrouping.kind == "move" and not going:
        raise Refused(_("This position has gone on to another thread since."))
    undone = _put_back(session, regrouping, going)
    if regrouping.kind == "split":
        target.merged_into, target.merged_into_id = source, source.id
    promote_seconds(session, target.id)
    source.changed_at = target.changed_at = now
    regrouping.undone_at = now
    session.flush()
    return undone, going


def tell_taken_back(session: Session, decision: Decision) -> None:
    """Promise the letters of what was taken back on an appeal, whose outcome is this decision."""
    regrouping = session.scalar(select(Regrouping).where(Regrouping.undone_at == decision.at))
    if regrouping is not None:
        tell_moved(session, regrouping, list_positions(session, regrouping.source), decision)


def _refuse(regrouping: Regrouping) -> None:
    if regrouping.undone_at is not None:
        raise Refused(_("This has been undone already."))
    source, target = regrouping.source, regrouping.target
    refuse_unless_in(target, ("open",))
    if regrouping.kind != "merge":
        refuse_unless_in(source, ("open",))
    elif source.merged_into_id != target.id:
        raise Refused(_("These threads have been regrouped again since then."))


def _goes_back(regrouping: Regrouping, row: Position) -> bool:
    return regrouping.kind == "split" or row.public_id in regrouping.moved


def _put_back(session: Session, regrouping: Regrouping, going: list[Position]) -> Undone:
    source, target, before = regrouping.source, regrouping.target, regrouping.before
    if regrouping.kind == "merge":
        source.merged_into = source.merged_into_id = None
        session.flush()
    former = before["positions"]
    for row in going:
        carry(session, row, source, back=former.get(row.public_id))
    if regrouping.kind != "move":
        carry_notes(session, target, source, only=before.get("notes"))  # of a split, all
        for each in CARRIED:
            each.carry(session, target, source, only=before.get(each.name))
        carry_related(session, target, source, only=before.get("related"))
    ids = {row.public_id for row in going}
    return Undone(
        back=len(going),
        elsewhere=len(set(regrouping.moved) - ids),
        renumbered=sum(
            1
            for row in going
            if (old := former.get(row.public_id, {}).get("number")) and row.number != old
        ),
    )


def _tell(
    session: Session,
    actor: Viewer,
    regrouping: Regrouping,
    going: list[Position],
    why: str,
    now: datetime,
) -> None:
    action = f"undo_{regrouping.kind}"
    if regrouping.kind == "move":
        decision = write_move(session, actor, going[0], Ruling(action, why=why), now=now)
    else:
        decision = record(
            session,
            actor,
            regrouping.source,
            action,
            why=why,
            now=now,
            moved=[row.public_id for row in going],
        )
    tell_moved(session, regrouping, going, decision)
