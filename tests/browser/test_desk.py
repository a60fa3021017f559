"""The desk in a real browser: emptied by keyboard alone, and sound for everybody who reads it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.series.series.models import Reason
from tests.browser.conftest import Opener, Served
from tests.browser.test_writing import refuse_serious
from tests.factories import make_member, make_person, make_position
from tests.factories.scenes import Scene

pytestmark = pytest.mark.browser

PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}
SAID = "Attendance at enrichment should be compulsory in year 8."
TWINS = [
    "Attendance at enrichment should be compulsory in years 7 and 8.",
    "Attendance at all enrichment should be compulsory in year 8.",
    "In year 8, attendance at enrichment should be compulsory.",
    "Attendance at enrichment should be made compulsory in year 8.",
    "Attendance at enrichment ought to be compulsory in year 8.",
    "Attendance at enrichment should be compulsory for year 8.",
]
SUBJECTS = ("minibuses", "music lessons", "homework", "lunch queues", "school trips", "phones",
            "uniform", "sixth forms", "governors")  # fmt: skip
WISHES = ("Publish what {} cost families", "Ask pupils about {} before money is spent",
          "Leave {} to each head teacher")  # fmt: skip


@dataclass
class Forty:
    """What the moderator finds, by the id of the position: what is to be done with it."""

    moderator: Person
    second: Person
    own: str
    twins: set[str] = field(default_factory=set)
    work: set[str] = field(default_factory=set)
    reports: dict[str, str] = field(default_factory=dict)  # report → key


def make_forty(session: Session) -> Forty:
    """Forty: six twins, four that need work, two reported, one by the moderator, the rest sound."""
    now = datetime.now(UTC)
    dated = {"created_at": now, "changed_at": now}
    scene = Scene(session, thread=dated, moderation="pre", created_at=now - timedelta(days=60))
    series = scene.series
    for order, label in ((2, "A school could be identified"), (3, "It repeats another position")):
        session.add(Reason(series=series, slug=f"reason-{order}", label=label, order=order))
    people = [make_person(session, display_name=name) for name in ("Asha Patel", "نور الهدى")]
    moderator, second = (make_member(session, series, each, role="moderator") for each in people)
    thread = scene.thread
    forty = Forty(moderator, second, "")
    make_position(session, thread, revision={"claim": SAID})
    sound = [f"{wish.format(subject)}." for subject in SUBJECTS for wish in WISHES]
    claims = [*TWINS, *(f"{each} And nobody at Oakfield High School does." for each in sound[:4]),
              *sound[4:], "Mine, and so for another to decide."]  # fmt: skip
    claims += ["A longer day would help those who care for others."] * (38 - len(claims))
    rows = [
        _waiting(session, thread, claim, now - timedelta(hours=46 - n),
                 moderator if claim.startswith("Mine") else None)
        for n, claim in enumerate(claims)
    ]  # fmt: skip
    for row in rows:
        claim = row.revisions[0].claim
        if claim in TWINS:
            forty.twins.add(row.public_id)
        elif "Oakfield" in claim:
            forty.work.add(row.public_id)
        elif claim.startswith("Mine"):
            forty.own = row.public_id
    for reason, key in (("safeguarding", "h"), ("off_topic", "p")):
        reported = make_position(session, thread, revision={"claim": f"Reported as {reason}."})
        report = Report(series_id=series.id, subject_kind="position", reason=reason,
                        subject_id=reported.public_id, is_urgent=reason == "safeguarding",
                        received_at=now - timedelta(minutes=9))  # fmt: skip
        session.add(report)
        session.flush()
        forty.reports[report.public_id] = key
    return forty


def _waiting(
    session: Session, thread: Thread, claim: str, at: datetime, author: Person | None
) -> Position:
    said = PENDING | {"claim": claim, "submitted_at": at}
    return make_position(session, thread, author, revision=said, **UNPUBLISHED)


def test_forty_are_decided_by_keyboard_alone(served: Served, open_page: Opener) -> None:
    with served.transaction() as session:
        forty = make_forty(session)
    page = open_page("/moderation", person=forty.moderator)
    assert page.inner_text("h1") == "40 items wait. One is urgent."
    assert page.locator(".is-urgent li").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/*")
    page.wait_for_selector("html[data-awake]", state="attached")
    for _n in range(39):
        here = page.url
        _decide(page, forty)
        page.wait_for_url(lambda url, here=here: url != here)
        page.wait_for_selector("html[data-awake]", state="attached")
    assert page.url.endswith("/moderation")
    assert page.inner_text("h1") == "One item waits."
    assert "another moderator decides" in page.inner_text(".queue")
    _empty_by_another(open_page, forty)
    with served.transaction() as session:
        _check(session, forty)


def _decide(page: Any, forty: Forty) -> None:
    """By what was read: a key for the decision, the number of the reason, Ctrl and Enter."""
    id = re.search(r"/(\w+)$", page.url)[1]  # type: ignore[index]
    press = page.keyboard.press
    if id in forty.reports:
        press(forty.reports[id])
        if forty.reports[id] == "h":
            press("2")
    elif id in forty.twins:
        assert "It may be said already" in page.inner_text(".item")
        press("s")
        press("3")
        _go_to(page, "[name=marks][value=already_said]")
        press("Space")
        _go_to(page, "[name=twin]")  # the most alike
        press("Space")
    elif id in forty.work:
        assert "Oakfield High School" in page.inner_text(".flag:not(.is-hint)")
        press("s")
        press("2")
        _go_to(page, "#why")
        page.keyboard.type("Say “our school”.")
        page.locator("[data-part=letter]", has_text="Say “our school”.").wait_for()
    else:
        press("a")
    press("Control+Enter")


def _go_to(page: Any, selector: str) -> None:
    """Tab on until the focus is there."""
    for _n in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{selector}')"):
            return
    raise AssertionError(f"the keyboard does not lead to {selector}")


def _empty_by_another(open_page: Opener, forty: Forty) -> None:
    page = open_page("/moderation", person=forty.second)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{forty.own}")
    page.wait_for_selector("html[data-awake]", state="attached")
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/moderation")
    assert page.inner_text("h1") == "Nothing is waiting."


def _check(session: Session, forty: Forty) -> None:
    rows = session.scalars(select(Decision).where(Decision.reason_id.is_not(None))).all()
    by_id = {row.subject_id: row for row in rows if row.action == "send_back"}
    assert set(by_id) == forty.twins | forty.work
    assert all(by_id[id].marks == ["already_said"] and by_id[id].twin_id for id in forty.twins)
    assert {by_id[id].why for id in forty.work} == {"Say “our school”."}
    pending = select(func.count()).select_from(Revision).where(Revision.status == "pending")
    assert session.scalar(pending) == 0
    assert session.scalar(select(func.count()).select_from(Report)
                          .where(Report.status == "waiting")) == 0  # fmt: skip


@pytest.fixture(scope="module")
def forty(served: Served) -> Forty:
    with served.transaction() as session:
        return make_forty(session)


def test_keys_can_be_read_and_turned_off(forty: Forty, open_page: Opener) -> None:
    page = open_page(f"/moderation/positions/{next(iter(forty.twins))}", person=forty.moderator)
    page.keyboard.press("?")
    page.locator("[data-keys]").wait_for()
    page.locator("[data-uses]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator("[name=action]:checked").count() == 0
    page.keyboard.press("?")
    page.locator("[data-uses]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator("[name=action]:checked").input_value() == "approve"


def test_letters_typed_into_a_note_are_no_keys(forty: Forty, open_page: Opener) -> None:
    page = open_page(f"/moderation/positions/{next(iter(forty.twins))}", person=forty.moderator)
    page.focus("#why")
    page.keyboard.type("a sad dad jumps")
    assert page.locator("[name=action]:checked").count() == 0
    assert page.inner_text("[data-counter=why]") == "15 of 600"
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    assert page.locator("[name=action]:checked").input_value() == "decline"
    page.locator("[data-part=letter]", has_text="was not published").wait_for()
    assert page.inner_text("[data-send]") == "Decline, and next"


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_nothing_serious_on_the_desk(
    forty: Forty, open_page: Opener, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install axe").Axe()
    page = open_page(f"/moderation/positions/{next(iter(forty.twins))}",
                     person=forty.moderator, width=width, theme=theme)  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.check("[name=action][value=send_back]", force=True)
    page.check("[name=marks][value=already_said]")
    page.locator("[data-part=letter]", has_text="sent back").wait_for()
    refuse_serious(axe, page)
    page.goto("/moderation")
    refuse_serious(axe, page)


def test_what_waits_leaves_room_for_whatever_is_open(forty: Forty, open_page: Opener) -> None:
    report = next(iter(forty.reports))
    page = open_page(f"/reports/desk/{report}", person=forty.moderator, width=360)
    assert page.locator(".queue").bounding_box()["height"] < page.viewport_size["height"] / 2
    page.locator("a[href='#decide']").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.decide') !== null")
