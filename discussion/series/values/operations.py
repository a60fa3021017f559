"""Changing a value set: values added, reworded, ordered, retired, merged; proposals answered."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused, TooLate
from discussion.series.series.drafts import ValueDraft
from discussion.series.series.models import Series
from discussion.series.series.operations.record import lock_series, promise_mail, record
from discussion.series.values.models import Value, ValueProposal, ValueWording
from discussion.series.values.words import MAX_VALUES, MIN_VALUES
from discussion.vocabulary import of_series

MERGED = "values.tell_merged"


def add_value(
    session: Session, actor: Viewer, series: Series, draft: ValueDraft, *, now: datetime
) -> Value:
    """Add a value to the set, which then has a new version; at most twenty-four are live."""
    require(actor, May.CONVENE, series)
    return _add(session, actor, series, draft, now=now)


def reword_value(
    session: Session, actor: Viewer, value: Value, draft: ValueDraft, *, now: datetime
) -> None:
    """Change a value's words; the earlier ones are kept with the moment until which they stood."""
    series = _series(session, value)
    require(actor, May.CONVENE, series)
    _refuse_bad(series, draft)
    if (value.label, value.definition) != (draft.label, draft.definition):
        session.add(
            ValueWording(value=value, label=value.label, definition=value.definition, until=now)
        )
    value.label, value.definition = draft.label, draft.definition
    value.family, value.source = draft.family, draft.source
    _changed(session, actor, series, "reword_value", value, now=now)


def retire_value(session: Session, actor: Viewer, value: Value, *, now: datetime) -> None:
    """Retire a value: positions keep it, new ones cannot choose it; at least four stay."""
    series = _series(session, value)
    require(actor, May.CONVENE, series)
    lock_series(session, series)
    session.refresh(value)
    if value.retired_at is not None:
        return
    _refuse_too_few(session, series)
    value.retired_at = now
    _changed(session, actor, series, "retire_value", value, now=now)


def restore_value(session: Session, actor: Viewer, value: Value, *, now: datetime) -> None:
    """Bring a retired or merged value back as itself."""
    series = _series(session, value)
    require(actor, May.CONVENE, series)
    lock_series(session, series)
    session.refresh(value)
    if value.retired_at is None:
        return
    _refuse_too_many(session, series)
    value.retired_at, value.replaced_by_id = None, None
    _changed(session, actor, series, "restore_value", value, now=now)


def merge_value(
    session: Session, actor: Viewer, value: Value, into: Value, *, now: datetime
) -> None:
    """Merge a value into a live one of the same set: its address and its tags lead there.

    The tags keep pointing at the row that was chosen, so a merge can be undone; what they mean
    together is said in one place, positions.queries.meant. Authors are told by letter.
    """
    series = _series(session, value)
    require(actor, May.CONVENE, series)
    lock_series(session, series)
    session.refresh(value)
    session.refresh(into)
    if into.series_id != value.series_id or into.retired_at is not None:
        raise Refused(_("Merge into a value that this series still uses."))
    if into.id == value.id or value.id in _chain(session, into):
        raise Refused(_("A value cannot be merged into itself, nor back into what it replaced."))
    if value.retired_at is None:
        _refuse_too_few(session, series)
    value.retired_at, value.replaced_by_id = value.retired_at or now, into.id
    _changed(session, actor, series, "merge_value", value, now=now, into=into.slug)
    enqueue(
        session,
        MERGED,
        {"value": value.id, "into": into.id, "version": series.value_set_version},
        now=now,
    )


def move_value(
    session: Session, actor: Viewer, value: Value, direction: str, *, now: datetime
) -> None:
    """Move a value one place up or down within its family."""
    series = _series(session, value)
    require(actor, May.CONVENE, series)
    rows = list(
        session.scalars(
            select(Value)
            .where(Value.series_id == series.id)
            .where(Value.family == value.family)
            .where(Value.retired_at.is_(None))
            .order_by(Value.order, Value.id)
        )
    )
    at = rows.index(value)
    to = at + {"up": -1, "down": 1}.get(direction, 0)
    if not 0 <= to < len(rows) or to == at:
        return
    orders = [one.order for one in rows]
    if len(set(orders)) < len(orders):
        orders = list(range(1, len(rows) + 1))
    rows.insert(to, rows.pop(at))
    for order, one in zip(orders, rows, strict=True):
        one.order = order
    session.flush()
    record(session, actor, series, "move_value", subject=("value", str(value.id)), now=now)


def accept_proposal(
    session: Session,
    actor: Viewer,
    proposal: ValueProposal,
    answer: Value | ValueDraft,
    *,
    now: datetime,
) -> Value:
    """Accept a proposed value as a new one, or as one the set has; the proposer is told."""
    series = _series(session, proposal)
    require(actor, May.MODERATE, series)
    counts_as: list[Value] = []

    def apply(ruling: Ruling) -> Ruling:
        counts_as.append(_find_answer(session, actor, series, answer, now))
        proposal.state, proposal.value_id = "accepted", counts_as[0].id
        return ruling

    _answer(session, actor, proposal, Ruling("approve"), apply, now=now)
    return counts_as[0]


