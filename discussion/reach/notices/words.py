"""Of what people hear: the kinds, as the page *How I hear* and the links of letters name them."""

from datetime import time

from discussion.language import _l
from discussion.mail.kinds import AT_ONCE, Kind

ANSWERED, ASKED, DECIDED, CHANGED, ROUND, MOVED, QUOTED, SOURCES, FOLLOWED = (
    "answered", "asked", "decided", "changed", "round", "moved", "quoted", "sources", "followed",
)  # fmt: skip

KINDS = (
    Kind(ANSWERED, _l("Somebody answers me"), AT_ONCE),
    Kind(
        ASKED,
        _l("A statement of mine, or my reading of another side, waits for my word"),
        AT_ONCE,
        templates=(
            "threads/steelman", "rounds/fair", "publications/quoted", "series/place_asked",
        ),
    ),
    Kind(
        DECIDED,
        _l("A decision about what I wrote, with its reason"),
        AT_ONCE,
        templates=(
            "moderation/decision", "threads/opened", "threads/merged", "threads/declined",
            "threads/moved", "series/proposal_answered", "publications/answered",
            "appeals/answered",
        ),
    ),
    Kind(CHANGED, _l("What I answered has a new version")),
    Kind(
        ROUND,
        _l("A round opens, closes soon and I have not answered, or has findings"),
        templates=("rounds/opened", "rounds/closes_soon"),
    ),
    Kind(MOVED, _l("A thread I took part in moves on")),
    Kind(QUOTED, _l("I am quoted in a briefing, or it rests on what I wrote")),
    Kind(
        SOURCES,
        _l("A question of mine, or a source I cite, is answered, superseded or withdrawn"),
        templates=("evidence/look", "values/merged"),
    ),
    Kind(FOLLOWED, _l("Something new in what I follow")),
)  # fmt: skip

# When daily and weekly letters are due, in one's own zone; and what stands under the Chatham House
# Rule, for everybody at once in the site's.
MORNING = time(7)
WEEKDAYS = (
    _l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"),
    _l("Sunday"),
)  # fmt: skip
ZONES = (
    "Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Berlin", "Europe/Athens",
    "America/New_York", "America/Chicago", "America/Los_Angeles", "Africa/Lagos",
    "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore",
    "Asia/Hong_Kong", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
SHOWN = 50  # notices on a page
