"""Lets lines be shown: what people would need to see, once a moderator has read it."""

from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.words import MAX_WHY
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, Refused, refuse, too_long
from discussion.weighing.rounds.models import Rating, Round, RoundStatement, ShownLines
from discussion.weighing.rounds.operations.holding import lock_round
from discussion.weighing.rounds.queries import lines as read


def decide_line(
    session: Session,
    actor: Viewer,
    round: Round,
    token: str,
    *,
    is_let: bool,
    why: str,
    secret: str,
    now: datetime,
) -> bool:
    """Let a line be shown, or not, with a reason; whether lines on its statement are shown now.

    Raises Refused and Invalid.
    """
    require(actor, May.READ_LINES, round)
    lock_thread(session, round.thread)
    lock_round(session, round)
    lines = read.read_lines(session, round, secret)
    rating = read.find_line(lines, token)
    if rating is None:
        raise Refused(_("This line can no longer be read. Nothing was changed."))
    state = "let" if is_let else "held"
    if not is_let:
        problems = list(too_long("why", why, MAX_WHY))
        if not why.strip():
            problems.append(Problem("why", _("Say why this line is not shown.")))
        if text.find_phrases(why, (rating.settles,), is_markdown=False):
            sentence = _("Your reason repeats the line, and others can read it. Write it without.")
            problems.append(Problem("why", sentence))
        refuse(problems)
    if rating.line_state == state:
        raise Refused(_("This has been decided already. Nothing was changed."))
    rating.line_state = state
    row = next(one for one in round.statements if one.version_id == rating.version_id)
    record(
        session,
        actor,
        round.thread,
        "let_line" if is_let else "hold_line",
        why="" if is_let else why,
        now=now,
        number=round.number,
        round=round.public_id,
        code=row.code,
    )
    _show(session, round, row, lines[row.version_id], secret)
    session.flush()
    return session.scalar(_of(round.id, rating.version_id)) is not None


def ask_moderators(session: Session, round: Round, secret: str) -> None:
    """Once a round is closed: the lines that moderators may read wait for them. Asks no right."""
    for lines in read.read_lines(session, round, secret).values():
        for rating in lines:
            rating.line_state = rating.line_state or "asked"


def forget_lines(session: Session, round_id: int, key: str) -> None:
    """Before a writer's ratings go: nobody reads the lines on that statement of a closed round.

    One fewer than before would tell which was theirs. Asks no right.
    """
    versions = session.scalars(
        select(Rating.version_id)
        .join(Round, Round.id == Rating.round_id)
        .where(Round.state == "closed")
        .where(Rating.round_id == round_id)
        .where(Rating.rater_key == key)
        .where(Rating.may_show.is_(True))
    ).all()
    if not versions:
        return
    session.execute(
        select(Round.id).where(Round.id == round_id).with_for_update()
    )  # of who decides
    session.execute(
        update(Rating)
        .where(Rating.round_id == round_id)
        .where(Rating.version_id.in_(versions))
        .where(Rating.may_show.is_(True))
        .values(line_state="gone")
        .execution_options(synchronize_session="fetch")
    )
    session.execute(
        delete(ShownLines)
        .where(ShownLines.round_id == round_id)
        .where(ShownLines.version_id.in_(versions))
    )


def _show(
    session: Session, round: Round, row: RoundStatement, lines: list[Rating], secret: str
) -> None:
    """All that were let, from five writers on; none at all where fewer are."""
    let = [one for one in lines if one.line_state == "let"]
    keys = {one.rater_key for one in let}
    shown = session.scalar(_of(round.id, row.version_id))
    if len(keys) < read.fewest_writers(round) or read.parts_few(
        session, round, row.version, keys, secret
    ):
        if shown is not None:
            session.delete(shown)
        return
    says = read.draw_shown(round, row, let)
    if shown is None:
        session.add(ShownLines(round_id=round.id, version_id=row.version_id, says=says))
    else:
        shown.says = says


def _of(round_id: int, version_id: int) -> Select[ShownLines]:
    return (
        select(ShownLines)
        .where(ShownLines.round_id == round_id)
        .where(ShownLines.version_id == version_id)
    )
