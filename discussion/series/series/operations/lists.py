"""Themes, scales and reasons: added, reworded, ordered, retired; never deleted, so that no slug
returns."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.drafts import ReasonDraft, ScaleChange, ScaleDraft, ThemeDraft
from discussion.series.series.models import Reason, Scale, ScaleWording, Series, Theme, ThemeWording
from discussion.series.series.operations.higher import swap_scale
from discussion.series.series.operations.record import lock_series, record
from discussion.series.series.queries.higher import has_places
from discussion.series.series.words import OTHER, SAME, STEPS

REPLACED = "series.ask_places"
Listed = TypeVar("Listed", Theme, Scale, Reason)


def add_theme(
    session: Session, actor: Viewer, series: Series, draft: ThemeDraft, *, now: datetime
) -> Theme:
    """Add a theme at the end of the route; its question ends with a question mark."""
    require(actor, May.CONVENE, series)
    _refuse_bad_theme(draft)
    slug = draft.slug or _free_slug(session, series, draft.question)
    _refuse_taken(session, Theme, series, slug)
    theme = Theme(
        series=series, slug=slug, question=draft.question, order=_next_order(session, Theme, series)
    )
    write_theme(theme, draft)
    session.add(theme)
    session.flush()
    record(session, actor, series, "add_theme", subject=("theme", str(theme.id)), now=now)
    return theme


def edit_theme(
    session: Session, actor: Viewer, theme: Theme, draft: ThemeDraft, *, now: datetime
) -> None:
    """Change a theme; its slug stays, and an earlier wording of the question is kept."""
    require(actor, May.CONVENE, theme.series)
    _refuse_bad_theme(draft)
    if draft.question != theme.question:
        session.add(ThemeWording(theme=theme, question=theme.question, until=now))
        theme.question = draft.question
    write_theme(theme, draft)
    session.flush()
    record(session, actor, theme.series, "edit_theme", subject=("theme", str(theme.id)), now=now)


def add_scale(
    session: Session, actor: Viewer, series: Series, draft: ScaleDraft, *, now: datetime
) -> Scale:
    """Add a scale with two named ends and the words for its five steps."""
    require(actor, May.CONVENE, series)
    _refuse_bad_scale(draft)
    slug = draft.slug or text.slugify(f"{draft.low} {draft.high}")
    _refuse_taken(session, Scale, series, slug)
    scale = Scale(series=series, slug=slug, order=_next_order(session, Scale, series))
    write_scale(session, scale, draft, now)
    session.add(scale)
    session.flush()
    record(session, actor, series, "add_scale", subject=("scale", str(scale.id)), now=now)
    return scale


def edit_scale(
    session: Session, actor: Viewer, scale: Scale, draft: ScaleChange, *, now: datetime
) -> Scale:
    """Reword a scale, or replace it where its places would mean something else; returns which.

    Once positions stand on it, a draft of other ends or steps says what it means: the "same", so
    that places stay, or "other". Reversed, it is always another one. Versions keep the words in
    which they were placed.
    """
    require(actor, May.CONVENE, scale.series)
    _refuse_bad_scale(draft)
    lock_series(session, scale.series)
    session.refresh(scale)
    if (successor := _successor_of(session, scale)) is not None:
        if is_said_otherwise(successor, draft):
            raise Refused(_("Another scale has replaced this one. Change that one."))
        return successor  # sent twice
    is_other = is_said_otherwise(scale, draft) and has_places(session, scale)
    means = OTHER if is_other and is_reversed(scale, draft) else draft.means
    if is_other and means not in (SAME, OTHER):
        raise Refused(
            _("There are positions on this scale. Say whether their places still mean the same.")
        )
    if is_other and means == OTHER:
        return _replace_scale(session, actor, scale, draft, now=now)
    before = f"{scale.low} – {scale.high}"
    write_scale(session, scale, draft, now)
    session.flush()
    record(
        session,
        actor,
        scale.series,
        "edit_scale",
        subject=("scale", str(scale.id)),
        now=now,
        before=before,
    )
    return scale


def _successor_of(session: Session, scale: Scale) -> Scale | None:
    """What took its place, unless it was brought back since."""
    if scale.retired_at is None:
        return None
    rows = session.scalars(select(Scale).where(Scale.series_id == scale.series_id))
    return next((row for row in rows if row.replaces and row.replaces[-1] == scale.slug), None)


def _replace_scale(
    session: Session, actor: Viewer, scale: Scale, draft: ScaleDraft, *, now: datetime
) -> Scale:
    """A new scale in its stead: threads where people still write take it, and authors are asked."""
    series = scale.series
    taken = set(_slugs(session, Scale, series))
    wanted = text.slugify(f"{draft.low} {draft.high}")[:56].strip("-") or "scale"
    choices = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    new = Scale(
        series=series,
        slug=next(slug for slug in choices if slug not in taken),
        order=scale.order,
        replaces=[*scale.replaces, scale.slug],
    )
    write_scale(session, new, draft, now)
    session.add(new)
    scale.retired_at = now
    session.flush()
    swap_scale(session, scale, new)
    record(
        session,
        actor,
        series,
        "replace_scale",
        subject=("scale", str(scale.id)),
        now=now,
        before=scale.slug,
        after=new.slug,
    )
    enqueue(session, REPLACED, {"scale": new.id}, now=now)
    return new


def add_reason(
    session: Session, actor: Viewer, series: Series, draft: ReasonDraft, *, now: datetime
) -> Reason:
    """Add a reason that moderators may give; its slug is never given again."""
    require(actor, May.CONVENE, series)
    _refuse_taken(session, Reason, series, draft.slug)
    reason = Reason(
        series=series,
        slug=draft.slug,
        label=draft.label,
        explanation=draft.explanation,
        order=_next_order(session, Reason, series),
    )
    session.add(reason)
    session.flush()
    record(session, actor, series, "add_reason", subject=("reason", draft.slug), now=now)
    return reason


def edit_reason(
    session: Session, actor: Viewer, reason: Reason, draft: ReasonDraft, *, now: datetime
) -> None:
    """Reword a reason; decisions keep pointing at it."""
    require(actor, May.CONVENE, reason.series)
    record(
        session,
        actor,
        reason.series,
        "edit_reason",
        subject=("reason", reason.slug),
        now=now,
        before=reason.label,
        after=draft.label,
    )
    reason.label, reason.explanation = draft.label, draft.explanation
    session.flush()


def move_listed(
    session: Session, actor: Viewer, row: Listed, direction: str, *, now: datetime
) -> None:
    """Move a row one place up or down among those that are not retired."""
    require(actor, May.CONVENE, row.series)
    rows = live_rows(session, type(row), row.series)
    if row not in rows:
        return
    at = rows.index(row)
    to = at + {"up": -1, "down": 1}.get(direction, 0)
    if not 0 <= to < len(rows) or to == at:
        return
    rows.insert(to, rows.pop(at))
    for order, one in enumerate(rows, start=1):
        one.order = order
    session.flush()
    kind = type(row).__name__.lower()
    record(session, actor, row.series, f"move_{kind}", subject=(kind, str(row.id)), now=now)


def retire_listed(session: Session, actor: Viewer, row: Listed, *, now: datetime) -> None:
    """Retire a row: what uses it keeps it, nothing new can choose it."""
    require(actor, May.CONVENE, row.series)
    if row.retired_at is not None:
        return
    is_last = len(live_rows(session, type(row), row.series)) == 1
    if isinstance(row, Theme | Reason) and is_last and row.series.status == "open":
        raise Refused(_("An open series needs one. Add another before you retire this."))
    row.retired_at = now
    session.flush()
    kind = type(row).__name__.lower()
    record(session, actor, row.series, f"retire_{kind}", subject=(kind, str(row.id)), now=now)


def restore_listed(session: Session, actor: Viewer, row: Listed, *, now: datetime) -> None:
    """Bring a retired row back, at the end."""
    require(actor, May.CONVENE, row.series)
    if row.retired_at is None:
        return
    row.retired_at, row.order = None, _next_order(session, type(row), row.series)
    session.flush()
    kind = type(row).__name__.lower()
    record(session, actor, row.series, f"restore_{kind}", subject=(kind, str(row.id)), now=now)


def live_rows(session: Session, kind: type[Listed], series: Series) -> list[Listed]:
    """The rows that are not retired, in order."""
    return list(
        session.scalars(
            select(kind)
            .where(kind.series_id == series.id)
            .where(kind.retired_at.is_(None))
            .order_by(kind.order, kind.id)
        )
    )


def write_theme(theme: Theme, draft: ThemeDraft) -> None:
    """Everything of a theme but its question, whose wordings have a history."""
    theme.summary, theme.summary_html = draft.summary, str(text.render(draft.summary))
    theme.provenance, theme.provenance_url = draft.provenance, draft.provenance_url


def write_scale(session: Session, scale: Scale, draft: ScaleDraft, now: datetime) -> None:
    """Everything of a scale; how it was worded before is kept, with the moment until it stood."""
    steps = steps_of(draft)
    words = (draft.low, draft.high, draft.definition, steps)
    if scale.low and (scale.low, scale.high, scale.definition, scale.steps) != words:
        session.add(
            ScaleWording(
                scale=scale,
                low=scale.low,
                high=scale.high,
                definition=scale.definition,
                steps=list(scale.steps),
                until=now,
            )
        )
    scale.low, scale.high, scale.definition, scale.steps = words


def is_said_otherwise(scale: Scale, draft: ScaleDraft) -> bool:
    """Whether an end or a step would read differently."""
    after = (draft.low, draft.high, steps_of(draft))
    return (scale.low, scale.high, scale.steps) != after


def is_reversed(scale: Scale, draft: ScaleDraft) -> bool:
    """Whether an end, or a step, would stand on the other side."""
    before = [text.fold(words) for words in (scale.low, *scale.steps, scale.high)]
    after = [text.fold(words) for words in (draft.low, *steps_of(draft), draft.high)]
    mirrored = zip(before, reversed(after), strict=True) if len(before) == len(after) else ()
    return any(
        was == words and was != after[at]
        for at, (was, words) in enumerate(mirrored)
        if at != len(before) // 2
    )


def _refuse_bad_theme(draft: ThemeDraft) -> None:
    if not text.is_question(draft.question):
        raise Refused(_("A theme is a question: end it with a question mark."))


def _refuse_bad_scale(draft: ScaleDraft) -> None:
    problems = []
    if draft.low.casefold() == draft.high.casefold():
        problems.append(_("The two ends of a scale must differ."))
    if draft.steps and len([step for step in draft.steps if step.strip()]) != STEPS:
        problems.append(_("Write all five steps, or none."))
    if problems:
        raise Refused(*problems)


def steps_of(draft: ScaleDraft) -> list[str]:
    """The five phrases; without any, words that are true of every scale."""
    if draft.steps:
        return list(draft.steps)
    between = (_("Nearer the first"), _("Between the two"), _("Nearer the second"))
    return [draft.low, *(str(words) for words in between), draft.high]


def _refuse_taken(session: Session, kind: type[Listed], series: Series, slug: str) -> None:
    if slug in _slugs(session, kind, series):
        raise Refused(_("This series has, or had, one with that address. Choose another."))


def _free_slug(session: Session, series: Series, question: str) -> str:
    """A slug from the question, numbered when it is taken."""
    taken = _slugs(session, Theme, series)
    wanted = text.slugify(question) or "theme"
    choices = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in choices if slug not in taken)


def _slugs(session: Session, kind: type[Listed], series: Series) -> Sequence[str]:
    return session.scalars(select(kind.slug).where(kind.series_id == series.id)).all()


def _next_order(session: Session, kind: type[Listed], series: Series) -> int:
    last = session.scalar(select(func.max(kind.order)).where(kind.series_id == series.id))
    return (last or 0) + 1
