"""How the desk is doing: how long items waited for their decision, and what waits now.

Six statements give plain numbers, two for each item that was decided; numpy does the rest. The
clock of an item starts when it was handed in, received or proposed, and stops with the first
decision on it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session, aliased

from discussion import clock, paths
from discussion.analysis.pace import EVERY, Pace, Span, paces_of
from discussion.decisions.models import Decision
from discussion.decisions.targets import due_at, target_of
from discussion.decisions.targets import in_words as target_in_words
from discussion.language import _, in_words
from discussion.oversight.moderation.queries.higher import TIMED, second
from discussion.oversight.moderation.queries.queue import moderated_by
from discussion.oversight.moderation.queries.shapes import Choice
from discussion.oversight.moderation.queries.sources import list_everything
from discussion.oversight.moderation.queries.spans import span_in_words
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.subjects.finding import kind_at
from discussion.subjects.kinds import KINDS
from discussion.subjects.shapes import Waits

FEW = 5  # of fewer items a middle says nothing, and might say it of somebody
MONTHS = 12
RECENT = timedelta(days=30)
ALL = 100
MONDAY = date(2026, 1, 5)


@dataclass(frozen=True)
class PaceLine:
    """One row: how many were decided, and how quickly; the words are empty when they are few."""

    slug: str  # a kind, or a month such as 2026-11
    label: str
    count: int
    half: str  # "9 hours"
    most: str
    share: int | None  # of a hundred, decided within their time
    half_at: float  # on the picture, in hundredths of its width
    most_at: float


@dataclass(frozen=True)
class WaitingLine:
    label: str
    promised: str  # "within 2 working days"; empty where series differ
    count: int
    oldest: str  # "3 days"


@dataclass(frozen=True)
class StatisticsPage:
    """How the desk is doing, over twelve months and now."""

    sentence: str
    now_sentence: str
    kinds: tuple[PaceLine, ...]
    months: tuple[PaceLine, ...]  # the newest first, of the chosen kind
    months_title: str
    scale: str  # how long the picture's whole width is
    waiting: tuple[WaitingLine, ...]
    by_kind: tuple[Choice, ...]
    by_series: tuple[Choice, ...]  # empty where the viewer moderates one
    few: int
    at: datetime


def statistics_page(
    session: Session, viewer: Viewer | None, *, series: str = "", kind: str = "", now: datetime
) -> StatisticsPage | None:
    """For who moderates: of all their series, or of the one with this address."""
    own = _own_series(session, viewer)
    chosen = [row for row in own if row.slug == series] or own
    if not chosen:
        return None
    chosen_kind = kind if kind in _targets() else EVERY
    reading = _Reading(session, chosen, _first_of_months(now), now)
    every = reading.paces.get((EVERY, EVERY))
    months = reading.months(chosen_kind)
    drawn = max((most for _line, most in months), default=0)
    slug = chosen[0].slug if len(chosen) == 1 < len(own) else ""
    return StatisticsPage(
        sentence=_sentence(every),
        now_sentence=_now_sentence(reading),
        kinds=tuple(reading.kinds()),
        months=tuple(line for line, _most in months),
        months_title=_kind_words(chosen_kind),
        scale=_span(drawn) if drawn else "",
        waiting=tuple(reading.waiting()),
        by_kind=tuple(_by_kind(chosen_kind, slug)),
        by_series=tuple(_by_series(own, slug, chosen_kind)),
        few=FEW,
        at=now,
    )


def recent_pace(session: Session, series_ids: Sequence[int], now: datetime) -> str:
    """How quickly the last thirty days' decisions were made, in a sentence; "" of a few."""
    rows = session.scalars(select(Series).where(Series.id.in_(series_ids))).all()
    pace = _Reading(session, rows, now - RECENT, now).paces.get((EVERY, EVERY)) if rows else None
    if pace is None or pace.count < FEW:
        return ""
    said = {"count": f"{pace.count:,}", "half": _span(pace.half), "most": _span(pace.most)}
    if _share(pace) == ALL:
        return _(
            "In the last 30 days %(count)s decisions were made: half within %(half)s,"
            " nine in ten within %(most)s, and all in the time we promise.",
            **said,
        )
    return _(
        "In the last 30 days %(count)s decisions were made: half within %(half)s, nine"
        " in ten within %(most)s. %(share)s in a hundred were made in the time we"
        " promise.",
        share=_share(pace),
        **said,
    )


