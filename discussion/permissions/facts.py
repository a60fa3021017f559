"""The facts that rules are made of; each takes who asks and what is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from discussion.db import Base, Identified
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Concern
from discussion.oversight.appeals.models import Appeal
from discussion.people.accounts.models import Person
from discussion.reach.needed.models import Looking, Question
from discussion.reach.publications.models import Publication, Quoting
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Organisation, Run
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Confirmation, Statement


class InSeries(Protocol):
    """What stands in a series, and says in which."""

    @property
    def series(self) -> Series: ...


# What a rule is asked about: a row, or what stands for one; nothing, where it is about the site.
Ruled = Base | Identified | InSeries | None

READABLE_STATUSES = ("open", "closed", "archived")
OVER_STATUSES = ("closed", "archived")  # nothing new is taken any more
RESPONDABLE_STAGES = ("open", "weighing", "making_sense")
SHOWN_STATES = (
    "published",
    "withdrawn",
    "hidden",
    "removed",
)  # as text or as a tombstone
TEXT_STATES = ("published",)


@dataclass(frozen=True)
class Belonging:
    """A viewer's part in one series."""

    role: str  # contributor, moderator, convener
    is_admitted: bool
    posting_role: str = ""
    posting_phase: str = ""


@dataclass(frozen=True)
class Viewer:
    """Who asks, as far as rules need to know; read once a request."""

    person_id: int
    public_id: str
    name: str
    is_confirmed: bool
    is_administrator: bool
    belongings: Mapping[int, Belonging] = field(default_factory=dict)  # series id →
    removed_from: frozenset[int] = frozenset()  # ids of series that removed them
    paused_in: frozenset[int] = frozenset()  # ids of series that asked them to write nothing now
    leaves_at: datetime | None = None  # when they leave the site, unless they cancel
    owes_consent: bool = False  # the terms or rules have a version that they did not accept
    owes_first: bool = False  # and they were never asked: somebody else made the account
    domain: str = ""  # of their confirmed address
    posts_as: tuple[str, str] = ("", "")  # role and phase they gave, where a series knows none

    def series_as(self, *roles: str) -> tuple[int, ...]:
        """The ids of the series in which the viewer has one of the roles."""
        return tuple(sorted(id for id, own in self.belongings.items() if own.role in roles))


def series_of(subject: Ruled) -> Series:
    """The series in which a subject stands, as it says itself.

    Raises TypeError for what stands in none: a person, or nothing.
    """
    found = subject if isinstance(subject, Series) else getattr(subject, "series", None)
    if not isinstance(found, Series):
        raise TypeError(f"no series for {type(subject).__name__}")
    return found


def is_signed_in(viewer: Viewer | None, _subject: Ruled = None) -> bool:
    return viewer is not None


def is_confirmed(viewer: Viewer | None, _subject: Ruled = None) -> bool:
    return viewer is not None and viewer.is_confirmed


def is_administrator(viewer: Viewer | None, _subject: Ruled = None) -> bool:
    return viewer is not None and viewer.is_administrator


def is_member_of(viewer: Viewer | None, subject: Ruled) -> bool:
    return viewer is not None and series_of(subject).id in viewer.belongings


def is_admitted_to(viewer: Viewer | None, subject: Ruled) -> bool:
    """Whether a moderator let them in by name, so that they count towards five."""
    own = viewer.belongings.get(series_of(subject).id) if viewer is not None else None
    return own is not None and own.is_admitted


def is_moderator_of(viewer: Viewer | None, subject: Ruled) -> bool:
    """Whether they moderate or convene the series in which it stands."""
    return _has_role(viewer, subject, "moderator", "convener")


def is_coordinator_of(viewer: Viewer | None, subject: Organisation | Run) -> bool:
    """Whether they hold runs for it; being a convener or an administrator is not enough."""
    if viewer is None or not viewer.is_confirmed:
        return False
    organisation = subject.organisation if isinstance(subject, Run) else subject
    return any(one.person_id == viewer.person_id for one in organisation.coordinators)


def is_convener_of(viewer: Viewer | None, subject: Ruled) -> bool:
    return _has_role(viewer, subject, "convener")


def is_author(viewer: Viewer | None, subject: Position | Response) -> bool:
    return viewer is not None and subject.author_id == viewer.person_id


def is_proposer(viewer: Viewer | None, subject: Thread) -> bool:
    return viewer is not None and subject.proposed_by_id == viewer.person_id


def entered_it(viewer: Viewer | None, subject: Position | Response) -> bool:
    """Whether the viewer entered the position on somebody's behalf; nobody enters a response."""
    if viewer is None or isinstance(subject, Response):
        return False
    return subject.entered_by_id == viewer.person_id


