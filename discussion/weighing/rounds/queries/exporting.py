"""A closed round as Polis' files have it: statements, and who said what without who they are."""

import hmac
from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion.analysis.answers import NOT_NUMBERS, side
from discussion.analysis.votes import Votes, choose_people, count_votes, gather_votes
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.polis.writing import CommentLine
from discussion.series.members.models import Membership
from discussion.series.series.words import MIN_GROUP
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.queries.finding import LARGEST_NUMBER
from discussion.weighing.rounds.words import CODES
from discussion.weighing.statements.models import StatementVersion

_SHUFFLES = b"discussion export 1"
BATCH = 10_000  # ratings that are read together


@dataclass(frozen=True)
class RoundLine:
    """One statement of a round; `id` is its number in the files."""

    id: str
    code: str
    version_id: int
    version: StatementVersion
    is_out: bool


def find_closed_round(
    session: Session, viewer: Viewer | None, thread: Thread, number: int | None = None
) -> Round | None:
    """The round of this number, or the last one that has closed."""
    if number is not None and number > LARGEST_NUMBER:
        return None
    query = select(Round).where(Round.thread_id == thread.id).where(Round.state == "closed")
    if number is not None:
        query = query.where(Round.number == number)
    found = session.scalar(query.order_by(Round.number.desc()).limit(1))
    return found if found is not None and allowed(viewer, May.READ_FINDINGS, found) else None


def list_lines(session: Session, round: Round) -> list[RoundLine]:
    """The statements in their order. Imported ones keep their numbers; ours count from 0."""
    rows = session.scalars(
        select(RoundStatement)
        .where(RoundStatement.round_id == round.id)
        .order_by(RoundStatement.order, RoundStatement.id)
        .options(joinedload(RoundStatement.version).joinedload(StatementVersion.statement))
    )
    return [
        RoundLine(
            id=row.code.removeprefix(CODES[""]) if round.imported_from else str(place),
            code=row.code,
            version_id=row.version_id,
            version=row.version,
            is_out=row.is_out,
        )
        for place, row in enumerate(rows)
    ]


def read_answers(
    session: Session,
    round: Round,
    lines: Sequence[RoundLine],
    secret: str,
    *,
    left_out: Collection[int] = (),
) -> Votes:
    """Agree 1, disagree −1, anything else that was answered 0; columns are the lines.

    The people of an imported round stand in the order in which they came, which whoever has the
    files knows anyway; those of a round held here in one drawn by lot under the site's secret, and
    without what fewer than the smallest group answered, and without the wordings `left_out`.
    """
    columns = {line.version_id: column for column, line in enumerate(lines)}
    numbers: dict[str, int] = {}
    people, seen, said = array("i"), array("i"), array("b")
    rows = session.execute(
        select(Rating.rater_key, Rating.version_id, Rating.value)
        .where(Rating.round_id == round.id)
        .where(Rating.version_id.not_in(left_out))
        .order_by(Rating.id)
        .execution_options(yield_per=BATCH)
    )
    for key, version_id, value in rows:
        people.append(numbers.setdefault(key, len(numbers)))
        seen.append(columns[version_id])
        said.append(0 if value in NOT_NUMBERS else side(int(value), round.points))
    if not round.imported_from:
        lots = _draw(round, numbers, secret)
        people = array("i", (lots[person] for person in people))
        people, seen, said = _without_few(people, seen, said, max(round.min_group, MIN_GROUP))
    votes = gather_votes(people, seen, said, n_people=len(numbers), n_statements=len(lines))
    return choose_people(votes, votes.per_person.nonzero()[0])


def list_comments(
    session: Session, round: Round, lines: Sequence[RoundLine], votes: Votes
) -> list[CommentLine]:
    """The lines of `comments.csv`, counted from what was read.

    Not for a page on a round that was held here: that shows what its snapshot shows.
    """
    counts = count_votes(votes, [0] * votes.n_people, 1)[0].tolist()
    return [
        CommentLine(
            id=line.id,
            code=line.code,
            kind=line.version.statement.kind,
            body=line.version.text,
            is_out=line.is_out,
            at=line.version.written_at if round.imported_from else closing(round),
            agrees=agrees,
            disagrees=disagrees,
        )
        for line, (disagrees, _passes, agrees) in zip(lines, counts, strict=True)
    ]


def closing(round: Round) -> datetime:
    """When it closed; of one that is open, when it will."""
    return round.closed_at or round.closes_at


def count_admitted_raters(session: Session, round: Round, secret: str) -> int:
    """How many admitted members of the series, as it is now, have answered."""
    keys = set(
        session.scalars(select(Rating.rater_key).where(Rating.round_id == round.id).distinct())
    )
    ids = session.scalars(
        select(Person.public_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == round.thread.series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(Person.left_at.is_(None))
    )
    return sum(rater_key(secret, round.public_id, id) in keys for id in ids)


def has_somebody_left(session: Session, round: Round) -> bool:
    """Whether anybody who might have answered has left since the round closed.

    Their answers are gone, and what was counted of them at the close is not: beside it, the rows
    that are left would show what they said.
    """
    query = select(func.count(Person.id)).where(Person.left_at >= closing(round))
    if round.who_may_rate != "anybody":
        query = query.where(
            Person.id.in_(
                select(Membership.person_id).where(Membership.series_id == round.thread.series_id)
            )
        )
    return bool(session.scalar(query))


def _without_few(
    people: "array[int]", seen: "array[int]", said: "array[int]", fewest: int
) -> "tuple[array[int], array[int], array[int]]":
    """The answers to statements that enough people answered."""
    counts = Counter(seen)
    kept = [at for at, column in enumerate(seen) if counts[column] >= fewest]
    return (
        array("i", (people[at] for at in kept)),
        array("i", (seen[at] for at in kept)),
        array("b", (said[at] for at in kept)),
    )


def _draw(round: Round, numbers: dict[str, int], secret: str) -> list[int]:
    """For each number another, as a lot that nobody without the secret can repeat."""

    def lot(key: str) -> bytes:
        named = _SHUFFLES + f"/{round.public_id}/{key}".encode()
        return hmac.new(secret.encode(), named, sha256).digest()

    drawn = [0] * len(numbers)
    for place, key in enumerate(sorted(numbers, key=lot)):
        drawn[numbers[key]] = place
    return drawn
