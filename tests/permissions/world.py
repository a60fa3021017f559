"""A small site in which everything that not everybody may read carries a word of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Concern
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, is_moderator_of
from discussion.permissions.may import May
from discussion.permissions.rules import READ_POSITION_TEXT, allowed
from discussion.reach.needed.drafts import QuestionDraft
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.wording import make_question
from discussion.reach.publications.files import make_files
from discussion.reach.publications.models import Publication
from discussion.reach.publications.operations.composing import begin_briefing
from discussion.reach.publications.operations.publishing import keep_files, publish
from discussion.reach.publications.operations.telling import tell_authors
from discussion.reach.publications.shapes import Document
from discussion.records import read
from discussion.series.members.models import Membership
from discussion.series.series.models import Series, Theme
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Confirmation, Statement
from tests.conftest import SECRET
from tests.factories import (
    NOW,
    make_cycle,
    make_item,
    make_member,
    make_person,
    make_position,
    make_rating,
    make_response,
    make_round,
    make_series,
    make_statement,
    make_thread,
)
from tests.factories import viewer as make_viewer
from tests.permissions.expected import STATES

MARK = "qzx"
UNPUBLISHED = ("draft", "declined", "discarded")
MayRead = Callable[[Viewer | None], bool]


@dataclass
class World:
    """Rows of every kind, and for each marked word who may read it."""

    people: dict[str, Person] = field(default_factory=dict)
    series: list[Series] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    items: list[EvidenceItem] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    marks: dict[str, MayRead] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)  # words that nobody meets anywhere
    own: dict[str, set[int]] = field(default_factory=dict)  # word → who wrote it, or in it

    def mark(self, may_read: MayRead) -> str:
        """A new word for those who may read it."""
        word = f"{MARK}{len(self.marks):04d}w"
        self.marks[word] = may_read
        return word


def make_world(session: Session) -> World:
    world = World()
    _add_people(session, world)
    shapes = [
        ("open", "public"),
        ("open", "members"),
        ("draft", "public"),
        ("archived", "unlisted"),
    ]
    for status, seen in shapes:
        series = make_series(session, status=status, visibility=seen, who_may_post="invited")
        series.question = world.mark(lambda who, own=series: allowed(who, May.READ_SERIES, own))  # type: ignore[misc]
        series.title = f"{series.question} title"
        _mark_parts(world, series)
        world.series.append(series)
        _belong(session, world, series)
        is_first = len(world.series) == 1
        _add_items(session, world, series)
        for stage, is_hidden in _threads_of(is_first=is_first):
            _add_thread(session, world, series, stage=stage, is_hidden=is_hidden)
    _add_reports(session, world)
    _add_appeal(session, world)
    _add_statement(session, world)
    _add_rounds(session, world)
    _add_publications(session, world)
    _add_questions(session, world)
    session.flush()
    return world


def _add_publications(session: Session, world: World) -> None:
    """Of each series one that is published, about a thread; and in the first one that is begun."""
    for series in world.series:
        moderator = make_viewer(session, world.people["m"])
        thread = next(one for one in world.threads if one.series is series)
        row = begin_briefing(session, moderator, series, thread=thread, now=NOW)
        row.title = world.mark(lambda who, of=thread: allowed(who, May.READ_THREAD, of))  # type: ignore[misc]
        row.sections = {"question": f"{row.title} was found [R1]."}
        for source in row.sources:
            if source.item is not None:
                source.item.link_state = "ok"
        tell_authors(session, moderator, row, now=NOW)
        version = publish(session, moderator, row, site_url="", now=NOW)
        keep_files(session, version, make_files(read(Document, version.snapshot)))
        world.publications.append(row)
    first = world.series[0]
    begun = begin_briefing(
        session, make_viewer(session, world.people["m"]), first, theme=first.themes[0], now=NOW
    )
    begun.title = world.mark(lambda who: allowed(who, May.COMPOSE, first))
    begun.sections = {"question": begun.title}
    world.publications.append(begun)


def _add_questions(session: Session, world: World) -> None:
    """Of each series one; in the first also one whose origin nobody can read any more."""
    for series in world.series:
        moderator = make_viewer(session, world.people["m"])
        thread = next(one for one in world.threads if one.series is series)
        mind = world.mark(lambda who, of=thread: allowed(who, May.READ_THREAD, of))  # type: ignore[misc]
        source = make_position(session, thread, revision={"change_mind_text": mind})
        draft = QuestionDraft("Is it so?", origins=(f"mind/{source.public_id}",))
        row = make_question(session, moderator, series, draft, now=NOW)
        row.text = world.mark(lambda who, of=series: allowed(who, May.READ_SERIES, of))  # type: ignore[misc]
        world.questions.append(row)
        if len(world.questions) == 1:
            hidden = make_position(session, thread, revision={"change_mind_text": "This."})
            draft = QuestionDraft("Is it?", origins=(f"mind/{hidden.public_id}",))
            row = make_question(session, moderator, series, draft, now=NOW)
            row.text = world.mark(lambda who, of=series: allowed(who, May.CURATE_QUESTIONS, of))  # type: ignore[misc]
            hidden.state = "hidden"
            world.questions.append(row)


def _threads_of(*, is_first: bool) -> list[tuple[str, bool]]:
    return [("open", False), ("proposed", False), ("open", True)] if is_first else [("open", False)]


def _add_people(session: Session, world: World) -> None:
    """Their names are words that nobody reads who does not see the members; e-mail even less."""
    for letter in "uscnabmkexrlo":
        person = make_person(session, email=f"mail-{letter}@example.org")
        if letter == "u":
            person.email_confirmed_at = None
        person.is_administrator = letter == "x"

        def may_know(who: Viewer | None, own: Person = person) -> bool:
            if who is None:
                return False
            return who.person_id == own.id or any(
                allowed(who, May.LIST_MEMBERS, series) for series in world.series
            )

        person.display_name = world.mark(may_know)
        world.people[letter] = person


def _mark_parts(world: World, series: Series) -> None:
    theme: Theme = series.themes[0]
    word = world.mark(lambda who: allowed(who, May.READ_SERIES, series))
    theme.question, theme.summary, theme.summary_html = f"{word}?", word, f"<p>{word}</p>"
    series.values[0].label = f"{word} value"
    series.scales[0].low = f"{word} low"
    series.reasons[0].label = f"{word} reason"
    series.rules = f"{word} rules"
    series.rules_html = f"<p>{word} rules</p>"


def _belong(session: Session, world: World, series: Series) -> None:
    roles = {"m": "moderator", "b": "moderator", "k": "convener", "e": "convener"}
    for letter in "ncabmkerlo":
        make_member(
            session,
            series,
            world.people[letter],
            role=roles.get(letter, "contributor"),
            admitted_at=None if letter == "n" else NOW,
            removed_at=NOW if letter in "rl" else None,
        )
    assert session.get(Membership, 1) is not None


def _add_items(session: Session, world: World, series: Series) -> None:
    """In the first series one that is hidden too."""
    states = ((True, False), (False, False), (True, True))
    for is_listed, is_hidden in states if len(world.series) == 1 else states[:2]:
        item = make_item(session, series, is_listed=is_listed, is_hidden=is_hidden,
                         added_by_id=world.people["a"].id)  # fmt: skip
        item.title = world.mark(lambda who, own=item: allowed(who, May.READ_ITEM, own))  # type: ignore[misc]
        item.title_folded = item.title
        world.items.append(item)


def _add_thread(
    session: Session, world: World, series: Series, *, stage: str, is_hidden: bool
) -> None:
    """In the first thread a position in every state; in the others a published one."""
    thread = make_thread(session, series, stage=stage, is_hidden=is_hidden,
                         proposed_by_id=world.people["a"].id)  # fmt: skip
    word = world.mark(lambda who: allowed(who, May.READ_THREAD, thread))
    thread.question, thread.context = f"{word}?", word
    thread.context_html = f"<p>{word}</p>"
    world.threads.append(thread)
    thread.cycle = 2
    make_cycle(session, thread, outcome=word, summary=word)
    states = STATES if len(world.threads) == 1 else ("published",)
    writers = "aaaabble"  # who may have one position here under review or shown, several otherwise
    for number, state in enumerate(states):
        letter = "o" if state == "hidden" else "b" if state == "draft" else writers[number]
        _add_position(session, world, thread, state=state, author=world.people[letter])


def _add_position(
    session: Session, world: World, thread: Thread, *, state: str, author: Person
) -> None:
    is_unpublished = state in UNPUBLISHED
    changes: dict[str, Any] = {"state": state}
    if is_unpublished:
        changes |= {"number": None, "first_published_at": None}
    status = {"draft": "pending", "declined": "declined", "discarded": "superseded"}
    listed, _waiting, *hidden = (one for one in world.items if one.series_id == thread.series_id)
    position = make_position(
        session, thread, author, item=listed,
        revision={"status": status.get(state, "live"), "version": None if is_unpublished else 1},
        **changes,
    )  # fmt: skip
    said = position.revisions[0]
    session.add_all(
        EvidenceLink(revision=said, item=item, stance="qualifies", order=1) for item in hidden
    )
    word = world.mark(lambda who: READ_POSITION_TEXT(who, position))
    world.own[word] = {author.id}
    world.own.setdefault(thread.context, set()).add(author.id)
    said.claim, said.reasoning, said.reasoning_html = word, word, f"<p>{word}</p>"
    said.objection = said.change_mind_text = word
    for tag in said.tags:
        tag.gloss = word
    for link in said.links:
        link.warrant = word
    world.positions.append(position)
    if state == "published":
        for answer_state in STATES if len(world.positions) < 6 else ("published",):
            _add_response(session, world, position, answer_state)


def _add_response(session: Session, world: World, position: Position, state: str) -> None:
    response = make_response(session, position, world.people["o"], state=state)

    def may_read(who: Viewer | None) -> bool:
        if not allowed(who, May.READ_RESPONSE, response):
            return False
        is_own = who is not None and who.person_id == response.author_id
        return response.state == "published" or is_own or is_moderator_of(who, response)

    word = world.mark(may_read)
    if state == "discarded":
        world.never.add(word)
    text = response.texts[0] if response.texts else response.live
    assert text is not None
    text.source, text.html = word, f"<p>{word}</p>"
    if state in UNPUBLISHED:
        text.status, text.version = "pending", None
        response.live = None
        response.first_published_at = None
    world.responses.append(response)


def _add_rounds(session: Session, world: World) -> None:
    """One in each state, and open ones where not everybody reads; a rating is its rater's alone."""
    moderator, rater = world.people["m"], world.people["k"]
    hidden = next(one for one in world.threads if one.is_hidden)
    members = next(one for one in world.threads if one.series.visibility == "members")
    first = world.threads[0]
    for number, (thread, state) in enumerate(
        [(first, "closed"), (first, "open"), (first, "planned"), (hidden, "open"),
         (members, "open")], start=1,
    ):  # fmt: skip
        statement = make_statement(session, thread, made_by=moderator)
        round = make_round(
            session, thread, statement, state=state, number=number, made_by_id=moderator.id,
            opened_at=None if state == "planned" else NOW,
            closed_at=NOW if state == "closed" else None,
            closes_at=NOW if state == "closed" else NOW + timedelta(days=36_500),
        )  # fmt: skip
        world.rounds.append(round)
        if state != "planned":
            word = world.mark(lambda who: who is not None and who.person_id == rater.id)
            make_rating(session, round, statement, rater, 4, reason=word,
                        secret=rater_secret("", SECRET))  # fmt: skip