def is_readable_series(viewer: Viewer | None, subject: Ruled) -> bool:
    """A draft is its members' alone, and so is a series for members; the rest is everybody's."""
    series = series_of(subject)
    if is_member_of(viewer, series) or is_administrator(viewer):
        return True
    return series.visibility != "members" and series.status in READABLE_STATUSES


def is_open_series(_viewer: Viewer | None, subject: Ruled) -> bool:
    return series_of(subject).status == "open"


def goes_on(_viewer: Viewer | None, subject: Ruled) -> bool:
    """A series that is closed or archived takes nothing new; what is there can be looked after."""
    return series_of(subject).status not in OVER_STATUSES


def is_readable_thread(viewer: Viewer | None, thread: Thread) -> bool:
    """A proposal is its proposer's and the moderators'; so is a thread that was hidden.

    One that was merged into another is nobody's: its address leads there.
    """
    if not is_readable_series(viewer, thread) or thread.merged_into_id is not None:
        return False
    if thread.stage != "proposed" and not thread.is_hidden:
        return True
    return is_moderator_of(viewer, thread) or (is_proposer(viewer, thread) and not thread.is_hidden)


def is_shown(_viewer: Viewer | None, subject: Position | Response) -> bool:
    """Whether anything of it is shown, if only that it was there."""
    return subject.state in SHOWN_STATES


def shows_text(_viewer: Viewer | None, subject: Position | Response) -> bool:
    """Whether its text may be read, where it is shown at all."""
    return subject.state in TEXT_STATES


def is_begun_or_published(_viewer: Viewer | None, subject: Position | Response) -> bool:
    return subject.state in ("draft", "published")


def is_not_turned_down(_viewer: Viewer | None, position: Position) -> bool:
    return position.state not in ("declined", "discarded")


def takes_positions(viewer: Viewer | None, thread: Thread) -> bool:
    """Whether new positions and versions are taken now: by stage, doors and merges."""
    return thread.stage == "open" and _is_there(thread) and is_unclosed(viewer, thread)


def takes_drafts(viewer: Viewer | None, thread: Thread) -> bool:
    """What is begun in a thread that others weigh now may be handed in when it is reopened."""
    return thread.stage != "closed" and _is_there(thread)


def _is_there(thread: Thread) -> bool:
    return not thread.is_hidden and thread.merged_into_id is None and goes_on(None, thread)


def is_unclosed(_viewer: Viewer | None, thread: Thread) -> bool:
    """Moderators may close a thread to everybody for a while, whatever its stage."""
    return thread.closed_to != "everybody" and thread.merged_into_id is None


def is_restatement(_viewer: Viewer | None, response: Response) -> bool:
    """Whether it says what a position holds, by somebody who does not hold it."""
    return response.type == "restates"


def takes_responses(viewer: Viewer | None, position: Position) -> bool:
    """Whether the thread and the position take new responses now."""
    thread = position.thread
    return (
        thread.stage in RESPONDABLE_STAGES
        and _is_there(thread)
        and is_unclosed(viewer, thread)
        and position.state == "published"
    )


def may_contribute(viewer: Viewer | None, subject: Ruled) -> bool:
    """Members may; in a series open to all so may any newcomer, and joins by doing so."""
    series = series_of(subject)
    if viewer is None or not viewer.is_confirmed or series.status != "open":
        return False
    if series.id in viewer.paused_in:
        return False
    return is_member_of(viewer, series) or may_walk_in(viewer, series)


def may_walk_in(viewer: Viewer | None, subject: Ruled) -> bool:
    """Open to all is open to everybody but those who were removed."""
    series = series_of(subject)
    return (
        viewer is not None
        and viewer.is_confirmed
        and series.id not in viewer.removed_from
        and series.status == "open"
        and series.who_may_post == "open"
        and series.visibility != "members"
    )


def is_of_listed_domain(viewer: Viewer | None, subject: Ruled) -> bool:
    """Whose confirmed address the series lets in, whenever they signed up and it was listed."""
    series = series_of(subject)
    return (
        viewer is not None
        and viewer.is_confirmed
        and viewer.domain != ""
        and series.id not in viewer.removed_from
        and series.who_may_post == "domain"
        and viewer.domain in series.domains
    )


def has_moved_on(_viewer: Viewer | None, position: Position) -> bool:
    """Private answers are never shown while the thread is proposed or open."""
    return position.thread.stage in ("weighing", "making_sense", "closed")


def shows_words(_viewer: Viewer | None, statement: Statement) -> bool:
    """Whether everybody who reads the thread may read a statement's words."""
    return not statement.is_withheld


def is_listed(_viewer: Viewer | None, item: EvidenceItem) -> bool:
    return item.is_listed and not item.is_hidden


