"""The link of an item: where it leads, what is known of it, and when it is looked at again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.identifiers import doi_address
from discussion.debate.evidence.models import EvidenceItem, LinkCheck
from discussion.debate.evidence.queries.brief import ItemInBrief

AGAIN_AFTER = timedelta(days=30)
AT_MOST_EVERY = timedelta(minutes=30)  # the same link, whatever was promised
PAUSE = timedelta(minutes=1)  # between two questions to one server


def address_of(item: EvidenceItem | ItemInBrief) -> str:
    """The address at which readers find it; empty where it is not on the web."""
    return doi_address(item.doi) if item.doi else item.url or ""


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    return urlsplit(url).hostname or ""


def has_link() -> ColumnElement[bool]:
    """As SQL: whether an item can be looked up, by DOI or address."""
    return or_(EvidenceItem.doi.is_not(None), EvidenceItem.url.is_not(None))


def is_asked() -> ColumnElement[bool]:
    """Listed items alone: a newcomer's waiting one sends the site nowhere."""
    return and_(has_link(), EvidenceItem.is_listed.is_(True), EvidenceItem.is_hidden.is_(False))


def is_unchecked() -> ColumnElement[bool]:
    """As SQL: whether a link that is to be asked was never asked yet."""
    return and_(is_asked(), EvidenceItem.link_checked_at.is_(None))


def list_checks(session: Session, item: EvidenceItem) -> list[LinkCheck]:
    """What was found at the address that it has now, the newest first."""
    return list(
        session.scalars(
            select(LinkCheck)
            .where(LinkCheck.item_id == item.id)
            .where(LinkCheck.url == address_of(item))
            .order_by(LinkCheck.id.desc())
        )
    )


def find_last_check(session: Session, item: EvidenceItem) -> LinkCheck | None:
    """The newest check of an item’s link; None before the first."""
    return next(iter(list_checks(session, item)), None)


def find_new_addresses(session: Session, item_ids: Collection[int]) -> dict[int, str]:
    """Where the links of these items that moved lead to now."""
    rows = session.execute(
        select(LinkCheck.item_id, LinkCheck.leads_to)
        .join(EvidenceItem, EvidenceItem.id == LinkCheck.item_id)
        .where(EvidenceItem.id.in_(item_ids))
        .where(EvidenceItem.link_state == "moved")
        .where(LinkCheck.state == "moved")
        .where(LinkCheck.url == EvidenceItem.url)
        .order_by(LinkCheck.id)
    )
    return {int(item_id): str(leads_to) for item_id, leads_to in rows}


@dataclass(frozen=True)
class Due:
    """A link that is to be asked for now, or why not yet."""

    item_id: int
    url: str
    is_host_busy: bool


def find_due(session: Session, item_id: int, now: datetime) -> Due | None:
    """An item's link, unless it is gone, unlisted, hidden, or was asked for a moment ago."""
    item = session.scalar(select(EvidenceItem).where(EvidenceItem.id == item_id).where(is_asked()))
    if item is None:
        return None
    last = find_last_check(session, item)
    if last is not None and last.at > now - AT_MOST_EVERY:
        return None
    url = address_of(item)
    return Due(item.id, url, host_of(url) in list_busy_hosts(session, now))


def list_busy_hosts(session: Session, now: datetime) -> set[str]:
    """Servers that were asked within the last minute."""
    urls = session.execute(
        select(LinkCheck.url, LinkCheck.leads_to).where(LinkCheck.at > now - PAUSE)
    )
    return {host_of(url) for pair in urls for url in pair if url}


def list_to_check(
    session: Session, now: datetime, *, but: Collection[int], limit: int
) -> list[tuple[int, str]]:
    """(id, address) of items whose link nobody looked at, or not for a month; the new ones first.

    `but` are those whose turn is promised already.
    """
    rows = session.scalars(
        select(EvidenceItem)
        .where(is_asked())
        .where(
            or_(
                EvidenceItem.link_checked_at.is_(None),
                EvidenceItem.link_checked_at < now - AGAIN_AFTER,
            )
        )
        .where(EvidenceItem.id.not_in(but))
        .order_by(EvidenceItem.link_checked_at.asc().nulls_first(), EvidenceItem.id)
        .limit(limit)
    )
    return [(item.id, address_of(item)) for item in rows]
