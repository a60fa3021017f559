"""A small series in which anything may happen, and what may then be read of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import hide_item, restore_item
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import (
    AlreadyPosted,
    publish_position,
    revise_position,
    withdraw_position,
)
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.responding import respond, withdraw_response
from discussion.debate.threads.drafts import EditDraft
from discussion.debate.threads.drafts_arranging import SummaryDraft
from discussion.debate.threads.models import Regrouping, Steelman, Thread
from discussion.debate.threads.operations.curating import hide_thread, restore_thread
from discussion.debate.threads.operations.regrouping import (
    merge_threads,
    move_position,
    split_thread,
)
from discussion.debate.threads.operations.summarising import write_summary
from discussion.debate.threads.operations.undoing import undo_regrouping
from discussion.debate.threads.queries.summarising import find_summary, gap_of
from discussion.decisions.drafts import Ruling
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.oversight.moderation.operations import decide
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.oversight.rights.models import Leaving
from discussion.oversight.rights.operations.leaving import carry_out
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.subjects.finding import subject_of
from tests.factories import NOW, make_item, make_member, make_person, make_thread
from tests.factories.scenes import Scene
from tests.permissions.world import MARK, World

WHY = "It belongs together."
SOURCE = f"{MARK}9999w"  # every word of the source that half of the positions cite
NOT_NOW = (AlreadyPosted, AlreadyDecided, Forbidden, Invalid, Refused)  # what people are told


class Lively(Scene):
    """Six writers, two moderators, two who only look, three threads; and a clock that moves on."""

    def __init__(self, session: Session, *, attribution: str = "role") -> None:
        super().__init__(session, moderation="post", who_may_post="invited")
        self.now = NOW
        self.done: list[str] = []
        self.slugs: set[str] = set()
        self._numbers = count()
        self.writers = [make_member(session, self.series) for _each in range(6)]
        self.world = World(series=[self.series])
        self.world.people = {
            "a": self.writers[0], "c": self.writers[1], "m": self.moderator, "k": self.convener,
            "o": self.member, "s": make_person(session),
        }  # fmt: skip
        for _each in range(3):
            make_thread(session, self.series, attribution=attribution)
        self.world.items = [self.item]

    @cached_property
    def item(self) -> EvidenceItem:
        return make_item(
            self.session, self.series, title=SOURCE, title_folded=SOURCE, authors=[SOURCE],
            description=SOURCE, citation=SOURCE, url=f"https://example.org/{SOURCE}",
        )  # fmt: skip

    def word(self) -> str:
        return f"{MARK}{next(self._numbers):04d}w"

    def viewer(self, person: Person) -> Viewer:
        return self.as_(person, self.now)

    @property
    def threads(self) -> list[Thread]:
        """Those that still stand for themselves."""
        return [one for one in self._rows(Thread) if one.merged_into_id is None]

    @property
    def positions(self) -> list[Position]:
        return [one for one in self._rows(Position) if one.thread.series_id == self.series.id]

    @property
    def responses(self) -> list[Response]:
        rows = self._rows(Response)
        return [one for one in rows if one.position.thread.series_id == self.series.id]

    def _rows(self, model: Any) -> list[Any]:
        rows = self.session.scalars(select(model).order_by(model.id)).all()
        ours = self.series.id
        return [row for row in rows if model is not Thread or row.series_id == ours]

    def act(self, name: str, a: int, b: int) -> None:
        """Try one act; what is refused with a sentence is no failure."""
        self.now += timedelta(hours=3)
        with self.session.begin_nested() as step:
            try:
                if ACTS[name](self, a, b):
                    self.done.append(name)
            except NOT_NOW:
                step.rollback()
        self.session.flush()
        self.slugs |= {thread.slug for thread in self._rows(Thread)}

    def fill_world(self) -> World:
        """The rows as the walk over addresses takes them."""
        self.session.expire_all()
        self.world.threads = list(self._rows(Thread))
        self.world.positions = self.positions
        self.world.responses = self.responses
        return self.world

    def readable(self) -> set[str]:
        """The words that anybody may read: published, in a thread that is shown."""
        words = {SOURCE} if not self.world.items[0].is_hidden else set()
        for position in self.positions:
            if position.state != "published" or position.thread.is_hidden:
                continue
            shown = [one for one in position.revisions if one.version is not None]
            words |= {one.claim.split()[0] for one in shown}
            for response in position.responses:
                if response.state == "published" and response.live is not None:
                    words.add(response.live.source.split()[0])
        for thread in self.threads:
            summary = None if thread.is_hidden else find_summary(self.session, thread)
            for put in summary.steelmen if summary else ():
                if not gap_of(put.position, thread.id):
                    words.add(put.text.split()[0])
        return words

    def own_words(self, person_id: int) -> set[str]:
        """The words that somebody wrote in any series, which letters may tell them again."""
        words = {
            one.claim.split()[0]
            for position in self._rows(Position)
            if position.author_id == person_id
            for one in position.revisions
        }
        for response in self._rows(Response):
            if person_id in (response.author_id, response.position.author_id):
                words |= {one.source.split()[0] for one in response.texts}
        for put in self._rows(Steelman):
            if put.position.author_id == person_id:
                words.add(put.text.split()[0])
        return words


def make_scene(session: Session) -> Lively:
    return Lively(session)


def _post(scene: Lively, a: int, b: int) -> bool:
    author, thread = _pick(scene.writers, a), _pick(scene.threads, b)
    publish_position(scene.session, scene.viewer(author), thread, _draft(scene), now=scene.now)
    return True


def _edit(scene: Lively, a: int, _b: int) -> bool:
    position = _pick(scene.positions, a)
    draft = replace(_draft(scene), change_reason="reworded")
    author = scene.viewer(position.author)
    revise_position(scene.session, author, position, draft, now=scene.now)
    return True


def _respond(scene: Lively, a: int, b: int) -> bool:
    author, position = _pick(scene.writers, a), _pick(scene.positions, b)
    draft = ResponseDraft(
        type="asks", text=f"{scene.word()} how would that work?", attribution="role",
        nobody_identified=True,
    )  # fmt: skip
    respond(scene.session, scene.viewer(author), position, draft, now=scene.now)
    return True


def _withdraw(scene: Lively, a: int, _b: int) -> bool:
    position = _pick(scene.positions, a)
    withdraw_position(scene.session, scene.viewer(position.author), position, now=scene.now)
    return True


def _withdraw_response(scene: Lively, a: int, _b: int) -> bool:
    response = _pick(scene.responses, a)
    withdraw_response(scene.session, scene.viewer(response.author), response, now=scene.now)
    return True


def _leaving(choice: str) -> Callable[[Lively, int, int], bool]:
    """Somebody's month is over: what they wrote goes, or stays under their role."""

    def act(scene: Lively, a: int, _b: int) -> bool:
        here = [one for one in scene.writers if one.left_at is None]
        leaving = Leaving(person_id=_pick(here, a).id, choice=choice, asked_at=scene.now,
                          due_at=scene.now)  # fmt: skip
        scene.session.add(leaving)
        scene.session.flush()
        return carry_out(scene.session, leaving, secret="for ratings", now=scene.now)

    return act


