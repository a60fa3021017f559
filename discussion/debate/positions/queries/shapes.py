"""The frozen shape of a position's own page."""

from dataclasses import dataclass

from markupsafe import Markup

from discussion.debate.positions.queries.card import Answer, Card
from discussion.debate.positions.queries.higher import Drawn
from discussion.debate.positions.queries.moving import Moved
from discussion.debate.positions.queries.placing import Carry
from discussion.debate.threads.queries.shapes import Map


@dataclass(frozen=True)
class Version:
    """One version of a position, as its history lists it."""

    number: int
    url: str
    diff_url: str  # empty for the first
    date: str  # as the attribution allows
    reason: str  # new_evidence, heard_argument, reworded, corrected; empty for the first
    is_live: bool
    is_shown: bool


@dataclass(frozen=True)
class Change:
    """One field that differs between two versions, as marked-up words."""

    field: str
    html: Markup  # <ins> and <del> in a text; sentences about what was chosen


@dataclass(frozen=True)
class Citation:
    """How a version is cited, in text and as files."""

    text: str
    bibtex: str
    ris: str
    bibtex_url: str
    ris_url: str
    csl_url: str


@dataclass(frozen=True)
class Neighbour:
    """A position to read beside this one."""

    number: int
    url: str
    why: str
    kind: str  # same_strategy or same_value


@dataclass(frozen=True)
class PartAnswer:
    """The viewer's own private answer to "where do you part?"; empty strings while unanswered."""

    stance: str  # "1" … "5", "dont_know", ""
    over: tuple[str, ...]  # values, evidence, would_it_work_here, weight
    reasonable: str  # yes, no, not_sure, ""


@dataclass(frozen=True)
class PositionPage:
    card: Card
    description: str  # for search engines and previews
    series_slug: str
    series_title: str
    series_url: str
    thread_question: str
    thread_url: str
    thread_stage: str
    is_live_version: bool
    live_url: str
    map: Map
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]  # what changed in the version shown, against the one before
    change_reason: str
    answers: tuple[Answer, ...]
    citation: Citation | None  # None while there is no text to cite
    neighbours: tuple[Neighbour, ...]
    parts: "PartAnswer | None"  # None when the viewer may not answer, and did not
    can_part: bool  # else an answer that was given can be taken back only
    part_problems: tuple[str, ...]  # what is wrong with an answer that was just given
    part_url: str
    part_uncounted: str  # why an answer would not be counted; empty where it is
    part_note: str  # "Your answer is private. From 7 December 2026 it is shown only as a count…"
    part_counts: "PartsShown | None"  # once the thread has moved on, from five people
    part_silence: str  # why no counts are shown
    can_respond: bool
    respond_note: str  # why not for now: slow mode, or doors that are closed for a while
    respond_url: str
    ladder_url: str  # what follows above and below, if it is decided
    must_sign_in_url: str  # where a visitor goes to answer; empty when signed in
    edit_url: str  # empty when the viewer may not
    withdraw_url: str
    curate_url: str
    show_author_url: str
    carries: tuple[Carry, ...]  # for its author: places on scales that were replaced since
    put_url: str  # for its author: where a summary puts it, and asks whether that is fair
    put_answer: str  # yes, no, unanswered; empty when no summary does
    drawn_on: tuple[Drawn, ...]  # statements of opened rounds that draw on it
    is_carried: bool  # other sites may show a card of it
    moved: Moved | None  # where the moderators let it come from another thread
    second_note: str  # for its author, whom a merge left two positions in the thread


@dataclass(frozen=True)
class PartCount:
    """How many people gave one answer to a position."""

    label: str
    count: int


@dataclass(frozen=True)
class PartsShown:
    """What was answered privately, frozen, in groups that point at nobody."""

    said: str  # the sentence
    people: int
    stances: tuple[PartCount, ...]  # they add up to `people`; empty when only the total is safe
    over: tuple[PartCount, ...]  # overlapping, of those who do not agree
    note: str  # what is withheld, and why
