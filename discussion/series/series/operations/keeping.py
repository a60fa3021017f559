"""Making a series and changing its text and its rules."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.decisions.targets import Target, is_possible
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.members.operations.members import add_member
from discussion.series.series.drafts import SeriesDraft
from discussion.series.series.models import Scale, Series
from discussion.series.series.operations.higher import keep_labels
from discussion.series.series.operations.record import record
from discussion.series.series.words import (
    DEFAULT_SCALES,
    DEFAULT_THRESHOLDS,
    MIN_GROUP,
    RESERVED_SLUGS,
)
from discussion.series.values.models import Value
from discussion.vocabulary import of_series


def create_series(
    session: Session,
    actor: Viewer,
    slug: str,
    draft: SeriesDraft,
    *,
    copies: Collection[str] = ("values", "scales"),
    now: datetime,
) -> Series:
    """Make a draft series with the sixteen values and the two scales; its maker is its convener."""
    require(actor, May.CREATE_SERIES)
    if slug in RESERVED_SLUGS or session.scalar(select(Series.id).where(Series.slug == slug)):
        raise Refused(_("Another series has this address already."))
    series = Series(
        slug=slug, created_at=now, thresholds=dict(DEFAULT_THRESHOLDS), title="", question=""
    )
    _refuse_bad(draft)
    _write(series, draft)
    session.add(series)
    session.flush()
    _copy_defaults(session, series, copies)
    add_member(session, series, session.get_one(Person, actor.person_id), role="convener", now=now)
    record(session, actor, series, "create_series", now=now)
    return series


def edit_series(
    session: Session, actor: Viewer, series: Series, draft: SeriesDraft, *, now: datetime
) -> None:
    """Change a series' text and settings; the group that hides somebody never falls below five."""
    require(actor, May.CONVENE, series)
    _refuse_bad(draft)
    before = series.min_group
    _write(series, draft)
    session.flush()
    record(session, actor, series, "edit_series", now=now)
    if series.min_group != before:
        keep_labels(session, series)


def set_targets(
    session: Session, actor: Viewer, series: Series, targets: Mapping[str, Target], *, now: datetime
) -> None:
    """Say how soon moderators mean to decide on each kind; what is not named keeps its time."""
    require(actor, May.CONVENE, series)
    if not all(name in TARGETS and is_possible(name, each) for name, each in targets.items()):
        raise Refused(_("A time to decide is out of its bounds."))
    said = {name: [each.number, each.unit] for name, each in targets.items()}
    series.targets = {**(series.targets or {}), **said}
    record(session, actor, series, "set_targets", now=now, targets=said)


def write_rules(
    session: Session, actor: Viewer, series: Series, source: str, *, now: datetime
) -> None:
    """Write the rules; a change makes a new version, by which later consents are known."""
    require(actor, May.CONVENE, series)
    if not source.strip():
        raise Refused(_("Write the rules: a series cannot be without them."))
    if source == series.rules:
        return
    series.rules, series.rules_html = source, str(text.render(source))
    series.rules_version += 1
    record(session, actor, series, "write_rules", now=now, version=series.rules_version)


def _refuse_bad(draft: SeriesDraft) -> None:
    problems = []
    if draft.min_group < MIN_GROUP:
        problems.append(_("The smallest group can be raised, never below five."))
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        problems.append(_("The series cannot end before it starts."))
    if draft.who_may_post == "domain" and not draft.domains:
        problems.append(_("List at least one domain, or choose another way of joining."))
    if problems:
        raise Refused(*problems)


def _write(series: Series, draft: SeriesDraft) -> None:
    for name, value in vars(draft).items():
        setattr(series, name, list(value) if name == "domains" else value)


def _copy_defaults(session: Session, series: Series, copies: Collection[str]) -> None:
    values = of_series(series.slug).starting_values if "values" in copies else ()
    scales = DEFAULT_SCALES if "scales" in copies else ()
    for order, value in enumerate(values, start=1):
        session.add(
            Value(
                series_id=series.id,
                slug=value.slug,
                family=value.family,
                label=str(value.label),
                definition=str(value.definition),
                source=value.source,
                order=order,
            )
        )
    for order, scale in enumerate(scales, start=1):
        session.add(
            Scale(
                series=series,
                slug=scale["slug"],
                low=str(scale["low"]),
                high=str(scale["high"]),
                definition=str(scale["definition"]),
                steps=[str(step) for step in scale["steps"]],
                order=order,
            )
        )
    session.flush()