def _deciding(action: str) -> Callable[[Lively, int, int], bool]:
    def act(scene: Lively, a: int, b: int) -> bool:
        items: list[Position | Response] = [*scene.positions, *scene.responses]
        decide(
            scene.session,
            scene.viewer(scene.moderator),
            _pick(items, a + b),
            Ruling(action, reason="unclear"),
            now=scene.now,
        )
        return True

    return act


def _report(scene: Lively, a: int, b: int) -> bool:
    items: list[Position | Response] = [*scene.positions, *scene.responses]
    item = _pick(items, a + b)
    draft = ReportDraft(reason="safeguarding", text="Somebody is named.")
    send_report(
        scene.session,
        scene.viewer(scene.member),
        Matter(subject_of(item), scene.series),
        draft,
        now=scene.now,
    )
    return True


def _merge(scene: Lively, a: int, b: int) -> bool:
    source, target = _pick(scene.threads, a), _pick(scene.threads, b)
    if source is target:
        return False
    merge_threads(scene.session, scene.viewer(scene.moderator), source, target, why=WHY,
                  now=scene.now)  # fmt: skip
    return True


def _split(scene: Lively, a: int, b: int) -> bool:
    source = _pick(scene.threads, a)
    there = [one.public_id for one in scene.positions if one.thread_id == source.id]
    draft = EditDraft(
        question=f"Should it {scene.word()}?", themes=(source.themes[0].slug,), levels=("school",),
        attribution=source.attribution, nobody_identified=True,
    )  # fmt: skip
    split_thread(scene.session, scene.viewer(scene.moderator), source, draft,
                 chosen=there[b % 3 :: 2], why=WHY, now=scene.now)  # fmt: skip
    return True


