"""Who may what, written by hand from the product's own words and not from the rules.

Every kind of person has a letter, so that a set of people is a word:

    v  a visitor                            b  an author who is also a moderator
    u  signed in, address not confirmed     m  a moderator
    s  confirmed, a stranger to the series  k  a convener
    n  a contributor not yet admitted       e  a convener who entered it on somebody's behalf
    c  an admitted contributor              x  the site's administrator, not a member
    a  an author (and proposer, and adder)  r  a member who was removed
    l  an author who was removed since
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from discussion.permissions.may import May

EVERYBODY = frozenset("vusncabmkexrl")
SIGNED_IN = EVERYBODY - set("v")
CONFIRMED = SIGNED_IN - set("u")
MEMBERS = frozenset("ncabmke")
MODERATORS = frozenset("bmke")
CONVENERS = frozenset("ke")
ADMINISTRATOR = frozenset("x")
REMOVED = frozenset("rl")
NOBODY = frozenset("")

STATUSES = ("draft", "open", "closed", "archived")
VISIBILITIES = ("public", "unlisted", "members")
POSTING = ("open", "invited", "domain")
OVER = ("closed", "archived")  # nothing new is taken, whatever its threads say
STAGES = ("proposed", "open", "weighing", "making_sense", "closed")
STATES = ("draft", "published", "withdrawn", "hidden", "removed", "declined", "discarded")

READ_AS_TEXT_OR_TOMBSTONE = {"published", "withdrawn", "hidden", "removed"}
WRITES_POSITIONS = {"open"}
WRITES_RESPONSES = {"open", "weighing", "making_sense"}
COUNTS_SHOWN = {"weighing", "making_sense", "closed"}


@dataclass(frozen=True)
class Case:
    """One combination of states; `whose` says whether the letters a, b, l, e own it."""

    status: str = "open"
    visibility: str = "public"
    posting: str = "open"
    stage: str = "open"
    is_hidden: bool = False
    position: str = "published"
    response: str = "published"
    is_listed: bool = True
    member: str = "contributor"  # the role of somebody else in the series
    round: str = "open"
    raters: str = "members"
    wrote: str = "position"  # what the authors wrote: the position, or the response to another's

    @property
    def authors(self) -> frozenset[str]:
        """Who has the pen of the position: its author, or who entered it for a guest."""
        return frozenset("able") if self.wrote == "position" else NOBODY

    @property
    def position_writers(self) -> frozenset[str]:
        return frozenset("abl") if self.wrote == "position" else NOBODY

    @property
    def response_writers(self) -> frozenset[str]:
        return frozenset("abl") if self.wrote == "response" else NOBODY


def joins(case: Case) -> frozenset[str]:
    """Who belongs already, and whom an open series lets in by itself; domains: test_joining.py."""
    if case.status != "open":
        return NOBODY
    walks_in = case.posting == "open" and case.visibility != "members"
    return MEMBERS | (CONFIRMED - REMOVED if walks_in else NOBODY)


def reads_series(case: Case) -> frozenset[str]:
    """A draft, and a series for members, is theirs and the administrator's; the rest is public."""
    if case.status == "draft" or case.visibility == "members":
        return MEMBERS | ADMINISTRATOR
    return EVERYBODY


def reads_thread(case: Case) -> frozenset[str]:
    """Hidden: its moderators. Proposed: they and its proposer. Otherwise who reads the series."""
    if case.is_hidden:
        return MODERATORS
    if case.stage == "proposed":
        return reads_series(case) & (MODERATORS | set("abl"))
    return reads_series(case)


def reads_position(case: Case) -> frozenset[str]:
    if case.position in READ_AS_TEXT_OR_TOMBSTONE:
        return reads_thread(case)
    return reads_thread(case) & (MODERATORS | case.authors)


def reads_words(case: Case) -> frozenset[str]:
    """The text itself: a tombstone has none for others."""
    if case.position == "published":
        return reads_thread(case)
    return reads_thread(case) & (MODERATORS | case.authors)


def reads_response(case: Case) -> frozenset[str]:
    if case.response in READ_AS_TEXT_OR_TOMBSTONE:
        return reads_words(case)
    return reads_words(case) & (MODERATORS | case.response_writers)


