"""What every page shows around its own content."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from flask import g, get_flashed_messages, request, url_for
from flask import session as cookie
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.language import language_tag
from discussion.permissions.facts import Viewer
from discussion.permissions.menus import find_menu
from discussion.registers import Only, Register
from discussion.text.tongues import USUAL
from discussion.web import doorway
from discussion.web.faces import SUFFIX
from discussion.web.forms import safe_next
from discussion.web.sector import speak_of
from discussion.web.shapes import DeskLink, MenuItem, Pause, Since
from discussion.web.site import site

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
MOST_KEPT = 1_000  # layouts; anybody can make up addresses, of which those longer are not kept
LONGEST_HERE = 400
SERVED_WITH = ("css_url", "more_css_url", "js_url")


# Where the shell leads to: beside the name of the series, in one's own menu, at the foot.
IN_SERIES: Register[MenuItem] = Register()
OWN: Register[MenuItem] = Register()
FOOT: Register[MenuItem] = Register()

# The desk of whoever has one: the first that is answered.
DESKS: Register[Callable[[Session, Viewer, datetime], DeskLink | None]] = Register()
# Where a program follows what this address shows to visitors: the first that is answered.
FEEDS: Register[Callable[[str, Mapping[str, str]], str]] = Register()
# The picture that stands beside a link to it when it is sent to somebody: the first of them.
PICTURES: Register[Callable[[str, Mapping[str, str]], str]] = Register()
# How many notices the viewer has not seen, of those that they may read.
NEWS: Only[Callable[[Session, Viewer, datetime], int]] = Only("what is new for somebody")
# How a page can be followed by who is signed in, and what is new on it since they were last there.
SINCE: Only[Callable[[Session, Viewer, datetime], Since | None]] = Only("what is new on a page")
# The viewer's pauses in the series of this slug, or in every series where it is empty.
PAUSES: Only[Callable[[Session, Viewer, str, datetime], Sequence[Pause]]] = Only("who is paused")


@dataclass(frozen=True)
class Link:
    """An entry of a menu; `is_here` where it leads to the page that is read."""

    url: str
    words: str
    is_here: bool


@dataclass(frozen=True)
class SeriesNavigation:
    """The series that a page belongs to, and its menu."""

    slug: str
    title: str
    language: str
    url: str
    rules_url: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Layout:
    """What stands around every page: names, menus, who is signed in."""

    language: str
    theme: str
    site_name: str
    viewer_name: str
    news: int  # notices that the reader has not seen
    notices_url: str
    since: Since | None  # of who is signed in
    is_signed_in: bool
    series: SeriesNavigation | None
    home_url: str
    desk: DeskLink | None  # none for those who moderate nothing
    own_links: tuple[Link, ...]
    foot_links: tuple[Link, ...]
    mine_url: str
    profile_url: str
    sign_in_url: str
    sign_up_url: str
    sign_out_url: str
    theme_url: str
    about_url: str
    privacy_url: str
    css_url: str
    more_css_url: str
    js_url: str
    flashes: tuple[tuple[str, str], ...]
    leaves_at: datetime | None  # when the reader leaves the site, unless they stay after all
    leave_url: str
    stay_url: str
    accept_url: str  # where to accept new terms; empty for who owes nothing
    owes_first: bool  # they were never asked, so nothing has changed for them
    pauses: tuple[Pause, ...]  # for now the reader may not post in this series, and why
    here: str  # the path, to come back to
    site_url: str
    may_embed: bool  # other sites may show cards of what is public
    canonical_url: str
    data_url: str  # the same as JSON
    feed_url: str  # of visitors' pages that have one
    picture_url: str  # whole; of visitors' pages that have one
    is_demonstration: bool
    mark: str = ""  # stands around each block of a page that is taken apart: see web/bodies.py


def chosen_theme() -> str:
    """The colour theme the reader chose; `auto` follows their device."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def flash_kinds() -> tuple[tuple[str, str], ...]:
    """The notices of this page as (kind, sentence), each shown once."""
    if "_flashes" not in cookie:  # a page without notices must not touch the cookie
        return ()
    return tuple((one[0], one[1]) for one in get_flashed_messages(with_categories=True))


