"""One person writes under several voices; in the other world each voice is somebody else's.

Everything else is the same to the letter: names, ids, letters and moments. So whatever anybody is
shown that differs between the two worlds tells that the voices have one author.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.naming import give_letter
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.oversight.appeals.operations.appealing import make_appeal
from discussion.oversight.moderation.operations import decide
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.operations import sanction
from discussion.oversight.sanctions.queries.finding import find_author
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.values.models import ValueProposal
from discussion.subjects.finding import subject_of
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_thread,
)
from tests.factories.scenes import Scene
from tests.permissions.world import World

# voice → how it is named; each has a thread of its own
VOICES = {
    "named": "named",
    "role": "role",
    "chatham": "chatham_house",
    "second": "chatham_house",  # so that two of the strictest come into one thread
}
AUTHORS = ("Ann", "Bea", "Cai", "Dot", "Eve")  # Ann writes by name; in one world all the rest too


class Voiced(Scene):
    """The rows of one world, by the voice that wrote them."""

    def __init__(self, session: Session, *, is_joined: bool) -> None:
        super().__init__(session, moderation="post", who_may_post="open")
        self.people = self._admit()
        ann, *rest = (self.people[name] for name in AUTHORS)
        self.authors = {"named": ann}  # voice → who it is
        for voice, other in zip(("role", "chatham", "second", "beside"), rest, strict=True):
            self.authors[voice] = ann if is_joined else other
        self.threads: dict[str, Thread] = {}
        self.positions: dict[str, Position] = {}
        self.responses: dict[str, Response] = {}
        self.others: dict[str, Position] = {}  # in each thread somebody else's
        self.waiting: dict[str, Response] = {}
        self.items: dict[str, EvidenceItem] = {}
        self.proposals: dict[str, ValueProposal] = {}
        self.decisions: dict[str, Decision] = {}
        self.reports: dict[str, Report] = {}
        self.appeals: dict[str, Any] = {}
        for voice, attribution in VOICES.items():
            _write(self, voice, attribution)
        _write_beside(self)
        session.flush()
        for voice in VOICES:
            _moderate(self, voice)
        session.flush()

    def _admit(self) -> dict[str, Person]:
        roles = {"m": "moderator", "n": "moderator", "k": "convener", "e": "convener"}
        people = {}
        for name in (*AUTHORS, *"mnkeoc"):
            person = make_person(self.session, display_name=f"{name} Somebody",
                                 email=f"{name}@example.org")  # fmt: skip
            is_new = name in AUTHORS  # admitted with what is approved first, as whichever voice
            people[name] = make_member(
                self.session, self.series, person, role=roles.get(name, "contributor"),
                admitted_at=None if is_new else NOW, admitted_how="" if is_new else "invited",
                joined_at=NOW - timedelta(days=90),
            )  # fmt: skip
        for _each in range(6):  # so that no label hangs on one
            make_member(self.session, self.series)
        people["x"] = self.administrator
        people["a"] = people["Ann"]
        return people

    def viewer(self, letter: str, now: Any = NOW) -> Viewer:
        return self.as_(self.people[letter], now)

    def as_author(self, voice: str, now: Any = NOW) -> Viewer:
        return self.as_(self.authors[voice], now)

    def world(self) -> World:
        """The rows as the walk over every address takes them."""
        rows = list(self.responses.values()) + list(self.waiting.values())
        self.session.expire_all()
        return World(
            people=self.people,
            series=[self.series],
            threads=list(self.threads.values()),
            positions=[*self.positions.values(), self.others["named"], self.others["chatham"]],
            responses=rows,
            items=list(self.items.values()),
            reports=list(self.reports.values()),
            decisions=list(self.decisions.values()),
            appeals=list(self.appeals.values()),
        )


def _write(scene: Voiced, voice: str, attribution: str) -> None:
    """In a thread of its own: a position that brings a source, a response, one that waits."""
    session, author = scene.session, scene.authors[voice]
    thread = scene.threads[voice] = make_thread(session, scene.series, attribution=attribution)
    item = make_item(session, scene.series, added_by_id=author.id)
    scene.items[voice] = item
    scene.positions[voice] = make_position(session, thread, author, item=item, label_step=0)
    scene.others[voice] = make_position(session, thread, scene.people["o"], label_step=0)
    scene.responses[voice] = make_response(session, scene.others[voice], author)
    scene.waiting[voice] = _make_waiting(session, scene.others[voice], author)
    for who in (author, scene.people["o"]):
        give_letter(session, thread.id, who.id, attribution)
    proposal = ValueProposal(series_id=scene.series.id, label=f"Patience {voice}",
                             proposed_by_id=author.id, created_at=NOW)  # fmt: skip
    session.add(proposal)
    scene.proposals[voice] = proposal


def _write_beside(scene: Voiced) -> None:
    """A second voice in the thread of the first: an answer whose author is not named there."""
    author, thread = scene.authors["beside"], scene.threads["named"]
    answer = make_response(scene.session, scene.others["named"], author,
                           attribution="chatham_house")  # fmt: skip
    give_letter(scene.session, thread.id, author.id, "chatham_house")
    scene.responses["beside"] = answer


def _make_waiting(session: Session, position: Position, author: Person) -> Response:
    response = make_response(session, position, author, state="draft", first_published_at=None)
    text, response.live = response.live, None
    assert text is not None
    text.status, text.version, text.live_at = "pending", None, None
    text.submitted_at = NOW - timedelta(hours=3)
    return response


def _moderate(scene: Voiced, voice: str) -> None:
    """Each voice has been asked something, was reported, and appealed."""
    session, moderator, position = scene.session, scene.viewer("m"), scene.positions[voice]
    decision = decide(
        session,
        moderator,
        position,
        Ruling("ask_edit", reason="unclear", why=f"Which year, {voice}?"),
        now=NOW,
    )
    scene.decisions[voice] = decision
    scene.appeals[voice] = make_appeal(session, scene.as_author(voice), decision,
                                  "It says so.", now=NOW)  # fmt: skip
    scene.reports[voice] = send_report(
        session, scene.viewer("o"), Matter(subject_of(position), scene.series),
        ReportDraft(reason="abuse", text=f"Please look at {voice}."), now=NOW,
    )  # fmt: skip
    membership = find_author(session, subject_of(position))
    assert membership is not None
    kind = "pre_moderation" if voice == "role" else "note"
    draft = SanctionDraft(kind, 9, "unclear", "Seen.")
    sanction(session, scene.viewer("k"), membership, draft, about=subject_of(position), now=NOW)


def write_on(scene: Voiced, voice: str, now: Any, by: str = "") -> None:
    """Its author goes on writing as that voice; or somebody answers it."""
    position = scene.positions[voice] if by else scene.others[voice]
    who = scene.viewer(by, now) if by else scene.as_author(voice, now)
    for number in range(3):
        draft = ResponseDraft(
            type="asks", text=f"How would that {voice} work, the {number}th time that {by} asks?",
            attribution=position.thread.attribution, nobody_identified=True,
        )  # fmt: skip
        respond(scene.session, who, position, draft, now=now)