def is_unlisted(_viewer: Viewer | None, item: EvidenceItem) -> bool:
    """It waits for the first that cites it; what was hidden meanwhile is not for changing."""
    return not item.is_listed and not item.is_hidden


def added_it(viewer: Viewer | None, item: EvidenceItem) -> bool:
    return viewer is not None and item.added_by_id == viewer.person_id


def is_addressee(viewer: Viewer | None, decision: Decision) -> bool:
    """Whether the decision was about what is theirs, so that they may appeal."""
    return viewer is not None and decision.addressed_to_id == viewer.person_id


def decided_it(viewer: Viewer | None, appeal: Appeal) -> bool:
    return viewer is not None and appeal.decision.decided_by_id == viewer.person_id


def made_it(viewer: Viewer | None, appeal: Appeal) -> bool:
    return viewer is not None and appeal.made_by_id == viewer.person_id


def is_concerned(viewer: Viewer | None, concern: Concern) -> bool:
    """Whether the viewer wrote what was reported, or reported it."""
    return viewer is not None and viewer.person_id in concern.own_ids


def is_left_to_administrator(_viewer: Viewer | None, concern: Concern) -> bool:
    return concern.is_left_to_administrator


def is_asked(viewer: Viewer | None, confirmation: Confirmation) -> bool:
    """Whether it is they who are asked if a statement is fair to them."""
    return viewer is not None and confirmation.person_id == viewer.person_id


def is_planned(_viewer: Viewer | None, round: Round) -> bool:
    return round.state == "planned"


def takes_ratings(_viewer: Viewer | None, round: Round) -> bool:
    """Whether private ratings are taken now."""
    return round.state == "open" and _is_there(round.thread)


def has_closed(_viewer: Viewer | None, round: Round) -> bool:
    """Until it has, nobody sees more of the ratings than how many people answered."""
    return round.state == "closed"


def is_among_its_raters(viewer: Viewer | None, round: Round) -> bool:
    """The members of the series, or everybody with a confirmed address, as it was fixed before."""
    if viewer is None or not viewer.is_confirmed:
        return False
    return round.who_may_rate == "anybody" or is_member_of(viewer, round)


def is_published(_viewer: Viewer | None, publication: Publication) -> bool:
    """Whether a version of it was ever published: what became of that stands on its page."""
    return publication.published_at is not None


def is_of_readable_thread(viewer: Viewer | None, publication: Publication) -> bool:
    """What is about one thread is read by who reads that."""
    return publication.thread is None or is_readable_thread(viewer, publication.thread)


def is_carried(_viewer: Viewer | None, subject: Thread | Position | Publication) -> bool:
    """Whether other sites may show it: of a listed series, as anybody may know.

    What is under the Chatham House Rule stays in the room until its thread is closed.
    """
    thread = subject if isinstance(subject, Thread) else subject.thread
    named = thread.attribution if thread is not None else ""
    if isinstance(subject, Position):
        named = subject.attribution
    under_rule = named == "chatham_house" and thread is not None and thread.stage != "closed"
    return subject.series.visibility == "public" and not under_rule


def is_quoted(viewer: Viewer | None, quoting: Quoting) -> bool:
    """Whether it is they whose words a briefing quotes."""
    return viewer is not None and quoting.author_id == viewer.person_id


def may_look_into(viewer: Viewer | None, question: Question) -> bool:
    """Members may, also when the series takes nothing else any more, until it is archived."""
    series = question.series
    return (
        viewer is not None
        and viewer.is_confirmed
        and is_member_of(viewer, series)
        and series.id not in viewer.paused_in
        and series.status in ("open", "closed")
    )


def is_shown_beside(_viewer: Viewer | None, looking: Looking) -> bool:
    """Of a question that stands."""
    return looking.is_shown and not looking.question.is_gone


def looks_into(viewer: Viewer | None, looking: Looking) -> bool:
    return viewer is not None and looking.person_id == viewer.person_id


def has_public_page(_viewer: Viewer | None, person: Person) -> bool:
    return person.left_at is None and not person.is_guest


def is_themself(viewer: Viewer | None, membership: Membership) -> bool:
    return viewer is not None and membership.person_id == viewer.person_id


def is_answerable_to(viewer: Viewer | None, membership: Membership) -> bool:
    """Contributors to moderators and conveners, moderators to conveners, conveners to nobody."""
    if membership.role == "contributor":
        return is_moderator_of(viewer, membership)
    return membership.role == "moderator" and is_convener_of(viewer, membership)


def _has_role(viewer: Viewer | None, subject: Ruled, *roles: str) -> bool:
    if viewer is None:
        return False
    own = viewer.belongings.get(series_of(subject).id)
    return own is not None and own.role in roles
