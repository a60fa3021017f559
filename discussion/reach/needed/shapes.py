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
class NeededPage:
    series_slug: str
    series_title: str
    series_url: str
    url: str
    why: str  # the reason that alone is shown; empty for all
    asked: tuple[Gathered, ...]
    missed: tuple[Gathered, ...]
    earlier_url: str
    later_url: str

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.missed)
