"""How long things may be, how often people are written to, and what is agreed to."""

from datetime import timedelta

from discussion.language import _l

MAX_NAME, MAX_COVERS, MAX_STATEMENT, MAX_QUESTION, MAX_STOP = 60, 160, 200, 200, 80
MAX_REASON, MAX_LETTER, MAX_WHO, MAX_ORGANISATION, MAX_UNIT = 300, 600, 120, 120, 80
MOST_FUNCTIONS, FEWEST_FUNCTIONS, MOST_VISIONS = 20, 3, 8
MOST_UNITS, MOST_INVITED, MOST_DOMAINS, MOST_VALUES = 40, 1_000, 20, 3
FEWEST = 5  # people in whatever is shown
MOST_REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=2)
LONGEST_OPEN = timedelta(days=60)
FORGET_AFTER = timedelta(days=30)  # after the close an address is of no use any more
LEADER, STAFF = "leader", "staff"
ROLES = (LEADER, STAFF)
STOPS = ("5", "4", "3", "2", "1")  # as a page shows them: the centre first
DONT_KNOW = "dont_know"

STATES = {
    "draft": _l("Being set up"),
    "planned": _l("Ready; it opens by itself"),
    "open": _l("Open"),
    "closed": _l("Closed"),
}
CONSENT = _l(
    "Our organisation agrees that its people are asked what it says and what it does. It knows that"
    " nobody sees a single answer, that it reads only what five or more people said together, and"
    " that it is named to its own people only."
)
# Who gives an address to anybody, whatever ending: gmail.com, yahoo.co.uk, hotmail.fr.
EVERYBODYS = frozenset(
    {
        *("aol", "btinternet", "btopenworld", "duck", "fastmail", "gmail", "gmx", "googlemail"),
        *("hey", "hotmail", "hushmail", "icloud", "live", "mac", "mail", "me", "msn", "ntlworld"),
        *("onmicrosoft", "outlook", "pm", "proton", "protonmail", "rocketmail", "sky", "talktalk"),
        *("tiscali", "tuta", "tutanota", "virginmedia", "web", "yahoo", "yandex", "ymail", "zoho"),
    }
)
# Below these anybody can have a domain, where two letters of a country follow: co.uk, ac.nz.
COMMON_ENDINGS = frozenset(
    {"ac", "co", "com", "edu", "gov", "ltd", "me", "net", "nhs", "nom", "org", "plc", "sch"}
)
