"""The frozen shape of a card."""

from dataclasses import dataclass

from discussion.debate.positions.queries.card import Byline


@dataclass(frozen=True, kw_only=True)
class EmbedCard:
    """What another site shows of a page; nothing that a visitor may not read on it."""

    url: str  # the path of the page
    label: str  # "A thread: open"
    words: str  # what it leads with; empty where that is gone
    says: str  # the line beneath
    series_title: str
    picture_url: str  # the path of its picture; empty where there is none
    language: str = ""  # of the words; empty for a sentence of ours
    is_quote: bool = False
    note: str = ""  # who answered, or what it is drawn from
    byline: Byline | None = None  # of a position: that of its card
    state: str = "published"  # of a position: withdrawn, hidden and removed have no words
    has_left: bool = False
    gone: str = ""  # of a publication: why it may not be read any more
    number: int = 0  # of a position
    family: str = ""
