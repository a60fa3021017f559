"""A series, its rules and a theme, each from a constant number of statements."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import FOUND_STAGES
from discussion.decisions.targets import in_words, target_of
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.permissions.facts import Viewer, takes_positions
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_series
from discussion.series.series.models import Series, Theme
from discussion.series.series.queries.joining import find_joining
from discussion.series.series.queries.route import list_threads, live_themes
from discussion.series.series.queries.served import most_served
from discussion.series.series.queries.shapes import ReasonLine, RulesPage, ThemePage, ThemeThread
from discussion.series.series.words import MODERATIONS
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.findings.shapes import Headline

SAID_LENGTH = 280


def find_series(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """A series the viewer may read."""
    return session.scalar(select(Series).where(Series.slug == slug).where(visible_series(viewer)))


def theme_page(
    session: Session, viewer: Viewer | None, slug: str, theme_slug: str
) -> ThemePage | None:
    """A theme, its threads, and the values that each is argued from."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    theme = session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == theme_slug)
    )
    if theme is None:
        return None
    listed = list_threads(session, viewer, series)
    threads = listed.by_theme.get(theme.id, ())
    shares = most_served(session, viewer, series)
    weighed = [thread for thread in threads if thread.stage in FOUND_STAGES]
    headlines = find_headlines(session, weighed) if weighed else {}
    urls = [paths.theme(series.slug, one.slug) for one in live_themes(session, series)]
    at = urls.index(paths.theme(series.slug, theme.slug)) if theme.retired_at is None else -1
    can_propose = theme.retired_at is None and allowed(viewer, May.PROPOSE_THREAD, series)
    return ThemePage(
        series_title=series.title,
        series_url=paths.series(series.slug),
        slug=theme.slug,
        url=paths.theme(series.slug, theme.slug),
        question=theme.question,
        language=series.language,
        summary=text.stored(theme.summary_html),
        provenance=theme.provenance,
        provenance_url=theme.provenance_url,
        is_retired=theme.retired_at is not None,
        threads=tuple(
            ThemeThread(listed.line(thread), shares.get(thread.id, ()), *_said(thread, headlines))
            for thread in threads
        ),
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        write_url=f"{paths.choose_thread(series.slug)}#theme-{theme.slug}"
        if series.status == "open" and any(takes_positions(None, one) for one in threads)
        else "",
        previous_url=urls[at - 1] if at > 0 else "",
        next_url=urls[at + 1] if 0 <= at < len(urls) - 1 else "",
    )


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


def _said(thread: Thread, headlines: Mapping[int, Headline]) -> tuple[str, str]:
    """The freshest sentence about a thread, and where that was found.

    Its outcome when closed, else what its ratings say, else the moderators' own.
    """
    if thread.stage == "closed" and thread.outcome:
        return outcome_of(thread), ""
    if found := headlines.get(thread.id):
        return found.text, found.url
    return thread.summary, ""


def outcome_of(thread: Thread) -> str:
    """What moderators concluded, as far as a list has room for it."""
    return text.excerpt(text.sentences(thread.outcome), SAID_LENGTH)
