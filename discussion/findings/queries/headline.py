"""The freshest finding of a thread in a sentence, for its own page and its theme's."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.findings.models import FindingSnapshot
from discussion.findings.queries.showing.basis import Basis, Known
from discussion.findings.queries.showing.found import say
from discussion.findings.shapes import Headline
from discussion.threads.models import Thread


def find_headlines(session: Session, threads: Collection[Thread]) -> dict[int, Headline]:
    """By thread's id, in one statement."""
    newest = (
        select(func.max(FindingSnapshot.id))
        .where(FindingSnapshot.thread_id.in_([thread.id for thread in threads]))
        .group_by(FindingSnapshot.thread_id)
    )
    rows = session.scalars(select(FindingSnapshot).where(FindingSnapshot.id.in_(newest)))
    slugs = {thread.id: thread.slug for thread in threads}
    return {row.thread_id: headline_of(row, slugs[row.thread_id]) for row in rows}


def headline_of(snapshot: FindingSnapshot, slug: str) -> Headline:
    """What a snapshot says, in a sentence; `slug` is its thread's."""
    results = snapshot.results
    sentence = say(Basis(results, results["found"]["headline"], "", Known()))
    return Headline(
        sentence.text, paths.findings(slug), sentence.verdict, clock.day(snapshot.made_at)
    )
