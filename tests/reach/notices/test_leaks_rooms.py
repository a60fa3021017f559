"""Notices of findings, briefings and questions: what becomes of each × who looks × where.

Each is looked for on the page of notices, in the count on the name, and in a letter that was put
together before it changed.
"""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.reach.needed.operations.marking import answer_question
from discussion.reach.notices.models import Notice, NoticeLetter
from discussion.reach.notices.queries.lines import draw
from discussion.reach.notices.queries.page import count_news, find_news, notices_page
from discussion.reach.notices.tasks_letters import letter
from discussion.weighing.rounds.models import Round
from tests.factories import NOW, make_member, make_person
from tests.factories.scenes import Scene
from tests.reach.needed.scene import ASKED, Asking
from tests.reach.publications.scene import LATER, Briefed
from tests.weighing.findings.worlds import QUESTION, weighed

SECRET = "quicksilver"
Change = Callable[["Case"], None]


class Case:
    """One notice of somebody, and what it tells of."""

    kind: str
    what: str
    ids: dict[str, int]
    reader: Person
    scene: Any
    words: str  # of people, which stand in it

    def __init__(self, session: Session) -> None:
        self.session = session
        self.make()
        session.flush()
        self.others = {
            "stranger": make_person(session), "member": make_member(session, self.scene.series),
            "moderator": self.scene.moderator, "convener": self.scene.convener,
            "administrator": self.scene.administrator,
        }  # fmt: skip
        session.execute(delete(Notice))  # what the rooms have told by themselves
        sent = NoticeLetter(
            person_id=self.reader.id, rhythm="at_once", since=NOW, until=NOW, made_at=NOW
        )
        session.add(sent)
        session.flush()
        session.add(
            Notice(person_id=self.reader.id, kind=self.kind, what=self.what, ids=self.ids,
                   key="this", at=NOW, letter_id=sent.id, series_id=self.scene.series.id)
        )  # fmt: skip
        session.commit()
        self.payload = {"person_id": self.reader.id, "ids": {"letter": sent.id}}

    def make(self) -> None:
        raise NotImplementedError

    def change(self, change: Change) -> None:
        change(self)
        self.session.flush()
        self.session.commit()
        self.session.expire_all()

    def told(self) -> list[str]:
        """What the page, the count and the letter say; none of them anything without the others."""
        viewer = self.scene.as_(self.reader, LATER)
        lines = notices_page(self.session, viewer, now=LATER).lines
        many = count_news(self.session, viewer, find_news(self.session, viewer, LATER))
        written = letter(self.session, self.payload)
        assert many == len(lines) == (written is not None)
        return [line.place for line in lines] + [str(written.body) if written else ""]


class OfFindings(Case):
    kind, what, words = "round", "found", QUESTION

    def make(self) -> None:
        self.scene = weighed(self.session)
        self.reader = self.scene.leaders[0]
        self.ids = {"snapshot": self.scene.compute().id}


class OfBriefing(Case):
    kind, what = "quoted", "published"

    def make(self) -> None:
        self.scene = Briefed(self.session)
        self.scene.draft()
        self.scene.tell()
        self.scene.publish()
        self.reader = self.scene.four.author
        self.ids = {"publication": self.scene.briefing.id}
        self.words = self.scene.briefing.title


class OfQuestion(Case):
    kind, what, words = "sources", "question", ASKED

    def make(self) -> None:
        self.scene = Asking(self.session)
        question = self.scene.question
        answer_question(self.session, self.scene.as_moderator, question, self.scene.item,
                        says="They do, on day wards.", now=NOW)  # fmt: skip
        self.reader = self.scene.source.author
        self.ids = {"question": question.id}


CASES: dict[str, type[Case]] = {
    "findings": OfFindings, "briefing": OfBriefing, "question": OfQuestion
}  # fmt: skip


def _set(path: str, **values: object) -> Change:
    def change(case: Case) -> None:
        row = case
        for name in path.split("."):
            row = getattr(row, name)
        for name, value in values.items():
            setattr(row, name, value)

    return change


def _left_members(case: Case) -> None:
    """The series is for its members, and the reader is none any more."""
    case.scene.series.visibility = "members"
    membership = case.scene.membership_of(case.reader)
    membership.removed_at, membership.removed_how = NOW, "removed"


def _not_closed(case: Case) -> None:
    """A round never opens again; but if a row said so."""
    case.session.execute(update(Round).values(state="open", closed_at=None))


