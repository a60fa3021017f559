"""What the page shows on which moderators plan a round, and what bounds their choices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.analysis.habit import FEWEST as FEWEST_FOR_HABITS
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import DATED, TRACK
from discussion.language import _, _n
from discussion.permissions.facts import Viewer
from discussion.records import read
from discussion.series.series.words import thresholds_of
from discussion.weighing.rounds.drafts_planning import RoundBounds, RoundDraft
from discussion.weighing.rounds.fixed import Limits
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.finding import (
    find_open,
    find_planned,
    is_missed,
    list_held,
    list_latest,
)
from discussion.weighing.rounds.queries.heard import Heard, who_is_heard
from discussion.weighing.rounds.queries.reading import stop_in_words
from discussion.weighing.rounds.queries.shapes import RoundLine, round_line
from discussion.weighing.rounds.words_rounds import (
    FEWEST_OF_KIND,
    MOST_ROUNDS,
    OFFERED_DAYS,
    WAYS,
)
from discussion.weighing.statements.models import StatementVersion
from discussion.weighing.statements.queries.finding import list_statements
from discussion.weighing.statements.queries.progress import one_sided
from discussion.weighing.statements.queries.shapes import OneSided
from discussion.weighing.statements.words import (
    KIND_SAYS,
    KINDS,
    KINDS_OF_MANY,
    MOST_CARRIED,
)


@dataclass(frozen=True)
class Choosable:
    """A statement that can be rated, in its latest wording."""

    id: str
    kind: str
    kind_label: str
    says: str  # what the kind is about
    text: str
    fair: int  # authors who find it fair
    mend: int  # who would mend it
    unanswered: int
    is_chosen: bool
    place: int  # in the moderators' order, from 1


@dataclass(frozen=True)
class PlanPage:
    """Where moderators plan a round."""

    slug: str
    question: str
    series_slug: str
    series_title: str
    thread_url: str
    curate_url: str
    url: str
    statements_url: str  # where statements are drafted
    stage: str
    can_plan: bool
    can_open: bool
    is_of_earlier_cycle: bool  # planned before the thread was reopened
    planned: RoundLine | None
    open: RoundLine | None
    choosable: tuple[Choosable, ...]
    warnings: tuple[str, ...]  # of what was chosen; none of them blocks
    one_sided: tuple[OneSided, ...]  # in what those chosen all speak for one side
    is_bound: bool  # by the first round of the cycle: its scale and when to stop
    ways: Mapping[str, tuple[str, str]]  # what each asks of raters, and how sure it makes us
    stops: str  # what the first round of the cycle fixed, in words; else empty
    min_group: int  # the series'
    opens_on: date | None  # when the plan says so
    missed: date | None  # its last day, where its days passed before it could open
    moves_along: bool  # saving new days moves those of the thread's that have passed
    too_soon: date | None  # the thread moves on, and no day is left before for another round
    heard: Heard


def plan_page(session: Session, viewer: Viewer, thread: Thread, now: datetime) -> PlanPage:
    """The statements that can be rated, and the round that is planned, if any."""
    planned, running = find_planned(session, thread), find_open(session, thread)
    latest = list_latest(session, thread)
    held = list_held(session, thread, thread.cycle)
    choosable = _choosable(latest, planned)
    return PlanPage(
        slug=thread.slug,
        question=thread.question,
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        thread_url=paths.thread(thread.slug),
        curate_url=paths.curate_thread(thread.slug),
        url=paths.plan_round(thread.slug),
        statements_url=paths.draft_statements(thread.slug),
        stage=thread.stage,
        can_plan=thread.stage in ("open", "weighing"),
        can_open=planned is not None and running is None and planned.cycle == thread.cycle,
        is_of_earlier_cycle=planned is not None and planned.cycle != thread.cycle,
        planned=round_line(thread, planned) if planned else None,
        open=round_line(thread, running) if running else None,
        choosable=choosable,
        warnings=_warnings([one for one in choosable if one.is_chosen]) if planned else (),
        one_sided=_one_sided(session, thread, choosable) if planned else (),
        is_bound=bool(held),
        ways={}
        if held
        else {name: (str(way.for_raters), str(way.how_sure)) for name, way in WAYS.items()},
        stops=stop_in_words(held[0]) if held else "",
        min_group=thread.series.min_group,
        opens_on=clock.day(planned.opens_at) if planned else None,
        missed=clock.day(planned.closes_at) if planned and is_missed(planned, now) else None,
        moves_along=bool(days_passed(thread, clock.day(now))),
        too_soon=_too_soon(thread, running, now) if not planned else None,
        heard=who_is_heard(session, viewer, thread),
    )


def bounds_of(session: Session, thread: Thread, now: datetime) -> RoundBounds:
    """What a plan is held to: the series' least group, the thread's dates, and earlier rounds."""
    held = list_held(session, thread, thread.cycle)
    return RoundBounds(
        statements={row.statement.public_id for row in list_latest(session, thread)},
        min_group=thread.series.min_group,
        today=clock.day(now),
        weighing_on=thread.weighing_on if thread.stage == "open" else None,
        making_sense_on=_still_ahead(thread.making_sense_on, now),
        points=held[0].points if held else None,
        stops=held[0].stops if held else None,
    )


def begin_draft(session: Session, thread: Thread, now: datetime) -> RoundDraft:
    """What the form says before anybody typed: the plan as it stands, or a fresh one."""
    planned = find_planned(session, thread)
    held = list_held(session, thread, thread.cycle)
    if planned is not None and is_missed(planned, now):
        first = _first_day(thread, find_open(session, thread), now)
        lasted = clock.day(planned.closes_at) - clock.day(planned.opens_at)
        return _draft_of(planned, first, first + lasted)
    if planned is not None:
        return _draft_of(planned, clock.day(planned.opens_at), clock.day(planned.closes_at))
    opens_on, closes_on = _days(thread, find_open(session, thread), now)
    if held:
        return _draft_of(held[-1], opens_on, closes_on)
    limits = read(Limits, thresholds_of(thread.series.thresholds or {})).whole()
    return RoundDraft(
        statements=tuple(row.statement.public_id for row in list_latest(session, thread)),
        gap=limits.gap,
        bound=limits.bound,
        alpha=limits.alpha,
        consensus=limits.consensus,
        same_side=limits.same_side,
        viewpoint=limits.viewpoint,
        min_group=thread.series.min_group,
        opens_on=opens_on,
        closes_on=closes_on,
    )


def _days(
    thread: Thread, running: Round | None, now: datetime
) -> tuple[date, date] | tuple[None, None]:
    """From the first day that is left, for a fortnight or until the thread moves on."""
    opens_on = _first_day(thread, running, now)
    if _too_soon(thread, running, now):
        return None, None
    moves_on = _still_ahead(thread.making_sense_on, now)
    return opens_on, moves_on or opens_on + timedelta(days=OFFERED_DAYS)


def _too_soon(thread: Thread, running: Round | None, now: datetime) -> date | None:
    moves_on = _still_ahead(thread.making_sense_on, now)
    return moves_on if moves_on and moves_on <= _first_day(thread, running, now) else None


def _still_ahead(day: date | None, now: datetime) -> date | None:
    """A day that has passed binds nothing: the thread waits, and moves along with its round."""
    return day if day is not None and day > clock.day(now) else None


def days_passed(thread: Thread, today: date) -> list[str]:
    """The names of the thread's dates ahead that have passed: it waits since then."""
    stages = TRACK[TRACK.index(thread.stage) + 1 :] if thread.stage in TRACK else ()
    dated = ((DATED[stage], getattr(thread, DATED[stage])) for stage in stages)
    return [name for name, day in dated if day is not None and day <= today]


