"""Reading, once, what a snapshot is made from.

People and their ratings meet here, in memory, and nowhere else: a member's key is made from the
site's secret, joined to what the member declared, and then only sets and sums of keys go on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import get_args

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock
from discussion.analysis.answers import KINDS, Answer, Kind, Reasonable
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.meant import meant, value_chosen
from discussion.debate.threads.models import Thread
from discussion.series.values.models import Value
from discussion.vocabulary import Vocabulary, of_series
from discussion.vocabulary.shape import OTHER
from discussion.weighing.findings.computing.given import (
    GivenRound,
    GivenScale,
    GivenStatement,
    Rater,
)
from discussion.weighing.findings.content.counted import Unsaid
from discussion.weighing.rounds.keys import people_in_rounds, rater_keys
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.queries.counting import answer_of, count_late, list_posts
from discussion.weighing.rounds.queries.finding import lead_back
from discussion.weighing.statements.models import Statement, StatementSource, StatementVersion

OTHER_VALUE = "other"  # a value that was proposed, and that the series does not have
_REASONABLE: Mapping[str, Reasonable] = {said: said for said in get_args(Reasonable)}
_KINDS: Mapping[str, Kind | Unsaid] = {kind: kind for kind in KINDS} | {"": ""}


def read_round(session: Session, round: Round, secret: str) -> GivenRound:
    """A closed round with everybody's answers, and what its raters had declared."""
    answers, keys = _read_ratings(session, round)
    people: dict[str, str] = {}
    before: Mapping[int, Mapping[str, Answer]] = {}
    if round.imported_from:
        raters = dict.fromkeys(keys, Rater())
    else:
        own = [each for each in _members(session, round, secret) if each.key in keys]
        raters = {each.key: each.rater for each in own}
        name = people_in_rounds(secret)
        people = {each.key: name(each.public_id) for each in own}
        before = _read_before(session, round, {each.public_id: each.key for each in own}, secret)
    return GivenRound(
        id=round.public_id,
        number=round.number,
        cycle=round.cycle,
        points=round.points,
        seed=round.seed,
        limits=round.limits,
        min_group=round.min_group,
        stop_rule=round.stops,
        who_may_rate=round.who_may_rate,
        feedback=round.feedback,
        opened_on=clock.day(round.opened_at or round.opens_at).isoformat(),
        closed_on=clock.day(round.closed_at or round.closes_at).isoformat(),
        imported_from=round.imported_from,
        attribution=round.attribution,
        statements=tuple(
            _statement(
                row,
                answers.get(row.version_id, _Said()).of(raters),
                before.get(row.version_id, {}),
            )
            for row in _rated(session, round)
        ),
        raters=raters,
        answered=len(keys),
        again=round.counts.again,
        people=people,
        scales=read_scales(session.get_one(Thread, round.thread_id)),
        late=0 if round.imported_from else count_late(session, round),
    )


def read_values(session: Session, series_id: int) -> dict[int, Value]:
    """Every value of the series by its id, also those that were retired or merged."""
    rows = session.scalars(select(Value).where(Value.series_id == series_id))
    return {row.id: row for row in rows}


def served_by(
    tags: Iterable[ValueTag], values: Mapping[int, Value], *, outweighed: bool = False
) -> tuple[str, ...]:
    """The slugs of a revision's values as they are meant today, by rank, each once."""
    named = [
        one.value.slug if one.value else OTHER_VALUE
        for one in meant(tags, values, value_chosen)
        if one.is_outweighed == outweighed
    ]
    return tuple(dict.fromkeys(named))


def read_scales(thread: Thread) -> tuple[GivenScale, ...]:
    """The thread's scales, as they are worded now."""
    return tuple(GivenScale(each.slug, each.low, each.high) for each in thread.scales)


def places_of(live: Revision) -> dict[str, float]:
    """Where a position stands on each scale that it takes a place on."""
    return {slug: float(at) for slug, at in sorted(live.placements.items()) if at is not None}


def _rated(session: Session, round: Round) -> list[RoundStatement]:
    version = joinedload(RoundStatement.version)
    statement = version.joinedload(StatementVersion.statement)
    return list(
        session.scalars(
            select(RoundStatement)
            .where(RoundStatement.round_id == round.id)
            .options(
                version.selectinload(StatementVersion.confirmations),
                statement.selectinload(Statement.versions),
                statement.selectinload(Statement.sources).joinedload(StatementSource.position),
            )
            .order_by(RoundStatement.order)
        )
    )


@dataclass
class _Said:
    """What was answered to one wording, by rater."""

    answers: dict[str, Answer] = field(default_factory=dict)
    reasonable: dict[str, Reasonable] = field(default_factory=dict)
    cruxes: set[str] = field(default_factory=set)

    def of(self, raters: Mapping[str, Rater]) -> "_Said":
        """The same of these alone."""
        if self.answers.keys() <= raters.keys():
            return self
        return _Said(
            {key: said for key, said in self.answers.items() if key in raters},
            {key: said for key, said in self.reasonable.items() if key in raters},
            {key for key in self.cruxes if key in raters},
        )


