"""The table of rules; allowed() and require() are the only two ways to ask it."""

from collections.abc import Callable, Mapping
from typing import Never, TypeVar, cast

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions import facts
from discussion.permissions.facts import Ruled, Viewer
from discussion.permissions.may import SAYS, May
from discussion.reach.needed.models import Looking
from discussion.reach.publications.models import Publication
from discussion.weighing.practice.models import Run, RunInvitation
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Statement

S = TypeVar("S", contravariant=True)
Rule = Callable[[Viewer | None, S], bool]  # of one kind of subject
SomeRule = Rule[Never]  # of whichever kind its right is asked about


class Forbidden(Exception):
    """The actor may see the subject but not do this; the message is May's sentence."""

    def __init__(self, right: May, *, is_over: bool = False, barred: str = "") -> None:
        super().__init__(SAYS[right])
        self.right = right
        self.barred = barred  # removed, unconfirmed, paused: why this person may not write here
        self.is_over = is_over  # the series is closed, so nobody may any more


def every(*rules: Rule[S]) -> Rule[S]:
    """Holds when all of the rules hold."""
    return lambda viewer, subject: all(rule(viewer, subject) for rule in rules)


def some(*rules: Rule[S]) -> Rule[S]:
    """Holds when at least one of the rules holds."""
    return lambda viewer, subject: any(rule(viewer, subject) for rule in rules)


def no(rule: Rule[S]) -> Rule[S]:
    """Holds when the rule does not."""
    return lambda viewer, subject: not rule(viewer, subject)


def _of_thread(rule: Rule[Thread]) -> Rule[Position | Round | Statement]:
    return lambda viewer, subject: rule(viewer, subject.thread)


def _of_position(rule: Rule[Position]) -> Rule[Response]:
    return lambda viewer, response: rule(viewer, response.position)


def _by_kind(rules: Mapping[type, SomeRule]) -> Rule[Ruled]:
    """The rule of the subject's kind; raises KeyError for a kind that has none."""
    return lambda viewer, subject: asked(rules[type(subject)])(viewer, subject)


def _for_visitors(rule: Rule[S]) -> Rule[S]:
    """What holds for a visitor holds for whoever asks, and for nobody otherwise."""
    return lambda _viewer, subject: rule(None, subject)


def asked(rule: SomeRule) -> Rule[Ruled]:
    """A rule of a table, where the right, or the key, says of which kind its subject is."""
    return cast("Rule[Ruled]", rule)


def _anybody(_viewer: Viewer | None, _subject: Ruled) -> bool:
    return True


def _is_hidden_by_report(_viewer: Viewer | None, subject: Ruled) -> bool:
    return isinstance(subject, HIDDEN_BY_REPORT)


READ_THREAD: Rule[Thread] = facts.is_readable_thread
READ_POSITION: Rule[Position] = every(
    _of_thread(READ_THREAD),
    some(facts.is_shown, facts.is_author, facts.entered_it, facts.is_moderator_of),
)
READ_POSITION_TEXT: Rule[Position] = every(
    READ_POSITION,
    some(facts.shows_text, facts.is_author, facts.entered_it, facts.is_moderator_of),
)
READ_RESPONSE: Rule[Response] = every(
    _of_position(READ_POSITION_TEXT),
    some(facts.is_shown, facts.is_author, facts.is_moderator_of),
)
READ_ITEM: Rule[EvidenceItem] = every(
    facts.is_readable_series,
    some(facts.is_listed, facts.added_it, facts.is_moderator_of),
)
READ_PUBLICATION: Rule[Publication] = every(
    facts.is_readable_series,
    facts.is_of_readable_thread,
    some(facts.is_published, facts.is_moderator_of),
)
# What another site may show: whoever looks at it there is a visitor here.
READS_CARD: dict[type, SomeRule] = {
    Thread: every(READ_THREAD, facts.is_carried),
    Position: every(READ_POSITION, facts.is_carried),
    Publication: every(READ_PUBLICATION, facts.is_carried),
}
NOT_OWN: Rule[Position | Response] = every(no(facts.is_author), no(facts.entered_it))
CONTRIBUTES: Rule[Ruled] = every(facts.is_readable_series, facts.may_contribute)

# Whose own what moderators take words out of is.
NOT_OWN_OF: dict[type, SomeRule] = {
    Position: NOT_OWN,
    Response: NOT_OWN,
    EvidenceItem: no(facts.added_it),
    Thread: no(facts.is_proposer),
    Statement: _anybody,  # moderators' own writing, in their office
    Looking: no(facts.looks_into),
}

