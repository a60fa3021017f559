"""Beginning a briefing and keeping its draft; what can be cited is bound whenever it is kept."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.debate.evidence.queue import promise_plan
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, refuse, too_long
from discussion.reach.publications.drafts_marks import marks_in
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.pool import key_of, list_candidates
from discussion.reach.publications.words import MAX_SECTION, MAX_TITLE, SECTIONS
from discussion.series.series.models import Series, Theme

KEPT_SLUG = 60


def begin_briefing(
    session: Session,
    actor: Viewer,
    series: Series,
    *,
    thread: Thread | None = None,
    theme: Theme | None = None,
    now: datetime,
) -> Publication:
    """Begin one about a thread, a theme or the whole series; nobody but moderators sees it yet."""
    require(actor, May.COMPOSE, series)
    about = thread or theme
    title = about.question if about is not None else series.question
    publication = Publication(
        series=series,
        thread=thread,
        theme=theme,
        slug=free_slug(session, about.slug if about is not None else series.slug),
        title=title[:MAX_TITLE],
        language=text.language_of(title, "", (series.language,)),
        sections={},
        made_at=now,
        changed_at=now,
    )
    session.add(publication)
    session.flush()
    bind_sources(session, publication)
    return publication


def keep_draft(
    session: Session,
    actor: Viewer,
    publication: Publication,
    title: str,
    sections: Mapping[str, str],
    *,
    now: datetime,
) -> Publication:
    """Keep what is written so far; raises Invalid."""
    require(actor, May.COMPOSE, publication)
    refuse(problems_in(title, sections))
    publication.title = text.line(title)
    written = {purpose: text.paragraphs(sections.get(purpose, "")) for purpose in SECTIONS}
    publication.sections = {purpose: said for purpose, said in written.items() if said}
    publication.draft_version += 1
    publication.changed_at = now
    bind_sources(session, publication)
    promise_plan(session, now)  # every reference needs a link that works
    return publication


def take_newest(
    session: Session, actor: Viewer, publication: Publication, *, now: datetime
) -> None:
    """Bind every position to the version that is live now, also those that are quoted."""
    require(actor, May.COMPOSE, publication)
    publication.changed_at = now
    bind_sources(session, publication, newest=True)


def bind_sources(session: Session, publication: Publication, *, newest: bool = False) -> None:
    """Add what can be cited since; what is used already stays bound to its version."""
    session.flush()
    rows = session.scalars(
        select(PublicationSource)
        .where(PublicationSource.publication_id == publication.id)
        .where(PublicationSource.version_id.is_(None))
    ).all()
    known = {key_of(row): row for row in rows}
    taken = {row.mark for row in rows}
    said = publication.sections.values()
    used = {mark for one in said for mark in marks_in(one)}
    for candidate in list_candidates(session, publication):
        row = known.get(candidate.key)
        if row is None:
            candidate.source.mark = _free_mark(candidate.mark, taken)
            taken.add(candidate.source.mark)
            session.add(candidate.source)
        elif newest or row.mark not in used:
            row.revision_id = candidate.source.revision_id
            row.text_id = candidate.source.text_id
            row.snapshot_id = candidate.source.snapshot_id
            row.thread_id = candidate.source.thread_id
    session.flush()
    session.expire(publication, ["sources"])


def problems_in(title: str, sections: Mapping[str, str]) -> tuple[Problem, ...]:
    """What keeps a draft from being kept: no title, or more than a section takes."""
    found = [*too_long("title", title, MAX_TITLE)]
    if not text.line(title):
        found.append(Problem("title", _("Give it a title.")))
    for purpose in SECTIONS:
        found += too_long(f"section-{purpose}", sections.get(purpose, ""), MAX_SECTION)
    return tuple(found)


def note(
    session: Session,
    actor: Viewer | None,
    publication: Publication,
    verb: str,
    *,
    now: datetime,
    **details: object,
) -> None:
    """Add what was done with it to the chain; the site itself acts where nobody does."""
    append_event(
        session,
        series_id=publication.series_id,
        actor_id=actor.person_id if actor else None,
        verb=verb,
        subject=("publication", publication.public_id),
        now=now,
        details=dict(details),
    )


def _free_mark(mark: str, taken: set[str]) -> str:
    """The mark, or the next number that is free: numbers of positions are given once more."""
    letters = mark.rstrip("0123456789")
    number = int(mark[len(letters) :] or 0)
    while mark in taken:
        number += 1
        mark = f"{letters}{number}"
    return mark


def free_slug(session: Session, wished: str) -> str:
    """Made of the words that are wished for, and given to nothing else."""
    stem, number = text.slugify(wished, longest=KEPT_SLUG) or "briefing", 1
    slug = stem
    while session.scalar(select(Publication.id).where(Publication.slug == slug)) is not None:
        number += 1
        slug = f"{stem}-{number}"
    return slug
