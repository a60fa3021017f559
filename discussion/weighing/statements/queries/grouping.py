"""Positions to draw on, grouped before a statement is drafted: by likeness, by value, by place.

Likeness is of words alone (`analysis.twins`), and a hint: of two claims of which one has a “not”
and the other has none, nobody is told that they say the same. Who may read the positions reads
them here, and nobody else; nothing is grouped by who wrote it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.twins import Alike, group_alike
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.cards import list_cards, step_in_words
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.mapping import value_key
from discussion.debate.threads.queries.sequence import PUBLISHED_CARDS
from discussion.language import _, number_in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Scale
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.queries.finding import newest_of
from discussion.weighing.statements.queries.shapes import (
    DrawnOn,
    PositionGroup,
    PositionLine,
    PositionSection,
    Way,
)
from discussion.weighing.statements.wording import is_negated

LIKENESS, VALUE, SCALE = "likeness", "value", "scale-"
COMPARED = 400  # claims, in the order of reading; the rest stand by themselves
SHOWN = 7  # of a group, before the rest is folded away
STEPS = 4  # of a scale, from one end to the other
LAST = 2.0  # where a position that is not placed stands; places are 0 … 1

Lines = Sequence[PositionLine]
Key = TypeVar("Key", str, int)


@dataclass(frozen=True)
class Begun:
    """What drafting begins with."""

    sources: tuple[str, ...] = ()  # public ids
    claim: str = ""
    of: str = ""  # public id of the position that claims it


def list_lines(
    session: Session, viewer: Viewer, thread: Thread, statements: Iterable[Statement]
) -> list[PositionLine]:
    """Every published position of the thread, and which of the statements draw on it."""
    cards = list_cards(session, viewer, PUBLISHED_CARDS, thread_id=thread.id)
    drawn = _drawn(statements)
    published = select(Position).where(Position.thread_id == thread.id)
    rows = {row.public_id: row for row in session.scalars(published)}
    return [
        PositionLine(
            id=card.id,
            number=card.number,
            claim=card.claim,
            language=card.language,
            url=card.url,
            family=card.family,
            served=card.served,
            places=card.places,
            drawn_on=tuple(drawn[rows[card.id].id]),
            can_choose=allowed(viewer, May.CURATE_POSITION, rows[card.id]),
        )
        for card in cards
    ]


def list_ways(thread: Thread, by: str) -> tuple[Way, ...]:
    """By likeness, by value, and by each of the thread’s scales; exactly one is current."""
    said = {LIKENESS: (_("What they say"), ""), VALUE: (_("Value put first"), "")}
    for scale in thread.scales:
        said[SCALE + scale.slug] = (f"{scale.low} – {scale.high}", thread.language)
    current = by if by in said else LIKENESS
    return tuple(
        Way(
            label,
            language,
            paths.draft_statements(thread.slug, **({} if name == LIKENESS else {"by": name})),
            name == current,
        )
        for name, (label, language) in said.items()
    )


def group_lines(lines: Lines, thread: Thread, by: str) -> tuple[PositionSection, ...]:
    """The positions in their groups; within one they stand by their place on the first scale."""
    scales = {SCALE + scale.slug: scale for scale in thread.scales}
    placed = _by_place(lines, thread.scales)
    if by == VALUE:
        return _whole(_by_value(placed))
    if by in scales:
        return _whole(_by_scale(placed, scales[by]))
    alike = _alike(lines)
    grouped = {key for group in alike for key in group.keys}
    rest = _by_value([line for line in placed if line.id not in grouped])
    if not alike:
        return _whole(rest)
    return (
        PositionSection("", _fresh_first(_say_the_same(group, lines) for group in alike)),
        *([PositionSection(_("In words of their own"), rest)] if rest else []),
    )


def begin(lines: Lines, *, single: str = "", like: str = "") -> Begun:
    """To draw on one position, or on all that say nearly the same as it and are not drawn on."""
    by_id = {line.id: line for line in lines if line.can_choose}
    group = next((one for one in _alike(lines) if like in one.keys), None) if like else None
    if group is not None:
        keys = [key for key in group.keys if key in by_id]
        fresh = [key for key in keys if not by_id[key].drawn_on] or keys
        if fresh:
            centre = next(key for key in group.nearest if key in fresh)
            return Begun(tuple(fresh), by_id[centre].claim, centre)
    one = by_id.get(single or like)
    return Begun((one.id,), one.claim, one.id) if one is not None else Begun()


def _drawn(statements: Iterable[Statement]) -> Mapping[int, list[DrawnOn]]:
    drawn: defaultdict[int, list[DrawnOn]] = defaultdict(list)
    for row in statements:
        url = paths.drafted_statement(row.thread.slug, row.public_id)
        said = DrawnOn(newest_of(row).text, url)
        for source in row.sources:
            drawn[source.position_id].append(said)
    return drawn


def _whole(groups: Sequence[PositionGroup]) -> tuple[PositionSection, ...]:
    return (PositionSection("", tuple(groups)),) if groups else ()


def _fresh_first(groups: Iterable[PositionGroup]) -> tuple[PositionGroup, ...]:
    """What is drawn on as a whole comes last."""
    return tuple(sorted(groups, key=lambda group: not group.lines))


def _by_place(lines: Lines, scales: Sequence[Scale]) -> Lines:
    """By their place on the first scale, and otherwise as they are read."""
    if not scales:
        return lines
    return sorted(lines, key=lambda line: _at(line, scales[0]))


def _at(line: PositionLine, scale: Scale) -> float:
    return next((place.at for place in line.places if place.scale == scale.slug), LAST)


def _alike(lines: Lines) -> tuple[Alike, ...]:
    """Of one language, and of the same mind about a “not”."""
    compared = lines[:COMPARED]
    apart = {
        line.id: (line.language[:2], is_negated(line.claim, line.language)) for line in compared
    }
    return group_alike({line.id: line.claim for line in compared}, apart)


def _say_the_same(group: Alike, lines: Lines) -> PositionGroup:
    members = [line for line in lines if line.id in group.keys]
    fresh = [line for line in members if not line.drawn_on and line.can_choose]
    title = _("These %(count)s say nearly the same", count=_in_words(members))
    if len(fresh) < 2:
        return _group(title, members)
    press = _("Draft from these %(count)s together", count=_in_words(fresh))
    return _group(title, members, like=group.keys[0], press=press)


def _in_words(lines: Lines) -> str:
    return number_in_words(len(lines)).lower()


def _by_value(lines: Lines) -> tuple[PositionGroup, ...]:
    """The value that most put first comes first."""
    by_value = _split(lines, lambda line: value_key(line.served[0]) if line.served else "")
    groups = []
    for members in sorted(by_value.values(), key=lambda members: -len(members)):
        first = members[0].served[0] if members[0].served else None
        title = str(first.label) if first else _("No value put first")
        groups.append(
            _group(
                title,
                members,
                is_written=first is not None,
                family=first.family if first else "other",
            )
        )
    return _fresh_first(groups)


def _by_scale(lines: Lines, scale: Scale) -> tuple[PositionGroup, ...]:
    """From the low end to the high one; who is not placed comes last."""
    steps = _split(lines, lambda line: _step(_at(line, scale)))
    return tuple(
        _group(
            _("Not placed on this scale")
            if step > STEPS
            else step_in_words(scale, at=step / STEPS),
            steps[step],
            is_written=step <= STEPS,
        )
        for step in sorted(steps)
    )


def _step(at: float) -> int:
    return round(at * STEPS)


def _split(lines: Lines, by: Callable[[PositionLine], Key]) -> dict[Key, list[PositionLine]]:
    found: defaultdict[Key, list[PositionLine]] = defaultdict(list)
    for line in lines:
        found[by(line)].append(line)
    return found


def _group(
    title: str,
    members: Lines,
    *,
    is_written: bool = False,
    family: str = "",
    like: str = "",
    press: str = "",
) -> PositionGroup:
    fresh = tuple(line for line in members if not line.drawn_on)
    drawn = tuple(line for line in members if line.drawn_on)
    return PositionGroup(
        title=title,
        is_written=is_written,
        family=family,
        like=like,
        press=press,
        lines=fresh[:SHOWN],
        more=fresh[SHOWN:],
        drawn=drawn,
        statements=tuple(dict.fromkeys(one for line in drawn for one in line.drawn_on)),
    )
