"""Of two moderators at one desk the second hears who did what, and keeps the note they typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in
from tests.debate.evidence.test_links import DEAD, record
from tests.debate.evidence.test_settling import relied_on
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

NOTE = "Which year is meant, and whose pupils?"
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


@dataclass
class Desk:
    """A page with a form, what the quicker one sends, and what the other does with a note."""

    page: str
    send: str
    first: dict[str, str]
    second: dict[str, str]
    says: str = "Asha"  # what the second is told of the first
    keeps: tuple[str, ...] = (NOTE,)
    hides: tuple[str, ...] = field(default=())


Made = Callable[[Session, Series, Thread, Person], Desk]


def _waiting(session: Session, _series: Series, thread: Thread, _third: Person) -> Desk:
    row = make_position(session, thread, revision=PENDING, **UNPUBLISHED)
    url = f"/moderation/positions/{row.public_id}"
    return Desk(
        url,
        f"{url}/decide",
        {"action": "approve"},
        {"action": "decline", "reason": "unclear", "why": NOTE},
        "Asha decided this",
    )


def _asked_to_edit(session: Session, _series: Series, thread: Thread, _third: Person) -> Desk:
    row = make_response(session, make_position(session, thread))
    url = f"/moderation/responses/{row.public_id}"
    return Desk(
        url,
        f"{url}/decide",
        {"action": "ask_edit", "reason": "unclear", "why": "Shorter."},
        {"action": "ask_edit", "reason": "unclear", "why": NOTE, "facts": "Its second line."},
        "Asha decided this while you were writing: Asked to edit.",
        (NOTE, "Its second line.", "Shorter."),
    )


def _reported(session: Session, series: Series, thread: Thread, third: Person) -> Desk:
    row = make_position(session, thread)
    about = Matter(subject_of(row), series)
    report = send_report(session, viewer(session, third), about, ReportDraft("off_topic"), now=NOW)
    url = f"/reports/desk/{report.public_id}"
    return Desk(
        url,
        url,
        {"action": "hide", "reason": "unclear"},
        {"action": "keep", "why": NOTE, "facts": "It is on the topic."},
        "Asha decided this while you were writing: Hidden.",
        (NOTE, "It is on the topic."),
        (third.display_name,),
    )


def _only_seen(session: Session, series: Series, thread: Thread, third: Person) -> Desk:
    """The second had asked to see the letter first."""
    desk = _reported(session, series, thread, third)
    return Desk(desk.page, desk.send, desk.first, desk.second | {"see": "1"}, desk.says, desk.keeps)


def _appealed(session: Session, series: Series, thread: Thread, third: Person) -> Desk:
    row = make_position(session, thread, state="hidden")
    decision = Decision(
        series_id=series.id,
        subject_kind="position",
        subject_id=row.public_id,
        action="hide",
        addressed_to_id=row.author_id,
        decided_by_id=third.id,
        decided_by_role="moderator",
        at=NOW,
    )
    session.add(decision)
    session.flush()
    appeal = Appeal(
        decision_id=decision.id,
        series_id=series.id,
        made_by_id=row.author_id,
        text="Look again.",
        at=NOW,
    )
    session.add(appeal)
    session.flush()
    url = f"/appeals/desk/{appeal.public_id}"
    return Desk(
        url,
        url,
        {"outcome": "stands", "why": "It was unclear."},
        {"outcome": "overturned", "why": NOTE},
        "Asha looked again",
    )


def _proposed_value(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    row = ValueProposal(series_id=series.id, label="Kinship", proposed_by_id=None, created_at=NOW)
    session.add(row)
    session.flush()
    url = f"/moderation/values/{row.public_id}"
    return Desk(
        url,
        f"{url}/decide",
        {"action": "decline", "why": "It is care."},
        {"action": "decline", "why": NOTE},
        "Asha decided this",
        (NOTE, "It is care."),
    )


def _proposed_thread(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    row = make_thread(session, series, stage="proposed")
    url = f"/threads/{row.slug}/curate"
    return Desk(
        url,
        f"{url}/open",
        {"open-why": "It is asked often."},
        {"open-why": NOTE},
        "Asha decided this while you were writing: Opened.",
    )


def _hidden_thread(session: Session, _series: Series, thread: Thread, _third: Person) -> Desk:
    url = f"/threads/{thread.slug}/curate"
    return Desk(
        url, f"{url}/hide", {"hide-why": "Not now."}, {"hide-why": NOTE}, "Asha decided this"
    )


def _dead_link(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    item = relied_on(session, series, url="https://example.org/gone")
    record(session, item, DEAD)
    url = f"/evidence/{series.slug}/{item.public_id}/settle"
    return Desk(
        url,
        url,
        {"action": "settle", "why": "It is read in print."},
        {"action": "settle", "why": NOTE},
        "Asha decided this",
    )


def _hidden_item(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    item = make_item(session, series)
    url = f"/evidence/{series.slug}/{item.public_id}"
    return Desk(
        f"{url}/status",
        f"{url}/hide",
        {"action": "hide", "reason": "unclear"},
        {"action": "hide", "reason": "unclear", "why": NOTE},
        "Asha decided this",
    )


def _redacted(session: Session, _series: Series, thread: Thread, _third: Person) -> Desk:
    row = make_position(session, thread, revision={"claim": "Oakfield School should stop it."})
    url = f"/redactions/positions/{row.public_id}"
    typed = {"phrases": "Oakfield School", "what": "school", "reason": "unclear", "days": "30"}
    return Desk(
        url,
        url,
        typed | {"do": "redact"},
        typed | {"do": "redact", "why": NOTE},
        "Asha decided this while you were writing",
        (NOTE, "Oakfield School"),
    )


def _admitted(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    newcomer = make_member(
        session, series, make_person(session, display_name="Zoe"), admitted_at=None
    )
    url = f"/series/{series.slug}/members"
    return Desk(
        url, f"{url}/{newcomer.public_id}/admit", {}, {}, "Asha has admitted Zoe already", ()
    )


def _given_a_role(session: Session, series: Series, _thread: Thread, _third: Person) -> Desk:
    member = make_member(session, series, make_person(session, display_name="Zoe"))
    url = f"/series/{series.slug}/members"
    return Desk(
        url,
        f"{url}/{member.public_id}/role",
        {"role": "moderator", "was": "contributor"},
        {"role": "convener", "was": "contributor"},
        "Asha has just changed the role of Zoe: Moderator",
        (),
    )


def _lifted(session: Session, series: Series, thread: Thread, third: Person) -> Desk:
    """Nobody is told who asked something of a member, nor who lifted it."""
    member = make_member(session, series)
    decision = Decision(
        series_id=series.id,
        subject_kind="person",
        subject_id=member.public_id,
        action="pause",
        addressed_to_id=member.id,
        decided_by_id=third.id,
        decided_by_role="moderator",
        at=NOW,
    )
    session.add(decision)
    session.flush()
    row = Sanction(
        series_id=series.id,
        person_id=member.id,
        kind="pause",
        decision_id=decision.id,
        starts_at=NOW,
        ends_at=NOW.replace(year=2099),
    )
    session.add(row)
    session.flush()
    return Desk(
        f"/sanctions/{series.slug}",
        f"/sanctions/lift/{row.public_id}",
        {"why": "Enough."},
        {"why": NOTE},
        "somebody has lifted it",
        (NOTE,),
        ("Asha decided",),
    )


DESKS: dict[str, Made] = {
    "a position that waits": _waiting,
    "a request to edit": _asked_to_edit,
    "a report": _reported,
    "a report, seen first": _only_seen,
    "an appeal": _appealed,
    "a proposed value": _proposed_value,
    "a proposed thread": _proposed_thread,
    "a thread to hide": _hidden_thread,
    "a dead link": _dead_link,
    "an item to hide": _hidden_item,
    "words to take out": _redacted,
    "a member to admit": _admitted,
    "a member’s role": _given_a_role,
    "a sanction to lift": _lifted,
}


@pytest.mark.parametrize("name", DESKS)
def test_who_is_not_first_hears_who_was_and_keeps_the_note(
    session: Session, app: Flask, name: str
) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    asha, other, third = (
        make_member(session, series, make_person(session, display_name=each), role="convener")
        for each in ("Asha", "Ben", "Third")
    )
    desk = DESKS[name](session, series, thread, third)
    first, second = (sign_in(app.test_client(), one) for one in (asha, other))
    shown = {}
    for client, typed in ((first, desk.first), (second, desk.second)):
        shown[client] = _hidden(client.get(desk.page).text) | typed
        if typed.get("do") == "redact":  # what would go is looked at first
            preview = client.post(desk.send, data=shown[client] | {"do": "preview"})
            shown[client] |= _hidden(preview.text)
    assert first.post(desk.send, data=shown[first]).status_code == 303
    late = second.post(desk.send, data=shown[second])
    words = unescape(late.text)
    assert (late.status_code, "Somebody was quicker" in words) == (409, True), words[:3000]
    assert desk.says in words
    assert all(kept in words for kept in desk.keeps)
    main = words.partition("<main")[2]
    assert not [one for one in desk.hides if one in main.replace("Third decided", "")]


def test_a_line_that_was_decided_meanwhile_is_no_missing_page(session: Session, app: Flask) -> None:
    series = make_series(session)
    position = make_position(session, make_thread(session, series))
    client = sign_in(app.test_client(), make_member(session, series, role="moderator"))
    taken = client.post("/moderation/take", data={"item": f"positions/{position.public_id}"})
    assert (taken.status_code, taken.location) == (303, "/moderation")
    assert "somebody has decided it" in client.get("/moderation").text
    stranger = sign_in(app.test_client(), make_person(session))
    assert stranger.post("/moderation/take", data={"item": "positions/x"}).status_code == 404


def _hidden(page: str) -> dict[str, str]:
    """What the page’s forms carry unseen."""
    found = {}
    for tag in HIDDEN.findall(page):
        name, value = (re.search(rf'{each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and name[1] in ("decided", "newest", "version_id", "sources", "seen", "next"):
            found[name[1]] = unescape(value[1]) if value else ""
    return found