def _first_day(thread: Thread, running: Round | None, now: datetime) -> date:
    """Tomorrow, or when the thread is weighed, or when the open round is over."""
    days = [clock.day(now)]
    if thread.stage == "open" and thread.weighing_on:
        days.append(thread.weighing_on - timedelta(days=1))
    if running is not None:
        days.append(clock.day(running.closes_at))
    return max(days) + timedelta(days=1)


def _draft_of(round: Round, opens_on: date | None, closes_on: date | None) -> RoundDraft:
    limits, stops = round.limits.whole(), round.stops
    return RoundDraft(
        statements=tuple(row.version.statement.public_id for row in round.statements),
        points=round.points,
        order_rule=round.order_rule,
        gap=limits.gap,
        bound=limits.bound,
        alpha=limits.alpha,
        consensus=limits.consensus,
        same_side=limits.same_side,
        viewpoint=limits.viewpoint,
        min_group=round.min_group,
        stop=stops.kind or "rounds",
        rounds=stops.rounds or MOST_ROUNDS,
        who_may_rate=round.who_may_rate,
        feedback=round.feedback,
        opens_on=opens_on,
        closes_on=closes_on,
    )


def _one_sided(
    session: Session, thread: Thread, choosable: Sequence[Choosable]
) -> tuple[OneSided, ...]:
    chosen = {one.id for one in choosable if one.is_chosen}
    rows = [row for row in list_statements(session, thread) if row.public_id in chosen]
    return one_sided(rows, thread.scales)


