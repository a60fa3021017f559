"""What can be cited in a draft, and the draft as it would be frozen."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.threads.models import Thread
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.document.making import make_document
from discussion.reach.publications.queries.document.reading import Edition
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.shapes import Document


def list_sources(session: Session, publication: Publication) -> Sequence[PublicationSource]:
    """What can be cited in the draft, with all that a document is made of."""
    return session.scalars(
        select(PublicationSource)
        .where(PublicationSource.publication_id == publication.id)
        .where(PublicationSource.version_id.is_(None))
        .order_by(PublicationSource.id)
        .options(
            joinedload(PublicationSource.thread).selectinload(Thread.scales),
            joinedload(PublicationSource.position).joinedload(Position.author),
            joinedload(PublicationSource.revision).options(
                selectinload(Revision.tags).joinedload(ValueTag.value),
                selectinload(Revision.links).joinedload(EvidenceLink.item),
            ),
            joinedload(PublicationSource.response),
            joinedload(PublicationSource.text),
            joinedload(PublicationSource.item),
        )
    ).all()


def preview(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> Document:
    version = find_version(session, publication)
    edition = Edition(version.number + 1 if version else 1, clock.now(), "", "")
    return make_document(session, publication, publication.sections, sources, edition).document
