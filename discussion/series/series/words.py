"""Vocabularies and limits of series."""

from collections.abc import Mapping

from discussion.language import _l

STATUSES = {
    "draft": _l("Draft"),
    "open": _l("Open"),
    "closed": _l("Closed"),
    "archived": _l("Archived"),
}

VISIBILITIES = {
    "public": _l("Anybody may read it"),
    "unlisted": _l("Anybody with the address may read it"),
    "members": _l("Only members may read it"),
}

WHO_MAY_POST = {
    "invited": _l("People with an invitation"),
    "domain": _l("People with an invitation or an address at a listed domain"),
    "open": _l("Anyone in the sector. You become a member with your first approved contribution"),
}

MODERATIONS = {
    "pre": _l("A moderator reads every contribution before it appears"),
    "post": _l("Contributions appear at once, and a moderator looks at them later"),
}

UNITS = {"hours": _l("hours"), "working_days": _l("working days, Monday to Friday")}

SERIES_ROLES = {
    "contributor": _l("Contributor"),
    "moderator": _l("Moderator"),
    "convener": _l("Convener"),
}

DEFAULT_SCALES = (
    {
        "slug": "requirement",
        "low": _l("Required"),
        "high": _l("Freely chosen"),
        "definition": _l("How far people must take part, or may decide for themselves"),
        "steps": [
            _l("Required"),
            _l("Mostly required"),
            _l("Between the two"),
            _l("Mostly chosen"),
            _l("Freely chosen"),
        ],
    },
    {
        "slug": "who-decides",
        "low": _l("Decided centrally"),
        "high": _l("Decided locally"),
        "definition": _l("Who decides: those in charge of many places, or those in each place"),
        "steps": [
            _l("Decided centrally"),
            _l("Mostly central"),
            _l("Between the two"),
            _l("Mostly local"),
            _l("Decided locally"),
        ],
    },
)

DEFAULT_THRESHOLDS = {
    "gap": 0.25,
    "bound": 0.25,
    "alpha": 0.05,
    "consensus": 0.75,
    "same_side": 0.75,
    "viewpoint": 0.9,
}
RETIRED_THRESHOLDS = ("alike",)  # older series and files have it; nothing asks for it
MIN_GROUP = 5

RESERVED_SLUGS = frozenset({"new", "series", "invitations"})
MAX_SLUG = 60
MAX_TITLE = 120
MAX_PURPOSE = 300
MAX_SERIES_SUMMARY = 1_200
MAX_HOST = 120
MAX_PROVENANCE = 200
MAX_URL = 500
MAX_DOMAINS = 40
MAX_RULES = 12_000
MAX_REASON_LABEL = 120
MAX_EXPLANATION = 400
MAX_THEME_QUESTION = 200
MAX_THEME_SUMMARY = 2_000
MAX_SCALE_END = 60
MAX_SCALE_DEFINITION = 300
MAX_WHY = 600
MAX_MIN_GROUP = 50
STEPS = 5
ASKED_DAYS, LEAST_ASKED_DAYS = 14, 7  # before a series ends, and at the least
SAME, OTHER = "same", "other"  # what places on a scale mean once it is worded otherwise
SCALE_MEANS = {
    SAME: _l("Yes: it is the same scale in better words"),
    OTHER: _l("No: make a new scale, and ask authors to choose a place again"),
}

# What may follow what: act → (states it starts from, the state it ends in).
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "open": (("draft",), "open"),
    "close": (("open",), "closed"),
    "archive": (("closed",), "archived"),
    "reopen": (("closed", "archived"), "open"),
}
ATTRIBUTIONS = {  # loosest first
    "named": _l("By name"),
    "role": _l("By role"),
    "chatham_house": _l("Under the Chatham House Rule"),
}

# What templates find these under: `words.visibility[…]`.
ON_PAGES = {
    "words": {
        "series_role": SERIES_ROLES,
        "series_status": STATUSES,
        "visibility": VISIBILITIES,
        "who_may_post": WHO_MAY_POST,
        "moderation": MODERATIONS,
        "attribution": ATTRIBUTIONS,
    }
}


def thresholds_of(kept: Mapping[str, float]) -> dict[str, float]:
    """Every threshold of a series, as usual where it has none of its own."""
    return DEFAULT_THRESHOLDS | {
        name: share for name, share in kept.items() if name in DEFAULT_THRESHOLDS
    }
