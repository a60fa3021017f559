"""docs/permissions.md: every right and who has it, computed by asking the rules themselves."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from discussion import clock
from discussion.cli.site import answer
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Concern
from discussion.oversight.appeals.models import Appeal
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Belonging, Viewer
from discussion.permissions.may import SAYS, May
from discussion.permissions.rules import allowed
from discussion.reach.needed.models import Looking, Question
from discussion.reach.publications.models import Publication, Quoting
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Coordinator, Organisation, Run
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Confirmation

SERIES_ID, AUTHOR_ID, MODERATOR_AUTHOR_ID = 1, 6, 8
YES, NO = "yes", "–"

HEAD = """# Who may do what

Printed by `discussion permissions` from the rules themselves (`discussion/permissions/rules.py`);
a test says so when this page is old. Change a rule there, then `make permissions`.

Somebody who may not see a thing is told that it does not exist. *Author* and *moderator, author*
wrote the very position, response or item that the row is about; nobody decides on their own.
"""

PEOPLE = (
    "visitor", "unconfirmed", "stranger", "contributor", "admitted", "author", "moderator",
    "moderator, author", "convener", "administrator",
)  # fmt: skip
PEOPLE_SAY = """\
*visitor*: signed out · *unconfirmed*: signed in, the address not yet confirmed · *stranger*: signed
in and confirmed, not in this series · *contributor*: in the series, not yet admitted · *admitted*:
an admitted contributor · *administrator*: of the site, in no series.
"""


@dataclass(frozen=True)
class Situation:
    """The things that are asked about, in one state."""

    title: str
    series: Series
    thread: Thread
    position: Position
    response: Response
    item: EvidenceItem
    person: Person
    member: Membership
    decision: Decision


def print_permissions(typed: argparse.Namespace) -> int:
    """Print who may do what, as the page of the documents or as JSON."""
    answer(typed, permissions_found(), "\n".join(permissions_page()).rstrip())
    return 0


def permissions_found() -> list[dict[str, Any]]:
    """Every situation in full, for a script."""
    return [
        {
            "situation": each.title,
            "rights": {
                str(right): dict(zip(PEOPLE, (said == YES for said in row), strict=True))
                for right, row in _table(each).items()
            },
        }
        for each in situations()
    ]


def permissions_page() -> Iterator[str]:
    """The page in Markdown: everything in the usual situation, and then only what differs."""
    usual, *others = situations()
    first = _table(usual)
    yield HEAD
    yield PEOPLE_SAY
    yield f"## {usual.title}\n"
    yield from _printed(first)
    for other in others:
        changed = {right: row for right, row in _table(other).items() if row != first[right]}
        yield f"\n## {other.title}\n"
        yield "Only what differs from the first table.\n"
        yield from _printed(changed)


def situations() -> list[Situation]:
    """The usual one first."""
    return [
        _situation("An open thread in a public series that one is invited to"),
        _situation("In a public series open to all", who_may_post="open"),
        _situation("In a series for members only", visibility="members"),
        _situation("In a series that is a draft", status="draft"),
        _situation("In a series that is closed", status="closed"),
        _situation("While a thread is only proposed", stage="proposed"),
        _situation("While a thread is weighing", stage="weighing"),
        _situation("Once a thread is closed", stage="closed"),
        _situation("When the thread is hidden", is_hidden=True),
        _situation("Before a contribution is published", state="draft"),
        _situation("When a contribution was withdrawn", state="withdrawn"),
        _situation("When a contribution is hidden", state="hidden"),
    ]


def asked_about(right: May, situation: Situation, writer_id: int) -> Any:
    """The thing a right is about; a new right needs a line here when its word does not tell."""
    exceptions: dict[str, Any] = {
        May.PROPOSE_THREAD: situation.series,
        May.POST: situation.thread,
        May.READ_FINDINGS: Round(thread=situation.thread, state="closed"),
        May.READ_MIRROR: Run(
            organisation=Organisation(
                series=situation.series, coordinators=[Coordinator(person_id=writer_id)]
            )
        ),
        May.ENTER_ON_BEHALF: situation.thread,
        May.RESPOND: situation.position,
        May.ANSWER_RESTATEMENT: Response(
            type="restates",
            state="published",
            position=Position(
                thread=situation.thread, state=situation.position.state, author_id=writer_id
            ),
        ),
        May.ADD_ITEM: situation.series,
        May.APPOINT_CONVENER: situation.series,
        May.CREATE_SERIES: None,
        May.DECIDE_LEFT: Concern(
            situation.series, frozenset({writer_id}), is_left_to_administrator=True
        ),
    }
    by_word: dict[str, Any] = {
        "series": situation.series,
        "thread": situation.thread,
        "position": situation.position,
        "contribution": situation.position,
        "response": situation.response,
        "part": situation.position,
        "evidence": situation.item,
        "value": situation.series,
        "person": situation.person,
        "member": situation.member,
        "statement": Confirmation(person_id=AUTHOR_ID),
        "round": Round(thread=situation.thread, state="open", who_may_rate="members"),
        "decision": situation.decision,
        "report": Concern(situation.series, frozenset({writer_id})),
        "appeal": Appeal(
            decision=situation.decision, made_by_id=situation.decision.addressed_to_id
        ),
        "account": None,
        "publication": Publication(
            series=situation.series, thread=situation.thread, published_at=clock.now()
        ),
        "quoting": Quoting(
            publication=Publication(series=situation.series), position=situation.position
        ),
        "question": Question(series=situation.series),
        "looking": Looking(question=Question(series=situation.series), person_id=writer_id),
        "run": Organisation(
            series=situation.series, coordinators=[Coordinator(person_id=writer_id)]
        ),
        "site": None,
    }
    subject = exceptions.get(right, by_word[right.partition(":")[0]])
    if isinstance(subject, Position | Response):
        subject.author_id = writer_id
    if isinstance(subject, EvidenceItem):
        subject.added_by_id = writer_id
    return subject


def viewers() -> dict[str, Viewer | None]:
    """One of each kind of people."""
    made: dict[str, Callable[[int], Viewer | None]] = {
        "visitor": lambda _n: None,
        "unconfirmed": lambda n: _viewer(n, is_confirmed=False),
        "stranger": lambda n: _viewer(n),
        "contributor": lambda n: _viewer(n, "contributor", is_admitted=False),
        "admitted": lambda n: _viewer(n, "contributor"),
        "author": lambda n: _viewer(n, "contributor"),
        "moderator": lambda n: _viewer(n, "moderator"),
        "moderator, author": lambda n: _viewer(n, "moderator"),
        "convener": lambda n: _viewer(n, "convener"),
        "administrator": lambda n: _viewer(n, is_administrator=True),
    }
    return {name: made[name](number) for number, name in enumerate(PEOPLE, start=1)}


def _table(situation: Situation) -> dict[May, list[str]]:
    people = viewers()
    table: dict[May, list[str]] = {}
    for right in May:
        row = []
        for name, viewer in people.items():
            writer = MODERATOR_AUTHOR_ID if name == "moderator, author" else AUTHOR_ID
            subject = asked_about(right, situation, writer)
            row.append(YES if allowed(viewer, right, subject) else NO)
        table[right] = row
    return table


def _printed(table: dict[May, list[str]]) -> Iterator[str]:
    yield f"| right | {' | '.join(PEOPLE)} |"
    yield "|---" * (len(PEOPLE) + 1) + "|"
    for right, row in table.items():
        yield f"| {SAYS[right]} (`{right}`) | {' | '.join(row)} |"


def _viewer(
    number: int,
    role: str = "",
    *,
    is_confirmed: bool = True,
    is_admitted: bool = True,
    is_administrator: bool = False,
) -> Viewer:
    own = {SERIES_ID: Belonging(role=role, is_admitted=is_admitted)} if role else {}
    return Viewer(number, f"p{number}", f"Person {number}", is_confirmed, is_administrator, own)


def _situation(
    title: str,
    *,
    who_may_post: str = "invited",
    visibility: str = "public",
    status: str = "open",
    stage: str = "open",
    is_hidden: bool = False,
    state: str = "published",
) -> Situation:
    series = Series(
        id=SERIES_ID, status=status, visibility=visibility, who_may_post=who_may_post, domains=[]
    )
    thread = Thread(
        id=1,
        series=series,
        series_id=SERIES_ID,
        stage=stage,
        is_hidden=is_hidden,
        cycle=1,
        proposed_by_id=AUTHOR_ID,
    )
    position = Position(id=1, thread=thread, thread_id=1, state=state, author_id=AUTHOR_ID)
    shown = Position(id=2, thread=thread, thread_id=1, state="published", author_id=99)
    response = Response(id=1, position=shown, position_id=2, state=state, author_id=AUTHOR_ID)
    item = EvidenceItem(
        id=1,
        series=series,
        series_id=SERIES_ID,
        added_by_id=AUTHOR_ID,
        is_listed=state in ("published", "hidden"),
        is_hidden=state == "hidden",
    )
    person = Person(id=50, is_guest=False)
    member = Membership(series=series, person_id=98, role="contributor")
    decision = Decision(series=series, decided_by_id=97, addressed_to_id=AUTHOR_ID)
    return Situation(title, series, thread, position, response, item, person, member, decision)
