"""How often a series may be told something, and which letters people may stop."""

from datetime import timedelta

from discussion.language import _l
from discussion.mail.kinds import AT_ONCE, DAILY, NEVER, WEEKLY, Kind

MAX_TITLE, MAX_TEXT = 120, 2_000
EVERY = timedelta(days=7)  # between two announcements in a series
AT_A_TIME = 200  # members to whom letters are promised in one transaction
SHOWN = 10

SAID, WEEK = "announcements/said", "announcements/week"
KINDS = (
    Kind(
        "announced",
        _l("A convener has something to tell"),
        AT_ONCE,
        rhythms=(AT_ONCE, NEVER),
        templates=(SAID,),
        waits=False,
    ),
    Kind(
        "desk",
        _l("What waits on the moderators’ desk"),
        DAILY,
        rhythms=(DAILY, NEVER),
        templates=("moderation/waits",),
        waits=False,
        only_for="moderators",
    ),
    Kind(
        "week",
        _l("How my series went this week"),
        WEEKLY,
        rhythms=(WEEKLY, NEVER),
        templates=(WEEK,),
        waits=False,
        only_for="conveners",
    ),
)
