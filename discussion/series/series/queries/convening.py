"""What conveners see: settings, rules and reasons, themes, scales, members, invitations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.series.series.models import Reason, Scale, ScaleWording, Series, Theme, ThemeWording
from discussion.series.series.queries.ending import ending_in_words
from discussion.series.series.queries.kept import (
    Convened,
    ListPage,
    RowLine,
    SettingsPage,
    Tab,
    TargetsPage,
)
from discussion.series.series.queries.readiness import steps_to_open
from discussion.series.series.queries.reading import find_series
from discussion.series.series.words import MOVES
from discussion.series.values.models import Value

Row = TypeVar("Row", bound=Theme | Scale | Reason | Value)


def settings_page(session: Session, viewer: Viewer | None, slug: str) -> SettingsPage | None:
    """The series' own settings, what it still needs, and where it can move."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    steps = steps_to_open(session, series) if series.status != "open" else ()
    acts = tuple(act for act, (starts, _ends) in MOVES.items() if series.status in starts)
    ending = ending_in_words(series, clock.today())
    missing = sum(not one.is_done for one in steps)
    return SettingsPage(convened(series), steps, missing, acts, ending)


def targets_page(session: Session, viewer: Viewer | None, slug: str) -> TargetsPage | None:
    """What the series sets a time for."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    kinds = tuple((name, str(words)) for name, words in TARGETS.items())
    return TargetsPage(convened(series), paths.targets_settings(slug), kinds)


def rules_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """The rules with their version, and every reason."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    rows = [
        row_line(reason, reason.label, reason.explanation, paths.rules_settings(slug))
        for reason in series.reasons
    ]
    return ListPage(
        convened(series),
        "reason",
        with_ends(rows),
        paths.rules_settings(slug),
        series.rules_version,
        series.rules,
    )


def themes_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every theme in order, with its earlier wordings."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    wordings = session.scalars(
        select(ThemeWording)
        .join(ThemeWording.theme)
        .where(Theme.series_id == series.id)
        .order_by(ThemeWording.until.desc())
    )
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for wording in wordings:
        earlier.setdefault(wording.theme_id, []).append((wording.question, wording.until))
    rows = [
        row_line(
            theme,
            theme.question,
            theme.provenance,
            paths.themes_settings(slug),
            earlier.get(theme.id, ()),
        )
        for theme in series.themes
    ]
    return ListPage(convened(series), "theme", with_ends(rows), paths.themes_settings(slug))


def scales_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every scale in order, with its earlier wordings and what took its place."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    wordings = session.scalars(
        select(ScaleWording)
        .join(ScaleWording.scale)
        .where(Scale.series_id == series.id)
        .order_by(ScaleWording.until.desc())
    )
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for one in wordings:
        words = f"{one.low} – {one.high} ({', '.join(one.steps)})"
        earlier.setdefault(one.scale_id, []).append((words, one.until))
    replaced = {scale.replaces[-1]: scale for scale in series.scales if scale.replaces}
    rows = [
        replace(
            row_line(
                scale,
                f"{scale.low} – {scale.high}",
                scale.definition,
                paths.scales_settings(slug),
                earlier.get(scale.id, ()),
            ),
            successor=f"{after.low} – {after.high}" if after else "",
        )
        for scale in series.scales
        for after in (replaced.get(scale.slug),)
    ]
    return ListPage(convened(series), "scale", with_ends(rows), paths.scales_settings(slug))


def with_editing(page: ListPage, slug: str) -> ListPage:
    """The page on which one row of the list is being changed."""
    return replace(page, editing=slug)


def find_convened(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """A series the viewer may read, and change; raises Forbidden when only the former."""
    series = find_series(session, viewer, slug)
    if series is not None:
        require(viewer, May.CONVENE, series)
    return series


def find_listed(session: Session, kind: type[Row], series: Series, slug: str) -> Row | None:
    """A theme, scale, reason or value of the series, retired or not."""
    return session.scalar(select(kind).where(kind.series_id == series.id).where(kind.slug == slug))


def convened(series: Series, *, only_members: bool = False) -> Convened:
    """The head of every page of the settings."""
    slug = series.slug
    tabs = (
        Tab(_("Settings"), paths.settings(slug)),
        Tab(_("Rules and reasons"), paths.rules_settings(slug)),
        Tab(_("Times to decide"), paths.targets_settings(slug)),
        Tab(_("Themes"), paths.themes_settings(slug)),
        Tab(_("Scales"), paths.scales_settings(slug)),
    )
    others = (
        Tab(_("Letters"), paths.announcements(slug)),
        Tab(_("Webhooks"), paths.webhooks(slug)),
        Tab(_("Instrument"), paths.instrument(slug)),
    )
    for_moderators = (
        Tab(_("Values"), paths.values_settings(slug)),
        Tab(_("Members"), paths.members(slug)),
    )
    shown = for_moderators if only_members else (*tabs, *for_moderators, *others)
    return Convened(slug, series.title, paths.series(slug), series.status, shown)


def row_line(
    row: Theme | Scale | Reason | Value,
    words: str,
    detail: str,
    url: str,
    earlier: Iterable[tuple[str, datetime]] = (),
    family: str = "",
    replaced_by: str = "",
) -> RowLine:
    """One row of a list in the settings; `earlier` are its words before, each with the time."""
    return RowLine(
        str(row.id),
        row.slug,
        words,
        detail,
        f"{url}/{row.slug}",
        row.retired_at is not None,
        False,
        False,
        tuple(earlier),
        family,
        replaced_by,
    )


def with_ends(rows: list[RowLine]) -> tuple[RowLine, ...]:
    """Live rows first, the first and last of them marked; then the retired."""
    live = [row for row in rows if not row.is_retired]
    marked = [
        replace(row, is_first=at == 0, is_last=at == len(live) - 1) for at, row in enumerate(live)
    ]
    return (*marked, *(row for row in rows if row.is_retired))
