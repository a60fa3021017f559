"""What was typed as a question to the index, on either database; who may find what; the order.

An entry matches that holds every term that is wanted and none that is left out. Those that match
are ordered by one number, the larger first:

    400 if every wanted term stands in its title
    + 100 if every wanted word comes three times or more in it
    + what its kind is worth (words.WORTH: a thread 60 … a response 15)
    + 40 − 2 log₂(1 + characters), not below 0: of two that hold it, the shorter is about it more

and among equals by a random place that stays, which tells nothing of when something was written.
The last two are kept with the entry (`standing`), so that neither database counts anything that
the other would count otherwise. Ours; no source.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import listed_series, visible_series
from discussion.reach.needed.queries.readable import open_threads
from discussion.reach.search.drafts import Term, Typed
from discussion.reach.search.models import SearchEntry, SearchStale, SearchText
from discussion.series.series.models import Series
from discussion.text import stems

IN_TITLE, OFTEN = 400, 100
ENTRIES: Table = SearchEntry.__table__  # type: ignore[assignment]
_STALE: Table = SearchStale.__table__  # type: ignore[assignment]
TEXTS: Table = SearchText.__table__  # type: ignore[assignment]
VECTOR: ColumnElement[Any] = literal_column("search_text.vector")  # PostgreSQL's alone
FTS = table("search_words", column("rowid"), column("search_words"))


class Alternative(NamedTuple):
    """Tokens that stand one after another; of the last perhaps only the beginning."""

    tokens: tuple[str, ...]
    is_prefix: bool = False


class Clause(NamedTuple):
    """One of these is to be there, or none of them."""

    any_of: tuple[Alternative, ...]
    is_not: bool = False


def clauses_of(terms: Sequence[Term], languages: Collection[str], mark: str = "") -> list[Clause]:
    """What is looked for, in every language in which something may have been stemmed.

    With a mark, among the tokens of the index that have it: those of titles, those that come often.
    """
    found = []
    for term in terms:
        ways = {way: None for one in sorted(languages) for way in _ways(term, one, mark)}
        if term.is_prefix and not mark:
            ways[Alternative((stems.whole_of(term.words[0]),), is_prefix=True)] = None
        found.append(Clause(tuple(ways), term.is_not))
    return found


def _ways(term: Term, language: str, mark: str) -> Iterator[Alternative]:
    stemmed = [stem for word in term.words for stem in stems.tokens_of(word, language)]
    if stemmed:
        yield Alternative(tuple(mark + stem for stem in stemmed))
    if len(term.words) == 1 and not mark and (joined := stems.joined_of(term.words[0], language)):
        yield Alternative((joined,))


def as_fts(clauses: Sequence[Clause]) -> str:
    """For FTS5; every token is of letters and digits, so that none is read as anything else."""
    wanted = " AND ".join(_any_fts(one) for one in clauses if not one.is_not)
    left_out = " OR ".join(_any_fts(one) for one in clauses if one.is_not)
    return f"({wanted}) NOT ({left_out})" if left_out else wanted


def _any_fts(clause: Clause) -> str:
    ways = (f'"{" ".join(one.tokens)}"{" *" * one.is_prefix}' for one in clause.any_of)
    return f"({' OR '.join(ways)})"


def as_tsquery(clauses: Sequence[Clause]) -> str:
    """The same for PostgreSQL."""
    return " & ".join(f"{'!' * one.is_not}({_any_tsquery(one)})" for one in clauses)


def _any_tsquery(clause: Clause) -> str:
    ways = []
    for one in clause.any_of:
        *before, last = (f"'{token}'" for token in one.tokens)
        ways.append("(" + " <-> ".join((*before, last + ":*" * one.is_prefix)) + ")")
    return " | ".join(ways)


def matched(session: Session, clauses: Sequence[Clause]) -> Select[Any]:
    """The ids of the entries that match; at least one clause wants something."""
    if session.get_bind().dialect.name == "sqlite":
        return select(FTS.c.rowid).where(FTS.c.search_words.op("MATCH")(as_fts(clauses)))
    asked = cast(bindparam(None, as_tsquery(clauses)), TSQUERY)
    return select(TEXTS.c.entry_id).where(VECTOR.op("@@")(asked))


def fit(session: Session, typed: Typed, languages: Collection[str]) -> ColumnElement[int]:
    """The number by which what matches is ordered."""
    own = ENTRIES.c.standing
    plain = [Term(one.words) for one in typed.wanted]
    if not plain:
        return own
    titled = matched(session, clauses_of(plain, languages, stems.IN_TITLE))
    often = matched(session, clauses_of(_single(plain), languages, stems.OFTEN))
    return (
        own
        + case((ENTRIES.c.id.in_(titled), IN_TITLE), else_=0)
        + case((ENTRIES.c.id.in_(often), OFTEN), else_=0)
    )


def _single(terms: Sequence[Term]) -> list[Term]:
    return [Term((word,)) for term in terms for word in term.words]


def languages_of(session: Session) -> tuple[str, ...]:
    """Those in which something may have been stemmed; what is in no series is not."""
    tags = session.scalars(select(Series.language).distinct())
    return tuple(sorted({"", *map(stems.language_of_stems, tags)}))


def readable(viewer: Viewer | None, series: Series | None = None) -> ColumnElement[bool]:
    """What the viewer may find, of what stands in a series, but for questions.

    Narrower than what they may see, never wider: what is hidden or proposed is not in the index,
    whoever asks, and an unlisted series is searched by its members, or from within.
    """
    seen = select(Series.id).where(listed_series(viewer))
    if series is not None:
        seen = select(Series.id).where(visible_series(viewer), Series.id == series.id)
    threads = select(Thread.id).join(Thread.series).where(open_threads(viewer))
    if series is not None:
        threads = threads.where(Thread.series_id == series.id)
    return and_(
        ENTRIES.c.series_id.in_(seen),
        or_(ENTRIES.c.thread_id.is_(None), ENTRIES.c.thread_id.in_(threads)),
        fresh(),
    )


def fresh() -> ColumnElement[bool]:
    """Nothing that was changed from outside of the site and not read since."""
    return ~exists().where(_STALE.c.kind == ENTRIES.c.kind, _STALE.c.row_id == ENTRIES.c.row_id)
