"""A moderator's word on an item that somebody else added: whether it stands, is right, is shown."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.debate.evidence.addresses import normalise_url
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations.chaining import case_of, chain
from discussion.debate.evidence.operations.keeping import lock_item
from discussion.debate.evidence.operations.notifications import tell_citing
from discussion.debate.evidence.words import CHECKS, LIMITS, LINK_CHECK, NOT_STANDING, STATUSES
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.recording import write_decision
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem


def set_status(
    session: Session,
    actor: Viewer | None,
    item: EvidenceItem,
    status: str,
    *,
    note: str = "",
    superseded_by: EvidenceItem | None = None,
    now: datetime,
) -> EvidenceItem:
    """Say whether an item still stands; what replaces it is another of the same library.

    It is a decision like any other: the row says who, when and why. When it no longer stands, the
    authors who rely on it are told once, and it waits on the desk until somebody has looked.
    """
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    problems = tuple(_wrong_status(item, status, note, superseded_by))
    if problems:
        raise Invalid(problems)
    is_news = status != item.status and status in NOT_STANDING
    item.status, item.status_note = status, note
    item.superseded_by = superseded_by if status == "superseded" else None
    if is_news:
        item.link_settled_at = None
        tell_citing(session, item, status, now, but=actor.person_id)
    said = f"{STATUSES[status]}. {note}".strip()
    write_decision(session, actor, case_of(item), Ruling("edit", why=said), now=now)
    return item


def verify_item(
    session: Session,
    actor: Viewer | None,
    item: EvidenceItem,
    checks: tuple[str, ...],
    *,
    now: datetime,
) -> EvidenceItem:
    """Record what a moderator has checked; with nothing checked the record is taken away."""
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    checked = [check for check in CHECKS if check in checks]
    known = (item.verified or {}).get("what_was_checked", ())
    if LINK_CHECK in checked and LINK_CHECK not in known:  # by hand, as good as by the site
        item.link_state, item.link_checked_at, item.link_settled_at = "ok", now, now
    by = {"by": actor.public_id, "on": clock.day(now).isoformat(), "what_was_checked": checked}
    item.verified = by if checked else {}
    chain(session, actor, item, "verify_item", now, checked=checked)
    return item


def keep_archive(
    session: Session, actor: Viewer | None, item: EvidenceItem, address: str, *, now: datetime
) -> EvidenceItem:
    """Record where a copy of an item is kept; raises Invalid."""
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    url = normalise_url(address)
    if not url:
        sentence = _("Give the address of the copy, as in https://web.archive.org/web/….")
        raise Invalid((Problem("archive_url", sentence),))
    item.archive_url = url
    chain(session, actor, item, "keep_archive", now, url=url)
    return item


def hide_item(
    session: Session, actor: Viewer | None, item: EvidenceItem, ruling: Ruling, *, now: datetime
) -> Decision:
    """Take an item out of sight wherever it is cited; who added it gets a statement of reasons.

    Raises AlreadyDecided where it is hidden, and TooLong.
    """
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    return _show_or_hide(session, actor, item, replace(ruling, action="hide"), now)


def restore_item(
    session: Session, actor: Viewer | None, item: EvidenceItem, ruling: Ruling, *, now: datetime
) -> Decision:
    """Show an item again wherever it is cited. Raises AlreadyDecided where it is shown."""
    require(actor, May.JUDGE_ITEM, item)
    assert actor is not None
    return _show_or_hide(session, actor, item, replace(ruling, action="restore"), now)


def _show_or_hide(
    session: Session, actor: Viewer, item: EvidenceItem, ruling: Ruling, now: datetime
) -> Decision:
    is_hidden = ruling.action == "hide"

    def held() -> Case:
        lock_item(session, item)
        if item.is_hidden == is_hidden:
            raise AlreadyDecided
        return case_of(item, addressed_to_id=item.added_by_id)

    def apply(ruling: Ruling) -> Ruling:
        item.is_hidden = is_hidden
        return ruling

    return carry_out(session, actor, ruling, Steps(held, apply=apply), now=now)


def _wrong_status(
    item: EvidenceItem, status: str, note: str, successor: EvidenceItem | None
) -> list[Problem]:
    wrong = []
    if status not in STATUSES:
        wrong.append(Problem("status", _("Choose a status.")))
    if text.count(note) > LIMITS["status_note"]:
        most = LIMITS["status_note"]
        wrong.append(Problem("note", _("Use at most %(longest)s characters.", longest=most)))
    if status in ("corrected", "retracted") and not note:
        wrong.append(Problem("note", _("Say what was corrected or retracted, and where.")))
    if status == "superseded" and not _may_succeed(successor, item):
        sentence = _("Choose another item of this library that replaces it.")
        wrong.append(Problem("successor", sentence))
    return wrong


def _may_succeed(successor: EvidenceItem | None, item: EvidenceItem) -> bool:
    """Another item of the same library that does not lead back to this one."""
    if successor is None or successor.series_id != item.series_id:
        return False
    seen: EvidenceItem | None = successor
    while seen is not None:
        if seen is item:
            return False
        seen = seen.superseded_by
    return True
