"""The freshest finding of a thread in a sentence, for its own page and its theme's."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Headline
from discussion.language import language_tag
from discussion.vocabulary import of_series
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.found import say
from discussion.weighing.findings.queries.shown import UNREAD, shown_content, shown_contents
from discussion.weighing.findings.sentences.quoting import rule_before
from discussion.weighing.rounds.models import Round


def find_headlines(session: Session, threads: Collection[Thread]) -> dict[int, Headline]:
    """Those of the cycle in which each thread is, by thread's id, in two statements."""
    newest = (
        select(func.max(FindingSnapshot.id))
        .join(FindingSnapshot.thread)
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(FindingSnapshot.thread_id.in_([thread.id for thread in threads]))
        .where(Round.cycle == Thread.cycle)
        .group_by(FindingSnapshot.thread_id)
    )
    rows = session.scalars(
        select(FindingSnapshot)
        .where(FindingSnapshot.id.in_(newest))
        .options(UNREAD, joinedload(FindingSnapshot.round))
    ).all()
    slugs = {thread.id: thread.slug for thread in threads}
    contents = shown_contents(session, rows) if rows else {}
    return {row.thread_id: _say(row, contents[row.id], slugs[row.thread_id]) for row in rows}


def headline_of(
    session: Session, snapshot: FindingSnapshot, slug: str, *, is_for_good: bool = False
) -> Headline:
    """What a snapshot says, in a sentence; `slug` is its thread's.

    Its address is that of the newest findings, or, for good, that of the snapshot alone.
    """
    return _say(snapshot, shown_content(session, snapshot), slug, is_for_good=is_for_good)


def headlines_for_good(
    session: Session, snapshots: Collection[FindingSnapshot]
) -> dict[int, Headline]:
    """What each snapshot says, by its id, with the address of that snapshot alone."""
    contents = shown_contents(session, snapshots) if snapshots else {}
    return {
        row.id: _say(row, contents[row.id], row.thread.slug, is_for_good=True) for row in snapshots
    }


def _say(
    snapshot: FindingSnapshot, content: Content, slug: str, *, is_for_good: bool = False
) -> Headline:
    known = of_series(snapshot.thread.series.slug)
    basis = Basis(content, content.found.headline, "", Known(), known)
    sentence = CONTENTS.said(content, ("headline", language_tag()), known, lambda: say(basis))
    return Headline(
        text=sentence.text,
        url=paths.findings_version(slug, snapshot.version) if is_for_good else paths.findings(slug),
        verdict=sentence.verdict,
        found_on=clock.day(snapshot.made_at),
        cycle=snapshot.round.cycle if snapshot.round else 1,
        rule=rule_before(content),
    )
