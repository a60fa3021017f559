"""Asking something of a member for a while, lifting it early, and what happens at its end."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.notifications import tell
from discussion.decisions.operations.recording import find_reason
from discussion.decisions.words import MAX_WHY
from discussion.language import _, in_words
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.models import Sanction
from discussion.oversight.sanctions.queries.finding import (
    find_about,
    is_by_name,
    kinds_for,
    may_ask,
    membership_of,
    title_of,
)
from discussion.oversight.sanctions.queries.in_force import is_in_force
from discussion.oversight.sanctions.words import (
    ACTIONS,
    KINDS,
    MAX_DAYS,
    MAX_TYPED_FACTS,
    MOMENT,
    holds_in_words,
)
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require
from discussion.problems import Refused, TooLate
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import end_for_a_while, take_back
from discussion.series.series.models import Reason
from discussion.series.series.operations.record import lock_series
from discussion.subjects.finding import subject_of
from discussion.subjects.kinds import Subject


def sanction(
    session: Session,
    actor: Viewer,
    membership: Membership,
    draft: SanctionDraft,
    *,
    about: Subject | None = None,
    now: datetime,
) -> Sanction:
    """Ask this of a member until a day; `about` is what they wrote, where nobody was named.

    The person gets a statement of reasons, and may appeal. Raises Refused with what is missing.
    """
    require(actor, May.MODERATE, membership)
    if draft.kind == "removal":
        require(actor, May.MANAGE_MEMBERS, membership.series)
    series, ends_at = membership.series, now + timedelta(days=draft.days)
    made: list[Sanction] = []

    def hold() -> Case:
        lock_series(session, series)
        session.refresh(membership)
        _require_power(actor, membership, about)  # as it is now that nobody else changes it
        return _case_of(membership)

    def check(ruling: Ruling) -> None:
        _refuse_incomplete(draft, about, find_reason(session, series, ruling.reason))
        _refuse_twice(session, membership, draft, about, now)

    def apply(ruling: Ruling) -> Ruling:
        until = ends_at.isoformat(timespec="minutes")
        facts = facts_of(draft, about, ends_at)
        return replace(ruling, facts=facts, details={"until": until})

    def follow(decision: Decision) -> None:
        made.append(
            Sanction(
                series_id=series.id,
                person_id=membership.person_id,
                kind=draft.kind,
                decision_id=decision.id,
                about_kind=about.plural if about is not None else "",
                about_id=about.id if about is not None else "",
                starts_at=now,
                ends_at=ends_at,
            )
        )
        session.add_all(made)
        session.flush()
        if draft.kind == "removal":
            end_for_a_while(session, membership, now)
        tell(session, decision, now)

    ruling = Ruling(ACTIONS.get(draft.kind, ""), draft.reason, draft.why)
    carry_out(session, actor, ruling, Steps(hold, check, apply, follow), now=now)
    return made[0]


def lift(
    session: Session, actor: Viewer, sanctioned: Sanction, *, why: str, now: datetime
) -> Decision:
    """End a sanction before its day, saying why; the person is told."""
    require(actor, May.MODERATE, sanctioned.series)
    about = find_about(session, sanctioned)
    _require_power(actor, membership_of(session, sanctioned), about)
    if sanctioned.kind == "removal":
        require(actor, May.MANAGE_MEMBERS, sanctioned.series)

    def hold() -> Case:
        return Case(
            "person",
            sanctioned.person.public_id,
            sanctioned.series,
            addressed_to_id=sanctioned.person_id,
        )

    def check(ruling: Ruling) -> None:
        if not ruling.why.strip() or text.count(ruling.why) > MAX_WHY:
            raise Refused(_("Say why, in at most %(longest)s characters.", longest=MAX_WHY))

    def apply(ruling: Ruling) -> Ruling:
        if not end_early(session, sanctioned, now):
            raise TooLate(_("It has already ended, or somebody has lifted it."))
        details = {"sanction": sanctioned.public_id}
        return replace(ruling, facts=str(KINDS[sanctioned.kind]), details=details)

    ruling = Ruling("lift", why=why)
    return carry_out(session, actor, ruling, Steps(hold, check, apply), now=now)


def _case_of(membership: Membership) -> Case:
    person = membership.person
    return Case(*subject_of(person).key, membership.series, addressed_to_id=person.id)


def _require_power(actor: Viewer, membership: Membership | None, about: Subject | None) -> None:
    if membership is None or not may_ask(actor, membership, about):
        raise Forbidden(May.SANCTION)


def end_early(session: Session, sanctioned: Sanction, now: datetime) -> bool:
    """End a sanction now; False where it holds no more. Asks no right.

    For lift(), and for an appeal whose reviewer was asked theirs: that writes its own decision.
    """
    lock_series(session, sanctioned.series)
    session.refresh(sanctioned)
    if sanctioned.lifted_at is not None or sanctioned.ends_at <= now:
        return False
    sanctioned.lifted_at = now
    session.flush()
    if sanctioned.kind == "removal":
        _take_back_after(session, sanctioned, now)
    return True


def end_removals(session: Session, now: datetime) -> int:
    """Let those back in whose removal has ended; returns how many. For the clock."""
    over = session.scalars(
        select(Sanction)
        .join(
            Membership,
            (Membership.series_id == Sanction.series_id)
            & (Membership.person_id == Sanction.person_id),
        )
        .where(Sanction.kind == "removal")
        .where(Sanction.ends_at <= now)
        .where(Membership.removed_how == "removed")
        .order_by(Sanction.id)
    ).all()
    return sum(_take_back_after(session, each, now) for each in over)


def _take_back_after(session: Session, removal: Sanction, now: datetime) -> bool:
    """Undo what a removal did, unless another one holds or a convener was quicker."""
    lock_series(session, removal.series)
    membership = membership_of(session, removal)
    if membership is None or _is_any(session, removal, is_in_force(now)):
        return False
    session.refresh(membership)
    if not membership.was_removed:
        return False
    was_taken_out = _is_any(session, removal, Sanction.starts_at == membership.removed_at)
    has_left = membership.person.left_at is not None
    take_back(session, membership, had_left=has_left or not was_taken_out)
    append_event(
        session,
        series_id=removal.series_id,
        actor_id=None,
        verb="return_member",
        subject=("person", membership.person.public_id),
        now=now,
        details={"sanction": removal.public_id},
    )
    return True


def _is_any(session: Session, removal: Sanction, which: ColumnElement[bool]) -> bool:
    """Whether any removal of the same person from the same series is such."""
    found = session.scalar(
        select(Sanction.id)
        .where(Sanction.series_id == removal.series_id)
        .where(Sanction.person_id == removal.person_id)
        .where(Sanction.kind == "removal")
        .where(which)
        .limit(1)
    )
    return found is not None


def facts_of(draft: SanctionDraft, about: Subject | None, ends_at: datetime) -> str:
    """What the person is told of it: what holds until when, about what, and what was seen."""
    said = [holds_in_words(draft.kind, ends_at, is_by_name=is_by_name(about))]
    if about is not None:
        said.append(str(about.words.about) % {"title": title_of(about)})
    return "\n\n".join(each for each in (" ".join(said), draft.facts.strip()) if each)


def _refuse_incomplete(draft: SanctionDraft, about: Subject | None, reason: Reason | None) -> None:
    problems = []
    if draft.kind not in kinds_for(about):
        problems.append(_("Choose what you ask of them."))
    if not 1 <= draft.days <= MAX_DAYS:
        problems.append(_("Choose a number of days from 1 to %(most)s.", most=MAX_DAYS))
    if reason is None:
        problems.append(_("Choose a reason from the series’ list."))
    if not draft.facts.strip() or text.count(draft.facts) > MAX_TYPED_FACTS:
        problems.append(
            _("Say what you rely on, in at most %(most)s characters.", most=MAX_TYPED_FACTS)
        )
    if text.count(draft.why) > MAX_WHY:
        problems.append(_("Your note is too long."))
    if problems:
        raise Refused(*problems)


def _refuse_twice(
    session: Session,
    membership: Membership,
    draft: SanctionDraft,
    about: Subject | None,
    now: datetime,
) -> None:
    """Two moderators on one piece of writing ask once.

    What was asked elsewhere is not weighed: to refuse for it would tell that two things have one
    author.
    """
    query = (
        select(Sanction.ends_at)
        .where(Sanction.series_id == membership.series_id)
        .where(Sanction.person_id == membership.person_id)
        .where(Sanction.kind == draft.kind)
        .where(Sanction.about_kind == (about.plural if about is not None else ""))
        .where(Sanction.about_id == (about.id if about is not None else ""))
        .where(is_in_force(now))
        .limit(1)
    )
    ends_at = session.scalar(query)
    if ends_at is not None:
        raise Refused(
            _("This was asked of them already, until %(until)s.", until=in_words(ends_at, MOMENT))
        )
