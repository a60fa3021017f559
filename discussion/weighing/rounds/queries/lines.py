"""Lines that may be shown: what their writers would need to see. Nobody reads who wrote which.

They are read only once a round is closed, and of a statement only from five writers on. Writers are
those who were members while it was open: who is removed later takes no line along, since one could
see which it was. When a writer leaves the site, no line on that statement is read any more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.words_noticed import say_signs
from discussion.people.accounts.models import Person
from discussion.series.series.words import MIN_GROUP
from discussion.vocabulary import of_series
from discussion.weighing.rounds.keys import rater_keys
from discussion.weighing.rounds.models import Rating, Round, RoundPost, RoundStatement, ShownLines
from discussion.weighing.rounds.queries.reading import asked
from discussion.weighing.rounds.queries.shapes import LinesPage, LinesTo, LineToRead, about
from discussion.weighing.statements.models import StatementVersion

Lines = dict[int, list[Rating]]  # by statement version


def fewest_writers(round: Round) -> int:
    """From how many on lines are read, and shown."""
    return max(MIN_GROUP, round.min_group)


def read_lines(session: Session, round: Round, secret: str) -> Lines:
    """What moderators may read; of each statement in an order drawn by lot."""
    if round.state != "closed":
        return {}
    rows = session.scalars(
        select(Rating).where(Rating.round_id == round.id).where(Rating.may_show.is_(True))
    ).all()
    key_of = rater_keys(secret, round.public_id)
    members = {key_of(one) for one in _posted(session, [round.id])} if rows else set()
    found: Lines = defaultdict(list)
    for rating in rows:
        found[rating.version_id].append(rating)
    lines = {}
    for row in round.statements:
        own = [one for one in found.get(row.version_id, []) if one.rater_key in members]
        is_gone = any(one.line_state == "gone" for one in found.get(row.version_id, []))
        if is_readable(row.version) and not is_gone and len(own) >= fewest_writers(round):
            lines[row.version_id] = _as_read(own, _lot(round, row.code, "read"))
    return lines


def is_readable(version: StatementVersion) -> bool:
    """Lines may repeat what was hidden in a wording, or taken out of it."""
    return version.withheld_at is None and version.redacted_at is None


def token_of(rating: Rating) -> str:
    """What stands for a line in a form: no number of its row."""
    return sha256(f"line/{rating.round_id}/{rating.id}".encode()).hexdigest()[:16]


def by_lot(lot: str, name: str) -> bytes:
    """What to sort by: the same whenever it is asked, and neither when nor in which order."""
    return sha256(f"{lot}/{name}".encode()).digest()


def _as_read(own: Iterable[Rating], lot: str) -> list[Rating]:
    return sorted(own, key=lambda one: by_lot(lot, token_of(one)))


def draw_shown(round: Round, row: RoundStatement, rows: Iterable[Rating]) -> list[str]:
    """Each line once, in an order drawn by another lot than the one it was read in."""
    lot = _lot(round, row.code, "shown")
    return sorted({one.settles for one in rows}, key=lambda says: by_lot(lot, says))


def parts_few(
    session: Session, round: Round, version: StatementVersion, keys: Collection[str], secret: str
) -> bool:
    """Whether lines of another round of the thread would tell those of fewer than five writers.

    Two sets of writers on one statement are the same, or differ by five or more either way.
    """
    others = session.execute(
        select(Round, ShownLines.version_id)
        .join(ShownLines, ShownLines.round_id == Round.id)
        .join(StatementVersion, StatementVersion.id == ShownLines.version_id)
        .where(Round.thread_id == round.thread_id)
        .where(Round.id != round.id)
        .where(StatementVersion.statement_id == version.statement_id)
    ).all()
    if not others:
        return False
    people = _posted(session, [round.id, *(other.id for other, _version in others)])
    here = _people_of(people, round, keys, secret)
    for other, version_id in others:
        let = session.scalars(
            select(Rating.rater_key)
            .where(Rating.round_id == other.id)
            .where(Rating.version_id == version_id)
            .where(Rating.line_state == "let")
        ).all()
        there = _people_of(people, other, let, secret)
        if any(0 < len(rest) < fewest_writers(round) for rest in (here - there, there - here)):
            return True
    return False


def _people_of(
    people: Iterable[str], round: Round, keys: Collection[str], secret: str
) -> frozenset[str]:
    key_of, known = rater_keys(secret, round.public_id), frozenset(keys)
    return frozenset(one for one in people if key_of(one) in known)


def _posted(session: Session, round_ids: Sequence[int]) -> Sequence[str]:
    """Everybody who was a member while one of these was open, also who has been removed since."""
    return session.scalars(
        select(Person.public_id)
        .join(RoundPost, RoundPost.person_id == Person.id)
        .where(RoundPost.round_id.in_(round_ids))
        .distinct()
    ).all()


def _lot(round: Round, code: str, use: str) -> str:
    return f"{round.seed}/{code}/{use}"


_SHOWN = (
    select(Round.public_id, RoundStatement.code, ShownLines.says)
    .join_from(ShownLines, Round, Round.id == ShownLines.round_id)
    .join(
        RoundStatement,
        (RoundStatement.round_id == ShownLines.round_id)
        & (RoundStatement.version_id == ShownLines.version_id),
    )
    .join(StatementVersion, StatementVersion.id == ShownLines.version_id)
    .where(Round.public_id.in_(bindparam("round_ids", expanding=True)))
    .where(StatementVersion.withheld_at.is_(None))
    .where(StatementVersion.redacted_at.is_(None))
    .order_by(RoundStatement.order)
)


def shown_lines(
    session: Session, round_ids: Collection[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """What everybody reads, by the public id of the round and the code of the statement."""
    rows = session.execute(_SHOWN, {"round_ids": list(round_ids)})
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for round_id, code, says in rows:
        found[round_id][code] = tuple(says)
    return found


def lines_page(session: Session, round: Round, secret: str) -> LinesPage:
    """Where a moderator reads them, by statement."""
    lines = read_lines(session, round, secret)
    shown = shown_lines(session, [round.public_id]).get(round.public_id, {})
    signs = of_series(round.series.slug).signs
    return LinesPage(
        about=about(round),
        statements=tuple(
            LinesTo(
                asked=asked(row),
                is_shown=row.code in shown,
                lines=tuple(
                    LineToRead(
                        token_of(one),
                        one.settles,
                        one.line_state.replace("asked", ""),
                        say_signs([one.settles], signs),
                    )
                    for one in lines[row.version_id]
                ),
            )
            for row in round.statements
            if row.version_id in lines
        ),
        action_url=paths.lines_of_round(round.thread.slug, round.number),
    )


def find_line(lines: Mapping[int, Sequence[Rating]], token: str) -> Rating | None:
    """The line that a form means, of those that may be read."""
    every = (one for own in lines.values() for one in own)
    return next((one for one in every if token_of(one) == token), None)
