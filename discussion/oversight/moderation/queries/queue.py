"""What waits, in the order in which it is due: bare lines, sorted and filtered in one place."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.threads.models import thread_theme
from discussion.decisions.models import Claim
from discussion.decisions.shapes import Bare, Filters
from discussion.decisions.targets import due_at, target_of
from discussion.oversight.moderation.queries.batches import list_promised
from discussion.oversight.moderation.queries.sources import list_everything, tally_everything
from discussion.oversight.moderation.queries.spans import days_in_words
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series, Theme
from discussion.web.shapes import DeskLink


@dataclass(frozen=True)
class Line:
    """One thing that waits, and when it is due."""

    bare: Bare
    due: datetime

    @property
    def key(self) -> str:
        return f"{self.bare.kind}/{self.bare.id}"


@dataclass(frozen=True)
class Held:
    """Who has taken a line, and until when."""

    person_id: int
    name: str
    until: datetime


@dataclass(frozen=True)
class Queue:
    """Everything that waits in the series of one moderator, the urgent first, oldest due first."""

    viewer: Viewer
    lines: Sequence[Line]
    series: Mapping[int, Series]
    held: Mapping[str, Held]  # by key
    themes: Mapping[int, frozenset[tuple[int, str]]]  # thread id → (series id, theme slug)

    def matching(self, filters: Filters) -> list[Line]:
        """The lines that meet every filter."""
        return [line for line in self.lines if self._meets(line, filters)]

    def free_from(self, key: str, filters: Filters) -> Iterator[Line]:
        """What the viewer may decide and nobody else has: from that line on, then from the top."""
        found = self.matching(filters)
        start = next((at for at, line in enumerate(found) if line.key == key), 0)
        lines = chain(found[start:], found[:start])
        return (line for line in lines if not self.is_own(line) and not self.is_taken(line))

    def is_own(self, line: Line) -> bool:
        return self.viewer.person_id in line.bare.own_ids

    def is_mine(self, line: Line) -> bool:
        held = self.held.get(line.key)
        return held is not None and held.person_id == self.viewer.person_id

    def is_taken(self, line: Line) -> bool:
        """Whether somebody else has it."""
        held = self.held.get(line.key)
        return held is not None and held.person_id != self.viewer.person_id

    def _meets(self, line: Line, filters: Filters) -> bool:
        bare = line.bare
        if filters.kind and bare.kind != filters.kind:
            return False
        if filters.series and self.series[bare.series_id].slug != filters.series:
            return False
        if filters.theme and (bare.series_id, filters.theme) not in self.themes_of(bare):
            return False
        return not filters.is_mine or self.is_mine(line)

    def themes_of(self, bare: Bare) -> frozenset[tuple[int, str]]:
        return self.themes.get(bare.thread_id or 0, frozenset())


def list_queue(session: Session, viewer: Viewer, now: datetime) -> Queue:
    """The number of statements depends on the kinds there are, the time on what waits, no more."""
    ids = moderated_by(viewer)
    rows = session.scalars(select(Series).where(Series.id.in_(ids))).all() if ids else ()
    series = {row.id: row for row in rows}
    promised = list_promised(session, now)
    bares = [
        bare
        for bare in list_everything(session, ids, now)
        if f"{bare.kind}/{bare.id}" not in promised
    ]
    lines = [Line(bare, due) for bare, due in _with_due(bares, series)]
    lines.sort(key=lambda line: (not line.bare.is_urgent, line.due, line.bare.id))
    themes = _list_themes(session, {bare.thread_id for bare in bares if bare.thread_id})
    return Queue(viewer, lines, series, _list_held(session, ids, now), themes)


def tally_waiting(
    session: Session, viewer: Viewer | None, now: datetime
) -> tuple[int, datetime | None]:
    """How many items wait for the viewer, and since when the oldest does; one statement."""
    return tally_everything(session, moderated_by(viewer), now)


def find_desk(session: Session, viewer: Viewer, now: datetime) -> DeskLink | None:
    """Where a moderator decides, with how much waits: in days, which tell nobody's hour."""
    if not moderated_by(viewer):
        return None
    count, since = tally_waiting(session, viewer, now)
    return DeskLink(paths.desk(), count, days_in_words(now - since) if since else "")


def moderated_by(viewer: Viewer | None) -> tuple[int, ...]:
    """The ids of the series whose desk the viewer has, as moderator or convener."""
    return () if viewer is None else viewer.series_as("moderator", "convener")


def _with_due(
    bares: Sequence[Bare], series: Mapping[int, Series]
) -> Iterator[tuple[Bare, datetime]]:
    targets = {
        (id, name): target_of(series[id], name)
        for id, name in {(bare.series_id, bare.target) for bare in bares if bare.due is None}
    }
    for bare in bares:
        yield bare, bare.due or due_at(bare.since, targets[bare.series_id, bare.target])


def _list_held(session: Session, ids: Sequence[int], now: datetime) -> dict[str, Held]:
    rows = session.execute(
        select(Claim.kind, Claim.subject_id, Claim.person_id, Person.display_name, Claim.until)
        .join(Claim.person)
        .where(Claim.series_id.in_(ids))
        .where(Claim.until > now)
    )
    return {f"{kind}/{id}": Held(person, name, until) for kind, id, person, name, until in rows}


def _list_themes(
    session: Session, thread_ids: Collection[int]
) -> dict[int, frozenset[tuple[int, str]]]:
    """The themes of the threads in which something waits."""
    if not thread_ids:
        return {}
    rows = session.execute(
        select(thread_theme.c.thread_id, Theme.series_id, Theme.slug)
        .join(Theme, Theme.id == thread_theme.c.theme_id)
        .where(thread_theme.c.thread_id.in_(thread_ids))
    )
    found: dict[int, frozenset[tuple[int, str]]] = {}
    for thread_id, series_id, slug in rows:
        found[thread_id] = found.get(thread_id, frozenset()) | {(series_id, slug)}
    return found
