"""The desk's page about an item that no longer stands, or whose link leads elsewhere or nowhere."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.citing import list_people_citing
from discussion.debate.evidence.queries.item import item_page
from discussion.debate.evidence.queries.links import address_of, list_checks
from discussion.debate.evidence.queries.settling_shapes import Checked, SettlePage
from discussion.debate.evidence.queries.waiting import kinds_waiting
from discussion.debate.evidence.queries.wording import problem_in_words
from discussion.debate.evidence.words import LINK_STATES, NOT_STANDING, SETTLEMENTS
from discussion.decisions.models import Decision
from discussion.decisions.queries.desk import FRAME
from discussion.decisions.shapes import Filters, PastDecision
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import about, subject_of


def find_choices(session: Session, item: EvidenceItem) -> tuple[str, ...]:
    """What can be decided about it: only what would change something."""
    state = item.link_state
    is_fallen = item.status in NOT_STANDING or state == "dead"
    fits = {
        "take_over": bool(new_address(session, item)) and not item.doi,
        "archive": state == "dead",
        "ask_authors": is_fallen
        and not was_asked(session, item)
        and bool(list_people_citing(session, item)),
        "settle": True,
    }
    return tuple(action for action in SETTLEMENTS if fits[action])


def new_address(session: Session, item: EvidenceItem) -> str:
    """Where the link leads now; empty unless it moved."""
    if item.link_state != "moved":
        return ""
    checks = list_checks(session, item)
    return next((one.leads_to for one in checks if one.state == "moved"), "")


def seen_now(session: Session, item: EvidenceItem) -> str:
    """What is decided about, as the form carries it: how the item stands, and where it leads."""
    return f"{item.status} {item.link_state} {new_address(session, item)}".strip()


def was_asked(session: Session, item: EvidenceItem) -> bool:
    """Whether the authors were asked to look since it was last said how it stands."""
    latest = {
        action: session.scalar(
            select(func.max(Decision.id))
            .where(about(Decision, subject_of(item)))
            .where(Decision.action == action)
        )
        or 0
        for action in ("ask_authors", "edit")
    }
    return latest["ask_authors"] > latest["edit"]


def settle_page(
    session: Session,
    viewer: Viewer,
    item: EvidenceItem,
    public_url: str,
    *,
    filters: Filters | None = None,
    now: datetime,
) -> SettlePage:
    """The queue, the item with everybody who relies on it, and what can be decided."""
    kinds = kinds_waiting(session, item)
    checks = list_checks(session, item)
    series = item.series
    may_judge = allowed(viewer, May.JUDGE_ITEM, item)
    return SettlePage(
        frame=FRAME()(
            session,
            viewer,
            open_kind=kinds[0] if kinds else "",
            open_id=item.public_id,
            filters=filters,
            now=now,
        ),
        item=item_page(session, viewer, item, public_url, {}),
        address=address_of(item),
        new_address=new_address(session, item),
        checks=tuple(
            Checked(
                one.state,
                problem_in_words(one.problem) or str(LINK_STATES[one.state]),
                one.status_code,
                one.leads_to,
                one.at,
            )
            for one in checks[:5]
        ),
        is_waiting=bool(kinds),
        is_own=not may_judge,
        choices=find_choices(session, item) if kinds and may_judge else (),
        was_asked=was_asked(session, item),
        seen=seen_now(session, item),
        past=list_past(session, item),
        settle_url=paths.settle_item(series.slug, item.public_id),
    )


def list_past(session: Session, item: EvidenceItem) -> tuple[PastDecision, ...]:
    """What was decided on it before, the newest first."""
    rows = session.scalars(
        select(Decision)
        .where(about(Decision, subject_of(item)))
        .order_by(Decision.id.desc())
        .options(joinedload(Decision.reason))
    )
    return tuple(
        PastDecision(
            action=one.action,
            reason=one.reason.label if one.reason else "",
            why=one.why,
            marks=tuple(one.marks),
            on=clock.day(one.at).isoformat(),
            by_role=one.decided_by_role,
            id=one.public_id,
        )
        for one in rows
    )
