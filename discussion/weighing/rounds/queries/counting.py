"""What may be counted of private answers: how many people, coarse needs, and what is frozen.

Only admitted members count. Their keys are made anew each time, and nothing here tells one from
another: what leaves these functions is numbers about five people or more, or about nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from discussion.analysis.answers import Answer
from discussion.analysis.spread import Spread, median_and_spread, stable
from discussion.analysis.statement_priority import FEW_RESPONSES, find_gap
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.words import MIN_GROUP
from discussion.vocabulary import of_series
from discussion.weighing.rounds.fixed import Counts, Need
from discussion.weighing.rounds.keys import rater_keys
from discussion.weighing.rounds.models import Rating, Round, RoundPost
from discussion.weighing.rounds.words import NOT_NUMBERS
from discussion.weighing.rounds.words_rounds import STEP

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
    rows = session.connection().execute(
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
    for row in rows.all():
        yield Post(*row)


def count_late(session: Session, round: Round) -> int:
    """How many members were admitted while it was open."""
    late = select(func.count(RoundPost.id)).where(RoundPost.round_id == round.id)
    return session.scalar(late.where(RoundPost.is_late.is_(True))) or 0


def list_admitted_keys(session: Session, round: Round, secret: str) -> dict[str, str]:
    """The rater key of every admitted member → their role family, empty where they gave none."""
    known = of_series(round.thread.series.slug)
    key_of = rater_keys(secret, round.public_id)
    return {
        key_of(each.public_id): known.family_of(each.role) for each in list_posts(session, round)
    }


def count_raters(session: Session, round: Round, secret: str) -> int:
    """How many admitted members have answered at least once; once it is closed, what it was.

    Of a round from elsewhere it is everybody who answered there.
    """
    if round.imported_from:
        people = func.count(func.distinct(Rating.rater_key))
        return session.scalar(select(people).where(Rating.round_id == round.id)) or 0
    if round.state == "closed" and round.counts.raters is not None:
        return round.counts.raters
    keys = set(session.scalars(_keys(round)))
    return len(keys & list_admitted_keys(session, round, secret).keys()) if keys else 0


def count_shown(session: Session, round: Round, secret: str) -> int | None:
    """How many have answered, as pages tell it: a number only from five people on."""
    raters = count_raters(session, round, secret)
    return raters if raters >= MIN_GROUP else None


def count_needs(session: Session, round: Round, secret: str) -> Counts:
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
    return Counts(
        needs={
            str(row.version_id): Need(
                answers=_floor(answers[str(row.version_id)]),
                gap=find_gap(_floor(by_family[str(row.version_id)][family]) for family in heard),
            )
            for row in round.statements
        }
    )


def count_at_close(session: Session, round: Round, secret: str) -> Counts:
    """Frozen as it closes: how many admitted members answered."""
    admitted = list_admitted_keys(session, round, secret)
    return Counts(raters=len(set(session.scalars(_keys(round))) & admitted.keys()))


def needs_another(round: Round, held: int, *, has_settled: bool) -> bool:
    """Whether the rule that was fixed beforehand asks for another round after this one.

    `held` is which round of its cycle this is.
    """
    if held >= round.stops.most:
        return False
    return not round.stops.is_by_stability or not has_settled


def have_settled(
    session: Session, round: Round, before: Round, same: Mapping[int, int], secret: str
) -> bool:
    """Whether those who answered in both rounds have settled; nobody else plays a part.

    What the rule then asks for is seen by everybody, and would else tell of one newcomer. `same`
    leads from a wording of this round to the one that it was in the round before.
    """
    members = [each.public_id for each in list_posts(session, round)]
    now, then = _read_numbers(session, round), _read_numbers(session, before)
    keys = _keys_of(members, round, before, secret)
    spreads: dict[int, tuple[Spread, Spread]] = {}
    for version_id, old_id in same.items():
        pairs = [
            (now[version_id][key], then[old_id][old_key])
            for key, old_key in keys
            if key in now[version_id] and old_key in then[old_id]
        ]
        if len(pairs) >= round.min_group:
            one, other = (
                median_and_spread(side, round.points) for side in zip(*pairs, strict=True)
            )
            spreads[version_id] = one, other
    was = {str(id): other for id, (_one, other) in spreads.items()}
    return stable(was, {str(id): one for id, (one, _other) in spreads.items()}).is_stable


def _read_numbers(session: Session, round: Round) -> defaultdict[int, dict[str, Answer]]:
    """By wording and rater, who gave a number."""
    found: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
    rows = session.execute(
        select(Rating.version_id, Rating.rater_key, Rating.value).where(Rating.round_id == round.id)
    )
    for version_id, key, value in rows:
        if value not in NOT_NUMBERS:
            found[version_id][key] = answer_of(value)
    return found


def _keys_of(
    members: Iterable[str], round: Round, before: Round, secret: str
) -> list[tuple[str, str]]:
    now, then = (rater_keys(secret, each.public_id) for each in (round, before))
    return [(now(who), then(who)) for who in members]


def answer_of(value: str) -> Answer:
    """What a rating's value is to the arithmetic."""
    return value if value in NOT_NUMBERS else int(value)  # type: ignore[return-value]


def _keys(round: Round) -> Select[str]:
    return select(Rating.rater_key).where(Rating.round_id == round.id).distinct()


def _floor(number: int) -> int:
    return number // STEP * STEP


assert STEP >= FEW_RESPONSES  # a family is heard from one step on
