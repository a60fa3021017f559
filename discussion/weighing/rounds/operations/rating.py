"""Rating: answers are kept under a key, without a time, and can be changed until the close."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, refuse
from discussion.vocabulary import of_series
from discussion.weighing.rounds.drafts_rating import (
    RatingDraft,
    problems_in_line,
    problems_in_rating,
)
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.rounds.operations.holding import lock_round
from discussion.weighing.rounds.queries.choosing import askable

TRIES = 5
LARGEST = 2**31 - 1


class RoundClosed(Exception):
    """The round closed before this answer came; what had been saved before counts."""


def rate(
    session: Session,
    actor: Viewer,
    round: Round,
    drafts: Sequence[RatingDraft],
    *,
    secret: str,
    now: datetime,
) -> None:
    """Keep these answers, each instead of an earlier one. Raises Invalid and RoundClosed."""
    require(actor, May.RATE, round)
    versions = _versions(round)
    known = _check(round, versions, drafts)
    _hold_open(session, round, now)
    key = rater_key(secret, round.public_id, actor.public_id)
    for draft in known:
        _write(session, round, versions[draft.code], key, draft)


def rate_together(
    session: Session,
    round: Round,
    given: Sequence[tuple[Viewer, Sequence[RatingDraft]]],
    *,
    secret: str,
    now: datetime,
) -> None:
    """Keep the first answers of many at once, in one statement: of raters who have none here yet.

    Each must be allowed to rate, as if alone. Raises Invalid and RoundClosed, and the database's
    error where somebody has answered before.
    """
    versions = _versions(round)
    rows = []
    for actor, drafts in given:
        require(actor, May.RATE, round)
        key = rater_key(secret, round.public_id, actor.public_id)
        for draft in _check(round, versions, drafts):
            rating = {
                "id": _id(),
                "round_id": round.id,
                "version_id": versions[draft.code],
                "rater_key": key,
                "value": draft.value,
                "reasonable": draft.reasonable,
                "is_crux": draft.is_crux,
                "reason": draft.reason,
                "settles": draft.settles,
                "may_show": draft.may_show,
            }
            rows.append(rating)
    _hold_open(session, round, now)
    if rows:
        session.execute(insert(Rating), rows)


def _versions(round: Round) -> dict[str, int]:
    return {row.code: row.version_id for row in askable(round)}


def _check(
    round: Round, versions: Mapping[str, int], drafts: Sequence[RatingDraft]
) -> list[RatingDraft]:
    """As they are kept, of statements that are asked. Raises Invalid."""
    known = [draft for draft in drafts if draft.code in versions]
    if problems := [one for each in known for one in problems_in_rating(each, round.points)]:
        raise Invalid(problems)
    kinds = {row.code: row.version.statement.kind for row in askable(round)}
    kept = [draft.kept(round.points, kinds[draft.code]) for draft in known]
    signs = of_series(round.series.slug).signs
    refuse([one for each in kept for one in problems_in_line(each, signs)])
    return kept


def take_rating_back(
    session: Session, actor: Viewer, round: Round, code: str, *, secret: str, now: datetime
) -> None:
    """Forget one's own answer to a statement, as if it had not been given. Raises RoundClosed."""
    require(actor, May.RATE, round)
    _hold_open(session, round, now)
    key = rater_key(secret, round.public_id, actor.public_id)
    for row in round.statements:
        rating = _find(session, round, row.version_id, key) if row.code == code else None
        if rating is not None:
            session.delete(rating)
    session.flush()


def _hold_open(session: Session, round: Round, now: datetime) -> None:
    """Nobody closes it until this is written; and its last minute is its last, worker or not."""
    lock_round(session, round, shared=True)
    if round.state != "open" or round.closes_at <= now:
        raise RoundClosed


def _write(session: Session, round: Round, version_id: int, key: str, draft: RatingDraft) -> None:
    """One row a rater and statement, whoever comes first of two tabs."""
    for _try in range(TRIES):
        rating = _find(session, round, version_id, key)
        is_new = rating is None
        if rating is None:
            rating = Rating(id=_id(), round_id=round.id, version_id=version_id, rater_key=key)
        rating.value, rating.reasonable = draft.value, draft.reasonable
        rating.is_crux, rating.reason = draft.is_crux, draft.reason
        rating.settles, rating.may_show = draft.settles, draft.may_show
        if not is_new:
            session.flush()
            return
        if add_unless_there(session, rating):
            return
    raise RuntimeError("no free row for a rating")


def _find(session: Session, round: Round, version_id: int, key: str) -> Rating | None:
    return session.scalar(
        select(Rating)
        .where(Rating.round_id == round.id)
        .where(Rating.version_id == version_id)
        .where(Rating.rater_key == key)
        .with_for_update()  # another tab may be taking it back
    )


def _id() -> int:
    """Drawn, not counted: numbers that grow would tell the order in which people answered.

    Below zero, so that it never meets a number that the database counts out, as for imported rows.
    """
    return -1 - secrets.randbelow(LARGEST)
