"""What a round is to be, before it is a row, and everything that is wrong with it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from discussion.analysis.answers import BadRatings
from discussion.language import _, in_words
from discussion.problems import Problem, too_long
from discussion.records import read
from discussion.series.series.words import MIN_GROUP
from discussion.weighing.rounds import words
from discussion.weighing.rounds import words_rounds as more
from discussion.weighing.rounds.fixed import Limits, StopRule
from discussion.weighing.statements.words import MAX_WHY


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """What the plan's page asks for; a number that was no number is None."""

    statements: tuple[str, ...] = ()  # public ids, in the moderators' order
    points: int | None = words.DEFAULT_POINTS
    order_rule: str = "need"
    gap: float | None = 0.25
    bound: float | None = 0.25
    alpha: float | None = 0.05
    consensus: float | None = 0.75
    same_side: float | None = 0.75
    viewpoint: float | None = 0.9
    min_group: int | None = 5
    stop: str = "rounds"
    rounds: int | None = 1
    who_may_rate: str = "members"
    feedback: str = "spread"
    opens_on: date | None = None
    closes_on: date | None = None

    def limits(self) -> Limits:
        """As they are fixed with a round; only of a draft without problems."""
        return read(Limits, {name: float(getattr(self, name) or 0) for name in more.THRESHOLDS})

    def stops(self) -> StopRule:
        """The rule as it is fixed with a round."""
        if self.stop == "stable":
            return StopRule("stable", more.MOST_ROUNDS)
        return StopRule("rounds", self.rounds or 1)


def under(way: more.Way, draft: RoundDraft) -> RoundDraft:
    """The plan held in one of the ways, in which its numbers are what the way says."""
    return replace(
        draft,
        stop=way.stop,
        rounds=draft.rounds if way.rounds is None else way.rounds,
        feedback=way.feedback or draft.feedback,
    )


def way_of(draft: RoundDraft) -> str:
    """The way in which a plan is held, of words_rounds.WAYS; OWN_WAY where it is none of them."""
    return next(
        (name for name, way in more.WAYS.items() if under(way, draft) == draft), more.OWN_WAY
    )


@dataclass(frozen=True)
class RoundBounds:
    """What the series and the thread allow; the rules of a cycle's first round bind later ones."""

    statements: Collection[str]
    min_group: int
    today: date
    weighing_on: date | None = None  # while the thread has not moved there yet
    making_sense_on: date | None = None
    points: int | None = None
    stops: StopRule | None = None


def problems_in_round(draft: RoundDraft, bounds: RoundBounds) -> list[Problem]:
    """Everything that stands in the way, in the order of the page."""
    return [
        *_statements(draft, bounds),
        *_scale(draft, bounds),
        *_thresholds(draft, bounds),
        *_stop(draft, bounds),
        *_choices(draft),
        *_days(draft, bounds),
    ]


def problems_in_reason(why: str) -> list[Problem]:
    """Whoever closes a round before its day says why, to everybody."""
    if not why.strip():
        return [Problem("why", _("Say why. Everybody reads the reason on the round’s page."))]
    return list(too_long("why", why, MAX_WHY))


def _statements(draft: RoundDraft, bounds: RoundBounds) -> Iterator[Problem]:
    if not draft.statements:
        yield Problem("statements", _("Choose at least one statement."))
    elif len(draft.statements) > more.MOST_STATEMENTS:
        yield Problem(
            "statements", _("Choose at most %(most)s statements.", most=more.MOST_STATEMENTS)
        )
    elif set(draft.statements) - set(bounds.statements):
        yield Problem(
            "statements",
            _("One of these statements can no longer be rated. The list below is up to date."),
        )