class _Reading:
    """The numbers of some series since a moment."""

    def __init__(
        self, session: Session, series: Sequence[Series], start: datetime, now: datetime
    ) -> None:
        self.session, self.start, self.now = session, start, now
        self.series = {row.id: row for row in series}
        self._rules: dict[tuple[int, str], int] = {}

    @cached_property
    def paces(self) -> Mapping[tuple[str, str], Pace]:
        spans = [
            Span(kind, self._rule(series_id, target), since, until)
            for kind, query in _decided(tuple(self.series), self.start)
            for series_id, target, since, until in self.session.execute(query)
        ]
        rules = [self._seconds(*key) for key in self._rules]
        return paces_of(spans, rules, clock.shifts(self.start, self.now))

    @cached_property
    def bares(self) -> Mapping[str, list[datetime]]:
        """Since when everything waits, by kind."""
        found: dict[str, list[datetime]] = {}
        for bare in list_everything(self.session, tuple(self.series), self.now):
            found.setdefault(bare.kind, []).append(bare.since)
        return found

    def kinds(self) -> Iterator[PaceLine]:
        for kind in (EVERY, *_targets()):
            pace = self.paces.get((kind, EVERY))
            if pace is not None:
                yield _line(kind, _kind_words(kind), pace, 0)

    def months(self, kind: str) -> list[tuple[PaceLine, int]]:
        """Each month's line, and how far it reaches in seconds."""
        own = {month: pace for (name, month), pace in self.paces.items() if name == kind and month}
        drawn = max((pace.most for pace in own.values() if pace.count >= FEW), default=0)
        return [
            (_line(month, _month_words(month), own[month], drawn), drawn)
            for month in sorted(own, reverse=True)
        ]

    def waiting(self) -> Iterator[WaitingLine]:
        for kind, target in _targets().items():
            since = self.bares.get(kind, [])
            said = {target_in_words(target_of(row, target)) for row in self.series.values()}
            yield WaitingLine(
                _kind_words(kind),
                said.pop() if len(said) == 1 else "",
                len(since),
                span_in_words(self.now - min(since)) if since else "",
            )

    def _rule(self, series_id: int, target: str) -> int:
        return self._rules.setdefault((series_id, target), len(self._rules))

    def _seconds(self, series_id: int, target: str) -> list[int]:
        """Within how many seconds it was due, for what began to wait on a Monday, a Tuesday …"""
        rule = target_of(self.series[series_id], target)
        days = [clock.morning(MONDAY + timedelta(days=day)) for day in range(7)]
        return [int((due_at(day, rule) - day).total_seconds()) for day in days]


def _decided(ids: Sequence[int], start: datetime) -> Iterator[tuple[str, Select[Any]]]:
    """For each kind a statement: series, target, since and until, one row an item."""
    for kind in KINDS:
        if kind.waits is not None:
            yield kind.plural, _first_decisions(kind.kind, kind.waits, ids, start)
    yield from (asked(ids, start) for asked in TIMED)


def _first_decisions(
    kind: str, waits: Waits, ids: Sequence[int], start: datetime
) -> Select[tuple[int, str, int, int]]:
    """What was decided since, but for what was decided before: an appeal starts another clock."""
    waiting, earlier = waits.since.class_, aliased(Decision)
    was_decided = (
        select(earlier.id)
        .where(earlier.subject_id == Decision.subject_id)
        .where(earlier.subject_kind == kind)
        .where(earlier.revision_id.is_not_distinct_from(Decision.revision_id))
        .where(earlier.action.in_(waits.ended_by))
        .where(earlier.id < Decision.id)
        .correlate(Decision)
    )
    return (
        select(
            Decision.series_id,
            literal("contribution"),
            second(waits.since),
            second(Decision.at),
        )
        .select_from(Decision)
        .join(
            waiting,
            waiting.id == Decision.revision_id
            if waits.is_of_version
            else waiting.public_id == Decision.subject_id,
        )
        .where(Decision.subject_kind == kind)
        .where(Decision.action.in_(waits.ended_by))
        .where(Decision.series_id.in_(ids))
        .where(Decision.at >= start)
        .where(~was_decided.exists())
    )


