"""Which briefings quote or cite what somebody wrote, or a source that they added."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.queries.higher import Own, Roads, Step
from discussion.language import _
from discussion.reach.publications.drafts_marks import quotations_in
from discussion.reach.publications.models import PublicationSource, PublicationVersion
from discussion.reach.publications.queries.beside import newest_published
from discussion.reach.publications.queries.standing import standing_of
from discussion.reach.publications.queries.titles import title_of


def went_into(session: Session, own: Own) -> Roads:
    """The newest versions that may be read, and as far as they still stand."""
    positions = {row.id: row.public_id for row in own.positions}
    responses = {row.id: row.public_id for row in own.responses}
    items = {row.id: row.public_id for row in own.items}
    rows = session.scalars(
        select(PublicationSource)
        .where(PublicationSource.version_id.is_not(None))
        .where(
            or_(
                and_(
                    PublicationSource.position_id.in_(positions),
                    PublicationSource.response_id.is_(None),
                ),
                PublicationSource.response_id.in_(responses),
                PublicationSource.item_id.in_(items),
            )
        )
        .order_by(PublicationSource.id)
    ).all()
    shown = _shown(session, own, {row.version_id or 0 for row in rows})
    found: dict[str, list[Step]] = defaultdict(list)
    for row in rows:
        version = shown.get(row.version_id or 0)
        if version is None:
            continue
        whose = (
            responses.get(row.response_id or 0)
            or items.get(row.item_id or 0)
            or positions[row.position_id or 0]
        )
        found[whose].append(_step(version, row))
    return {id: tuple(dict.fromkeys(steps)) for id, steps in found.items()}


def _shown(session: Session, own: Own, version_ids: set[int]) -> Mapping[int, PublicationVersion]:
    if not version_ids:
        return {}
    rows = session.scalars(
        newest_published(own.viewer).where(PublicationVersion.id.in_(version_ids))
    ).all()
    return {row.id: row for row in rows if not standing_of(session, row).why}


def _step(version: PublicationVersion, row: PublicationSource) -> Step:
    publication = version.publication
    quoted = {
        mark
        for said in version.sections.values()
        for one in quotations_in(said)
        for mark in one.marks
    }
    return Step(
        _("Quoted in the briefing") if row.mark in quoted else _("Cited in the briefing"),
        named=title_of(publication, version),
        url=paths.publication(publication.series.slug, publication.slug),
        on=clock.day(version.made_at).isoformat(),
    )