def contributes(case: Case) -> frozenset[str]:
    """In an open series: its members, and any confirmed newcomer where it is open to all to see."""
    if case.status != "open":
        return NOBODY
    if case.posting == "open" and case.visibility != "members":
        return CONFIRMED - REMOVED
    return MEMBERS


def looks_into(case: Case) -> frozenset[str]:
    """Members who are not asked to write nothing, also once the series is closed."""
    return MEMBERS if case.status in ("open", "closed") else NOBODY


def posts(case: Case) -> frozenset[str]:
    if case.stage not in WRITES_POSITIONS or case.is_hidden:
        return NOBODY
    return reads_thread(case) & contributes(case)


def revises(case: Case) -> frozenset[str]:
    return posts(case) & case.authors if case.position in ("draft", "published") else NOBODY


def withdraws(case: Case) -> frozenset[str]:
    """One's own words can be taken back whatever became of the series or of the membership."""
    return case.authors if case.position in ("draft", "published") else NOBODY


def takes_answers(case: Case) -> bool:
    """Of a position, privately too: nothing where the series is over."""
    is_there = not case.is_hidden and case.status not in OVER
    return case.stage in WRITES_RESPONSES and is_there and case.position == "published"


def responds(case: Case) -> frozenset[str]:
    """Not to oneself."""
    if not takes_answers(case):
        return NOBODY
    return (reads_position(case) & contributes(case)) - case.position_writers


def revises_response(case: Case) -> frozenset[str]:
    if not takes_answers(case) or case.response not in ("draft", "published"):
        return NOBODY
    return contributes(case) & case.response_writers


def withdraws_response(case: Case) -> frozenset[str]:
    return case.response_writers if case.response in ("draft", "published") else NOBODY


def parts(case: Case) -> frozenset[str]:
    if not takes_answers(case):
        return NOBODY
    return (reads_position(case) & CONFIRMED) - case.position_writers


def sees_counts(case: Case) -> frozenset[str]:
    """Nobody, moderators included, while the thread is open."""
    return reads_position(case) if case.stage in COUNTS_SHOWN else NOBODY


def reads_item(case: Case) -> frozenset[str]:
    if case.is_listed and not case.is_hidden:
        return reads_series(case)
    return reads_series(case) & (MODERATORS | set("abl"))


def edits_item(case: Case) -> frozenset[str]:
    """Who added it may change it until others rely on it, or it was hidden."""
    mine = NOBODY if case.is_listed or case.is_hidden else frozenset("abl")
    return reads_series(case) & (MODERATORS | mine)


def embeds(case: Case) -> frozenset[str]:
    """Whoever looks at it on another site is a visitor here; unlisted is not for passing on."""
    is_shown = "v" in reads_position(case) and case.visibility == "public"
    return EVERYBODY if is_shown else NOBODY


def curates_position(case: Case) -> frozenset[str]:
    """Featuring, pinning and ordering are decisions: never on one's own."""
    if case.position not in READ_AS_TEXT_OR_TOMBSTONE:
        return NOBODY
    return MODERATORS - case.authors


def answers_steelman(case: Case) -> frozenset[str]:
    """Its author alone, while it is shown; for a guest of a round table nobody else does."""
    return reads_thread(case) & set("abl") if case.position == "published" else NOBODY


def answers_restatement(case: Case) -> frozenset[str]:
    """The author of the position alone, while both are shown and they may write there."""
    if case.position != "published" or case.response != "published":
        return NOBODY
    return reads_thread(case) & contributes(case) & case.position_writers


def moves_position(case: Case) -> frozenset[str]:
    """Waiting or shown, and never one's own; what never came to anything stays where it was."""
    return NOBODY if case.position in ("declined", "discarded") else MODERATORS - case.authors


def enters_on_behalf(case: Case) -> frozenset[str]:
    takes = case.status == "open" and case.stage == "open" and not case.is_hidden
    return CONVENERS if takes else NOBODY


def reports(case: Case) -> frozenset[str]:
    """Signed out too: whatever one can read as text."""
    return reads_words(case) if case.position == "published" else NOBODY


def hides(case: Case) -> frozenset[str]:
    """Admitted members; a newcomer, somebody removed and a visitor alert, and hide nothing."""
    return reports(case) & (MEMBERS - set("n"))


