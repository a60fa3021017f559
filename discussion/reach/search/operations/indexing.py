"""The index is kept in the transaction of whatever changed what is shown.

Triggers leave a mark for each thing that a statement touched, whatever sent it (`migrations/
marked.py`). Before the commit those things are read again, in a session of its own on the same
transaction, and written; so a reader finds the new words with the first statement after the commit,
and never the old ones. See decision 0040.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain, islice
from math import log2
from typing import Any

from sqlalchemy import (
    Table,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Response
from discussion.permissions.facts import TEXT_STATES
from discussion.reach.search.models import SearchEntry, SearchStale, SearchText
from discussion.reach.search.operations.keeping import MARKS
from discussion.reach.search.queries.sources_higher import READS
from discussion.reach.search.shapes import Found
from discussion.reach.search.words import MOST_SEEN, MOST_TOKENS, OFTEN_FROM, SORTS, WORTH
from discussion.text import stems

AT_ONCE = 400
_RESPONSES = Response.__table__
_STALE: Table = SearchStale.__table__  # type: ignore[assignment]
_ENTRIES: Table = SearchEntry.__table__  # type: ignore[assignment]
_TEXTS: Table = SearchText.__table__  # type: ignore[assignment]
ANSWERED = "answered"  # the kind of mark that a response leaves on its position
_ANSWERED = (
    update(_ENTRIES)
    .where(_ENTRIES.c.id.in_(bindparam("entries", expanding=True)))
    .values(
        answered=case(
            (
                exists()
                .where(_RESPONSES.c.position_id == _ENTRIES.c.row_id)
                .where(_RESPONSES.c.state.in_(TEXT_STATES)),
                "yes",
            ),
            else_="no",
        )
    )
)
LATER = -1  # what is marked to be read some at a time


def leave(session: Session, marks: Sequence[dict[str, Any]]) -> None:
    """Mark these things to be read by `sweep`, unless they are already."""
    there = set(session.execute(MARKS.where(_STALE.c.made_in == LATER)).all())
    new = [one for one in marks if (one["kind"], one["row_id"]) not in there]
    if new:
        session.execute(insert(_STALE), [{**one, "made_in": LATER} for one in new])


def sweep(session: Session) -> int:
    """Read what was marked by others than the site, or for later; how many, at most AT_ONCE."""
    marks = session.execute(MARKS.limit(AT_ONCE)).all()
    index(session, marks)
    for kind, ids in _by_kind(marks).items():
        session.execute(delete(_STALE).where(_STALE.c.kind == kind, _STALE.c.row_id.in_(ids)))
    return len(marks)


def index(session: Session, marks: Iterable[Any]) -> None:
    """Read these things and write what is shown of them; what is not shown any more is gone."""
    for kind, ids in _by_kind(marks).items():
        if kind == ANSWERED:
            _answer(session, ids)
        elif kind in READS:
            for some in _batches(ids):
                _index(session, kind, some)


def _held(session: Session, kind: str, ids: Sequence[int]) -> dict[int, int]:
    """The entries of these rows, held before anything is read.

    So of two who change one thing, the second reads what both did.
    """
    rows = session.execute(
        select(_ENTRIES.c.row_id, _ENTRIES.c.id)
        .where(_ENTRIES.c.kind == kind, _ENTRIES.c.row_id.in_(ids))
        .order_by(_ENTRIES.c.id)
        .with_for_update()
    )
    return {row.row_id: row.id for row in rows}


def _answer(session: Session, ids: Sequence[int]) -> None:
    """Whether these positions were answered: nothing else of them follows from responses."""
    for some in _batches(ids):
        there = _held(session, "position", some)
        if there:
            session.execute(_ANSWERED, {"entries": list(there.values())})


def _index(session: Session, kind: str, ids: Sequence[int]) -> None:
    there = _held(session, kind, ids)
    with Session(bind=session.connection(), join_transaction_mode="rollback_only") as apart:
        found = {one.row_id: one for one in READS[kind](apart, ids)}
    gone = [id for row_id, id in there.items() if row_id not in found]
    _forget(session, gone)
    came = [one for row_id, one in found.items() if row_id not in there]
    new = _insert(session, came)
    words = [{"entry_id": new[one.row_id], "words": tokens(one)} for one in came]
    if words:
        session.execute(insert(_TEXTS), words)
    for row_id, id in there.items():
        if (one := found.get(row_id)) is not None:
            session.execute(update(_ENTRIES).where(_ENTRIES.c.id == id).values(**_entry(one)))
            said = tokens(one)
            session.execute(
                update(_TEXTS)
                .where(_TEXTS.c.entry_id == id, _TEXTS.c.words != said)
                .values(words=said)
            )


def _insert(session: Session, found: Collection[Found]) -> dict[int, int]:
    """Id of the row → id of its new entry."""
    if not found:
        return {}
    made = session.execute(
        insert(_ENTRIES).returning(_ENTRIES.c.row_id, _ENTRIES.c.id), [_entry(one) for one in found]
    )
    return {row.row_id: row.id for row in made}


def _forget(session: Session, ids: Collection[int]) -> None:
    if ids:
        session.execute(delete(_TEXTS).where(_TEXTS.c.entry_id.in_(ids)))
        session.execute(delete(_ENTRIES).where(_ENTRIES.c.id.in_(ids)))


def _entry(one: Found) -> dict[str, Any]:
    length = 1 + sum(len(words) for words in (one.title, *one.texts))
    counted = one.counted
    return {
        "kind": one.kind,
        "row_id": one.row_id,
        "series_id": one.series_id,
        "thread_id": one.thread_id,
        "language": stems.language_of_stems(one.language),
        "standing": WORTH[one.kind] + max(0, round(40 - 2 * log2(length))),
        "place": sha256(f"{one.kind} {one.place}".encode()).hexdigest()[:12],
        "shown_on": one.shown_on,
        "level": counted.level,
        "answered": counted.answered,
        "role": counted.role,
        "phase": counted.phase,
        "tags": counted.tags,
        "items": counted.items,
    }


def tokens(one: Found) -> str:
    """What the index holds of a thing, as one text, in parts that no phrase joins.

    Its title and texts, stem after stem; words with a hyphen also as one; the stems of its title
    once more, marked; those that come often, marked; and each word whole, marked, to be found while
    it is typed.
    """
    language = stems.language_of_stems(one.language)
    seen: Counter[str] = Counter()
    running: list[str] = []
    beside: dict[str, None] = {}
    for said in (one.title, *one.texts):
        for word in islice(stems.words_in(said), MOST_TOKENS - len(running)):
            for stem in stems.tokens_of(word, language):
                seen[stem] += 1
                running.append(stem if seen[stem] <= MOST_SEEN else stems.BETWEEN)
            if joined := stems.joined_of(word, language):
                beside[joined] = None
            for part in (word, *word.split("-")) if "-" in word else (word,):
                beside[stems.whole_of(part)] = None
        running.append(stems.BETWEEN)
    titled = (
        stems.IN_TITLE + stem
        for word in stems.words_in(one.title)
        for stem in stems.tokens_of(word, language)
    )
    often = (stems.OFTEN + stem for stem, times in seen.items() if times >= OFTEN_FROM)
    return " ".join(chain(running, titled, (stems.BETWEEN,), often, beside))


def forget_index(session: Session) -> int:
    """Throw the index away and mark everything, to be read by `sweep`; how many things that are."""
    session.execute(delete(_TEXTS))
    session.execute(delete(_ENTRIES))
    session.execute(delete(_STALE))
    for one in SORTS:
        session.execute(
            text(
                "INSERT INTO search_stale (kind, row_id, made_in) "  # noqa: S608
                f"SELECT '{one.name}', id, {LATER} FROM {one.table}"
            )
        )
    return session.scalar(select(func.count()).select_from(_STALE)) or 0


def _by_kind(marks: Iterable[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, row_id in marks:
        found[kind].append(row_id)
    return found


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