def _add_reports(session: Session, world: World) -> None:
    """A member's and a visitor's, about one published position; the address is nobody's to read."""
    position = next(one for one in world.positions if one.state == "published")
    member = world.people["c"]
    own_ids = frozenset({position.author_id, member.id})
    concern = Concern(position.thread.series, own_ids)
    for reporter in (member, None):
        word = world.mark(lambda who: allowed(who, May.ANSWER_REPORT, concern))
        world.own[word] = {member.id}
        address = "" if reporter else world.mark(lambda who: False)
        world.never.add(address)
        report = Report(
            series_id=concern.series.id, subject_kind="position", subject_id=position.public_id,
            reporter_id=reporter.id if reporter else None,
            reporter_email=f"{address}@example.org" if address else "",
            reason="off_topic", text=word, received_at=NOW,
        )  # fmt: skip
        session.add(report)
        world.reports.append(report)
    session.flush()


def _add_statement(session: Session, world: World) -> None:
    """A draft that stands in no round, and what the author of its source said to it."""
    position = next(one for one in world.positions if one.state == "published")
    thread, asked = position.thread, position.author_id
    row = make_statement(session, thread, position, made_by=world.people["m"])

    def may_read(who: Viewer | None) -> bool:
        is_asked = (
            who is not None and who.person_id == asked and allowed(who, May.READ_THREAD, thread)
        )
        return is_asked or allowed(who, May.DRAFT_STATEMENTS, thread)

    row.versions[0].written = world.mark(may_read)
    said = world.mark(may_read)
    row.versions[0].confirmations.append(
        Confirmation(person_id=asked, position_id=position.id, answer="mend", said=said,
                     answered_at=NOW)
    )  # fmt: skip
    session.flush()
    world.statements.append(row)


def _add_appeal(session: Session, world: World) -> None:
    """A position was hidden by one moderator, and its author appealed."""
    position = next(one for one in world.positions if one.state == "hidden")
    series, author, decider = position.thread.series, position.author, world.people["m"]
    decision = Decision(
        series=series, subject_kind="position", subject_id=position.public_id, action="hide",
        addressed_to_id=author.id, decided_by_id=decider.id, decided_by_role="moderator", at=NOW,
    )  # fmt: skip
    word = world.mark(lambda who: allowed(who, May.READ_STATEMENT, decision))
    decision.why = decision.facts = word
    session.add(decision)
    session.flush()
    appeal = Appeal(decision=decision, series_id=series.id, made_by_id=author.id, at=NOW)

    def may_read(who: Viewer | None) -> bool:
        if who is not None and who.person_id == author.id:
            return True
        return allowed(who, May.REVIEW_APPEAL, appeal) and is_moderator_of(who, series)

    appeal.text = world.mark(may_read)
    session.add(appeal)
    session.flush()
    world.decisions.append(decision)
    world.appeals.append(appeal)