def _move(scene: Lively, a: int, b: int) -> bool:
    position, target = _pick(scene.positions, a), _pick(scene.threads, b)
    move_position(scene.session, scene.viewer(scene.moderator), position, target, why=WHY,
                  now=scene.now)  # fmt: skip
    return True


def _undo(scene: Lively, a: int, _b: int) -> bool:
    rows = scene.session.scalars(select(Regrouping).order_by(Regrouping.id)).all()
    ours = [one for one in rows if one.source.series_id == scene.series.id]
    undo_regrouping(scene.session, scene.viewer(scene.moderator), _pick(ours, a), why=WHY,
                    now=scene.now)  # fmt: skip
    return True


def _hide_thread(scene: Lively, a: int, _b: int) -> bool:
    hide_thread(scene.session, scene.viewer(scene.moderator), _pick(scene.threads, a), why=WHY,
                now=scene.now)  # fmt: skip
    return True


def _restore_thread(scene: Lively, a: int, _b: int) -> bool:
    restore_thread(scene.session, scene.viewer(scene.moderator), _pick(scene.threads, a),
                   now=scene.now)  # fmt: skip
    return True


def _hide_item(scene: Lively, _a: int, _b: int) -> bool:
    hide_item(
        scene.session, scene.viewer(scene.moderator), scene.world.items[0], Ruling(), now=scene.now
    )
    return True


def _restore_item(scene: Lively, _a: int, _b: int) -> bool:
    restore_item(
        scene.session, scene.viewer(scene.moderator), scene.world.items[0], Ruling(), now=scene.now
    )
    return True


def _summarise(scene: Lively, a: int, b: int) -> bool:
    """Put some of a thread's positions at their strongest, each in words of its own."""
    thread = _pick(scene.threads, a)
    there = [one for one in scene.positions if one.thread_id == thread.id]
    shown = [one.public_id for one in there if one.state == "published"][b % 2 :]
    standing = find_summary(scene.session, thread)
    draft = SummaryDraft("What parts them.", {id: f"{scene.word()} puts it." for id in shown})
    write_summary(scene.session, scene.viewer(scene.moderator), thread, draft,
                  seen=standing.version if standing else 0, now=scene.now)  # fmt: skip
    return True


ACTS: dict[str, Callable[[Lively, int, int], bool]] = {
    "post": _post,
    "edit": _edit,
    "respond": _respond,
    "withdraw": _withdraw,
    "withdraw response": _withdraw_response,
    "leave and delete": _leaving("delete"),
    "leave and keep": _leaving("keep"),
    "hide": _deciding("hide"),
    "restore": _deciding("restore"),
    "remove": _deciding("remove"),
    "report": _report,
    "merge": _merge,
    "split": _split,
    "move": _move,
    "undo": _undo,
    "hide thread": _hide_thread,
    "restore thread": _restore_thread,
    "summarise": _summarise,
    "hide item": _hide_item,
    "restore item": _restore_item,
}


def _draft(scene: Lively) -> PositionDraft:
    number = scene.word()
    link = LinkDraft(scene.world.items[0].public_id, "supports", f"{SOURCE} says so.")
    cites = int(number[-2]) % 2 == 0 and not scene.world.items[0].is_hidden
    return PositionDraft(
        claim=f"{number} every pupil should be offered it.",
        reasoning="Because it is fair.",
        served=(TagDraft(value="equality"),),
        is_without_study=not cites,
        links=(link,) if cites else (),
        level="school",
        confidence=3,
        change_mind=("evidence",),
        change_mind_text="A trial that found no difference.",
        attribution="role",
        nobody_identified=True,
    )


def _pick(rows: list[Any], at: int) -> Any:
    if not rows:
        raise Refused("there is nothing yet")
    return rows[at % len(rows)]
