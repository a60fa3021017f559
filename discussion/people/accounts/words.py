"""How long sessions last, how browsers are named, and limits of what people say of themselves."""

from datetime import timedelta

from discussion.language import _

LASTS_IDLE = timedelta(days=14)
LASTS_IDLE_WITH_POWER = timedelta(hours=12)  # moderators, conveners and administrators
LASTS_AT_MOST = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)  # how exactly it is known when somebody was last seen
MOVES_AFTER = timedelta(days=7)  # an account to another address, when the old one says nothing
REVERSIBLE_FOR = timedelta(days=7)  # by the old address, once it has moved
POWER_LASTS = timedelta(minutes=15)  # how long a password speaks for acts of power

# In this order: browsers call themselves by the names of those that came before them.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chromium": "Chromium", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook",
    "Windows": "Windows", "Mac OS": "Mac", "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip

# The versions of what people agree to; raise one whenever its text changes.
TERMS_VERSION = "2026-11.3"
RULES_VERSION = "2026-11"

MIN_PASSWORD = 12
MAX_NAME = 80
MAX_PASSWORD = 256
MOST_TYPED = 4 * MAX_PASSWORD  # before it is put in order, which may make fewer of them


def device_in_words(user_agent: str) -> str:
    """Which browser on which kind of machine, from lists of ours: never what the browser says."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("An unknown browser")
