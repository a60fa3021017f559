"""What the checker does: putting links in turn, and keeping what was found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.models import EvidenceItem, LinkCheck
from discussion.debate.evidence.queries.links import (
    PAUSE,
    address_of,
    host_of,
    list_checks,
    list_to_check,
)
from discussion.debate.evidence.queue import list_promised, promise_check
from discussion.debate.evidence.words import LINK_WAITS, NO_NAME, PASSING

MOST_AT_ONCE = 150  # planned in one go, so that mail never waits behind more than one of them
APART = timedelta(seconds=20)
KEPT = 10  # checks of one item
# After nobody answered: how long until the next try, one after another.
RETRIES = (timedelta(hours=1), timedelta(days=1), timedelta(days=2))
COUNTS_FROM = 3  # tries without an answer
GONE_AFTER = timedelta(days=3)  # a name that was not found for so long is gone


def plan_checks(session: Session, *, now: datetime) -> int:
    """Promise a check for every link that is due, a minute apart for each server."""
    turns = {int(job.payload["item"]): job.run_after for job in list_promised(session)}
    free: dict[str, datetime] = {}
    for item_id, at in turns.items():
        item = session.get(EvidenceItem, item_id)
        if item is not None:
            host = host_of(address_of(item))
            free[host] = max(free.get(host, at), at + PAUSE)
    due = list_to_check(session, now, but=turns.keys(), limit=MOST_AT_ONCE)
    for number, (item_id, url) in enumerate(due):
        at = max(now + number * APART, free.get(host_of(url), now))
        free[host_of(url)] = at + PAUSE
        promise_check(session, session.get_one(EvidenceItem, item_id), at, now)
    return len(due)


def record_check(
    session: Session,
    item_id: int,
    url: str,
    found: Finding,
    *,
    now: datetime,
) -> None:
    """Keep what asking came to. One answer tells; that nobody answered counts when it lasts."""
    item = session.scalar(
        select(EvidenceItem)
        .where(EvidenceItem.id == item_id)
        .with_for_update(of=EvidenceItem)
        .execution_options(populate_existing=True)
    )
    if item is None or address_of(item) != url:
        return  # changed meanwhile: what was found is not about this
    before = list_checks(session, item)
    check = LinkCheck(
        item_id=item.id,
        url=url,
        at=now,
        state=found.state,
        status_code=found.status_code,
        leads_to=found.leads_to,
        problem=found.problem,
    )
    session.add(check)
    session.flush()
    checks = [check, *before]
    if verdict := _verdict(checks):
        _conclude(item, verdict, checks)
    _try_again(session, item, checks, now)
    _forget(session, item)


def _verdict(checks: Sequence[LinkCheck]) -> str:
    """The state that is now known; empty while one more try may tell."""
    newest = checks[0]
    if newest.problem not in PASSING:
        return newest.state
    missing = list(takewhile(lambda one: one.problem == NO_NAME, checks))
    if len(missing) >= COUNTS_FROM and newest.at - missing[-1].at >= GONE_AFTER:
        return "dead"
    return newest.state if len(_silent(checks)) >= COUNTS_FROM else ""


def _silent(checks: Sequence[LinkCheck]) -> list[LinkCheck]:
    """The latest tries without an answer, one after another."""
    return list(takewhile(lambda one: one.problem in PASSING, checks))


def _conclude(item: EvidenceItem, state: str, checks: Sequence[LinkCheck]) -> None:
    """What a moderator has looked at waits again only when it is something else now."""
    known = next((one.leads_to for one in checks[1:] if one.state == "moved"), "")
    is_news = state != item.link_state or (state == "moved" and checks[0].leads_to != known)
    if is_news and state in LINK_WAITS:
        item.link_settled_at = None
    item.link_state, item.link_checked_at = state, checks[0].at


def _try_again(
    session: Session, item: EvidenceItem, checks: Sequence[LinkCheck], now: datetime
) -> None:
    tries = len(_silent(checks))
    if 0 < tries <= len(RETRIES):
        promise_check(session, item, now + RETRIES[tries - 1], now)


def _forget(session: Session, item: EvidenceItem) -> None:
    kept = (
        select(LinkCheck.id)
        .where(LinkCheck.item_id == item.id)
        .order_by(LinkCheck.id.desc())
        .limit(KEPT)
    )
    session.execute(
        delete(LinkCheck).where(LinkCheck.item_id == item.id).where(LinkCheck.id.not_in(kept))
    )