def layout_for(series: tuple[str, str] | None = None, *, has_data: bool = False) -> Layout:
    """The layout of this request; `series` is (slug, title), `has_data` whether it has JSON too."""
    viewer = doorway.viewer()
    if series is not None:
        _begin_series(*series)
    usual = _usual(series, is_signed_in=viewer is not None, has_data=has_data)
    flashes, theme = flash_kinds(), chosen_theme()
    if viewer is None and not flashes and theme == usual.theme:
        return usual
    here = usual.here
    return replace(
        usual,
        theme=theme,
        flashes=flashes,
        viewer_name=viewer.name if viewer else "",
        news=_news(viewer),
        since=SINCE()(doorway.session(), viewer, clock.now()) if viewer else None,
        desk=_desk(viewer),
        leaves_at=viewer.leaves_at if viewer else None,
        accept_url=_accept_url(viewer, here),
        owes_first=viewer is not None and viewer.owes_first,
        pauses=_pauses(viewer, series),
    )


def _usual(series: tuple[str, str] | None, *, is_signed_in: bool, has_data: bool) -> Layout:
    """What follows from the address alone, and whether somebody is signed in: drawn up once."""
    assets = site().assets
    kept: OrderedDict[tuple[object, ...], Layout] = assets.setdefault("layouts", OrderedDict())
    here = request.full_path.rstrip("?")
    menu = g.get("menu") if series else None
    of_site = (request.script_root, language_tag(), *(assets[name] for name in SERVED_WITH))
    asked = (request.endpoint, request.method, here, is_signed_in, has_data)
    key = (series, menu, _language(series), asked, of_site)
    found = kept.get(key)
    if found is None:
        found = _drawn_up(series, here, is_signed_in=is_signed_in, has_data=has_data)
        if len(here) <= LONGEST_HERE:
            kept[key] = found
            if len(kept) > MOST_KEPT:
                with suppress(KeyError):  # somebody else was quicker
                    kept.popitem(last=False)
    return found


def _drawn_up(
    series: tuple[str, str] | None, here: str, *, is_signed_in: bool, has_data: bool
) -> Layout:
    assets = site().assets
    return Layout(
        language=language_tag(),
        theme=THEMES[0],
        site_name=site().settings.site_name,
        viewer_name="",
        news=0,
        since=None,
        notices_url=paths.notices(),
        is_signed_in=is_signed_in,
        series=_navigation(*series, here) if series else None,
        home_url=url_for("overview.home"),
        desk=None,
        own_links=_links(OWN, here),
        foot_links=_links(FOOT, here, slug=series[0] if series else "", is_signed_in=is_signed_in),
        mine_url=url_for("positions.mine"),
        profile_url=url_for("accounts.profile"),
        sign_in_url=url_for("accounts.sign_in", next=_comes_back_to(here)),
        sign_up_url=url_for("accounts.sign_up", next=_comes_back_to(here)),
        sign_out_url=url_for("accounts.sign_out"),
        theme_url=url_for("about.choose_theme"),
        about_url=url_for("about.page"),
        privacy_url=url_for("about.privacy"),
        css_url=assets["css_url"],
        more_css_url=assets["more_css_url"],
        js_url=assets["js_url"],
        flashes=(),
        leaves_at=None,
        leave_url=url_for("rights.leave"),
        stay_url=url_for("rights.send_stay"),
        accept_url="",
        owes_first=False,
        pauses=(),
        here=here,
        site_url=site().settings.public_url,
        may_embed=site().settings.embed,
        canonical_url=site().settings.public_url + request.path,
        data_url=_data_url() if has_data else "",
        feed_url="" if is_signed_in else _of_page(FEEDS),
        picture_url="" if is_signed_in else _whole(_of_page(PICTURES)),
        is_demonstration=site().settings.environment == "demonstration",
    )


