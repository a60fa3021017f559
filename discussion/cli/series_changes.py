"""What loading a file would do to a series: said before it is done."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.threads.models import thread_scale, thread_theme
from discussion.series.series.exchange import FORMS, dump_series
from discussion.series.series.models import Reason, Scale, Series, Theme
from discussion.series.values.models import Value

SHOWN = 60


@dataclass(frozen=True)
class Change:
    """One thing that would be otherwise: “add”, “change”, “retire” or “bring back”."""

    does: str
    what: str
    says: str

    def __str__(self) -> str:
        return f"  {self.does:<10} {self.what}{': ' if self.says else ''}{self.says}"


def content(session: Session, series: Series | None) -> dict[str, Any]:
    """The series as its file would say it now; nothing for one that is not there."""
    return tomllib.loads(dump_series(session, series)) if series is not None else {}


def retired(session: Session, series: Series | None) -> set[tuple[str, str]]:
    """The lists' entries that were retired before, and may come back."""
    if series is None:
        return set()
    kinds: dict[str, Any] = {
        "reasons": Reason,
        "themes": Theme,
        "scales": Scale,
        "values": Value,
    }
    return {
        (name, slug)
        for name, kind in kinds.items()
        for slug in session.scalars(
            select(kind.slug).where(kind.series_id == series.id).where(kind.retired_at.is_not(None))
        )
    }


def used(session: Session, series: Series | None) -> dict[tuple[str, str], str]:
    """What somebody uses of the lists, and how much."""
    if series is None:
        return {}
    found = {}
    for name, noun, query in _USES:
        for slug, count in session.execute(query.where(Series.id == series.id)):
            found[name, slug] = f"used by {count} {noun}{'' if count == 1 else 's'}"
    return found


def find_changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    uses: Mapping[tuple[str, str], str],
    earlier: set[tuple[str, str]],
) -> tuple[Change, ...]:
    """Everything that differs, in the order of the file."""
    return tuple(
        change
        for name in ("series", "thresholds", "targets", *FORMS)
        for change in (
            _of_list(name, before.get(name, []), after.get(name, []), uses, earlier)
            if name in FORMS
            else _of_table(name, before.get(name, {}), after.get(name, {}))
        )
    )


def _of_table(what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            does = "change" if key in before else "add"
            yield Change(does, f"{what} {key}", _from_to(before.get(key), after.get(key)))


def _of_list(
    name: str,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    uses: Mapping[tuple[str, str], str],
    earlier: set[tuple[str, str]],
) -> Iterator[Change]:
    old, new = ({row["slug"]: row for row in rows} for rows in (before, after))
    for slug, row in new.items():
        if slug not in old:
            does = "bring back" if (name, slug) in earlier else "add"
            yield Change(does, f"{name} {slug}", _short(_title(row)))
        else:
            yield from (
                Change("change", f"{name} {slug} {field}", _from_to(old[slug].get(field), value))
                for field, value in row.items()
                if old[slug].get(field) != value
            )
    for slug, row in old.items():
        if slug not in new:
            says = ", ".join(part for part in (_short(_title(row)), uses.get((name, slug))) if part)
            yield Change("retire", f"{name} {slug}", says)
    kept = [[slug for slug in rows if slug in old and slug in new] for rows in (old, new)]
    if kept[0] != kept[1]:
        yield Change("change", f"{name} order", "")


def _title(row: Mapping[str, Any]) -> Any:
    return next((row[key] for key in ("label", "question", "low") if key in row), "")


def _from_to(before: Any, after: Any) -> str:
    return f"{_short(before)} → {_short(after)}" if before is not None else _short(after)


def _short(value: Any) -> str:
    text = " ".join(str("nothing" if value is None else value).split())
    return f"“{text[: SHOWN - 1]}…”" if len(text) > SHOWN else f"“{text}”"


def _threads_using(kind: Any, table: Any, column: str) -> Any:
    return (
        select(kind.slug, func.count())
        .join(table, table.c[column] == kind.id)
        .join(Series, Series.id == kind.series_id)
        .group_by(kind.slug)
    )


def _positions_tagged() -> Any:
    return (
        select(Value.slug, func.count(distinct(Position.id)))
        .join(ValueTag, ValueTag.value_id == Value.id)
        .join(Revision, Revision.id == ValueTag.revision_id)
        .join(Position, Position.id == Revision.position_id)
        .join(Series, Series.id == Value.series_id)
        .group_by(Value.slug)
    )


_USES: tuple[tuple[str, str, Any], ...] = (
    ("themes", "thread", _threads_using(Theme, thread_theme, "theme_id")),
    ("scales", "thread", _threads_using(Scale, thread_scale, "scale_id")),
    (
        "values",
        "position",
        _positions_tagged(),
    ),
)
