"""Settling what of the library waits on the desk: once looked at, it waits no longer."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.addresses import normalise_url
from discussion.debate.evidence.drafts_links import Settlement
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations.chaining import case_of
from discussion.debate.evidence.operations.keeping import AlreadyThere, lock_item
from discussion.debate.evidence.operations.notifications import tell_citing
from discussion.debate.evidence.queries.finding import find_same
from discussion.debate.evidence.queries.settling import find_choices, new_address, seen_now
from discussion.debate.evidence.queries.waiting import kinds_waiting
from discussion.debate.evidence.words import NOT_STANDING
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.decisions.words import MAX_WHY
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.problems import Invalid, Problem


def settle_item(
    session: Session, actor: Viewer | None, item: EvidenceItem, draft: Settlement, *, now: datetime
) -> Decision:
    """Decide about an item that no longer stands, or whose link leads elsewhere or nowhere.

    Raises Taken, AlreadyDecided when it waits no longer or is another matter than was on screen,
    Invalid, and AlreadyThere when another item has the new address.
    """
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    ruling = Ruling(draft.action, why=draft.why)
    return carry_out(session, actor, ruling, _steps(session, actor, item, draft, now), now=now)


def _steps(
    session: Session, actor: Viewer, item: EvidenceItem, draft: Settlement, now: datetime
) -> Steps:
    def held() -> Case:
        lock_item(session, item)
        kinds = kinds_waiting(session, item)
        return case_of(item, waits_as=tuple((kind, item.public_id) for kind in kinds))

    def check(_ruling: Ruling) -> None:
        if not kinds_waiting(session, item) or draft.seen != seen_now(session, item):
            raise AlreadyDecided
        if draft.action not in find_choices(session, item):
            raise Invalid([Problem("action", _("Choose what you decide."))])
        if text.count(draft.why) > MAX_WHY:
            raise Invalid([Problem("why", _("This note is too long."))])

    def apply(ruling: Ruling) -> Ruling:
        ACTIONS[draft.action](session, actor, item, draft, now)
        item.link_settled_at = now
        return ruling

    return Steps(held, check, apply)


def _take_over(
    session: Session, actor: Viewer, item: EvidenceItem, _draft: Settlement, _now: datetime
) -> None:
    url = new_address(session, item)
    same = find_same(session, item.series_id, "", url)
    if same is not None and same is not item:
        raise AlreadyThere(same, is_visible=allowed(actor, May.READ_ITEM, same))
    item.url, item.link_state = url, "ok"  # the check followed the redirect to its end


def _archive(
    _session: Session, _actor: Viewer, item: EvidenceItem, draft: Settlement, _now: datetime
) -> None:
    url = normalise_url(draft.archive_url)
    if not url:
        sentence = _("Give the address of the copy, as in https://web.archive.org/web/….")
        raise Invalid((Problem("archive_url", sentence),))
    item.archive_url = url


def _ask_authors(
    session: Session, _actor: Viewer, item: EvidenceItem, _draft: Settlement, now: datetime
) -> None:
    about = item.status if item.status in NOT_STANDING else item.link_state
    tell_citing(session, item, about, now)


def _leave(
    _session: Session, _actor: Viewer, _item: EvidenceItem, draft: Settlement, _now: datetime
) -> None:
    if not draft.why.strip():
        raise Invalid((Problem("why", _("Say why there is nothing to do.")),))


ACTIONS: dict[str, Callable[[Session, Viewer, EvidenceItem, Settlement, datetime], None]] = {
    "take_over": _take_over,
    "archive": _archive,
    "ask_authors": _ask_authors,
    "settle": _leave,
}
