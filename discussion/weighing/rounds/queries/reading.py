"""The page of a round: everything that was fixed beforehand, and how many have answered."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer, is_among_its_raters, takes_ratings
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects import finding as subjects
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.rounds.queries.counting import count_shown
from discussion.weighing.rounds.queries.finding import list_rounds
from discussion.weighing.rounds.queries.shapes import Asked, RoundPage, Rule, about, round_line
from discussion.weighing.rounds.words import FEEDBACK, ORDER_RULES, WHO_MAY_RATE
from discussion.weighing.rounds.words_rounds import EARLIER_THRESHOLDS, SCALES, THRESHOLDS
from discussion.weighing.statements.words import KIND_SAYS

ENDS_A_SERIES = ("close_series", "archive_series", "end_series")


def round_page(
    session: Session, viewer: Viewer | None, round: Round, secret: str, now: datetime
) -> RoundPage:
    """The round as everybody who reads its thread sees it."""
    thread = round.thread
    can_rate = allowed(viewer, May.RATE, round) and now < round.closes_at
    can_run = allowed(viewer, May.RUN_ROUND, round)
    return RoundPage(
        about=about(round),
        cycle=round.cycle,
        opened_at=round.opened_at,
        closed_at=round.closed_at,
        closed_why=_closed_why(session, round),
        ended_early=ended_early(session, round),
        statements=tuple(asked(row) for row in round.statements if not row.is_out),
        rules=tuple(_rules(round)),
        attribution=round.attribution,
        answered="" if round.state == "planned" else answered(count_shown(session, round, secret)),
        rounds=tuple(round_line(thread, one) for one in list_rounds(session, viewer, thread)),
        invitation="" if can_rate else _invitation(viewer, round, now),
        can_rate=can_rate,
        join_url=paths.series(thread.series.slug),
        can_run=can_run,
        plan_url=paths.plan_round(thread.slug) if can_run else "",
        close_url=f"{paths.round(thread.slug, round.number)}/close"
        if can_run and round.state == "open"
        else "",
        lines_url=paths.lines_of_round(thread.slug, round.number)
        if not round.imported_from and allowed(viewer, May.READ_LINES, round)
        else "",
    )


def answered(raters: int | None) -> str:
    """How many have answered, as `count_shown` counts them."""
    if raters is None:
        return _("Fewer than five people have answered.")
    return _n("%(num)s person has answered.", "%(num)s people have answered.", raters)


def asked(row: RoundStatement) -> Asked:
    """A statement as raters read it."""
    kind = row.version.statement.kind
    says = str(KIND_SAYS[kind]) if kind in KIND_SAYS else ""
    return Asked(row.code, says, row.version.text, row.version.language)


def was_open_to(viewer: Viewer | None, round: Round, now: datetime) -> bool:
    """Whether somebody comes too late to a round that they could have answered.

    So they do where its thread is hidden: their own answers are shown to them all the same.
    """
    takes = takes_ratings(viewer, round) and round.closes_at > now
    is_over = round.state == "closed" or (round.state == "open" and not takes)
    return is_over and is_among_its_raters(viewer, round)


def ended_early(session: Session, round: Round) -> str:
    """That a round closed because its series did, before its last day; empty when it did not."""
    if round.closed_at is None or round.closed_at >= round.closes_at:
        return ""
    ended = (
        select(AuditEvent.id)
        .where(AuditEvent.series_id == round.thread.series_id)
        .where(AuditEvent.verb.in_(ENDS_A_SERIES))
        .where(AuditEvent.at == round.closed_at)
    )
    if session.scalar(ended.limit(1)) is None:
        return ""
    return _(
        "This round closed with its series on %(day)s, before its last day,"
        " %(last)s. The findings use the answers given by then.",
        day=in_words(round.closed_at),
        last=in_words(round.closes_at),
    )


def _invitation(viewer: Viewer | None, round: Round, now: datetime) -> str:
    if round.state != "open" or round.closes_at <= now:
        return ""
    if viewer is None:
        return _("Sign in to rate")
    if not viewer.is_confirmed:
        return _("Confirm your e-mail address to rate")
    return _("Join the series to rate")


def _closed_why(session: Session, round: Round) -> str:
    """The reason of the moderator who closed it before its day."""
    if round.closed_at is None:
        return ""
    why = session.scalar(
        select(Decision.why)
        .where(subjects.about(Decision, subjects.subject_of(round.thread)))
        .where(Decision.action.in_(("close_round", "move_on", "reopen")))
        .where(Decision.at == round.closed_at)
        .order_by(Decision.id)
        .limit(1)
    )
    return why or ""


def _of_the_rule_before(round: Round) -> dict[str, str]:
    """What rounds were held by before there were bounds."""
    return {} if "bound" in round.thresholds else EARLIER_THRESHOLDS


def _rules(round: Round) -> Iterator[Rule]:
    points = SCALES[round.points]
    yield Rule(
        _("Scale"),
        _(
            "%(points)s points: %(labels)s. Also: “I don’t know” and “Not for me to say”.",
            points=round.points,
            labels=" – ".join(str(label) for label in points),
        ),
    )
    yield Rule(_("Order"), str(ORDER_RULES.get(round.order_rule, "")))
    for name, label in (THRESHOLDS | _of_the_rule_before(round)).items():
        if name in round.thresholds:
            yield Rule(str(label), f"{round.thresholds[name]:g}")
    yield Rule(
        _("Nothing is said about"),
        _("a group with fewer than %(num)s people who rated", num=round.min_group),
    )
    yield Rule(_("Who may rate"), str(WHO_MAY_RATE.get(round.who_may_rate, "")))
    yield Rule(_("It stops"), stop_in_words(round))
    yield Rule(_("What raters see of the round before"), str(FEEDBACK.get(round.feedback, "")))
    yield Rule(
        _("Closing early"),
        _("Moderators may close it before its day only with a reason that everybody can read"),
    )


def stop_in_words(round: Round) -> str:
    """When its rule stops, within a sentence."""
    most = round.stops.most
    if round.stops.is_by_stability:
        return _(
            "when answers to four in five statements have stopped changing, or after"
            " %(most)s rounds",
            most=most,
        )
    return _n("after one round", "after %(num)s rounds", most)
