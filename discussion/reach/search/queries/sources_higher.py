"""How statements, findings, publications, questions and people are read for the index."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.reach.needed.models import Question
from discussion.reach.publications.models import Publication
from discussion.reach.search.queries import sources
from discussion.reach.search.queries.sources import Ids, Reader
from discussion.reach.search.shapes import Counted, Found
from discussion.reach.search.words import PERSON, QUESTION
from discussion.weighing.statements.models import Statement, StatementVersion
from discussion.weighing.statements.queries.finding import Standing, standings_of


def shown_wording(row: Statement, standings: tuple[Standing, ...]) -> StatementVersion | None:
    """In the wording of the newest opened round with it; None before, and while it is withheld."""
    opened = [one for one in standings if one.state != "planned" and not one.is_out]
    if not opened or row.is_withheld:
        return None
    return next(one for one in row.versions if one.id == opened[-1].version_id)


def statements(session: Session, ids: Ids) -> Iterator[Found]:
    standings = standings_of(session, ids)
    rows = session.scalars(
        select(Statement)
        .where(Statement.id.in_(ids))
        .options(
            selectinload(Statement.versions),
            joinedload(Statement.thread).joinedload(Thread.series),
        )
    )
    for row in rows:
        said = shown_wording(row, standings.get(row.id, ()))
        if said is not None:
            thread = row.thread
            yield Found(
                "statement", row.id, thread.series_id, thread.id, thread.series.language,
                said.text, (), row.public_id,
            )  # fmt: skip


def findings(session: Session, ids: Ids) -> Iterator[Found]:
    """The newest of each thread, by the thread's id: its sentence, and the question it answers."""
    from discussion.weighing.findings.queries.brief import all_findings

    rows = session.scalars(
        select(Thread).where(Thread.id.in_(ids)).options(joinedload(Thread.series))
    ).all()
    briefs = all_findings(session, rows)
    for row in rows:
        if (said := briefs.get(row.id)) is not None and not row.is_hidden:
            yield Found(
                "finding", row.id, row.series_id, row.id, row.series.language, said.sentence,
                [row.question], row.public_id, said.found_on.isoformat(),
            )  # fmt: skip


def publications(session: Session, ids: Ids) -> Iterator[Found]:
    """Under the title of the newest version, while that is not withdrawn."""
    from discussion.reach.publications.queries.finding import newest_versions
    from discussion.reach.publications.queries.titles import title_of

    rows = session.scalars(
        select(Publication)
        .where(Publication.id.in_(ids), Publication.published_at.is_not(None))
        .options(
            joinedload(Publication.series),
            joinedload(Publication.thread),
            joinedload(Publication.theme),
        )
    ).all()
    versions = newest_versions(session, rows) if rows else {}
    for row in rows:
        version = versions.get(row.id)
        if version is not None and version.withdrawn_at is None:
            texts = [version.snapshot.get("standfirst") or ""]
            yield Found(
                "publication", row.id, row.series_id, row.thread_id, row.series.language,
                title_of(row, version), texts, row.public_id,
                clock.iso(version.made_at, 10),
            )  # fmt: skip


def questions(session: Session, ids: Ids) -> Iterator[Found]:
    rows = session.scalars(
        select(Question)
        .where(Question.id.in_(ids))
        .where(Question.removed_at.is_(None), Question.merged_into_id.is_(None))
        .options(joinedload(Question.series))
    )
    for row in rows:
        yield Found(
            "question", row.id, row.series_id, None, row.series.language, row.text, [row.answer],
            row.public_id,
            counted=Counted(level=row.level, answered="yes" if row.is_answered else "no"),
        )  # fmt: skip


def people(session: Session, ids: Ids) -> Iterator[Found]:
    """By the name that they show; found only through what they published by it."""
    rows = session.scalars(
        select(Person)
        .where(Person.id.in_(ids))
        .where(Person.left_at.is_(None), Person.is_guest.is_(False))
    )
    for row in rows:
        yield Found("person", row.id, None, None, row.language, row.display_name, (), row.public_id)


READERS = (
    Reader("position", sources.positions),
    Reader("response", sources.responses),
    Reader("thread", sources.threads),
    Reader("item", sources.items),
    Reader("theme", sources.themes),
    Reader("value", sources.values),
    Reader("statement", statements),
    Reader("finding", findings),
    Reader("publication", publications),
    Reader(QUESTION, questions),
    Reader(PERSON, people),
)
READS = {one.sort: one.reads for one in READERS}
