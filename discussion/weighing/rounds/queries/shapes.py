"""The frozen shapes of the pages on which rounds are read and rated."""

from dataclasses import dataclass
from datetime import datetime

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.weighing.rounds.models import Round


@dataclass(frozen=True)
class RoundLine:
    """One round of a thread, by its number."""

    number: int
    url: str
    state: str
    cycle: int
    statements: int
    opens_at: datetime
    closes_at: datetime
    is_imported: bool


@dataclass(frozen=True)
class About:
    """What every page of a round says of it."""

    slug: str  # the thread's
    question: str
    language: str
    series_slug: str
    series_title: str
    thread_url: str
    number: int
    state: str
    url: str
    rate_url: str
    mine_url: str
    closes_at: datetime


@dataclass(frozen=True)
class Asked:
    """A statement as it is rated in a round."""

    code: str
    kind_says: str  # "what matters"
    text: str
    language: str


@dataclass(frozen=True)
class Rule:
    """One thing that was fixed beforehand, in words."""

    name: str
    words: str


@dataclass(frozen=True)
class RoundPage:
    """A round as everybody reads it."""

    about: About
    cycle: int
    opened_at: datetime | None
    closed_at: datetime | None
    closed_why: str  # by a moderator, before its day
    ended_early: str  # that it closed with its series
    statements: tuple[Asked, ...]
    rules: tuple[Rule, ...]
    attribution: str  # of data from elsewhere
    answered: str  # how many people, in words; empty before it opens
    rounds: tuple[RoundLine, ...]
    invitation: str  # what a reader who cannot rate may do; empty for who can
    can_rate: bool
    join_url: str
    can_run: bool
    plan_url: str
    close_url: str
    lines_url: str  # where a moderator reads what people would need to see


@dataclass(frozen=True)
class Option:
    """One point of the scale, or an answer that is none."""

    value: str
    label: str
    key: str
    agrees: bool
    is_chosen: bool


@dataclass(frozen=True)
class Feedback:
    """What one said in the round before, and where the room was; empty what is not shown."""

    own: str
    room: str


@dataclass(frozen=True)
class Question:
    """A statement with one's own answer to it."""

    asked: Asked
    points: tuple[Option, ...]
    others: tuple[Option, ...]
    reasonable: tuple[Option, ...]
    is_crux: bool
    reason: str
    can_settle: bool  # a fact: what they would need to see is asked
    settles: str
    may_show: bool
    is_answered: bool
    feedback: Feedback | None


@dataclass(frozen=True)
class RatePage:
    """Where somebody rates."""

    about: About
    questions: tuple[Question, ...]  # one, or all on a page
    is_all: bool
    answered: int
    statements: int
    trail: str  # the codes that were shown in this sitting, in their order
    back_url: str
    other_url: str  # the other way of rating: all on a page, or one at a time
    counts: bool  # whether one's answers count towards groups
    action_url: str


@dataclass(frozen=True)
class OwnLine:
    """A statement with one's own answer to it."""

    asked: Asked
    answer: str  # empty where there is none
    reasonable: str
    is_crux: bool
    reason: str
    change_url: str  # empty once it is closed
    settles: str = ""  # what one would need to see
    may_show: bool = False


@dataclass(frozen=True)
class OwnPage:
    """All that one answered in a round, for oneself alone."""

    about: About
    lines: tuple[OwnLine, ...]
    answered: int
    counts: bool
    is_closed: bool


@dataclass(frozen=True)
class SignedOutPage:
    """What somebody sent after they had been signed out, so that they can send it again."""

    about: About
    sent: tuple[tuple[str, str], ...]  # fields of the form
    lines: tuple[OwnLine, ...]
    sign_in_url: str


@dataclass(frozen=True)
class LineToRead:
    """What somebody would need to see, without who."""

    id: str
    text: str
    state: str  # empty: nobody has decided; let, held
    signs: tuple[str, ...]  # what was noticed in it


@dataclass(frozen=True)
class LinesTo:
    """The lines on one statement, in an order drawn by lot."""

    asked: Asked
    is_shown: bool  # whether those that were let are shown
    lines: tuple[LineToRead, ...]


@dataclass(frozen=True)
class LinesPage:
    """Where moderators read what people would need to see."""

    about: About
    statements: tuple[LinesTo, ...]
    action_url: str


def round_line(thread: Thread, round: Round) -> RoundLine:
    """A round in a list of rounds."""
    return RoundLine(
        number=round.number,
        url=paths.round(thread.slug, round.number),
        state=round.state,
        cycle=round.cycle,
        statements=len(round.statements),
        opens_at=round.opens_at,
        closes_at=round.closes_at,
        is_imported=bool(round.imported_from),
    )


def about(round: Round) -> About:
    """What every page of a round says of it."""
    thread = round.thread
    return About(
        slug=thread.slug,
        question=thread.question,
        language=thread.language,
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        thread_url=paths.thread(thread.slug),
        number=round.number,
        state=round.state,
        url=paths.round(thread.slug, round.number),
        rate_url=paths.rate(thread.slug, round.number),
        mine_url=paths.own_ratings(thread.slug, round.number),
        closes_at=round.closes_at,
    )