def reads_round(case: Case) -> frozenset[str]:
    """A round that is only planned is the moderators'."""
    if case.round == "planned":
        return reads_thread(case) & MODERATORS
    return reads_thread(case)


def rates(case: Case) -> frozenset[str]:
    """Members while it is open; in a round for anybody, whoever has confirmed an address."""
    raters = CONFIRMED if case.raters == "anybody" else MEMBERS
    takes = case.round == "open" and not case.is_hidden and case.status not in OVER
    return reads_thread(case) & raters if takes else NOBODY


def keeps_drafts(case: Case) -> frozenset[str]:
    """Whoever reads the thread, while anything may still come of what they write."""
    takes = case.stage != "closed" and not case.is_hidden and case.status not in OVER
    return reads_thread(case) if takes else NOBODY


def reads_findings(case: Case) -> frozenset[str]:
    return reads_thread(case) if case.round == "closed" else NOBODY


def reads_lines(case: Case) -> frozenset[str]:
    return MODERATORS if case.round == "closed" else NOBODY


def sanctions(case: Case) -> frozenset[str]:
    """Contributors answer to moderators and conveners, moderators to conveners; never oneself."""
    of = {"contributor": MODERATORS, "moderator": CONVENERS, "convener": NOBODY}
    return of[case.member]


def _only(people: frozenset[str]) -> Callable[[Case], frozenset[str]]:
    return lambda _case: people


# right → (what it is asked about, who may)
EXPECTED: dict[May, tuple[str, Callable[[Case], frozenset[str]]]] = {
    May.READ_SERIES: ("series", reads_series),
    May.CREATE_SERIES: ("", _only(ADMINISTRATOR)),
    May.CONVENE: ("series", _only(CONVENERS | ADMINISTRATOR)),
    May.LIST_MEMBERS: ("series", _only(MODERATORS | ADMINISTRATOR)),
    May.MANAGE_MEMBERS: ("series", _only(CONVENERS | ADMINISTRATOR)),
    May.JOIN: ("series", lambda case: joins(case)),
    May.APPOINT_CONVENER: ("series", _only(ADMINISTRATOR)),
    May.MODERATE: ("series", _only(MODERATORS)),
    May.READ_THREAD: ("thread", reads_thread),
    May.PROPOSE_THREAD: ("series", lambda case: reads_series(case) & contributes(case)),
    May.CURATE_THREAD: ("thread", _only(MODERATORS)),
    May.POST: ("thread", posts),
    May.READ_POSITION: ("position", reads_position),
    May.READ_POSITION_HISTORY: ("position", reads_words),
    May.REVISE_POSITION: ("position", revises),
    May.WITHDRAW_POSITION: ("position", withdraws),
    May.ENTER_ON_BEHALF: ("thread", enters_on_behalf),
    May.CURATE_POSITION: ("position", curates_position),
    May.ANSWER_STEELMAN: ("position", answers_steelman),
    May.MOVE_POSITION: ("position", moves_position),
    May.DECIDE: ("position", lambda case: MODERATORS - case.authors),
    May.DECIDE_LEFT: ("report", lambda _case: frozenset()),  # nothing there is left to anybody
    May.SHOW_AUTHOR: ("position", lambda case: MODERATORS - case.authors),
    May.REPORT: ("position", reports),
    May.REPORT_AND_HIDE: ("position", hides),
    May.ANSWER_REPORT: ("report", lambda case: MODERATORS - case.authors),
    May.MUTE: ("position", lambda case: (reports(case) & SIGNED_IN) - case.position_writers),
    May.REDACT: ("position", lambda case: MODERATORS - case.authors),
    May.SANCTION: ("member", sanctions),
    May.SANCTION_VOICE: ("position", lambda case: MODERATORS - case.authors),
    May.READ_STATEMENT: ("decision", _only(MODERATORS | set("al"))),
    May.APPEAL: ("decision", _only(frozenset("abl"))),
    May.REVIEW_APPEAL: ("appeal", _only((MODERATORS | ADMINISTRATOR) - set("b"))),
    May.RESPOND: ("position", responds),
    May.READ_RESPONSE: ("response", reads_response),
    May.REVISE_RESPONSE: ("response", revises_response),
    May.WITHDRAW_RESPONSE: ("response", withdraws_response),
    May.ANSWER_RESTATEMENT: ("response", answers_restatement),
    May.KEEP_DRAFT: ("thread", keeps_drafts),
    May.PART: ("position", parts),
    May.TAKE_BACK_PART: ("position", lambda case: reads_position(case) & SIGNED_IN),
    May.SEE_PART_COUNTS: ("position", sees_counts),
    May.DRAFT_STATEMENTS: ("thread", _only(MODERATORS)),
    May.WITHHOLD_STATEMENT: ("thread", _only(MODERATORS)),
    May.CONFIRM_STATEMENT: ("confirmation", _only(frozenset("abl"))),
    May.READ_MIRROR: ("run", lambda case: case.position_writers),
    May.RUN_ROUND: ("thread", _only(MODERATORS)),
    May.READ_ROUND: ("round", reads_round),
    May.RATE: ("round", rates),
    May.READ_LINES: ("round", reads_lines),
    May.READ_FINDINGS: ("round", reads_findings),
    May.READ_ITEM: ("item", reads_item),
    May.ADD_ITEM: ("series", lambda case: reads_series(case) & contributes(case)),
    May.EDIT_ITEM: ("item", edits_item),
    May.JUDGE_ITEM: ("item", _only(MODERATORS - set("b"))),
    May.PROPOSE_VALUE: ("series", lambda case: reads_series(case) & contributes(case)),
    May.READ_PERSON: ("person", _only(EVERYBODY)),
    May.ENTER: ("", _only(EVERYBODY)),
    May.COMPOSE: ("series", _only(MODERATORS)),
    May.READ_PUBLICATION: ("publication", reads_thread),
    May.EMBED: ("position", embeds),
    May.OBJECT: ("quoting", lambda case: reads_series(case) & case.position_writers),
    May.CURATE_QUESTIONS: ("series", _only(MODERATORS)),
    May.LOOK_INTO: ("question", looks_into),
    May.END_LOOKING: ("looking", lambda case: case.position_writers),
    May.COORDINATE: ("organisation", lambda case: case.position_writers),
    May.KEEP_ACCOUNT: ("", _only(SIGNED_IN)),
    May.ADMINISTER: ("", _only(ADMINISTRATOR)),
}

