"""Rating in a real browser: with the keyboard alone, by touch on a phone, and without scripts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from discussion.people.accounts.models import Person
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.statements.words import MAX_STATEMENT
from tests.browser.conftest import Opener, Served
from tests.factories import NOW, make_member, make_round, make_series, make_statement, make_thread

pytestmark = pytest.mark.browser
KINDS = ("end", "fact", "means")


LONGEST = ("Every school should offer enrichment to all of its pupils within the ordinary week, and"
           " count who comes, even where this means that fewer lessons are left for examinations in"
           " years 10 and 11.")[:MAX_STATEMENT].ljust(MAX_STATEMENT, "w")  # fmt: skip


def make_site(served: Served, slug: str, **changes: Any) -> Person:
    """A round of three statements in the moderators' order, and somebody who may rate."""
    with served.transaction() as session:
        thread = make_thread(session, make_series(session), slug=slug, stage="weighing",
                             question=LONGEST)  # fmt: skip
        statements = [make_statement(session, thread, kind=kind, **changes) for kind in KINDS]
        make_round(session, thread, *statements, state="open", order_rule="fixed", number=1,
                   closed_at=None, closes_at=NOW + timedelta(days=36_500))  # fmt: skip
        return make_member(session, thread.series)


def kept(served: Served, slug: str) -> dict[str, Rating]:
    """What was saved in the round of this thread, by the codes of its statements."""
    with served.transaction() as session:
        rows = session.execute(
            select(RoundStatement.code, Rating)
            .join(Rating, Rating.version_id == RoundStatement.version_id)
            .join(Round, Round.id == RoundStatement.round_id)
            .where(Round.thread.has(slug=slug))
        )
        return {str(code): rating for code, rating in rows}


def said(page: Any) -> str:
    return str(page.inner_text("[data-saved]"))


def test_the_keyboard_alone_is_enough(served: Served, open_page: Opener) -> None:
    person = make_site(served, "by-keys")
    page = open_page("/rounds/by-keys/1/rate", person=person)
    page.locator("[name=E1-value]").first.focus()
    page.keyboard.press("4")
    page.locator("[data-saved] b").wait_for()
    assert said(page).strip() == "Saved. 1 of 3 answered"
    assert page.locator("[data-saved]").get_attribute("role") == "status"
    assert kept(served, "by-keys")["E1"].value == "4"  # at once, before anything was sent
    assert not page.locator(".rated-reasonable").is_visible()
    page.keyboard.press("ArrowUp")  # as radios do
    page.keyboard.press("ArrowUp")
    assert page.locator(".rated-reasonable").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rate?trail=E1")
    assert kept(served, "by-keys")["E1"].value == "2"
    focused = page.evaluate("document.activeElement.name")
    assert focused == "F1-value"
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rate?trail=E1.F1")
    page.get_by_text("Add a reason").click()
    page.locator("#M1-reason").press_sequentially("Year 5 and d and n")
    assert page.locator(":checked").count() == 0  # what is typed chooses nothing
    page.locator("[name=M1-value]").first.focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mine")
    assert "You have answered all 3." in page.inner_text("main")
    rows = kept(served, "by-keys")
    assert {code: row.value for code, row in rows.items()} == {
        "E1": "2", "F1": "dont_know", "M1": "not_for_me"}  # fmt: skip
    assert rows["M1"].reason == "Year 5 and d and n"


def test_a_phone_shows_one_statement_and_keeps_the_buttons_in_reach(
    served: Served, open_page: Opener
) -> None:
    person = make_site(served, "by-thumb")
    page = open_page("/rounds/by-thumb/1/rate", person=person, width=360, theme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    button = page.get_by_role("button", name="Save and next").bounding_box()
    assert button["y"] + button["height"] <= 900
    assert all(
        label.bounding_box()["height"] >= 44 for label in page.locator(".rated-points label").all()
    )
    page.get_by_role("radio", name="Disagree", exact=True).check()
    page.locator("[data-saved] b").wait_for()
    page.get_by_role("radio", name="Not sure").check()
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url("**/rate?trail=E1")
    page.get_by_role("button", name="Skip for now").click()
    page.wait_for_url("**/rate?trail=E1.F1")
    page.get_by_role("link", name="Back", exact=True).click()
    assert page.locator("[name=F1-value]").count() == 7
    row = kept(served, "by-thumb")["E1"]
    assert (row.value, row.reasonable) == ("2", "not_sure")
    page.goto("/rounds/by-thumb/1/rate?all=1")
    assert page.locator("[data-code]").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("height", [640, 844])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_shows_every_answer_beside_the_longest_statement(
    served: Served, open_page: Opener, theme: str, height: int
) -> None:
    slug, width = f"longest-{theme}-{height}", 360 if height == 640 else 390
    person = make_site(served, slug, text=LONGEST)
    page = open_page(f"/rounds/{slug}/1/rate", person=person, width=width, height=height,
                     theme=theme, touch=True)  # fmt: skip
    ends = [label.bounding_box() for label in page.locator(".rated-answers label").all()]
    assert len(ends) == 7
    button = page.get_by_role("button", name="Save and next").bounding_box()
    assert all(end["y"] >= 0 and end["y"] + end["height"] <= button["y"] for end in ends)
    assert button["y"] + button["height"] <= height
    said = page.locator(".rated-scale .claim").bounding_box()
    assert said["y"] >= 0
    assert said["y"] + said["height"] <= ends[0]["y"]
    assert page.evaluate("scrollY") == 0
    assert not page.locator("kbd:visible, .rate-keys:visible").count()


def test_a_narrow_window_shows_no_keys(served: Served, open_page: Opener) -> None:
    person = make_site(served, "no-keys")
    page = open_page("/rounds/no-keys/1/rate", person=person)
    assert page.locator(".rate-keys").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.locator("kbd:visible, .rate-keys:visible").count()


def test_without_scripts_it_is_a_plain_form(served: Served, open_page: Opener) -> None:
    person = make_site(served, "plainly")
    page = open_page("/rounds/plainly/1/rate", person=person, scripts=False, width=360)
    page.get_by_role("button", name="Save and next").click()
    assert "Choose an answer, or skip the statement for now." in page.inner_text("main")
    page.get_by_role("radio", name="Strongly agree").check()
    page.get_by_label("My position depends on this").check()
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url("**/rate?trail=E1")
    assert said(page).strip() == "1 of 3 answered"
    row = kept(served, "plainly")["E1"]
    assert (row.value, row.is_crux) == ("5", True)


def test_what_cannot_be_saved_is_told_and_stays_chosen(served: Served, open_page: Opener) -> None:
    person = make_site(served, "offline")
    page = open_page("/rounds/offline/1/rate", person=person)
    page.route("**/rate", lambda route: route.abort())
    page.get_by_role("radio", name="Agree", exact=True).check()
    page.get_by_text("Not saved just now").wait_for()
    assert "What you chose is still here" in said(page)
    assert page.get_by_role("radio", name="Agree", exact=True).is_checked()
    assert kept(served, "offline") == {}
