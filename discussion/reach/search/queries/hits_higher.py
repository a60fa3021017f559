"""Results of statements, findings, publications, questions and people."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.language import _n, in_words
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries import person_page
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_publications, visible_threads
from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.finding import is_shown, read_leads
from discussion.reach.publications.models import Publication
from discussion.reach.publications.queries.finding import newest_versions
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.queries.titles import title_of
from discussion.reach.publications.words import KINDS as PUBLICATIONS
from discussion.reach.search.queries import hits
from discussion.reach.search.queries.hits import Asks, Hits, Maker
from discussion.reach.search.queries.sources_higher import shown_wording
from discussion.reach.search.shapes import Hit
from discussion.reach.search.words import ONE, PERSON, QUESTION
from discussion.weighing.findings.queries.brief import all_findings
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.queries.finding import standings_of


def statements(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.scalars(
        select(Statement)
        .join(Statement.thread)
        .join(Thread.series)
        .where(Statement.id.in_(ids), visible_threads(asks.viewer))
        .options(
            selectinload(Statement.versions),
            joinedload(Statement.thread).joinedload(Thread.series),
        )
    ).all()
    standings = standings_of(asks.session, ids)
    found = {}
    for row in rows:
        said = shown_wording(row, standings.get(row.id, ()))
        if said is not None:
            found[row.id] = Hit(
                kind="statement",
                label=str(ONE["statement"]),
                where_found=asks.look.where([("text", said.text)]),
                title=asks.look.mark(said.text),
                language=said.language,
                url=f"{paths.thread_statements(row.thread.slug)}#s-{row.public_id}",
                snippet=asks.look.piece([]),
                place=row.thread.question,
                place_url=paths.thread(row.thread.slug),
                mark="statement",
            )
    return found


def findings(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.id.in_(ids), visible_threads(asks.viewer))
        .options(joinedload(Thread.series))
    ).all()
    briefs = all_findings(asks.session, rows)
    found = {}
    for row in rows:
        if (brief := briefs.get(row.id)) is not None:
            texts = [("question", row.question)]
            found[row.id] = Hit(
                kind="finding",
                label=str(ONE["finding"]),
                where_found=asks.look.where([("text", brief.sentence), *texts]),
                title=asks.look.mark(brief.sentence),
                language=row.language,
                url=brief.url,
                snippet=asks.look.mark(""),
                place=row.question,
                place_url=brief.thread_url,
                facts=(brief.answered, in_words(brief.found_on)),
                mark="finding",
                shown_on=brief.found_on.isoformat(),
            )
    return found


def publications(asks: Asks, ids: Collection[int]) -> Hits:
    rows = asks.session.scalars(
        select(Publication)
        .join(Publication.series)
        .where(Publication.id.in_(ids), visible_publications(asks.viewer))
        .where(Publication.published_at.is_not(None))
        .options(joinedload(Publication.series), joinedload(Publication.thread))
    ).all()
    versions = newest_versions(asks.session, rows) if rows else {}
    found = {}
    for row in rows:
        version = versions.get(row.id)
        if version is None or version.withdrawn_at or standing_of(asks.session, version).why:
            continue
        title = title_of(row, version)
        texts = [("summary", version.snapshot.get("standfirst") or "")]
        found[row.id] = Hit(
            kind="publication",
            label=str(PUBLICATIONS[row.kind]),
            where_found=asks.look.where([("title", title), *texts]),
            title=asks.look.mark(title),
            language=title.language,
            url=paths.publication(row.series.slug, row.slug),
            snippet=asks.look.piece(texts),
            place=row.series.title,
            place_url=paths.series(row.series.slug),
            mark="item",
            shown_on=clock.iso(version.made_at, 10),
        )
    return found


def readable_questions(session: Session, viewer: Viewer | None, ids: Collection[int]) -> set[int]:
    """Those of which anything that they came from may be read."""
    rows = session.scalars(
        select(Question)
        .where(Question.id.in_(ids))
        .where(Question.removed_at.is_(None), Question.merged_into_id.is_(None))
        .options(joinedload(Question.series), selectinload(Question.origins))
    ).all()
    by_series: dict[int, list[Question]] = {}
    for row in rows:
        by_series.setdefault(row.series_id, []).append(row)
    shown = set()
    for alike in by_series.values():
        leads = read_leads(session, viewer, alike[0].series, alike)
        shown |= {row.id for row in alike if is_shown(row, leads)}
    return shown


def questions(asks: Asks, ids: Collection[int]) -> Hits:
    shown = readable_questions(asks.session, asks.viewer, ids)
    rows = asks.session.scalars(
        select(Question).where(Question.id.in_(shown)).options(joinedload(Question.series))
    )
    found = {}
    for row in rows:
        texts = [("summary", row.answer)]
        found[row.id] = Hit(
            kind="question",
            label=str(ONE["question"]),
            where_found=asks.look.where([("text", row.text), *texts]),
            title=asks.look.mark(row.text),
            language=row.language,
            url=paths.needed_question(row.series.slug, row.public_id),
            snippet=asks.look.piece(texts),
            place=row.series.title,
            place_url=paths.needed(row.series.slug),
            mark="question",
        )
    return found


def people(asks: Asks, ids: Collection[int]) -> Hits:
    """By name, with what they published by it; who published nothing by name has no page."""
    public = asks.session.execute(select(Person.id, Person.public_id).where(Person.id.in_(ids)))
    found = {}
    for id, public_id in public:
        page = person_page(asks.session, asks.viewer, public_id)
        if page is None or not (page.claims or page.replies):
            continue
        count = len(page.claims)
        found[id] = Hit(
            kind="person",
            label=str(ONE["person"]),
            where_found=asks.look.where([("label", page.display_name)]),
            title=asks.look.mark(page.display_name),
            language="",
            url=paths.person(public_id),
            snippet=asks.look.mark(""),
            facts=(_n("%(num)s position by name", "%(num)s positions by name", count),),
            mark="person",
        )
    return found


MAKERS = (
    Maker("position", hits.positions),
    Maker("response", hits.responses),
    Maker("thread", hits.threads),
    Maker("item", hits.items),
    Maker("theme", hits.themes),
    Maker("value", hits.values),
    Maker("statement", statements),
    Maker("finding", findings),
    Maker("publication", publications),
    Maker(QUESTION, questions),
    Maker(PERSON, people),
)
MAKES = {one.sort: one.makes for one in MAKERS}
