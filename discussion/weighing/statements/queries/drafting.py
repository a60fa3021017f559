"""The moderators' pages of statements: drafting from positions, and everything about one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.vocabulary import of_series
from discussion.weighing.statements.models import (
    Confirmation,
    Statement,
    StatementSource,
    StatementVersion,
)
from discussion.weighing.statements.queries.fairness import fairness_of
from discussion.weighing.statements.queries.finding import (
    DRAFTED_STAGES,
    Standing,
    answers_of,
    gap_of_source,
    list_statements,
    newest_of,
    standings_of,
)
from discussion.weighing.statements.queries.grouping import group_lines, list_lines, list_ways
from discussion.weighing.statements.queries.placing import place_of
from discussion.weighing.statements.queries.progress import progress_of
from discussion.weighing.statements.queries.shapes import (
    DraftingPage,
    InRound,
    KindGroup,
    Source,
    StatementLine,
    StatementPage,
    Wording,
)
from discussion.weighing.statements.wording import Doubt, doubts_in
from discussion.weighing.statements.words import KINDS

Families = Mapping[str, str]  # position's public id → family of its first value


def drafting_page(
    session: Session,
    viewer: Viewer,
    thread: Thread,
    *,
    by: str = "",
    begun: str = "",
    doubts: tuple[Doubt, ...] = (),
    today: date,
) -> DraftingPage:
    """The positions to draw on, grouped `by` one of the ways, and what was drafted so far.

    `begun` is the public id of the position with whose claim the statement begins.
    """
    statements = list_statements(session, thread)
    standing = [row for row in statements if row.retired_at is None]
    positions = list_lines(session, viewer, thread, standing)
    make = _maker(session, viewer, statements, {one.id: one.family for one in positions}, today)
    groups = _groups(standing, make)
    series = thread.series
    ways = list_ways(thread, by)
    return DraftingPage(
        slug=thread.slug,
        question=thread.question,
        language=thread.language,
        url=next(one.url for one in ways if one.is_current),
        thread_url=paths.thread(thread.slug),
        curate_url=paths.curate_thread(thread.slug),
        read_url=paths.thread_statements(thread.slug),
        series_slug=series.slug,
        series_title=series.title,
        can_draft=can_draft(thread),
        ways=ways,
        sections=group_lines(positions, thread, by),
        position_count=len(positions),
        unused_count=sum(not line.drawn_on for line in positions),
        begun=next((line.number for line in positions if line.id == begun), 0),
        progress=progress_of(standing, thread),
        groups=groups,
        retired=tuple(make(row, False, False) for row in statements if row.retired_at),
        statement_count=len(standing),
        doubts=doubts,
    )


def statement_page(
    session: Session, viewer: Viewer, statement: Statement, *, today: date
) -> StatementPage:
    """One statement with its versions, answers and what can be done with it."""
    thread = statement.thread
    positions = list_lines(session, viewer, thread, [statement])
    families = {one.id: one.family for one in positions}
    standings = standings_of(session, [statement.id]).get(statement.id, ())
    is_held_here = any(not one.is_imported for one in standings)
    authors = {row.position.author_id for row in statement.sources}
    is_drafted = can_draft(thread)
    return StatementPage(
        line=_maker(session, viewer, [statement], families, today)(statement, False, False),
        question=thread.question,
        draft_url=paths.draft_statements(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        wordings=tuple(_wording(row, standings) for row in reversed(statement.versions)),
        positions=tuple(positions),
        can_change=is_drafted,
        can_reword=is_drafted and authors != {viewer.person_id},
        can_sort=is_drafted and (not statement.kind or not is_held_here),
        place=place_of(statement),
        can_place=is_drafted
        and not is_held_here
        and statement.kind == "means"
        and bool(thread.scales),
        can_redraw=is_drafted and not is_held_here,
        can_retire=is_drafted and all(one.state == "closed" for one in standings),
        can_withhold=allowed(viewer, May.WITHHOLD_STATEMENT, thread),
        withheld_on=_withheld_on(statement),
        redact_url=paths.redact("statements", statement.public_id),
    )


def _withheld_on(statement: Statement) -> date | None:
    marks = [one.withheld_at for one in statement.versions if one.withheld_at is not None]
    return clock.day(max(marks)) if marks else None


def can_draft(thread: Thread) -> bool:
    """Whether the thread is in a stage in which statements are drafted."""
    return thread.stage in DRAFTED_STAGES and not thread.is_hidden


def _groups(
    standing: Sequence[Statement], make: Callable[[Statement, bool, bool], StatementLine]
) -> tuple[KindGroup, ...]:
    groups = []
    for kind in ("", *KINDS):
        rows = [row for row in standing if row.kind == kind]
        last = len(rows) - 1
        lines = tuple(make(row, at > 0, at < last) for at, row in enumerate(rows))
        if lines:
            groups.append(KindGroup(kind, lines))
    return tuple(groups)


def _maker(
    session: Session,
    viewer: Viewer,
    statements: Sequence[Statement],
    families: Families,
    today: date,
) -> Callable[[Statement, bool, bool], StatementLine]:
    """A function that makes the line of one of these statements."""
    standings = standings_of(session, [row.id for row in statements])

    def make(row: Statement, can_go_up: bool, can_go_down: bool) -> StatementLine:
        newest = newest_of(row)
        answers = answers_of(row, newest)
        url = paths.drafted_statement(row.thread.slug, row.public_id)
        return StatementLine(
            id=row.public_id,
            kind=row.kind,
            text=newest.text,
            language=newest.language,
            version=newest.version,
            url=url,
            act_url=url,
            is_own=row.is_moderators_own,
            is_withheld=newest.is_withheld,
            is_retired=row.retired_at is not None,
            sources=tuple(
                source_of(viewer, row, one, families, answers.get(one.position_id))
                for one in sorted(row.sources, key=lambda one: one.position.number or 0)
            ),
            fairness=fairness_of(one.answer for one in answers.values()),
            answer_by=newest.answer_by,
            is_late=newest.answer_by is not None and today > newest.answer_by,
            doubts=doubts_in(
                newest.text, of_series(row.thread.series.slug), language=newest.language
            ),
            rounds=_in_rounds(standings.get(row.id, ())),
            can_go_up=can_go_up,
            can_go_down=can_go_down,
        )

    return make


def source_of(
    viewer: Viewer | None,
    statement: Statement,
    source: StatementSource,
    families: Families,
    answer: Confirmation | None = None,
) -> Source:
    """A source as the viewer may read it; what its author said is for moderators alone."""
    position = source.position
    is_read = allowed(viewer, May.READ_POSITION_HISTORY, position)
    is_first = answer is not None and answer.position_id == position.id
    live = position.live
    return Source(
        id=position.public_id,
        number=position.number or 0,
        family=families.get(position.public_id, ""),
        claim=live.claim if live and is_read and position.state == "published" else "",
        url=paths.position(position.public_id) if is_read else "",
        gap=gap_of_source(statement, position),
        answer=answer.answer if answer else "",
        said=answer.said if answer and is_first else "",
    )


def _wording(row: StatementVersion, standings: Sequence[Standing]) -> Wording:
    return Wording(
        number=row.version,
        text=row.written,
        language=row.language,
        is_withheld=row.is_withheld,
        on=clock.day(row.written_at),
        is_editorial=row.is_editorial,
        why=row.why,
        rounds=_in_rounds(one for one in standings if one.version_id == row.id),
    )


def _in_rounds(standings: Iterable[Standing]) -> tuple[InRound, ...]:
    return tuple(InRound(one.number, one.state, one.code, one.version) for one in standings)
