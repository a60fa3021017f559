"""What was found in the threads of a series, the newest first, and what is still to be found."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.series.series.queries.reading import find_series
from discussion.weighing.findings.queries.brief import all_findings
from discussion.weighing.findings.shapes.brief import Brief
from discussion.weighing.overview.queries.route import Listed, list_threads
from discussion.weighing.overview.queries.shapes import FindingLine, FindingsList
from discussion.weighing.overview.queries.telling import PAGE_SIZE, choose_told, choose_waiting
from discussion.weighing.overview.queries.theme import outcome_of
from discussion.weighing.rounds.models import Round

WAITS = ("rating", "computing", "none")  # the order in which they are listed


def findings_list(
    session: Session, viewer: Viewer | None, slug: str, number: int = 1, waiting: int = 1
) -> FindingsList | None:
    """A page of what was found, and one of the threads that wait; proposals have nothing."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    told_ids = choose_told(session, viewer, series, number)
    waiting_ids = choose_waiting(session, viewer, series, waiting)
    ids = [*told_ids[:PAGE_SIZE], *waiting_ids[:PAGE_SIZE]]
    listed = list_threads(session, viewer, series, ids)
    threads = list(listed.threads.values())
    here = paths.series_findings(series.slug)
    briefs = all_findings(session, threads)
    rated = _rated(session, threads)
    lines = [_line(thread, listed, briefs.get(thread.id), rated) for thread in threads]
    told = [line for line in lines if line.brief or line.outcome]
    return FindingsList(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        told=tuple(sorted(told, key=_told_on, reverse=True)),
        earlier_url=f"{here}?page={number - 1}" if number > 1 else "",
        later_url=f"{here}?page={number + 1}" if len(told_ids) > PAGE_SIZE else "",
        waiting_later_url=f"{here}?waiting={waiting + 1}#waiting-h"
        if len(waiting_ids) > PAGE_SIZE
        else "",
        waiting=tuple(
            sorted(
                (line for line in lines if not (line.brief or line.outcome)),
                key=lambda line: (WAITS.index(line.state), line.weighing_on or date.max),
            )
        ),
        write_url=paths.choose_thread(series.slug),
    )


def _rated(session: Session, threads: Sequence[Thread]) -> frozenset[tuple[int, int]]:
    """Threads and cycles in which a round has closed, in one statement."""
    rows = session.execute(
        select(Round.thread_id, Round.cycle)
        .where(Round.thread_id.in_([thread.id for thread in threads]))
        .where(Round.state == "closed")
    )
    return frozenset((thread_id, cycle) for thread_id, cycle in rows)


def _line(
    thread: Thread, listed: Listed, brief: Brief | None, rated: frozenset[tuple[int, int]]
) -> FindingLine:
    line = listed.line(thread)
    is_over = thread.stage == "closed" and bool(thread.outcome)
    return FindingLine(
        state=_state(thread, brief, line.rated_until, rated),
        question=thread.question,
        language=thread.language,
        thread_url=line.url,
        stage=thread.stage,
        brief=brief,
        is_of_earlier_cycle=brief is not None and brief.cycle != thread.cycle,
        rated_until=line.rated_until,
        round_url=line.round_url,
        weighing_on=line.next_on if line.next_stage == "weighing" else None,
        outcome=outcome_of(thread) if is_over else "",
        outcome_on=thread.closed_on if is_over else None,
        summary="" if brief or is_over else thread.summary,
        position_count=line.position_count,
    )


def _state(
    thread: Thread, brief: Brief | None, until: date | None, rated: frozenset[tuple[int, int]]
) -> str:
    if brief is not None:
        return brief.state
    if until is not None:
        return "rating"
    return "computing" if (thread.id, thread.cycle) in rated else "none"


def _told_on(line: FindingLine) -> date:
    """The day of what was found last: by weighing, or by whoever concluded."""
    days = [line.brief.found_on if line.brief else None, line.outcome_on]
    return max((day for day in days if day), default=date.min)
