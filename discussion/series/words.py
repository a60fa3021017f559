"""Vocabularies and limits of series."""

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
    "open": _l("Anyone in the sector, admitted with their first approved contribution"),
}

MODERATIONS = {
    "pre": _l("A moderator reads every contribution before it appears"),
    "post": _l("Contributions appear at once and are moderated afterwards"),
}

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

DEFAULT_THRESHOLDS = {"gap": 0.25, "alike": 0.15, "alpha": 0.05, "consensus": 0.75}
MIN_GROUP = 5