_RANGES: dict[str, tuple[object, ...]] = {
    "status": STATUSES,
    "visibility": VISIBILITIES,
    "posting": POSTING,
    "stage": STAGES,
    "is_hidden": (False, True),
    "position": STATES,
    "response": STATES,
    "is_listed": (True, False),
    "wrote": ("position", "response"),
    "member": ("contributor", "moderator", "convener"),
    "round": ("planned", "open", "closed"),
    "raters": ("members", "anybody"),
}
_OF_SERIES = ("status", "visibility", "posting")
_FEWER = {"posting": ("open", "invited"), "stage": ("proposed", "open", "weighing", "closed")}
_MATTERS = {
    "": (),
    "person": (),
    "member": ("status", "member"),
    "confirmation": (),
    "run": (),
    "round": ("status", "visibility", "stage", "is_hidden", "round", "raters"),
    "publication": ("status", "visibility", "stage", "is_hidden"),
    "quoting": ("status", "visibility"),
    "question": ("status", "visibility"),
    "looking": ("status",),
    "organisation": (),
    "decision": ("status",),
    "appeal": ("status",),
    "report": ("status", "wrote"),
    "series": _OF_SERIES,
    "item": (*_OF_SERIES, "is_listed", "is_hidden"),
    "thread": (*_OF_SERIES, "stage", "is_hidden"),
    "position": (*_OF_SERIES, "stage", "is_hidden", "position"),
    "response": (*_OF_SERIES, "stage", "is_hidden", "position", "response", "wrote"),
}


def cases_of(subject: str) -> list[Case]:
    """Every combination of the states that a subject of this kind can be in.

    For responses two values that no rule of theirs tells apart from others are left out.
    """
    names = _MATTERS[subject]
    ranges = _RANGES | _FEWER if subject == "response" else _RANGES
    combinations = product(*(ranges[name] for name in names))
    return [Case(**dict(zip(names, values, strict=True))) for values in combinations]  # type: ignore[arg-type]
