"""Who has not been heard before a round opens: of the groups that the findings may compare.

It is told by what positions show to every reader, and never by who wrote them: under the Chatham
House Rule nobody is counted as anything. Of people it says “fewer than five” or “five or more”.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.language import _, _l, number_in_words
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import published_positions
from discussion.series.members.queries.cells import CONTRIBUTOR, Cells, count_cells
from discussion.series.series.words import MIN_GROUP
from discussion.vocabulary import Vocabulary, of_series
from discussion.vocabulary.shape import OTHER

FAMILY, PHASE, LEVEL = "family", "phase", "level"
KINDS = {FAMILY: _l("Roles"), PHASE: _l("Who they work with"), LEVEL: _l("What it is about")}
WITH_PHASE = 1  # up to this step a label names it
Counts = Mapping[tuple[str, str], int]  # kind and key of a group → how many


@dataclass(frozen=True)
class GroupHeard:
    """One group, and how far it has been heard; without numbers of people."""

    name: str
    positions: str  # none, fewer than five, five or more
    members: str  # who could rate: fewer than five, five or more; empty of a level


@dataclass(frozen=True)
class KindHeard:
    label: str
    groups: tuple[GroupHeard, ...]


@dataclass(frozen=True)
class Heard:
    """What moderators are told before a round opens; nothing of it blocks."""

    silent: tuple[str, ...]  # enough are here, and no position shows it
    few: tuple[str, ...]  # hardly any are here, so nothing can be found of them
    levels: tuple[str, ...]  # that the thread asks about, and no position is about
    enough: str  # five, in words, of whom something can be said
    hides_roles: bool  # some positions do not show a role
    hides_all: bool  # none of them does, so that nobody can tell who has written
    kinds: tuple[KindHeard, ...]
    members_url: str  # where people are invited; empty for who may not
    notes_url: str  # where a note on the thread can ask for positions

    @property
    def is_missing_somebody(self) -> bool:
        return bool(self.silent or self.few or self.levels)


def who_is_heard(session: Session, viewer: Viewer, thread: Thread) -> Heard:
    """By the groups of the series’ sector, in two statements."""
    known = of_series(thread.series.slug)
    shown, hides_roles = _shown(session, viewer, thread, known)
    here = _here(count_cells(session, thread.series))
    least = max(thread.series.min_group, MIN_GROUP)
    hides_all = hides_roles and not any(kind == FAMILY for kind, _key in shown)
    names = dict(_names(thread, known))
    people = [group for group in names if group[0] != LEVEL]
    return Heard(
        silent=()
        if hides_all
        else tuple(names[one] for one in people if here[one] >= least and not shown[one]),
        few=tuple(names[one] for one in people if one[0] == FAMILY and here[one] < least),
        levels=tuple(names[one] for one in names if one[0] == LEVEL and not shown[one]),
        enough=number_in_words(least).lower(),
        hides_roles=hides_roles,
        hides_all=hides_all,
        kinds=tuple(
            KindHeard(
                str(label),
                tuple(
                    GroupHeard(
                        name,
                        _("not shown")
                        if hides_all and kind != LEVEL
                        else _told(shown[group], least),
                        "" if kind == LEVEL else _bucket(here[group], least),
                    )
                    for group, name in names.items()
                    if group[0] == kind
                ),
            )
            for kind, label in KINDS.items()
        ),
        members_url=paths.members(thread.series.slug)
        if allowed(viewer, May.MANAGE_MEMBERS, thread.series)
        else "",
        notes_url=f"{paths.curate_thread(thread.slug)}#notes",
    )


def _told(positions: int, least: int) -> str:
    return _bucket(positions, least) if positions else _("none")


def _bucket(many: int, least: int) -> str:
    words = number_in_words(least).lower()
    if many < least:
        return _("fewer than %(num)s", num=words)
    return _("%(num)s or more", num=words)


def _names(thread: Thread, known: Vocabulary) -> Iterator[tuple[tuple[str, str], str]]:
    """Every group of the sector that says something, and the levels that the thread is about."""
    for key, family in known.families.items():
        if key != OTHER:
            yield (FAMILY, key), str(family.many)
    for key, phase in known.phases.items():
        yield (PHASE, key), str(phase.alone)
    for key, level in known.levels.items():
        if key in thread.levels:
            yield (LEVEL, key), str(level.label)


def _here(cells: Cells) -> Counter[tuple[str, str]]:
    """Admitted members, by what they do and for whom they work."""
    found: Counter[tuple[str, str]] = Counter()
    for (role, phase), many in cells.posts.items():
        found[FAMILY, cells.vocabulary.family_of(role)] += many
        found[PHASE, phase] += many
    return found


def _shown(
    session: Session, viewer: Viewer, thread: Thread, known: Vocabulary
) -> tuple[Counter[tuple[str, str]], bool]:
    """Published positions by what their cards show; and whether any shows no role."""
    rows = session.execute(
        select(
            Position.attribution,
            Position.label_role,
            Position.label_phase,
            Position.label_step,
            Person.left_at,
            Revision.level,
        )
        .join(Person, Person.id == Position.author_id)
        .join(Revision, Revision.id == Position.live_revision_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Thread.series)
        .where(Position.thread_id == thread.id)
        .where(published_positions(viewer))
    )
    found: Counter[tuple[str, str]] = Counter()
    hides_roles = False
    for row in rows:
        found[LEVEL, row.level] += 1
        is_named = row.attribution == "named" and row.left_at is None
        step = 0 if is_named else row.label_step
        family = known.family_of(row.label_role)
        if row.attribution == "chatham_house" or step >= CONTRIBUTOR or not family:
            hides_roles = True
            continue
        found[FAMILY, family] += 1
        if step <= WITH_PHASE and row.label_phase:
            found[PHASE, row.label_phase] += 1
    return found, hides_roles
