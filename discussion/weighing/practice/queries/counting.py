"""Organisations as units of a sector: which runs are counted, and each as its middle answers."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.analysis.practice_sector import CENTRAL, LOCAL, MOST_VALUES, TOGETHER, Unit
from discussion.analysis.suppression import FEWEST
from discussion.series.series.models import Series
from discussion.weighing.practice.models import CLOSED, Organisation, Run
from discussion.weighing.practice.queries.answers import RunAnswers, closed_answers
from discussion.weighing.practice.queries.mirroring import hold

MIDDLE_STOP = 3


def counted_runs(session: Session, series: Series) -> dict[str, Run]:
    """The newest closed run of each organisation that lets it be counted, by its public id."""
    rows = session.scalars(
        select(Run)
        .join(Organisation, Organisation.id == Run.organisation_id)
        .where(Organisation.series_id == series.id, Run.state == CLOSED)
        .where(Run.shared_at.is_not(None))
        .order_by(Run.closed_at, Run.id)
    ).all()
    newest = {run.organisation_id: run for run in rows}
    return {run.public_id: run for run in newest.values()}


def unit_of(session: Session, run: Run, runs: Sequence[Run], comparable: Collection[str]) -> Unit:
    """One organisation as a unit: what its mirror may tell, and the values that it named most.

    `runs` are all that it held up to this one. Of a function for which the answers of an earlier
    run stand, nothing is counted unless they may be counted too.
    """
    held = hold([closed_answers(session, each) for each in runs])
    answers = held.runs[-1]
    choices, chosen = _choices(answers, comparable)
    counted = {
        slug for slug, told in held.told.items() if slug in comparable and runs[told.run].is_shared
    }
    roles = Counter(one.role for one in answers.respondents)
    return Unit(
        key=run.public_id,
        organisation=run.organisation.public_id,
        medians={
            each.function: (each.middle.professed_median, each.middle.practised_median)
            for each in held.mirror.functions
            if each.middle is not None and each.function in counted
        },
        beside={each.function: each.state for each in held.roles if each.function in counted},
        values=_named_most(answers),
        choices=choices,
        chosen=chosen,
        leaders=roles["leader"],
        staff=roles["staff"],
        units=len(answers.units),
    )


def _named_most(answers: RunAnswers) -> frozenset[str]:
    named = Counter(
        value
        for one in answers.respondents
        for value in {value for said in one.says.values() for value in said.values}
    )
    found = [value for value, number in named.items() if number >= FEWEST]
    found.sort(key=lambda value: (-named[value], value))
    return frozenset(found[:MOST_VALUES])


def _choices(
    answers: RunAnswers, comparable: Collection[str]
) -> tuple[dict[str, Counter[str]], dict[str, int]]:
    """What is named where practice is central, and where it is local; and how many named any."""
    named: dict[str, Counter[str]] = {CENTRAL: Counter(), TOGETHER: Counter(), LOCAL: Counter()}
    chosen = dict.fromkeys(named, 0)
    for one in answers.respondents:
        for slug, said in one.says.items():
            if slug not in comparable or not isinstance(said.practised, int) or not said.values:
                continue
            side = (
                TOGETHER
                if said.practised == MIDDLE_STOP
                else CENTRAL
                if said.practised > MIDDLE_STOP
                else LOCAL
            )
            named[side].update(said.values)
            chosen[side] += 1
    return named, chosen