# What can be reported, and who reads its words.
READS_WORDS: dict[type, SomeRule] = {
    Position: every(READ_POSITION, facts.shows_text),
    Response: every(READ_RESPONSE, facts.shows_text),
    EvidenceItem: READ_ITEM,
    Thread: READ_THREAD,
    Statement: every(_of_thread(READ_THREAD), facts.shows_words),
    Person: facts.has_public_page,
    Looking: every(facts.is_readable_series, facts.is_shown_beside),
}
# What an urgent report hides; a moderator opened the thread, and a person is not a text.
HIDDEN_BY_REPORT = (Position, Response, EvidenceItem, Statement, Looking)

RULES: dict[May, SomeRule] = {
    May.READ_SERIES: facts.is_readable_series,
    May.CREATE_SERIES: facts.is_administrator,
    May.CONVENE: some(facts.is_convener_of, facts.is_administrator),
    May.LIST_MEMBERS: some(facts.is_moderator_of, facts.is_administrator),
    May.MANAGE_MEMBERS: some(facts.is_convener_of, facts.is_administrator),
    May.JOIN: every(
        facts.is_confirmed,
        facts.is_open_series,
        some(facts.is_member_of, facts.may_walk_in, facts.is_of_listed_domain),
    ),
    May.APPOINT_CONVENER: facts.is_administrator,
    May.MODERATE: facts.is_moderator_of,
    May.READ_THREAD: READ_THREAD,
    May.PROPOSE_THREAD: CONTRIBUTES,
    May.CURATE_THREAD: facts.is_moderator_of,
    May.POST: every(READ_THREAD, facts.takes_positions, facts.may_contribute),
    May.READ_POSITION: READ_POSITION,
    May.READ_POSITION_HISTORY: READ_POSITION_TEXT,
    May.REVISE_POSITION: every(
        some(facts.is_author, facts.entered_it),
        facts.is_begun_or_published,
        _of_thread(facts.takes_positions),
        facts.may_contribute,
    ),
    May.WITHDRAW_POSITION: every(
        some(facts.is_author, facts.entered_it),
        facts.is_begun_or_published,
    ),
    May.ENTER_ON_BEHALF: every(facts.is_convener_of, facts.is_open_series, facts.takes_positions),
    May.CURATE_POSITION: every(facts.is_moderator_of, facts.is_shown, NOT_OWN),
    May.ANSWER_STEELMAN: every(_of_thread(READ_THREAD), facts.is_author, facts.shows_text),
    May.MOVE_POSITION: every(
        facts.is_moderator_of,
        facts.is_not_turned_down,
        NOT_OWN,
    ),
    May.DECIDE: every(facts.is_moderator_of, NOT_OWN),
    May.DECIDE_LEFT: every(
        facts.is_administrator, facts.is_left_to_administrator, no(facts.is_concerned)
    ),
    May.SHOW_AUTHOR: every(facts.is_moderator_of, NOT_OWN),
    May.REPORT: _by_kind(READS_WORDS),
    May.REPORT_AND_HIDE: every(
        _is_hidden_by_report,
        _by_kind(READS_WORDS),
        facts.is_admitted_to,
    ),
    May.ANSWER_REPORT: every(
        some(
            facts.is_moderator_of,
            every(facts.is_administrator, facts.is_left_to_administrator),
        ),
        no(facts.is_concerned),
    ),
    May.MUTE: every(
        facts.is_signed_in,
        _by_kind(READS_WORDS),
        no(facts.is_author),
    ),
    May.REDACT: every(
        facts.is_moderator_of,
        _by_kind(NOT_OWN_OF),
    ),
    May.SANCTION: every(facts.is_answerable_to, no(facts.is_themself)),
    May.SANCTION_VOICE: every(  # whatever its author is in the series: that would tell who it is
        facts.is_moderator_of,
        _by_kind(NOT_OWN_OF),
    ),
    May.READ_STATEMENT: some(facts.is_addressee, facts.is_moderator_of),
    May.APPEAL: facts.is_addressee,
    May.REVIEW_APPEAL: every(
        some(facts.is_moderator_of, facts.is_administrator),
        no(facts.decided_it),
        no(facts.made_it),
    ),
    May.RESPOND: every(
        READ_POSITION,
        facts.takes_responses,
        facts.may_contribute,
        no(facts.is_author),
    ),
    May.READ_RESPONSE: READ_RESPONSE,
    May.REVISE_RESPONSE: every(
        facts.is_author,
        facts.is_begun_or_published,
        _of_position(facts.takes_responses),
        facts.may_contribute,
    ),
    May.WITHDRAW_RESPONSE: every(
        facts.is_author,
        facts.is_begun_or_published,
    ),
    May.ANSWER_RESTATEMENT: every(
        _of_position(every(_of_thread(READ_THREAD), facts.is_author, facts.shows_text)),
        facts.is_restatement,
        facts.shows_text,
        facts.may_contribute,
    ),
    May.KEEP_DRAFT: every(READ_THREAD, facts.takes_drafts),
    May.PART: every(READ_POSITION, facts.takes_responses, facts.is_confirmed, no(facts.is_author)),
    May.TAKE_BACK_PART: every(READ_POSITION, facts.is_signed_in),
    May.SEE_PART_COUNTS: every(READ_POSITION, facts.has_moved_on),
    May.DRAFT_STATEMENTS: facts.is_moderator_of,
    May.WITHHOLD_STATEMENT: facts.is_moderator_of,
    May.CONFIRM_STATEMENT: facts.is_asked,
    May.READ_MIRROR: _by_kind({Run: facts.is_coordinator_of, RunInvitation: _anybody}),
    May.RUN_ROUND: facts.is_moderator_of,
    May.READ_ROUND: every(
        _of_thread(READ_THREAD), some(no(facts.is_planned), facts.is_moderator_of)
    ),
    May.RATE: every(_of_thread(READ_THREAD), facts.takes_ratings, facts.is_among_its_raters),
    May.READ_LINES: every(facts.is_moderator_of, facts.has_closed),
    May.READ_FINDINGS: every(_of_thread(READ_THREAD), facts.has_closed),
    May.COORDINATE: facts.is_coordinator_of,
    May.READ_ITEM: READ_ITEM,
    May.ADD_ITEM: CONTRIBUTES,
    May.EDIT_ITEM: every(
        facts.is_readable_series,
        some(facts.is_moderator_of, every(facts.added_it, facts.is_unlisted)),
    ),
    May.JUDGE_ITEM: every(facts.is_moderator_of, no(facts.added_it)),
    May.PROPOSE_VALUE: CONTRIBUTES,
    May.COMPOSE: facts.is_moderator_of,
    May.READ_PUBLICATION: READ_PUBLICATION,
    May.EMBED: _for_visitors(_by_kind(READS_CARD)),
    May.OBJECT: every(facts.is_readable_series, facts.is_quoted),
    May.CURATE_QUESTIONS: facts.is_moderator_of,
    May.LOOK_INTO: every(facts.is_readable_series, facts.may_look_into),
    May.END_LOOKING: facts.looks_into,
    May.READ_PERSON: facts.has_public_page,
    May.ENTER: _anybody,
    May.KEEP_ACCOUNT: facts.is_signed_in,
    May.ADMINISTER: facts.is_administrator,
}


