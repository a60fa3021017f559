"""Facts that are live, and those that many do not know: from rounds that closed, as they are told.

Everything is said by the presenters of findings, from snapshots as they may be shown now: nothing
is counted here, and no number of fewer people than a round's smallest group is met.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.reach.needed.queries.gathering.asking import Asked, where_of
from discussion.reach.needed.queries.gathering.snapshots import Found
from discussion.reach.needed.queries.readable import open_threads
from discussion.reach.needed.shapes import Lead
from discussion.reach.needed.words import ROUNDS
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.ground.moving import what_might_move
from discussion.weighing.findings.queries.presenters.ground.saying import who_of
from discussion.weighing.findings.queries.presenters.ground.unknown import not_known
from discussion.weighing.findings.queries.presenters.rows import all_rows
from discussion.weighing.findings.queries.shown import shown_contents
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.lines import shown_lines
from discussion.weighing.statements.models import Statement, StatementVersion

FACT = "fact"
NEWEST = "newest findings"
MOST_LINES = 5  # on one lead; the findings have all


@dataclass(frozen=True)
class Told:
    """A statement of fact, and what a closed round says of it."""

    code: str
    says: str
    lines: tuple[str, ...] = ()  # what people ask to see, without who asks


Tell = Callable[[Basis], Iterator[Told]]


def list_cruxes(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """Facts over which groups are apart, or on which people say that their position depends."""
    found = _left(asked, _told(asked, "crux", _cruxes, _newest(asked)))
    return len(found), found[skip : skip + limit]


def list_unknown(asked: Asked, skip: int, limit: int) -> tuple[int, list[Lead]]:
    """Facts that a third or more of those who were asked do not know."""
    found = _left(asked, _told(asked, "unknown", _unknown, _newest(asked)))
    return len(found), found[skip : skip + limit]


def find_facts(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    """These statements, with what is told of them now; their words alone where nothing is."""
    return _found(asked, "crux", _cruxes, subjects)


def find_unknown(asked: Asked, subjects: Collection[str]) -> list[Lead]:
    return _found(asked, "unknown", _unknown, subjects)


def _left(asked: Asked, leads: Sequence[Lead]) -> list[Lead]:
    """Those about which nobody has made a question yet."""
    return [lead for lead in leads if lead.key not in asked.taken]


def _cruxes(basis: Basis) -> Iterator[Told]:
    told = set()
    lines = basis.known.lines
    for crux in what_might_move(basis)[1]:
        told.add(crux.code)
        yield Told(crux.code, crux.says, lines.get(crux.code, ()))
    if basis.found is not None and basis.content.has_diagnosis:
        for row in all_rows(basis):
            if row.state == "apart" and row.code not in told:
                told.add(row.code)
                yield Told(row.code, f"{who_of(basis, row)}.", lines.get(row.code, ()))
    for code in basis.statements:
        if code in lines and code not in told:
            yield Told(code, "", lines[code])


def _unknown(basis: Basis) -> Iterator[Told]:
    for one in not_known(basis, all_rows(basis))[1]:
        yield Told(one.code, one.says)


def _every(basis: Basis, tell: Tell) -> Iterator[Told]:
    said = {one.code: one for one in tell(basis)}
    for code in basis.statements:
        yield said.get(code, Told(code, ""))


def _found(asked: Asked, reason: str, tell: Tell, subjects: Collection[str]) -> list[Lead]:
    """From what the page has read anyway; other threads, older than those, are read alone."""
    threads = select(Statement.thread_id).where(Statement.public_id.in_(subjects))
    ids = set(asked.session.scalars(threads))
    rows = [one for one in _newest(asked) if one.row.thread_id in ids] if ids else []
    if left := ids - {one.row.thread_id for one in rows}:
        rows += _read(asked, left)
    every = _told(asked, reason, lambda basis: _every(basis, tell), rows)
    return [one for one in every if one.key.partition("/")[2] in subjects]


def _newest(asked: Asked) -> list[Found]:
    """Of each thread what its last closed round found, the newest first; read once for a page."""
    if NEWEST not in asked.read:
        asked.read[NEWEST] = _read(asked)
    return asked.read[NEWEST]


def _read(asked: Asked, thread_ids: Collection[int] = ()) -> list[Found]:
    newest = (
        select(func.max(FindingSnapshot.id))
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(Round.state == "closed")
        .group_by(FindingSnapshot.thread_id)
    )
    if thread_ids:
        newest = newest.where(FindingSnapshot.thread_id.in_(thread_ids))
    rows = asked.session.scalars(
        select(FindingSnapshot)
        .join(FindingSnapshot.thread)
        .join(Thread.series)
        .where(Series.id == asked.series.id)
        .where(open_threads(asked.viewer))
        .where(FindingSnapshot.id.in_(newest))
        .order_by(FindingSnapshot.made_at.desc(), FindingSnapshot.id.desc())
        .limit(ROUNDS)
        .options(contains_eager(FindingSnapshot.thread).contains_eager(Thread.series))
    ).all()
    contents = shown_contents(asked.session, rows) if rows else {}
    lines = shown_lines(asked.session, [one.ratings.round.id for one in contents.values()])
    return [
        Found(row, contents[row.id], lines.get(contents[row.id].ratings.round.id, {}))
        for row in rows
    ]


def _told(asked: Asked, reason: str, tell: Tell, rows: Sequence[Found]) -> list[Lead]:
    leads = []
    for one in rows:
        known = Known(lines=one.lines)
        basis = Basis(one.content, one.content.found.headline, "", known, asked.vocabulary)
        thread = one.row.thread
        for told in tell(basis):
            statement = basis.statements[told.code]
            if statement.kind != FACT:
                continue
            leads.append(
                Lead(
                    key=f"{reason}/{statement.id}",
                    reason=reason,
                    title=statement.text,
                    language=thread.language,
                    code=told.code,
                    url=f"{paths.findings(thread.slug)}#s-{told.code}",
                    says=(*((told.says,) if told.says else ()), *_asks(told)),
                    thread=where_of(thread),
                )
            )
    withheld = _withheld(asked, leads)
    return [lead for lead in leads if lead.key.partition("/")[2] not in withheld]


def _asks(told: Told) -> Iterator[str]:
    for number, line in enumerate(told.lines[:MOST_LINES]):
        quoted = f"“{line}”"
        yield quoted if number else _("What people would need to see: %(line)s", line=quoted)


def _withheld(asked: Asked, leads: Sequence[Lead]) -> frozenset[str]:
    """Statements whose words moderators withhold."""
    if not leads:
        return frozenset()
    subjects = [lead.key.partition("/")[2] for lead in leads]
    rows = asked.session.scalars(
        select(Statement.public_id)
        .join(StatementVersion, StatementVersion.statement_id == Statement.id)
        .where(Statement.public_id.in_(subjects))
        .where(StatementVersion.withheld_at.is_not(None))
    )
    return frozenset(rows)