def _begin_series(slug: str, title: str) -> None:
    """From now on the page is about a series, and written in its language where nothing is said."""
    speak_of(slug)
    if "menu" not in g:  # the statement that a kept page asks first has read it already
        g.menu = _menu_of(slug)
    g.usual_language = title.usual if isinstance(title, text.Spoken) else USUAL  # for words.tongue


def _menu_of(slug: str) -> frozenset[str]:
    """Read apart where the request has read nothing: a form that is refused waits for no lock."""
    if "session" in g or request.method in doorway.SAFE_METHODS:
        return find_menu(doorway.session(), slug)
    with doorway.separate_session(writes=False) as reading:
        return find_menu(reading, slug)


def _language(series: tuple[str, str] | None) -> str:
    return text.language_of(series[1], "", (g.usual_language,)) if series else ""


def _navigation(slug: str, title: str, here: str) -> SeriesNavigation:
    return SeriesNavigation(
        slug=slug,
        title=title,
        language=_language((slug, title)),
        url=url_for("overview.page", slug=slug),
        rules_url=url_for("series.rules", slug=slug),
        links=_links(
            [one for one in IN_SERIES if not one.needs or one.needs in g.menu], here, slug=slug
        ),
    )


def _links(
    items: Iterable[MenuItem], here: str, *, slug: str = "", is_signed_in: bool = False
) -> tuple[Link, ...]:
    is_shown = {"always": True, "in_series": bool(slug), "signed_in": is_signed_in}
    return tuple(_link(item, here, item.address(slug)) for item in items if is_shown[item.shown])


def _link(item: MenuItem, here: str, url: str) -> Link:
    if item.holds:
        return Link(url, str(item.words), here.startswith((*item.holds, url)))
    return Link(url, str(item.words), here.partition("?")[0] == url.partition("#")[0])


def _pauses(viewer: Viewer | None, series: tuple[str, str] | None) -> tuple[Pause, ...]:
    """Said on every page of the series, and on those of none; nobody else's page asks for it."""
    if viewer is None or not viewer.paused_in:
        return ()
    slug = series[0] if series else ""
    return tuple(PAUSES()(doorway.session(), viewer, slug, clock.now()))


def _news(viewer: Viewer | None) -> int:
    """Counted only for who has any that they may or may not read."""
    return NEWS()(doorway.session(), viewer, clock.now()) if viewer else 0


def _accept_url(viewer: Viewer | None, here: str) -> str:
    """Said on every page but those on which it is answered."""
    is_asked = request.blueprint == "rights" or request.method not in doorway.SAFE_METHODS
    if viewer is None or not viewer.owes_consent or is_asked:
        return ""
    return paths.accept_terms(here)


def _of_page(answers: Iterable[Callable[[str, Mapping[str, str]], str]]) -> str:
    """What goes with the page that is asked for: the first answer that is one."""
    endpoint, values = request.endpoint or "", request.view_args or {}
    return next((found for ask in answers if (found := ask(endpoint, values))), "")


def _data_url() -> str:
    query = request.query_string.decode("latin-1")
    return f"{request.path}{SUFFIX}?{query}" if query else request.path + SUFFIX


def _whole(path: str) -> str:
    return site().settings.public_url + path if path else ""


def _comes_back_to(here: str) -> str | None:
    """Where to go after signing in: here, or where the page for signing in was going to."""
    if request.blueprint != "accounts":
        return here
    return safe_next(request.args.get("next"), "") or None


def _desk(viewer: Viewer | None) -> DeskLink | None:
    if viewer is None:
        return None
    asked = (find(doorway.session(), viewer, clock.now()) for find in DESKS)
    return next((found for found in asked if found is not None), None)
