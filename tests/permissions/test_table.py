"""Every kind of person, every right and every state, against what was written by hand."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Concern
from discussion.oversight.appeals.models import Appeal
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import RULES, allowed
from discussion.reach.needed.models import Looking, Question
from discussion.reach.publications.models import Publication, Quoting
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Coordinator, Organisation, Run
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Confirmation
from tests.factories import NOW
from tests.permissions.expected import EXPECTED, Case, cases_of
from tests.permissions.people import (
    LETTERS,
    SERIES_ID,
    SOMEBODY_ELSE,
    Pens,
    pens_of_kind,
    viewer_of_kind,
)


def test_every_right_has_a_rule_and_an_expectation() -> None:
    assert set(EXPECTED) == set(May) == set(RULES)


@pytest.mark.parametrize("right", list(May), ids=lambda right: right.name.lower())
def test_the_rule_says_what_was_written_by_hand(right: May) -> None:
    kind, people_of = EXPECTED[right]
    viewers = {letter: viewer_of_kind(letter) for letter in LETTERS}
    wrong = []
    for case in cases_of(kind):
        people = people_of(case)
        theirs = _seen(kind, case, "v")
        for letter in LETTERS:
            subject = _seen(kind, case, letter) if letter in "able" else theirs
            if allowed(viewers[letter], right, subject) != (letter in people):
                wrong.append((letter, "should" if letter in people else "should not", case))
    assert not wrong, f"{right}: {len(wrong)} differ, of them:\n" + "\n".join(
        f"  {letter} {may}: {case}" for letter, may, case in wrong[:12]
    )


def test_deciding_on_a_response_is_never_for_its_author() -> None:
    """The same rights over responses: what counts is who wrote the response."""
    for right in (May.DECIDE, May.SHOW_AUTHOR):
        for letter in LETTERS:
            own = subject_for("response", Case(wrote="response"), letter)
            may = allowed(viewer_of_kind(letter), right, own)
            assert may == (letter in "mke"), (right, letter)


def test_nobody_looks_again_at_their_own_decision_and_nobody_sanctions_themself() -> None:
    series = Series(id=SERIES_ID, status="open")
    for letter in "bmkex":
        who = viewer_of_kind(letter)
        assert who is not None
        own = Decision(series=series, decided_by_id=who.person_id, addressed_to_id=SOMEBODY_ELSE)
        appeal = Appeal(decision=own, made_by_id=SOMEBODY_ELSE)
        assert not allowed(who, May.REVIEW_APPEAL, appeal), letter
        themself = Membership(series=series, person_id=who.person_id, role="contributor")
        assert not allowed(who, May.SANCTION, themself), letter


def test_what_no_moderator_may_answer_is_left_to_the_administrator_who_is_not_concerned() -> None:
    series = Series(id=SERIES_ID, status="open")
    administrator = viewer_of_kind("x")
    assert administrator is not None
    own = frozenset({administrator.person_id})
    for is_left, own_ids, may in (
        (False, frozenset[int](), False),
        (True, frozenset[int](), True),
        (True, own, False),
    ):
        concern = Concern(series, own_ids, is_left_to_administrator=is_left)
        for right in (May.ANSWER_REPORT, May.DECIDE_LEFT):
            assert allowed(administrator, right, concern) is may, (right, is_left, own_ids)
        assert not any(
            allowed(viewer_of_kind(one), May.DECIDE_LEFT, concern) for one in LETTERS if one != "x"
        )


def test_an_urgent_report_hides_neither_a_thread_nor_a_person() -> None:
    for subject in (subject_for("thread", Case(), "v"), Person(is_guest=False)):
        assert allowed(contributor(), May.REPORT, subject)
        assert not allowed(contributor(), May.REPORT_AND_HIDE, subject)


def test_who_is_paused_contributes_nothing_and_still_reads() -> None:
    paused = replace(contributor(), paused_in=frozenset({SERIES_ID}))
    thread = subject_for("thread", Case(), "v")
    assert allowed(contributor(), May.POST, thread)
    assert not allowed(paused, May.POST, thread)
    assert allowed(paused, May.READ_THREAD, thread)


def test_a_closed_thread_takes_nothing_and_a_merged_one_is_nobodys() -> None:
    closed, merged = (subject_for("thread", Case(), "v") for _ in range(2))
    closed.closed_to, merged.merged_into_id = "everybody", 2
    assert allowed(contributor(), May.READ_THREAD, closed)
    assert not allowed(contributor(), May.POST, closed)
    assert not any(allowed(viewer_of_kind(one), May.READ_THREAD, merged) for one in LETTERS)


@pytest.mark.parametrize("visibility", ["public", "unlisted", "members"])
def test_a_listed_domain_lets_in_whose_address_is_confirmed_and_who_was_not_removed(
    visibility: str,
) -> None:
    def series(**changes: Any) -> Series:
        given = {"status": "open", "who_may_post": "domain", "domains": ["a.example"]}
        return Series(id=SERIES_ID, visibility=visibility, **given | changes)

    colleague = replace(_kind("s"), domain="a.example")
    assert allowed(colleague, May.JOIN, series())
    for other in (
        replace(colleague, domain="b.a.example"),
        replace(colleague, domain=""),
        replace(colleague, is_confirmed=False),
        replace(colleague, removed_from=frozenset({SERIES_ID})),
    ):
        assert not allowed(other, May.JOIN, series())
    for changes in ({"status": "draft"}, {"status": "closed"}, {"who_may_post": "invited"}):
        assert not allowed(colleague, May.JOIN, series(**changes))


def contributor() -> Viewer:
    return _kind("c")


def _kind(letter: str) -> Viewer:
    who = viewer_of_kind(letter)
    assert who is not None
    return who


def test_a_person_who_left_and_a_guest_have_no_page() -> None:
    for hidden in ({"is_guest": True}, {"is_guest": False, "left_at": "2026"}):
        person = Person(**hidden)
        assert not any(allowed(viewer_of_kind(one), May.READ_PERSON, person) for one in LETTERS)


def subject_for(kind: str, case: Case, letter: str) -> Any:
    """The subject in this state, as it stands to this person; rows that no database has seen.

    Its series and thread are of its own, so that a test may change them.
    """
    return _subject(kind, case, letter, _thread.__wrapped__, _series.__wrapped__)


def _seen(kind: str, case: Case, letter: str) -> Any:
    """The same, only to be looked at: series and threads in one state are one."""
    return _subject(kind, case, letter, _thread, _series)


@cache
def _series(status: str, visibility: str, posting: str) -> Series:
    return Series(id=SERIES_ID, status=status, visibility=visibility, who_may_post=posting)


@cache
def _thread(series: Series, stage: str, is_hidden: bool, proposer: int | None) -> Thread:
    made = Thread(stage=stage, is_hidden=is_hidden, proposed_by_id=proposer)
    set_committed_value(made, "series", series)
    return made


def _under(row: Any, **above: Any) -> Any:
    """The row with what it stands under, without the book-keeping of a session."""
    for name, value in above.items():
        set_committed_value(row, name, value)
    return row


def _subject(kind: str, case: Case, letter: str, thread_of: Any, series_of: Any) -> Any:
    pens = pens_of_kind(letter, case.wrote)
    series = series_of(case.status, case.visibility, case.posting)
    thread = thread_of(series, case.stage, case.is_hidden, pens.proposer)
    if kind in ("series", "thread"):
        return {"series": series, "thread": thread}[kind]
    if kind == "item":
        return _under(EvidenceItem(is_listed=case.is_listed, is_hidden=case.is_hidden,
                                   added_by_id=pens.adder), series=series)  # fmt: skip
    if kind == "person":
        return Person(is_guest=False)
    if kind == "question":
        return _under(Question(), series=series)
    if kind == "looking":
        return Looking(person_id=pens.position_author)
    if kind == "organisation":
        return Organisation(coordinators=[Coordinator(person_id=pens.position_author)])
    if kind == "":
        return None
    if kind == "member":
        return _under(Membership(person_id=SOMEBODY_ELSE, role=case.member), series=series)
    if kind == "report":
        return Concern(series, frozenset({pens.position_author, pens.entered_by or 0}))
    if kind == "confirmation":
        return Confirmation(person_id=pens.position_author)
    if kind == "run":
        own = [Coordinator(person_id=pens.position_author)]
        return Run(organisation=Organisation(coordinators=own))
    if kind == "round":
        return _under(Round(state=case.round, who_may_rate=case.raters), thread=thread)
    if kind in ("decision", "appeal"):
        return _decided(series, kind, pens)
    position = Position(state=case.position, author_id=pens.position_author,
                        entered_by_id=pens.entered_by)  # fmt: skip
    if kind == "position":
        return _under(position, thread=thread)
    if kind == "publication":
        return _under(Publication(published_at=NOW), series=series, thread=thread)
    if kind == "quoting":
        return _under(Quoting(), publication=_under(Publication(), series=series),
                      response=None, position=position)  # fmt: skip
    response = Response(type="restates", state=case.response, author_id=pens.response_author)
    return _under(response, position=_under(position, thread=thread))


def _decided(series: Series, kind: str, pens: Pens) -> Decision | Appeal:
    """A decision on what the authors wrote, by somebody else; and their appeal against it."""
    addressee = pens.position_author
    decision = Decision(series=series, decided_by_id=SOMEBODY_ELSE + 1, addressed_to_id=addressee)
    if kind == "decision":
        return decision
    return Appeal(decision=decision, made_by_id=addressee)