def _own_series(session: Session, viewer: Viewer | None) -> list[Series]:
    ids = moderated_by(viewer)
    if not ids:
        return []
    return list(session.scalars(select(Series).where(Series.id.in_(ids)).order_by(Series.title)))


def _first_of_months(now: datetime) -> datetime:
    """The first of the month eleven months ago: this month and eleven whole ones."""
    today = clock.day(now)
    months = today.year * 12 + today.month - MONTHS
    return clock.morning(date(months // 12, months % 12 + 1, 1))


def _line(slug: str, label: str, pace: Pace, drawn: int) -> PaceLine:
    if pace.count < FEW:
        return PaceLine(slug, label, pace.count, "", "", None, 0, 0)
    return PaceLine(
        slug,
        label,
        pace.count,
        _span(pace.half),
        _span(pace.most),
        _share(pace),
        _place(pace.half, drawn),
        _place(pace.most, drawn),
    )


def _place(seconds: int, drawn: int) -> float:
    return round(100 * seconds / drawn, 1) if drawn else 0


def _span(seconds: int) -> str:
    """A time within which: rounded up, so that what is said holds."""
    minutes = -(-seconds // 60)
    if minutes >= 60:
        minutes = -(-minutes // 60) * 60
    if minutes >= 72 * 60:
        minutes = -(-minutes // (24 * 60)) * 24 * 60
    return span_in_words(timedelta(minutes=minutes))


def _share(pace: Pace) -> int:
    """In a hundred, rounded down: all is said only of all."""
    return 100 * pace.in_time // pace.count


def _sentence(every: Pace | None) -> str:
    if every is None or every.count < FEW:
        return _("Too little was decided in the last twelve months to say how quickly.")
    return _(
        "In the last twelve months %(count)s items were decided, half of them within %(half)s and "
        "nine in ten within %(most)s.",
        count=f"{every.count:,}",
        half=_span(every.half),
        most=_span(every.most),
    )


def _now_sentence(reading: _Reading) -> str:
    counts = Counter({kind: len(reading.bares.get(kind, [])) for kind in _targets()})
    total = counts.total()
    if not total:
        return _("Nothing is waiting now.")
    oldest = min(since for kind in _targets() for since in reading.bares.get(kind, []))
    return _(
        "Now %(count)s wait for a decision, the oldest for %(span)s.",
        count=f"{total:,}",
        span=span_in_words(reading.now - oldest),
    )


def _kind_words(kind: str) -> str:
    named = kind_at(kind)
    if named is not None:
        return str(named.words.waiting)
    return {EVERY: _("Everything"), "reports": _("Reports"), "appeals": _("Appeals")}[kind]


def _targets() -> dict[str, str]:
    """What is timed, each with the name of its target."""
    written = {kind.plural: "contribution" for kind in KINDS if kind.words.waits}
    return written | {"reports": "report", "appeals": "appeal"}


def _month_words(month: str) -> str:
    return in_words(date.fromisoformat(f"{month}-01"), "MMMM y")


def _by_kind(chosen: str, series: str) -> Iterator[Choice]:
    for kind in (EVERY, *_targets()):
        url = paths.statistics(kind=kind, series=series)
        yield Choice(kind, _kind_words(kind), 0, url, kind == chosen)


def _by_series(own: Sequence[Series], chosen: str, kind: str) -> Iterator[Choice]:
    if len(own) < 2:
        return
    yield Choice("", _("All of them"), 0, paths.statistics(kind=kind), not chosen)
    for row in own:
        url = paths.statistics(kind=kind, series=row.slug)
        yield Choice(row.slug, row.title, 0, url, row.slug == chosen)
