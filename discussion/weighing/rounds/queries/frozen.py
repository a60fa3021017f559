"""What may be told of a closed round elsewhere: what its findings show, and no more.

`comments.csv` and what raters see of the round before come from the snapshot that the findings page
shows. Were they counted anew, what is left out there could be got by subtracting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.answers import side
from discussion.analysis.spread import Spread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.polis.writing import Answered, CommentLine, GroupLine, Summary
from discussion.weighing.findings.computing.changing import spread_of
from discussion.weighing.findings.computing.groups import EVERYBODY, INFERRED
from discussion.weighing.findings.content.counted import Cell, Counted, Numbers
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.shown import shown_content
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.rounds.queries.exporting import closing, list_lines


def frozen_comments(
    session: Session, viewer: Viewer | None, round: Round
) -> list[CommentLine] | None:
    """Its lines with the counts that were frozen at the close; None before there are any.

    What was moderated out elsewhere has no line.
    """
    if not allowed(viewer, May.READ_FINDINGS, round):
        return None
    counted = _counted(session, round)
    if counted is None:
        return None
    found = []
    for line in list_lines(session, round):
        if line.is_out:
            continue
        cells = counted.cells.get(line.code, {})
        agrees, disagrees = _sides(cells.get(EVERYBODY), round.points)
        found.append(
            CommentLine(
                id=line.id,
                code=line.code,
                kind=line.version.statement.kind,
                body=line.version.text,
                is_out=False,
                at=closing(round),
                agrees=agrees,
                disagrees=disagrees,
            )
        )
    return found


@dataclass(frozen=True)
class Frozen:
    """A closed round as Polis' two summaries have it."""

    summary: Summary
    lines: Sequence[GroupLine]


def frozen_groups(
    session: Session, viewer: Viewer | None, round: Round, *, site_url: str
) -> Frozen | None:
    """What each group answered, as it was frozen at the close; None before there is anything.

    The groups are those that answers make, where they were looked for and found, else the two that
    lead the findings. A number that the findings do not show is empty.
    """
    if not allowed(viewer, May.READ_FINDINGS, round):
        return None
    counted = _counted(session, round)
    if counted is None:
        return None
    keys = _one_partition(counted)
    products = counted.polis.product if counted.polis else {}
    shown = [line for line in list_lines(session, round) if not line.is_out]
    lines = [
        GroupLine(
            id=line.id,
            body=line.version.text,
            everybody=_answered(counted.cells.get(line.code, {}).get(EVERYBODY), round.points),
            consensus=products[line.code].agree if line.code in products else None,
            groups=[
                _answered(counted.cells.get(line.code, {}).get(key), round.points) for key in keys
            ],
        )
        for line in shown
    ]
    thread = round.thread
    summary = Summary(
        topic=thread.question,
        url=site_url + paths.thread(thread.slug),
        voters=counted.answered,
        counted=counted.raters,
        comments=len(shown),
        groups=keys,
        description=thread.context,
        attribution=round.attribution,
    )
    return Frozen(summary, lines)


def _one_partition(counted: Counted) -> list[str]:
    """Groups of which nobody is in two."""
    inferred = [key for key in counted.groups if key.startswith(f"{INFERRED}:")]
    if inferred:
        return inferred
    return [counted.pairs[0].a, counted.pairs[0].b] if counted.pairs else []


def _answered(cell: Cell | None, points: int) -> Answered | None:
    if not isinstance(cell, Numbers):
        return None
    agrees, disagrees = _sides(cell, points)
    passes = cell.raters - (agrees or 0) - (disagrees or 0) + cell.dont_know + cell.not_for_me
    return Answered(agrees or 0, disagrees or 0, passes)


def frozen_spreads(session: Session, round: Round) -> dict[int, Spread]:
    """By wording, where everybody stood, as far as it is shown; nothing before the findings.

    Where the numbers of all together would give away a few, those of the two groups that are shown
    stand for them.
    """
    counted = _counted(session, round)
    if counted is None:
        return {}
    found = {
        row.version_id: spread_of(counted, row.code)
        for row in round.statements
        if row.code in counted.cells
    }
    return {version_id: spread for version_id, spread in found.items() if spread is not None}


def list_too_alike(session: Session, round: Round) -> frozenset[int] | None:
    """Wordings whose numbers would tell of a few beside an earlier round's; None before findings.

    Row by row they would tell the same.
    """
    counted = _counted(session, round)
    if counted is None:
        return None
    hidden = counted.moved or {}
    return frozenset(row.version_id for row in round.statements if row.code in hidden)


def has_lost_answers(session: Session, round: Round) -> bool:
    """Whether fewer people's answers are kept than were counted: somebody took theirs back."""
    counted = _counted(session, round)
    people = func.count(func.distinct(Rating.rater_key))
    kept = session.scalar(select(people).where(Rating.round_id == round.id)) or 0
    return counted is not None and kept < counted.answered


def _counted(session: Session, round: Round) -> Counted | None:
    snapshot = session.scalar(
        select(FindingSnapshot)
        .where(FindingSnapshot.round_id == round.id)
        .order_by(FindingSnapshot.version.desc())
        .limit(1)
    )
    return None if snapshot is None else shown_content(session, snapshot).ratings


def _sides(cell: Cell | None, points: int) -> tuple[int | None, int | None]:
    """How many agree and disagree, where the cell has numbers at all."""
    if not isinstance(cell, Numbers):
        return None, None
    by_side = {1: 0, 0: 0, -1: 0}
    for point, people in enumerate(cell.counts, start=1):
        by_side[side(point, points)] += people
    return by_side[1], by_side[-1]
