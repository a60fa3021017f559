"""A series, its rules and a theme, each from a constant number of statements."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.decisions.targets import in_words, target_of
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import WHOEVER, listed_series, visible_series, who_asks
from discussion.series.members.queries.joining import find_joining
from discussion.series.series.models import Series
from discussion.series.series.queries.shapes import ReasonLine, RulesPage
from discussion.series.series.words import MODERATIONS

_AT = select(Series).where(Series.slug == bindparam("slug")).where(visible_series(WHOEVER))


def find_series(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """A series the viewer may read."""
    return session.scalar(_AT, {"slug": slug, **who_asks(viewer)})


def rules_page(session: Session, viewer: Viewer | None, slug: str) -> RulesPage | None:
    """The rules, the reasons that moderators may give, and how to belong."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    own = viewer.belongings.get(series.id) if viewer else None
    return RulesPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        language=series.language,
        rules=text.stored(series.rules_html),
        version=series.rules_version,
        reasons=tuple(
            ReasonLine(reason.slug, reason.label, reason.explanation)
            for reason in series.reasons
            if reason.retired_at is None
        ),
        who_may_post=who_may_post_in_words(series),
        moderation=str(MODERATIONS[series.moderation]),
        decides_within=in_words(target_of(series, "contribution")),
        log_url=paths.log(series.slug),
        times=tuple(
            (str(TARGETS[name]), in_words(target_of(series, name)))
            for name in ("urgent", "report", "appeal")
        ),
        is_member=own is not None,
        membership_url=paths.membership(series.slug) if own else "",
        joining=find_joining(session, viewer, series, paths.rules(series.slug), clock.now()),
        settings_url=paths.rules_settings(series.slug)
        if allowed(viewer, May.CONVENE, series)
        else "",
    )


def who_may_post_in_words(series: Series) -> str:
    """Who may post, as a sentence."""
    if series.status != "open":
        return _("Nobody now: the series is not open.")
    after = {
        "pre": _("A moderator reads each contribution before it appears."),
        "post": _("Contributions appear at once."),
    }[series.moderation]
    who = {
        "invited": _("People who have been invited."),
        "domain": _("People who have been invited, or whose address is at a listed organisation."),
        "open": _("Anyone in the sector who has confirmed an e-mail address."),
    }[series.who_may_post]
    return f"{who} {after}"


def list_known_titles(session: Session) -> Sequence[str]:
    """Of all series that everybody may know of."""
    return session.scalars(select(Series.title).where(listed_series(None))).all()
