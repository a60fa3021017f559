"""Statements that are cited, as the snapshot that each is bound to has them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _
from discussion.reach.publications.drafts_marks import FINDING
from discussion.reach.publications.models import PublicationSource
from discussion.reach.publications.shapes import Finding
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.shown import shown_contents


def findings_of(
    session: Session, standing: Mapping[str, PublicationSource], used: Sequence[str]
) -> dict[str, Finding]:
    """By mark, from the snapshot that each is bound to: another may have another under its code."""
    asked = {mark: standing[mark] for mark in used if mark in standing}
    rows = {mark: row for mark, row in asked.items() if row.kind == FINDING}
    if not rows:
        return {}
    bound = select(FindingSnapshot).where(
        FindingSnapshot.id.in_({row.snapshot_id for row in rows.values()})
    )
    snapshots = {one.id: one for one in session.scalars(bound)}
    contents = shown_contents(session, snapshots.values())
    found = {}
    for mark, row in rows.items():
        snapshot = snapshots.get(row.snapshot_id or 0)
        if snapshot is not None and row.thread is not None:
            content = contents[snapshot.id]
            texts = {one.code: one.text for one in content.ratings.statements}
            url = paths.findings_version(row.thread.slug, snapshot.version)
            said = _room(content, row.code)
            found[mark] = Finding(row.code, texts.get(row.code, ""), said, url)
    return found


def _room(content: Content, code: str) -> str:
    """What the room answered, as far as the snapshot tells it; never of fewer than five."""
    counted = content.ratings
    cell = counted.cells.get(code, {}).get(counted.room)
    if not isinstance(cell, Numbers) or cell.raters < counted.round.min_group:
        return _("Fewer than five people answered.")
    middle = (counted.round.points + 1) / 2
    ups = sum(n for point, n in enumerate(cell.counts, start=1) if point > middle)
    downs = sum(n for point, n in enumerate(cell.counts, start=1) if point < middle)
    return _(
        "Of %(people)s people, %(up)s agree and %(down)s disagree. %(dont)s do not know.",
        people=cell.raters,
        up=ups,
        down=downs,
        dont=cell.dont_know,
    )
