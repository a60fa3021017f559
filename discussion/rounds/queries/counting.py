"""What may be counted of private answers: how many people, coarse needs, and what is frozen.

Only admitted members count. Their keys are made anew each time, and nothing here tells one from
another: what leaves these functions is numbers about five people or more, or about nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.accounts.words import FAMILY_OF_ROLE
from discussion.analysis.answers import Answer
from discussion.analysis.spread import Spread, median_and_spread, stable
from discussion.analysis.statement_priority import FEW_RESPONSES, find_gap
from discussion.rounds.keys import rater_key
from discussion.rounds.models import Rating, Round, RoundPost
from discussion.rounds.words import NOT_NUMBERS
from discussion.rounds.words_rounds import STEP
from discussion.series.models import Membership
from discussion.series.words import MIN_GROUP

Counted = dict[str, Any]
_LEAST_FAMILY = STEP  # members; a smaller family can never be heard, and would be missed for ever


@dataclass(frozen=True)
class Post:
    """An admitted member, and what they posted as when the round opened, or at admission."""

    person_id: int
    public_id: str
    role: str
    phase: str


def list_posts(session: Session, round: Round) -> Iterator[Post]:
    """Every admitted member; whom a round from before has no row of counts as they are now."""
    rows = session.execute(
        select(
            Person.id,
            Person.public_id,
            func.coalesce(RoundPost.posting_role, Membership.posting_role),
            func.coalesce(RoundPost.posting_phase, Membership.posting_phase),
        )
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(RoundPost, (RoundPost.person_id == Person.id) & (RoundPost.round_id == round.id))
        .where(Membership.series_id == round.thread.series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
    )
    for row in rows:
        yield Post(*row)


def count_late(session: Session, round: Round) -> int:
    """How many members were admitted while it was open."""
    late = select(func.count(RoundPost.id)).where(RoundPost.round_id == round.id)
    return session.scalar(late.where(RoundPost.is_late.is_(True))) or 0


def list_admitted_keys(session: Session, round: Round, secret: str) -> dict[str, str]:
    """The rater key of every admitted member → their role family, empty where they gave none."""
    return {
        rater_key(secret, round.public_id, each.public_id): FAMILY_OF_ROLE.get(each.role, "")
        for each in list_posts(session, round)
    }


def count_raters(session: Session, round: Round, secret: str) -> int:
    """How many admitted members have answered at least once; once it is closed, what it was.

    Of a round from elsewhere it is everybody who answered there.
    """
    if round.imported_from:
        people = func.count(func.distinct(Rating.rater_key))
        return session.scalar(select(people).where(Rating.round_id == round.id)) or 0
    if round.state == "closed" and "raters" in round.counted:
        return int(round.counted["raters"])
    keys = set(session.scalars(_keys(round)))
    return len(keys & list_admitted_keys(session, round, secret).keys()) if keys else 0


def count_shown(session: Session, round: Round, secret: str) -> int | None:
    """How many have answered, as pages tell it: a number only from five people on."""
    raters = count_raters(session, round, secret)
    return raters if raters >= MIN_GROUP else None


def count_needs(session: Session, round: Round, secret: str) -> Counted:
    """While it is open: how often each statement was answered, and in which families too seldom.

    Whether somebody answered counts, and never what. Everything is floored to steps of five.
    """
    families = list_admitted_keys(session, round, secret)
    sizes = Counter(family for family in families.values() if family)
    heard = sorted(family for family, size in sizes.items() if size >= _LEAST_FAMILY)
    answers: Counter[str] = Counter()
    by_family: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = session.execute(
        select(Rating.version_id, Rating.rater_key).where(Rating.round_id == round.id)
    )
    for version_id, key in rows:
        if key in families:
            answers[str(version_id)] += 1
            by_family[str(version_id)][families[key]] += 1
    return {
        "needs": {
            str(row.version_id): {
                "answers": _floor(answers[str(row.version_id)]),
                "gap": find_gap(_floor(by_family[str(row.version_id)][family]) for family in heard),
            }
            for row in round.statements
        }
    }


def count_at_close(session: Session, round: Round, secret: str) -> Counted:
    """Frozen as it closes: how many answered, and the spreads by which its rule stops or goes on.

    Nobody is shown these spreads: what is told of a closed round comes from its findings.
    """
    admitted = list_admitted_keys(session, round, secret)
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    raters = set()
    rows = session.execute(
        select(Rating.version_id, Rating.rater_key, Rating.value)
        .where(Rating.round_id == round.id)
    )  # fmt: skip
    for version_id, key, value in rows:
        if key in admitted:
            raters.add(key)
            answers[version_id].append(answer_of(value))
    spreads = {
        str(version_id): median_and_spread(given, round.points)
        for version_id, given in sorted(answers.items())
    }
    return {
        "raters": len(raters),
        "spreads": {
            version_id: _plain(spread)
            for version_id, spread in spreads.items()
            if spread.raters >= round.min_group
        },
    }


def needs_another(round: Round, counted: Counted, held: int, before: Round | None,
                  same: Mapping[str, str]) -> bool:  # fmt: skip
    """Whether the rule that was fixed beforehand asks for another round after this one.

    `held` is which round of its cycle this is, `before` the one before in the cycle, and `same`
    leads from a statement of this one to what it was there.
    """
    if held >= int(round.stop_rule.get("rounds", 1)):
        return False
    if round.stop_rule.get("kind") != "stable":
        return True
    if before is None:
        return True
    now, then = _read_spreads(counted), _read_spreads(before.counted)
    return not stable({key: then[old] for key, old in same.items() if old in then}, now)


def _read_spreads(counted: Mapping[str, Any]) -> dict[str, Spread]:
    """What was frozen, by statement version, as the arithmetic takes it."""
    return {
        version_id: Spread(
            Fraction(kept["median"]), Fraction(kept["lower"]), Fraction(kept["upper"]),
            kept["raters"], 0, 0,
        )
        for version_id, kept in counted.get("spreads", {}).items()
    }  # fmt: skip


def answer_of(value: str) -> Answer:
    """What a rating's value is to the arithmetic."""
    return value if value in NOT_NUMBERS else int(value)  # type: ignore[return-value]


def _keys(round: Round) -> Any:
    return select(Rating.rater_key).where(Rating.round_id == round.id).distinct()


def _floor(number: int) -> int:
    return number // STEP * STEP


def _plain(spread: Spread) -> dict[str, Any]:
    return {
        "median": str(spread.median),
        "lower": str(spread.lower),
        "upper": str(spread.upper),
        "raters": spread.raters,
    }


assert STEP >= FEW_RESPONSES  # a family is heard from one step on