def _find_answer(
    session: Session, actor: Viewer, series: Series, answer: Value | ValueDraft, now: datetime
) -> Value:
    if isinstance(answer, ValueDraft):
        return _add(session, actor, series, answer, now=now)
    if answer.series_id != series.id or answer.retired_at is not None:
        raise Refused(_("Choose a value that this series uses."))
    return answer


def decline_proposal(
    session: Session, actor: Viewer, proposal: ValueProposal, *, why: str, now: datetime
) -> None:
    """Decline a proposed value with a reason; its tags go on counting as "other"."""
    require(actor, May.MODERATE, _series(session, proposal))

    def apply(ruling: Ruling) -> Ruling:
        if not why.strip():
            raise Refused(_("Say why: the person who proposed it is told."))
        proposal.state = "declined"
        return ruling

    _answer(session, actor, proposal, Ruling("decline", why=why), apply, now=now)


def _add(
    session: Session, actor: Viewer, series: Series, draft: ValueDraft, *, now: datetime
) -> Value:
    _refuse_bad(series, draft)
    lock_series(session, series)
    _refuse_too_many(session, series)
    slug = draft.slug or text.slugify(draft.label)[:60].replace("-", "_")
    taken = select(Value.id).where(Value.series_id == series.id).where(Value.slug == slug)
    if not slug or session.scalar(taken):
        raise Refused(_("This series has, or had, a value with that address. Choose another."))
    last = session.scalar(select(func.max(Value.order)).where(Value.series_id == series.id))
    value = Value(
        series_id=series.id,
        slug=slug,
        family=draft.family,
        label=draft.label,
        definition=draft.definition,
        source=draft.source,
        order=(last or 0) + 1,
    )
    session.add(value)
    session.flush()
    _changed(session, actor, series, "add_value", value, now=now)
    return value


def _changed(
    session: Session,
    actor: Viewer,
    series: Series,
    verb: str,
    value: Value,
    *,
    now: datetime,
    **details: str,
) -> None:
    series.value_set_version += 1
    session.flush()
    record(
        session,
        actor,
        series,
        verb,
        subject=("value", str(value.id)),
        now=now,
        slug=value.slug,
        version=series.value_set_version,
        **details,
    )


def _answer(
    session: Session,
    actor: Viewer,
    proposal: ValueProposal,
    ruling: Ruling,
    apply: Callable[[Ruling], Ruling],
    *,
    now: datetime,
) -> None:
    """Of two moderators who answer at once the second is told; PostgreSQL locks the row."""

    def hold() -> Case:
        session.refresh(proposal, with_for_update=True)
        if proposal.state != "waiting":
            raise TooLate(_("Somebody has answered this proposal already."))
        if proposal.proposed_by_id == actor.person_id:
            raise Refused(_("You proposed this value, so somebody else answers."))
        return Case(
            "value",
            proposal.public_id,
            _series(session, proposal),
            addressed_to_id=proposal.proposed_by_id,
            waits_as=(("values", proposal.public_id),),
        )

    try:
        steps = Steps(hold, apply=apply, follow=partial(_tell, session, proposal))
        carry_out(session, actor, ruling, steps, now=now)
    except Taken as taken:
        raise Refused(str(taken)) from taken


def _tell(session: Session, proposal: ValueProposal, decision: Decision) -> None:
    if proposal.proposed_by_id is None:
        return
    promise_mail(
        session,
        "series/proposal_answered",
        session.get_one(Person, proposal.proposed_by_id),
        now=decision.at,
        proposal=proposal.id,
        decision=decision.id,
    )


def _chain(session: Session, value: Value) -> set[int]:
    """The ids that a value's redirects pass through; ends even in a circle made by hand."""
    seen: set[int] = set()
    while value.replaced_by_id and value.replaced_by_id not in seen:
        seen.add(value.replaced_by_id)
        value = session.get_one(Value, value.replaced_by_id)
    return seen


def _live_count(session: Session, series: Series) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Value)
            .where(Value.series_id == series.id)
            .where(Value.retired_at.is_(None))
        )
        or 0
    )


def _refuse_too_few(session: Session, series: Series) -> None:
    if _live_count(session, series) <= MIN_VALUES:
        raise Refused(_("A series keeps at least %(least)s values.", least=MIN_VALUES))


def _refuse_too_many(session: Session, series: Series) -> None:
    if _live_count(session, series) >= MAX_VALUES:
        raise Refused(
            _("A series has at most %(most)s values. Retire or merge one first.", most=MAX_VALUES)
        )


def _refuse_bad(series: Series, draft: ValueDraft) -> None:
    problems = []
    if draft.family not in of_series(series.slug).value_families:
        problems.append(_("Choose one of the four families."))
    if not draft.label.strip():
        problems.append(_("Name the value."))
    if not draft.definition.strip():
        problems.append(_("Define the value in one line, so that people use it in the same way."))
    if problems:
        raise Refused(*problems)


def _series(session: Session, row: Value | ValueProposal) -> Series:
    return session.get_one(Series, row.series_id)
