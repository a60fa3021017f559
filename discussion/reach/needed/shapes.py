"""What people would need to know, as pages, files and feeds show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A position as its mark."""

    number: int
    family: str
    url: str


@dataclass(frozen=True)
class Where:
    """The thread in which something stands."""

    question: str
    language: str
    url: str


@dataclass(frozen=True)
class Lead:
    """Something that says what would have to be known. Its words are those that may be read now."""

    key: str  # reason/subject: the same when it is gathered again
    reason: str  # of words.REASONS
    title: str  # a statement, a source, a value, or the claim that would change
    language: str
    url: str
    code: str = ""  # of a statement in its round: F1
    says: tuple[str, ...] = ()  # the site's own sentences
    words: str = ""  # a contributor's, exactly
    words_language: str = ""
    name: str = ""  # who wrote them, as far as they chose to say
    marks: tuple[Mark, ...] = ()
    level: str = ""
    level_words: str = ""
    thread: Where | None = None
    is_coarse: bool = False  # under the Chatham House Rule: days that tell of it are told as months


@dataclass(frozen=True)
class Group:
    """Leads of one thread and one level; of neither where that is not how they are told."""

    thread: Where | None
    level: str
    level_words: str
    leads: tuple[Lead, ...]


@dataclass(frozen=True)
class Gathered:
    """Everything that was gathered for one reason."""

    reason: str
    title: str
    says: str
    total: int
    groups: tuple[Group, ...]
    more_url: str  # all of them, where some are left out


@dataclass(frozen=True)
class Looker:
    """Who looks into a question, as they wish to be named."""

    id: str
    who: str
    url: str
    how: str
    until: str  # ISO month; empty where they gave none
    state: str  # of words.LOOKING_STATES
    reason: str  # of the moderator, where it is not shown or has ended


@dataclass(frozen=True)
class Answer:
    """What answers a question, as far as it may be read."""

    says: str
    title: str  # of the item; empty where it can no longer be shown
    url: str


@dataclass(frozen=True)
class Done:
    """One thing that moderators did with a question."""

    kind: str
    words: str
    reason: str
    on: str  # ISO day, or month


@dataclass(frozen=True)
class Asking:
    """A question, or a barrier: worded by moderators, and all that it came from."""

    id: str
    kind: str
    url: str
    text: str
    language: str
    level: str
    level_words: str
    status: str  # of words.STATUSES
    status_words: str
    since: str  # ISO day, or month
    origins: tuple[Lead, ...]
    lookers: tuple[Looker, ...]  # those that are shown, the earliest date first
    answer: Answer | None
    feed_url: str
    edit_url: str  # of moderators
    is_shown: bool = True  # else moderators alone see it: nothing of its origins may be read


@dataclass(frozen=True)
class Option:
    """Something by which a list is narrowed."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """By level, by where it stands, by why it is asked."""

    levels: tuple[Option, ...]
    statuses: tuple[Option, ...]
    reasons: tuple[Option, ...]
    is_narrowed: bool


@dataclass(frozen=True)
class Tally:
    """How many questions stand where, of all that are shown."""

    status: str
    words: str
    number: int


@dataclass(frozen=True)
class NeededPage:
    series_slug: str
    series_title: str
    series_url: str
    url: str
    barriers: tuple[Asking, ...]
    questions: tuple[Asking, ...]  # those that the filters let through
    tallies: tuple[Tally, ...]
    filters: Filters
    why: str  # the reason that alone is shown; empty for all
    asked: tuple[Gathered, ...]  # what no question was made of yet
    missed: tuple[Gathered, ...]
    earlier_url: str
    later_url: str
    csv_url: str
    feed_url: str  # empty where visitors may not read the series
    curate_url: str  # of moderators
    pending: int  # how many wait for them

    @property
    def total(self) -> int:
        """Questions that are shown, whatever the filters."""
        return sum(one.number for one in self.tallies)

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.missed or self.total or self.barriers)


@dataclass(frozen=True)
class QuestionPage:
    """One question: all that it came from, who looks into it, what was done with it."""

    series_slug: str
    series_title: str
    needed_url: str
    asking: Asking
    history: tuple[Done, ...]  # the newest first
    own: tuple[Looker, ...]  # what the reader sent, whatever became of it
    csv_url: str
    may_look: bool  # say that they look into it
    look_action: str
    take_back_url: str
    join_url: str  # for whoever is no member


@dataclass(frozen=True)
class Row:
    """A question on the page of moderators."""

    asking: Asking
    is_first: bool
    is_last: bool
    move_url: str


@dataclass(frozen=True)
class Waiting:
    """Somebody says that they look into it; a moderator reads it first."""

    looker: Looker
    asking: Asking
    decide_url: str


@dataclass(frozen=True)
class CuratePage:
    series_slug: str
    series_title: str
    needed_url: str
    action_url: str
    barriers: tuple[Row, ...]
    questions: tuple[Row, ...]
    pending: tuple[Waiting, ...]
    gathered: tuple[Gathered, ...]  # what can be picked
    levels: tuple[tuple[str, str], ...]
    why: str
    earlier_url: str
    later_url: str


@dataclass(frozen=True)
class EditPage:
    series_slug: str
    series_title: str
    curate_url: str
    question_url: str
    edit_url: str
    act_url: str
    asking: Asking
    live: tuple[Looker, ...]
    others: tuple[tuple[str, str], ...]  # id and words of those that it can be merged into
    items: tuple[tuple[str, str], ...]  # the library
    levels: tuple[tuple[str, str], ...]
    candidates: tuple[Lead, ...]  # its origins, and what is gathered beside
