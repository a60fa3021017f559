"""What is near a position, on its page; and near what somebody is still writing."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.higher import Near
from discussion.debate.positions.words import MAX_CLAIM
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.reach.search.drafts import read_typed
from discussion.reach.search.queries.alike import POSITIONS, Like, find_like, list_alike
from discussion.reach.search.queries.hits import Asks, show
from discussion.reach.search.queries.hits_higher import MAKES
from discussion.reach.search.queries.looking import Look
from discussion.reach.search.queries.matching import Match
from discussion.reach.search.shapes import Hit, NearPage
from discussion.series.values.models import Value

NEARLY = 120  # of the 700 that something has which is alike in all: two words of five, say
MOST_NEARLY, MOST_BESIDE = 2, 3


def near_page(session: Session, viewer: Viewer | None, public_id: str) -> NearPage | None:
    """The nearest few of a position; None where the viewer may not read it."""
    like = find_like(session, viewer, public_id)
    if like is None:
        return None
    hits = _shown(session, viewer, list_alike(session, viewer, like)[:MOST_BESIDE])
    return NearPage(tuple(hits), paths.alike(public_id))


def near_draft(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    draft: PositionDraft,
    position: Position | None,
) -> tuple[Near, ...]:
    """The positions of the series that say nearly what is being written, but for itself."""
    if not draft.claim.strip():
        return ()
    like = Like(
        draft.claim[:MAX_CLAIM],
        thread.series,
        row_id=position.id if position else 0,
        tags=" ".join(_tags(session, thread, draft)),
        items=" ".join(map(str, _items(session, thread, draft))) or "-",
    )
    found = list_alike(session, viewer, like, POSITIONS)
    nearly = [one for one in found if one.fit >= NEARLY]
    return tuple(
        Near(str(hit.title), hit.language, hit.url, hit.number, hit.family, hit.place)
        for hit in _shown(session, viewer, nearly[:MOST_NEARLY])
        if hit.language  # of a voice that the viewer muted no words are said
    )


def _shown(session: Session, viewer: Viewer | None, some: Sequence[Match]) -> list[Hit]:
    asks = Asks(session, viewer, Look(read_typed(""), ()))
    return show(asks, [(one.kind, one.row_id) for one in some], MAKES)


def _tags(session: Session, thread: Thread, draft: PositionDraft) -> Iterator[str]:
    """As the index keeps them; values that are only proposed are nobody else's."""
    asked = select(Value.slug, Value.id).where(Value.series_id == thread.series_id)
    ids = {row.slug: row.id for row in session.execute(asked)}
    for side, tags in (("s", draft.served), ("o", draft.outweighed)):
        yield from (f"{side}{ids[tag.value]}" for tag in tags if tag.value in ids)


def _items(session: Session, thread: Thread, draft: PositionDraft) -> Sequence[int]:
    named = [link.item_id for link in draft.links if link.item_id]
    if not named:
        return ()
    return session.scalars(
        select(EvidenceItem.id)
        .where(EvidenceItem.series_id == thread.series_id, EvidenceItem.public_id.in_(named))
        .where(EvidenceItem.is_hidden.is_(False))
        .order_by(EvidenceItem.id)
    ).all()
