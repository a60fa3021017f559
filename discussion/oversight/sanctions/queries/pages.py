"""The pages of sanctions: making one, and those of a series."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.decisions.models import Decision
from discussion.language import _
from discussion.oversight.sanctions.models import Sanction
from discussion.oversight.sanctions.queries.finding import (
    find_about,
    find_author,
    find_written,
    is_by_name,
    kinds_for,
    may_ask,
    membership_of,
    title_of,
)
from discussion.oversight.sanctions.words import (
    KINDS,
    MAX_DAYS,
    MAX_TYPED_FACTS,
    then_in_words,
)
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.subjects.kinds import Subject

ENDED_SHOWN = 50


@dataclass(frozen=True)
class Choice:
    """Something that can be asked of a member, and what it means for them."""

    slug: str
    label: str
    says: str


@dataclass(frozen=True)
class MakePage:
    """Asking something of one member; whoever is not named by what they wrote is not named here."""

    series_slug: str
    series_title: str
    series_url: str
    who: str  # "The author of this response", or the member's name
    is_named: bool
    title: str  # of what they wrote; empty where it is about the member
    back_url: str
    list_url: str
    post_url: str
    kinds: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    most_days: int
    most_facts: int
    has_nobody: bool  # its author has no part in the series


@dataclass(frozen=True)
class Line:
    """One sanction as moderators see it: by name only where it was made by name."""

    id: str
    kind: str
    label: str
    who: str
    is_named: bool
    about_url: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    lifted_at: datetime | None
    by_role: str
    is_back: bool  # removed, and invited back before the end
    lift_url: str  # empty where it holds no more, or the viewer may not


@dataclass(frozen=True)
class ListPage:
    series_slug: str
    series_title: str
    series_url: str
    holding: tuple[Line, ...]
    ended: tuple[Line, ...]


def make_page(session: Session, viewer: Viewer | None, subject: Subject) -> MakePage:
    """Asking something of the author of this; raises Forbidden for one's own."""
    series = series_of(subject.row)
    membership = find_author(session, subject)
    if membership is not None and viewer is not None and membership.person_id == viewer.person_id:
        raise Forbidden(May.SANCTION)
    return _make_page(
        viewer,
        series,
        who=str(subject.words.author),
        title=title_of(subject),
        back_url=subject.desk_url,
        post_url=paths.sanction_author(subject.plural, subject.id),
        has_nobody=membership is None,
        about=subject,
    )


def make_named_page(viewer: Viewer | None, membership: Membership) -> MakePage:
    """Asking something of a member by name; raises Forbidden for who may not ask it of them."""
    require(viewer, May.SANCTION, membership)
    series = membership.series
    return _make_page(
        viewer,
        series,
        who=membership.person.display_name,
        title="",
        back_url=paths.members(series.slug),
        post_url=paths.sanction_member(series.slug, membership.person.public_id),
        has_nobody=False,
        about=None,
    )


def list_page(session: Session, viewer: Viewer | None, slug: str, now: datetime) -> ListPage | None:
    """What holds in a series that the viewer moderates, and what held lately."""
    series = session.scalar(select(Series).where(Series.slug == slug))
    if series is None or not allowed(viewer, May.READ_SERIES, series):
        return None
    require(viewer, May.MODERATE, series)
    rows = session.scalars(
        select(Sanction)
        .where(Sanction.series_id == series.id)
        .order_by(Sanction.starts_at.desc(), Sanction.id.desc())
        .options(
            joinedload(Sanction.person),
            joinedload(Sanction.decision).joinedload(Decision.reason),
        )
    ).all()
    holding = [row for row in rows if row.lifted_at is None and row.ends_at > now]
    ended = [row for row in rows if row not in holding][:ENDED_SHOWN]
    return ListPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        holding=tuple(_line(session, viewer, row, is_over=False) for row in holding),
        ended=tuple(_line(session, viewer, row, is_over=True) for row in ended),
    )


def shown_as(session: Session, viewer: Viewer | None, sanction: Sanction) -> str:
    """Who it is about, as those who moderate may know it: as what they wrote shows them."""
    if not sanction.about_id:
        return sanction.person.display_name
    subject = find_written(session, viewer, sanction.about_kind, sanction.about_id)
    return subject.author_shown(session) if subject is not None else _("A contributor")


def _make_page(
    viewer: Viewer | None, series: Series, *, about: Subject | None, **more: Any
) -> MakePage:
    is_named = is_by_name(about)
    removes = allowed(viewer, May.MANAGE_MEMBERS, series)
    return MakePage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        is_named=is_named,
        list_url=paths.sanctions(series.slug),
        kinds=tuple(
            Choice(slug, str(KINDS[slug]), then_in_words(slug, is_by_name=is_named))
            for slug in kinds_for(about)
            if slug != "removal" or removes
        ),
        reasons=tuple(
            Choice(reason.slug, reason.label, reason.explanation)
            for reason in series.reasons
            if reason.retired_at is None
        ),
        most_days=MAX_DAYS,
        most_facts=MAX_TYPED_FACTS,
        **more,
    )


def _line(session: Session, viewer: Viewer | None, row: Sanction, *, is_over: bool) -> Line:
    about = find_about(session, row)
    is_named = is_by_name(about)
    membership = membership_of(session, row)
    may_lift = not is_over and _may_lift(viewer, row, membership, about)
    return Line(
        id=row.public_id,
        kind=row.kind,
        label=str(KINDS[row.kind]),
        who=shown_as(session, viewer, row),
        is_named=is_named,
        about_url=about.desk_url if about is not None else "",
        reason=row.decision.reason.label if row.decision.reason else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        lifted_at=row.lifted_at,
        by_role=row.decision.decided_by_role,
        is_back=is_named  # elsewhere it would tell who has come back
        and row.kind == "removal"
        and not is_over
        and membership is not None
        and not membership.was_removed,
        lift_url=paths.lift_sanction(row.public_id) if may_lift else "",
    )


def _may_lift(
    viewer: Viewer | None, row: Sanction, membership: Membership | None, about: Subject | None
) -> bool:
    if row.kind == "removal" and not allowed(viewer, May.MANAGE_MEMBERS, row.series):
        return False
    return membership is not None and may_ask(viewer, membership, about)
