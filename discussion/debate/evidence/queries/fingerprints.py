"""What a moderator had on screen of sources that wait too, so that nothing is approved unread."""

import json
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem

# What changes without anybody writing anything.
_OTHER = frozenset(
    {
        "id",
        "public_id",
        "series_id",
        "title_folded",
        "url_key",
        "verified",
        "added_by_id",
        "is_listed",
        "is_hidden",
        "link_state",
        "link_checked_at",
        "link_settled_at",
        "archive_url",
        "created_at",
    }
)


def fingerprint(items: Iterable[EvidenceItem]) -> str:
    """A short word for what these items say; empty without any. It is another after any change."""
    names = sorted(
        column.key for column in inspect(EvidenceItem).column_attrs if column.key not in _OTHER
    )
    said = sorted((item.public_id, [str(getattr(item, name)) for name in names]) for item in items)
    return sha256(json.dumps(said).encode()).hexdigest()[:32] if said else ""


def find_unlisted(
    session: Session, item_ids: Iterable[int], *, holds: bool = False
) -> list[EvidenceItem]:
    """Those of these items that come into the library only now; held, nobody changes them."""
    asked = (
        select(EvidenceItem)
        .where(EvidenceItem.id.in_(set(item_ids)))
        .where(EvidenceItem.is_listed.is_(False))
        .order_by(EvidenceItem.id)
    )
    if holds:
        asked = asked.with_for_update(of=EvidenceItem).execution_options(populate_existing=True)
    return list(session.scalars(asked))