def _scale(draft: RoundDraft, bounds: RoundBounds) -> Iterator[Problem]:
    fewest, most = words.FEWEST_POINTS, words.MOST_POINTS
    if draft.points is None or not fewest <= draft.points <= most:
        yield Problem(
            "points", _("Choose from %(fewest)s to %(most)s points.", fewest=fewest, most=most)
        )
    elif bounds.points is not None and draft.points != bounds.points:
        yield Problem(
            "points",
            _(
                "The first round of this cycle fixed %(points)s points, so that "
                "answers can be compared.",
                points=bounds.points,
            ),
        )
    if draft.order_rule not in words.ORDER_RULES:
        yield Problem("order_rule", _("Choose an order."))


def _thresholds(draft: RoundDraft, bounds: RoundBounds) -> Iterator[Problem]:
    wrong = False
    for name in more.THRESHOLDS:
        value = getattr(draft, name)
        if value is None or not 0 <= value <= 1:
            wrong = True
            yield Problem(name, _("Give a number from 0 to 1, such as 0.25."))
    least = max(bounds.min_group, 5)
    if draft.min_group is None or not least <= draft.min_group <= more.MOST_GROUP:
        yield Problem(
            "min_group",
            _(
                "Give a number from %(least)s, which is the series’, to %(most)s.",
                least=least,
                most=more.MOST_GROUP,
            ),
        )
    if wrong:
        return
    above_half = [name for name in more.ABOVE_HALF if not 0.5 < getattr(draft, name) <= 1]
    for name in above_half:
        yield Problem(name, _("This is more than half, and at most all: above 0.5."))
    if draft.bound > draft.gap:  # type: ignore[operator]  # neither is None
        yield Problem("bound", _("What is ruled out cannot be above the gap that is apart."))
    elif not above_half:
        try:
            draft.limits().thresholds(draft.min_group or MIN_GROUP)
        except BadRatings:
            yield Problem("gap", _("These numbers do not fit together."))


def _stop(draft: RoundDraft, bounds: RoundBounds) -> Iterator[Problem]:
    if draft.stop not in words.STOP_RULES:
        yield Problem("stop", _("Choose when to stop."))
    elif draft.stop == "rounds" and (
        draft.rounds is None or not 1 <= draft.rounds <= more.MOST_ROUNDS
    ):
        yield Problem("rounds", _("Give a number from 1 to %(most)s.", most=more.MOST_ROUNDS))
    elif bounds.stops is not None and draft.stops() != bounds.stops:
        yield Problem("stop", _("The first round of this cycle fixed when to stop."))


def _choices(draft: RoundDraft) -> Iterator[Problem]:
    if draft.who_may_rate not in words.WHO_MAY_RATE:
        yield Problem("who_may_rate", _("Choose who may rate."))
    if draft.feedback not in words.FEEDBACK:
        yield Problem("feedback", _("Choose what raters are shown of the round before."))


def _days(draft: RoundDraft, bounds: RoundBounds) -> Iterator[Problem]:
    opens, closes = draft.opens_on, draft.closes_on
    if opens is None:
        yield Problem("opens_on", _("Give the day on which it opens."))
    elif opens < bounds.today:
        yield Problem("opens_on", _("Choose today or a day in the future."))
    elif bounds.weighing_on is not None and opens < bounds.weighing_on:
        yield Problem(
            "opens_on",
            _(
                "The thread moves to weighing on %(day)s, and the round cannot open before.",
                day=in_words(bounds.weighing_on),
            ),
        )
    if closes is None:
        yield Problem("closes_on", _("Give the last day on which people can rate."))
    elif opens is not None and closes <= opens:
        yield Problem("closes_on", _("Choose a day after the one on which it opens."))
    elif opens is not None and closes > opens + timedelta(days=more.LONGEST_DAYS):
        yield Problem("closes_on", _("A round lasts at most a year."))
    elif bounds.making_sense_on is not None and closes > bounds.making_sense_on:
        yield Problem(
            "closes_on",
            _(
                "The thread moves to making sense on %(day)s. Choose an "
                "earlier day, or change that date first.",
                day=in_words(bounds.making_sense_on),
            ),
        )