def _read_ratings(session: Session, round: Round) -> tuple[dict[int, _Said], dict[str, None]]:
    """By wording and rater; and the raters in the order in which they came."""
    asked = (
        select(Rating.version_id, Rating.rater_key, Rating.value, Rating.reasonable, Rating.is_crux)
        .where(Rating.round_id == round.id)
        .order_by(Rating.id)
    )
    rows = session.connection().execute(asked).all()
    of_version: dict[int, list[Row[int, str, str, str, bool]]] = defaultdict(list)
    for row in rows:
        of_version[row[0]].append(row)
    known = cache(answer_of)
    found = {
        version_id: _Said(
            {key: known(value) for _id, key, value, _reasonable, _crux in own},
            {key: _REASONABLE[said] for _id, key, _value, said, _crux in own if said},
            {key for _id, key, _value, _reasonable, is_crux in own if is_crux},
        )
        for version_id, own in of_version.items()
    }
    return found, dict.fromkeys(row[1] for row in rows)


def _read_before(
    session: Session, round: Round, keys: Mapping[str, str], secret: str
) -> dict[int, dict[str, Answer]]:
    """By wording, what the same people answered in the last round that asked it, by their key now.

    For whether most have moved, in a word; nothing where the scale was another.
    """
    found: dict[int, dict[str, Answer]] = {}
    for earlier in session.scalars(
        select(Round)
        .where(Round.thread_id == round.thread_id)
        .where(Round.number < round.number)
        .where(Round.state == "closed")
        .where(Round.imported_from == "")
        .where(Round.points == round.points)
        .order_by(Round.number)
    ).all():
        key_of = rater_keys(secret, earlier.public_id)
        now = {key_of(who): key for who, key in keys.items()}
        answers, _keys = _read_ratings(session, earlier)
        for version_id, then in lead_back(session, round, earlier).items():
            found[version_id] = {
                now[key]: said
                for key, said in answers.get(then, _Said()).answers.items()
                if key in now
            }
    return found


def _statement(row: RoundStatement, rated: _Said, before: Mapping[str, Answer]) -> GivenStatement:
    version, statement = row.version, row.version.statement
    said = [each.answer for each in version.confirmations]
    return GivenStatement(
        code=row.code,
        kind=_KINDS[statement.kind],
        text=version.written,
        id=statement.public_id,
        version=version.version,
        same=f"{statement.public_id}:{_meaning(statement, version.version)}",
        sources=tuple(each.position.public_id for each in statement.sources),
        confirmed=(said.count("fair"), said.count("mend"), said.count("unanswered")),
        answers=rated.answers,
        reasonable=rated.reasonable,
        cruxes=frozenset(rated.cruxes),
        before=before,
        places=statement.placements,
        is_out=row.is_out,
    )


def _meaning(statement: Statement, version: int) -> int:
    """The version since which the wording has meant the same."""
    new = [v.version for v in statement.versions if v.version <= version and not v.is_editorial]
    return max(new, default=1)


@dataclass(frozen=True)
class _Member:
    """Somebody who may have rated: their key of the round, and what they had declared."""

    key: str
    public_id: str
    rater: Rater


def family_of_rater(vocabulary: Vocabulary, role: str) -> str:
    """Of a role that the sector does not have, the family of all the rest; of none, nothing."""
    return (vocabulary.family_of(role) or OTHER) if role else ""


def _members(session: Session, round: Round, secret: str) -> Iterable[_Member]:
    """Each admitted member, with what they had declared when the round opened."""
    thread = session.get_one(Thread, round.thread_id)
    known = of_series(thread.series.slug)
    own = _own_positions(session, thread, round.opened_at or round.opens_at)
    key_of, rater = rater_keys(secret, round.public_id), cache(Rater)  # most declared the same
    family = cache(partial(family_of_rater, known))
    for each in list_posts(session, round):
        level, value = own.get(each.person_id, ("", ""))
        yield _Member(
            key_of(each.public_id),
            each.public_id,
            rater(each.role, family(each.role), each.phase, level, value),
        )


def _own_positions(
    session: Session, thread: Thread, opened_at: datetime
) -> dict[int, tuple[str, str]]:
    """By author: the level and the first value of what stood here when the round opened.

    Of what was first published later, its first version: nobody changes groups while they rate.
    """
    values = read_values(session, thread.series_id)
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.state == "published")
        .where(Position.is_second.is_(False))
        .options(selectinload(Position.revisions).selectinload(Revision.tags))
    )
    found = {}
    for row in rows:
        shown = sorted(
            (one for one in row.revisions if one.live_at is not None),
            key=lambda one: one.version or 0,
        )
        before = [one for one in shown if one.live_at is not None and one.live_at <= opened_at]
        if stood := (before[-1:] or shown[:1]):
            found[row.author_id] = (
                stood[0].level,
                next(iter(served_by(stood[0].tags, values)), ""),
            )
    return found
