"""Making a series what a file says it is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.drafts import (
    FileDraft,
    ReasonDraft,
    ScaleDraft,
    ThemeDraft,
    ValueDraft,
)
from discussion.series.series.models import Reason, Scale, Series, Theme, ThemeWording
from discussion.series.series.operations.keeping import (
    create_series,
    edit_series,
    set_targets,
    write_rules,
)
from discussion.series.series.operations.lists import is_reversed, write_scale, write_theme
from discussion.series.series.operations.record import record
from discussion.series.series.queries.higher import has_places
from discussion.series.values.models import Value, ValueWording


class HasSlug(Protocol):
    """A row that its series’ file knows by its slug."""

    @property
    def slug(self) -> str: ...


Row = TypeVar("Row", Reason, Scale, Theme, Value)
Draft = TypeVar("Draft", bound=HasSlug)


def load_draft(session: Session, actor: Viewer, draft: FileDraft, *, now: datetime) -> Series:
    """Make or change a series; slugs tell what is meant, and what is not listed is retired."""
    series = session.scalar(select(Series).where(Series.slug == draft.slug))
    require(actor, May.CREATE_SERIES if series is None else May.CONVENE, series)
    if series is None:
        copies = [name for name in ("values", "scales") if getattr(draft, name) is None]
        series = create_series(session, actor, draft.slug, draft.series, copies=copies, now=now)
    else:
        edit_series(session, actor, series, draft.series, now=now)
    series.thresholds = dict(draft.thresholds)
    if draft.targets:
        set_targets(session, actor, series, draft.targets, now=now)
    if draft.rules:
        write_rules(session, actor, series, draft.rules, now=now)
    _load_list(session, series, Reason, draft.reasons, _write_reason, now)
    _load_list(session, series, Scale, draft.scales, _write_scale, now)
    _load_list(session, series, Theme, draft.themes, _write_theme, now)
    _load_list(session, series, Value, draft.values, _write_value, now)
    session.flush()
    session.expire(series, ["reasons", "scales", "themes", "values"])
    record(session, actor, series, "load_series", now=now)
    return series


def _load_list(
    session: Session,
    series: Series,
    kind: type[Row],
    drafts: Sequence[Draft] | None,
    write: Callable[[Session, Row, Draft, datetime], None],
    now: datetime,
) -> None:
    """What is not listed is retired; where there is no list, everything is left as it is."""
    if drafts is None:
        return
    rows = {
        row.slug: row for row in session.scalars(select(kind).where(kind.series_id == series.id))
    }
    changed = False
    for order, one in enumerate(drafts, start=1):
        row = rows.pop(one.slug, None)
        if row is None:
            row = kind(series_id=series.id, slug=one.slug)
            changed = True
        write(session, row, one, now)
        row.order, row.retired_at = order, None
        session.add(row)
        changed |= session.is_modified(row)
    for row in rows.values():
        changed |= row.retired_at is None
        row.retired_at = row.retired_at or now
    if kind is Value and changed:
        series.value_set_version += 1
    session.flush()


def _write_reason(_session: Session, row: Reason, draft: ReasonDraft, _now: datetime) -> None:
    row.label, row.explanation = draft.label, draft.explanation


def _write_scale(session: Session, row: Scale, draft: ScaleDraft, now: datetime) -> None:
    if row.id and is_reversed(row, draft) and has_places(session, row):
        raise Refused(
            _(
                "The scale “%(scale)s” would be the other way round, and there are"
                " positions on it. Give the new one its own address.",
                scale=row.slug,
            )
        )
    write_scale(session, row, draft, now)


def _write_theme(session: Session, row: Theme, draft: ThemeDraft, now: datetime) -> None:
    if row.question and row.question != draft.question:
        session.add(ThemeWording(theme=row, question=row.question, until=now))
    row.question = draft.question
    write_theme(row, draft)


def _write_value(session: Session, row: Value, draft: ValueDraft, now: datetime) -> None:
    if row.label and (row.label, row.definition) != (draft.label, draft.definition):
        session.add(ValueWording(value=row, label=row.label, definition=row.definition, until=now))
    row.label, row.definition = draft.label, draft.definition
    row.family, row.source, row.replaced_by_id = draft.family, draft.source, None