def allowed(viewer: Viewer | None, right: May, subject: Ruled = None) -> bool:
    """Whether the viewer may; never raises for a well-formed subject."""
    return asked(RULES[right])(viewer, subject)


def require(actor: Viewer | None, right: May, subject: Ruled = None) -> None:
    """The first line of every operation; raises Forbidden."""
    if not allowed(actor, right, subject):
        if right not in ENDING:
            raise Forbidden(right)
        is_over = _is_over(actor, subject)
        raise Forbidden(right, is_over=is_over, barred=_barred(actor, subject))


def refuse_removed(viewer: Viewer | None, right: May, subject: Ruled) -> None:
    """Somebody a series removed gets no form there, though they may read it."""
    if _barred(viewer, subject) == "removed":
        raise Forbidden(right, barred="removed")


# What nobody may once the series is closed or archived, whatever its threads say.
ENDING = frozenset(
    {
        May.JOIN,
        May.PROPOSE_THREAD,
        May.POST,
        May.REVISE_POSITION,
        May.ENTER_ON_BEHALF,
        May.RESPOND,
        May.REVISE_RESPONSE,
        May.KEEP_DRAFT,
        May.PART,
        May.RATE,
        May.ADD_ITEM,
        May.PROPOSE_VALUE,
    }
)


def _is_over(actor: Viewer | None, subject: Ruled) -> bool:
    return facts.is_readable_series(actor, subject) and not facts.goes_on(actor, subject)


def _barred(viewer: Viewer | None, subject: Ruled) -> str:
    """What keeps this very person from writing in a series that others write in."""
    if viewer is None:
        return ""
    series_id = facts.series_of(subject).id
    if series_id in viewer.removed_from:
        return "removed"
    if not viewer.is_confirmed:
        return "unconfirmed"
    return "paused" if series_id in viewer.paused_in else ""