def _choosable(latest: Sequence[StatementVersion], planned: Round | None) -> tuple[Choosable, ...]:
    chosen = {row.version.statement_id: row.order for row in planned.statements} if planned else {}
    ordered = sorted(latest, key=lambda row: chosen.get(row.statement_id, len(chosen)))
    return tuple(
        _line(version, place, planned is None or version.statement_id in chosen)
        for place, version in enumerate(ordered, start=1)
    )


def _line(version: StatementVersion, place: int, is_chosen: bool) -> Choosable:
    answers = Counter(row.answer for row in version.confirmations)
    kind = version.statement.kind
    return Choosable(
        id=version.statement.public_id,
        kind=kind,
        kind_label=str(KINDS[kind]),
        says=str(KIND_SAYS[kind]),
        text=version.text,
        fair=answers["fair"],
        mend=answers["mend"],
        unanswered=answers["unanswered"],
        is_chosen=is_chosen,
        place=place,
    )


def _warnings(chosen: Sequence[Choosable]) -> tuple[str, ...]:
    """What moderators should know before it opens; they decide."""
    said = []
    kinds = Counter(one.kind for one in chosen)
    for kind, fewest in FEWEST_OF_KIND.items():
        if kinds[kind] < fewest:
            said.append(
                _n(
                    "%(kind)s: fewer than %(num)s statement is chosen, so we cannot say"
                    " whether people differ over them.",
                    "%(kind)s: fewer than %(num)s statements are chosen, so we cannot"
                    " say whether people differ over them.",
                    fewest,
                    kind=str(KINDS_OF_MANY[kind]),
                )
            )
    if waiting := sum(bool(one.unanswered) for one in chosen):
        said.append(
            _n(
                "The authors of one statement have not all said whether it is fair.",
                "The authors of %(num)s statements have not all said whether they are fair.",
                waiting,
            )
        )
    if disputed := sum(bool(one.mend) for one in chosen):
        said.append(
            _n(
                "An author would change one of the statements.",
                "Authors would change %(num)s of the statements.",
                disputed,
            )
        )
    if len(chosen) > MOST_CARRIED:
        said.append(
            _("More than twelve statements are chosen. People tire, and answer with less care.")
        )
    elif len(chosen) < FEWEST_FOR_HABITS:
        said.append(
            _(
                "Fewer than five statements are chosen, so a group’s habit of agreeing cannot be"
                " told from what it thinks."
            )
        )
    return tuple(said)
