"""What every page shows around its own content."""

from dataclasses import dataclass
from datetime import datetime

from flask import g, get_flashed_messages, request, url_for
from flask import session as cookie

from discussion import clock, paths, text
from discussion.language import language_tag
from discussion.oversight.appeals.queries.left import count_left
from discussion.oversight.sanctions.queries import OwnSanction, list_pauses
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.text.tongues import USUAL
from discussion.web import doorway
from discussion.web.forms import safe_next
from discussion.web.site import site

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class SeriesNavigation:
    title: str
    language: str
    url: str
    themes_url: str
    findings_url: str
    library_url: str
    values_url: str
    rules_url: str
    log_url: str


@dataclass(frozen=True)
class Layout:
    language: str
    theme: str
    site_name: str
    viewer_name: str
    is_signed_in: bool
    series: SeriesNavigation | None
    home_url: str
    desk_url: str  # empty for those who moderate nothing
    desk_count: int | None
    desk_oldest: str  # how long the oldest has waited, in whole days
    mine_url: str
    profile_url: str
    sign_in_url: str
    sign_up_url: str
    sign_out_url: str
    theme_url: str
    about_url: str
    duties_url: str
    privacy_url: str
    accessibility_url: str
    css_url: str
    js_url: str
    flashes: tuple[tuple[str, str], ...]
    leaves_at: datetime | None  # when the reader leaves the site, unless they stay after all
    rights_url: str
    leave_url: str
    stay_url: str
    accept_url: str  # where to accept new terms; empty for who owes nothing
    owes_first: bool  # they were never asked, so nothing has changed for them
    pauses: tuple[OwnSanction, ...]  # for now the reader may not post in this series, and why
    here: str  # the path, to come back to
    canonical_url: str
    is_demonstration: bool


def chosen_theme() -> str:
    """The colour theme the reader chose; `auto` follows their device."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def flash_kinds() -> tuple[tuple[str, str], ...]:
    if "_flashes" not in cookie:  # a page without notices must not touch the cookie
        return ()
    return tuple((one[0], one[1]) for one in get_flashed_messages(with_categories=True))


def layout_for(series: tuple[str, str] | None = None) -> Layout:
    """The layout of this request; `series` is (slug, title)."""
    viewer = doorway.viewer()
    here = request.full_path.rstrip("?")
    assets = site().assets
    desk_url, count, oldest = _desk(viewer)
    return Layout(
        language=language_tag(),
        theme=chosen_theme(),
        site_name=site().settings.site_name,
        viewer_name=viewer.name if viewer else "",
        is_signed_in=viewer is not None,
        series=_navigation(*series) if series else None,
        home_url=url_for("series.home"),
        desk_url=desk_url,
        desk_count=count,
        desk_oldest=oldest,
        mine_url=url_for("positions.mine"),
        profile_url=url_for("accounts.profile"),
        sign_in_url=url_for("accounts.sign_in", next=_comes_back_to(here)),
        sign_up_url=url_for("accounts.sign_up", next=_comes_back_to(here)),
        sign_out_url=url_for("accounts.sign_out"),
        theme_url=url_for("about.choose_theme"),
        about_url=url_for("about.page"),
        duties_url=url_for("duties.page"),
        privacy_url=url_for("about.privacy"),
        accessibility_url=url_for("about.accessibility"),
        css_url=assets["css_url"],
        js_url=assets["js_url"],
        flashes=flash_kinds(),
        leaves_at=viewer.leaves_at if viewer else None,
        rights_url=url_for("rights.page"),
        leave_url=url_for("rights.leave"),
        stay_url=url_for("rights.send_stay"),
        accept_url=_accept_url(viewer, here),
        owes_first=viewer is not None and viewer.owes_first,
        pauses=_pauses(viewer, series),
        here=here,
        canonical_url=site().settings.public_url + request.path,
        is_demonstration=site().settings.environment == "demonstration",
    )


def _navigation(slug: str, title: str) -> SeriesNavigation:
    g.usual_language = title.usual if isinstance(title, text.Spoken) else USUAL  # for words.tongue
    return SeriesNavigation(
        title=title,
        language=text.language_of(title, "", (g.usual_language,)),
        url=url_for("series.page", slug=slug),
        themes_url=url_for("series.page", slug=slug, _anchor="themes"),
        findings_url=url_for("series.findings", slug=slug),
        library_url=url_for("evidence.library", slug=slug),
        values_url=url_for("values.page", slug=slug),
        rules_url=url_for("series.rules", slug=slug),
        log_url=url_for("transparency.log", slug=slug),
    )


def _pauses(viewer: Viewer | None, series: tuple[str, str] | None) -> tuple[OwnSanction, ...]:
    """Said on every page of the series, and on those of none; nobody else's page asks for it."""
    if viewer is None or not viewer.paused_in:
        return ()
    slug = series[0] if series else ""
    return tuple(list_pauses(doorway.session(), viewer, slug, clock.now()))


def _accept_url(viewer: Viewer | None, here: str) -> str:
    """Said on every page but those on which it is answered."""
    is_asked = request.blueprint == "rights" or request.method not in doorway.SAFE_METHODS
    if viewer is None or not viewer.owes_consent or is_asked:
        return ""
    return paths.accept_terms(here)


def _comes_back_to(here: str) -> str | None:
    """Where to go after signing in: here, or where the page for signing in was going to."""
    if request.blueprint != "accounts":
        return here
    return safe_next(request.args.get("next"), "") or None


def _desk(viewer: Viewer | None) -> tuple[str, int | None, str]:
    """Where what waits for the viewer is decided; an administrator's desk is there when needed."""
    if viewer is not None and viewer.series_as("moderator", "convener"):
        return url_for("moderation.desk"), *_waiting()
    if viewer is not None and allowed(viewer, May.ADMINISTER):
        left = count_left(doorway.session(), viewer, clock.now())
        return (url_for("appeals.left_to_me"), left, "") if left else ("", None, "")
    return "", None, ""


def _waiting() -> tuple[int, str]:
    """How many items wait, and how long the oldest has: in days, which tell nobody's hour."""
    from discussion.oversight.moderation.queries import tally_waiting
    from discussion.oversight.moderation.queries.spans import days_in_words

    now = clock.now()
    count, since = tally_waiting(doorway.session(), doorway.viewer(), now)
    return count, days_in_words(now - since) if since else ""