EVERYWHERE: dict[str, tuple[Change, bool]] = {
    "as it was": (lambda _case: None, True),
    "for members, and the reader is one": (_set("scene.series", visibility="members"), True),
    "for members, and the reader left": (_left_members, False),
    "unlisted": (_set("scene.series", visibility="unlisted"), True),
    "a hidden thread": (_set("scene.thread", is_hidden=True), False),
}
OF_ONE: dict[str, dict[str, tuple[Change, bool]]] = {
    "findings": {"before the close": (_not_closed, False)},
    "briefing": {
        "a quoted position is hidden": (_set("scene.four", state="hidden"), False),
        "a quoted position is removed": (_set("scene.four", state="removed"), False),
        "a quoted position is tightened": (
            _set("scene.four", attribution="chatham_house"), False
        ),
    },
    "question": {
        "open again": (_set("scene.question", is_answered=False, item_id=None, answer=""), False),
        "its source is removed": (_set("scene.source", state="removed"), False),
        "its source is hidden": (_set("scene.source", state="hidden"), False),
        "its source waits": (_set("scene.source", state="draft", live=None), False),
    },
}  # fmt: skip
TABLE = [(of, state, *found)
         for of in CASES for state, found in {**EVERYWHERE, **OF_ONE[of]}.items()]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "state", "change", "is_told"), TABLE, ids=[f"{of}: {state}" for of, state, *_ in TABLE]
)
def test_what_may_not_be_read_any_more_is_told_nowhere(
    app: Flask, session: Session, of: str, state: str, change: Change, is_told: bool
) -> None:
    with app.test_request_context(), time_machine.travel(LATER, tick=False):
        case = CASES[of](session)
        assert len(case.told()) == 2, "it is told before"
        case.change(change)
        said = case.told()
        assert (len(said) == 2) is is_told
        assert any(case.words in one for one in said) is is_told


@pytest.mark.parametrize("of", CASES)
def test_who_may_not_read_the_series_is_told_nothing_of_it(session: Session, of: str) -> None:
    """By no notice of theirs, if one named the same."""
    with time_machine.travel(LATER, tick=False):
        case = CASES[of](session)
        case.change(_set("scene.series", visibility="members"))
        for name, person in case.others.items():
            line = draw(session, case.scene.as_(person, LATER), case.what, case.ids)
            if name == "stranger" or of == "briefing":  # who wrote nothing of it is told of none
                assert line is None, name
        assert len(case.others) == 5


@pytest.mark.parametrize("of", ["briefing", "question"])
def test_a_letter_put_together_before_says_what_stands_there_now(
    app: Flask, session: Session, of: str
) -> None:
    """Words that were taken out meanwhile are in none."""
    with app.test_request_context(), time_machine.travel(LATER, tick=False):
        case = CASES[of](session)
        row, name = {
            "briefing": ("scene.briefing", "title"), "question": ("scene.question", "text")
        }[of]  # fmt: skip
        case.change(_set(row, **{name: SECRET}))
        assert any(SECRET in one for one in case.told())
        case.change(_set(row, **{name: "Other words"}))
        said = "\n".join(case.told())
        assert SECRET not in said
        assert case.words not in said


def test_of_ones_own_under_the_chatham_house_rule_a_letter_names_nothing(
    app: Flask, session: Session
) -> None:
    with app.test_request_context(), time_machine.travel(LATER, tick=False):
        case = OfQuestion(session)
        case.change(_set("scene.source", attribution="chatham_house"))
        written = letter(session, case.payload)
        assert written is not None
        for said in (ASKED, case.scene.series.title, case.scene.thread.question, "question of"):
            assert said not in written.subject + str(written.body) + written.html
        assert "Something waits in My contributions" in written.body


@pytest.mark.parametrize("visibility", ["public", "members", "unlisted"])
def test_an_announcement_names_no_series_outside_that_others_may_not_know(
    app: Flask, session: Session, visibility: str
) -> None:
    from discussion.reach.announcements.tasks import said
    from tests.reach.announcements.test_announcing import Convened

    scene: Scene = Convened(session)
    row = scene.announce()  # type: ignore[attr-defined]
    scene.series.visibility = visibility
    session.flush()
    with app.test_request_context():
        written = said(session, {"person_id": scene.member.id, "ids": {"announcement": row.id}})
    assert written is not None
    outside = f"{written.subject} {getattr(written.body, 'sender', '')}"
    assert (scene.series.title in outside) is (visibility == "public")
    assert scene.series.title in written.body
