"""The frozen shapes of the pages of conveners and members."""

from dataclasses import dataclass
from datetime import datetime

from discussion.series.series.queries.readiness import Step


@dataclass(frozen=True)
class Tab:
    """One page of the settings."""

    label: str
    url: str


@dataclass(frozen=True)
class Convened:
    """What every page of the settings needs: the series and the way to the other pages."""

    slug: str
    title: str
    url: str
    status: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class SettingsPage:
    series: Convened
    steps: tuple[Step, ...]  # what the series needs before it can open; none once it is
    missing: int  # how many of them are not done
    acts: tuple[str, ...]  # open, close, archive, reopen: those that may follow now
    ending: str  # what becomes of it on its last day; empty where that is not to come


@dataclass(frozen=True)
class TargetsPage:
    series: Convened
    url: str
    kinds: tuple[tuple[str, str], ...]  # name of a target, what it covers


@dataclass(frozen=True)
class RowLine:
    """A theme, a scale, a reason or a value in its list."""

    id: str
    slug: str
    words: str
    detail: str
    edit_url: str
    is_retired: bool
    is_first: bool
    is_last: bool
    earlier: tuple[tuple[str, datetime], ...] = ()
    family: str = ""
    replaced_by: str = ""
    successor: str = ""  # the scale that took the place of this one


@dataclass(frozen=True)
class ListPage:
    """One list of the settings, with a form to add to it or to change one of it."""

    series: Convened
    kind: str  # reason, theme, scale or value
    rows: tuple[RowLine, ...]
    url: str
    version: int = 0
    rules: str = ""
    editing: str = ""  # the slug of what is being changed
    proposals: tuple["ProposalLine", ...] = ()
    merge_choices: tuple[tuple[str, str], ...] = ()
    can_convene: bool = True


@dataclass(frozen=True)
class ProposalLine:
    id: str
    label: str
    proposed_on: datetime
    uses: int
    is_own: bool
