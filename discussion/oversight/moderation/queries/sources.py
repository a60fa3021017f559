"""Where everything that waits comes from: rooms say it of their own, in `register_rooms`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, CompoundSelect, bindparam, union_all
from sqlalchemy.orm import Session

from discussion.decisions.shapes import Bare, Described, SeriesIds, Tally
from discussion.language import Phrase
from discussion.oversight.moderation.words import WAITS
from discussion.permissions.facts import Viewer
from discussion.registers import Register
from discussion.subjects.kinds import KINDS


@dataclass(frozen=True)
class Source:
    """What waits of one kind, or of several that are found together."""

    kinds: tuple[str, ...]
    # Everything that waits in these series, as plain columns.
    list_bare: Callable[[Session, Sequence[int], datetime], list[Bare]]
    # The words of one page of it, by Bare.id.
    describe: Callable[[Session, Viewer, Sequence[Bare], datetime], Mapping[str, Described]]
    # How many, and since when the oldest waits, as one statement of two columns, for the count on
    # every page; None where that cannot be said in one statement.
    tally: Callable[[SeriesIds], Tally] | None = None


SOURCES: Register[Source] = Register()
_SERIES = "series_ids"


def queue_words() -> dict[str, Phrase | str]:
    """What each kind of what waits is called: what people write, and the desk's other duties."""
    return {kind.plural: kind.words.waits for kind in KINDS if kind.words.waits} | WAITS


def list_everything(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """All that waits in these series, in no order."""
    if not series_ids:
        return []
    return [bare for source in SOURCES for bare in source.list_bare(session, series_ids, now)]


def describe_lines(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[tuple[str, str], Described]:
    """The words of these lines, by kind and id; a line that is decided meanwhile has none.

    Raises LookupError for a line of a kind that nobody describes.
    """
    by_kind: dict[str, list[Bare]] = {}
    for bare in bares:
        by_kind.setdefault(bare.kind, []).append(bare)
    describers = {kind: source.describe for source in SOURCES for kind in source.kinds}
    return {
        (kind, id): said
        for kind, own in by_kind.items()
        for id, said in describers[kind](session, viewer, own, now).items()
    }


def tally_everything(
    session: Session, series_ids: Sequence[int], now: datetime
) -> tuple[int, datetime | None]:
    """How many items wait, and since when the oldest does."""
    if not series_ids:
        return 0, None
    found: list[tuple[int, datetime | None]] = []
    for source in SOURCES:
        if source.tally is None:
            bares = source.list_bare(session, series_ids, now)
            found.append((len(bares), min((bare.since for bare in bares), default=None)))
    rows = session.execute(_tallies(), {_SERIES: series_ids})
    found += [(count, since) for count, since in rows]
    return sum(count for count, _since in found), min((at for _n, at in found if at), default=None)


@cache
def _tallies() -> CompoundSelect[int, datetime]:
    """For every page of a moderator, so it is made once a process."""
    ids: BindParameter[Sequence[int]] = bindparam(_SERIES, expanding=True)
    return union_all(*(source.tally(ids) for source in SOURCES if source.tally is not None))
